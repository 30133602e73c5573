#!/bin/sh
# A power cut at any moment loses nothing that was synced: disks as a cut could have left them are made from a recording of
# what a crawl did to its files, and the same command goes on from each.  CUTS (0: at every sync) and SEED vary it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin powercut "$@"
recorder=$TOP_BUILDDIR/tests/disk/recorder.so
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: the program is sanitized"
    exit 77
fi
site_make 30
site_serve
c=$work/disk/collection
mkdir -p "$work/disk"

# What has to be true of the collection that a run made out of a disk.
cat >"$work/again.sh" <<EOF2
set -e
c=\$POWERCUT_ROOT/collection
"$WARCCAP" crawl -q -o "\$c" --contact test@example.org --wait 0 --warc-max-size 60k --ca-certificate "$ca" \\
    --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/
"$WARCCAP" verify -q --strict "\$c"
python3 "$TOP_SRCDIR/tests/server/warcread.py" "\$c" "$site/manifest.tsv" \$AGAIN
(cd "\$c/archive" && sha256sum -c --quiet SHA256SUMS)
EOF2

cuts() { # RECORD [options]: more of powercut.py
    record=$1
    shift
    python3 "$TOP_SRCDIR/tests/disk/powercut.py" --record "$record" --root "$work/disk" --out "$work/cut" \
        --cuts "${CUTS:-20}" --seed "${SEED:-1}" "$@" -- sh "$work/again.sh"
}
recorded() { LD_PRELOAD=$recorder RECORD_ROOT=$work/disk RECORD_TO=$1 "$WARCCAP" crawl -q -o "$c" --contact test@example.org \
    --wait 0.002 --warc-max-size 60k --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:443:$address" $2 http://blog.test/; }

check "a first crawl is recorded" recorded "$work/first" ''
AGAIN=again
export AGAIN
check "a cut in it loses nothing" cuts "$work/first"
blind() { ! cuts "$work/first" --forget '\.warc\.gz' >"$work/forgotten.out"; }
check "had the records not been synced, it would be seen" blind
cp -a "$work/disk" "$work/before"
check "a later run is recorded" recorded "$work/second" '--recheck all'
check "a cut in that loses nothing either" cuts "$work/second" --base "$work/before"
site_verdict
