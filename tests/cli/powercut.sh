#!/bin/sh
# A power cut at any moment loses nothing that was synced: from a recording of a crawl's file operations, the disks that a cut
# could have left are made, and the same command continues from each.  CUTS (0: at every sync) and SEED vary it.
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

# What has to be true of the collection that a run made out of a disk.  A run that had ended is followed by the next night's,
# which asks again; else nothing may be there twice.
cat >"$work/again.sh" <<EOF2
set -e
c=\$POWERCUT_ROOT/collection
again=
if grep -qs '"exit": 0' "\$c"/runs/*.json; then again=again; fi
LD_PRELOAD=\${POWERCUT_PRELOAD:-} "$WARCCAP" crawl -q -o "\$c" --contact test@example.org --wait 0 --warc-max-size 60k --ca-certificate "$ca" \\
    --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/
"$WARCCAP" verify -q --strict "\$c"
python3 "$TOP_SRCDIR/tests/server/warcread.py" "\$c" "$site/manifest.tsv" \$again
(cd "\$c/archive" && sha256sum -c --quiet SHA256SUMS)
EOF2

cuts() { # RECORD [options]: more of powercut.py
    record=$1
    shift
    python3 "$TOP_SRCDIR/tests/disk/powercut.py" --record "$record" --root "$work/disk" --out "$work/cut" \
        --cuts "${CUTS:-10}" --seed "${SEED:-1}" "$@" -- sh "$work/again.sh"
}
# recorded RECORD [options]
recorded() {
    record=$1
    shift
    LD_PRELOAD=$recorder RECORD_ROOT=$work/disk RECORD_TO=$record "$WARCCAP" crawl -q -o "$c" --contact test@example.org \
        --wait 0.002 --warc-max-size 60k --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:443:$address" "$@" \
        http://blog.test/ 2>"$work/said"
}

check "a first crawl is recorded" recorded "$work/first"
check "a cut in it loses nothing, nor one more while it is mended" cuts "$work/first" --twice "$recorder"
blind() { cuts "$work/first" --forget '\.warc\.gz' >"$work/forgotten.out"; grep -q "synced records are lost" "$work/forgotten.out"; }
check "had the records not been synced, it would be seen" blind
cp -a "$work/disk" "$work/before"
check "a later run is recorded" recorded "$work/second" --recheck all
check "a cut in that loses nothing either" cuts "$work/second" --base "$work/before"

# A sync that failed has perhaps lost what it was to bring, and a later one does not say so.
rm -rf "$work/disk" && mkdir "$work/disk"
failing() { (export RECORD_FAULT=sync:3:EIO:.warc.gz; recorded "$work/third"); [ $? = 3 ] && grep -q "cannot sync .*cut back" "$work/said"; }
check "a sync that fails ends the run" failing
check "the next goes on" recorded "$work/third"
check "and counts on nothing that the failed sync was to bring" cuts "$work/third"
site_verdict
