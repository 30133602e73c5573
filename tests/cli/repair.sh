#!/bin/sh
# repair on the command line: what it says, what it refuses, whole collections, signals and full disks.  What becomes of each kind
# of broken file is in tests/repair.
set -u
mkdir -p "$TOP_BUILDDIR/tests/tmp"
work=$(mktemp -d "$TOP_BUILDDIR/tests/tmp/repair.XXXXXX") || exit 99
small=$work/small
failures=0
end() {
    umount "$small" 2>/dev/null
    [ "$failures" = 0 ] && rm -rf "$work"
}
trap end EXIT
check() {
    what=$1
    shift
    if "$@"; then echo "ok: $what"; else echo "FAILED: $what"; failures=$((failures + 1)); fi
}
repair() { "$WARCCAP" repair "$@" >"$work/out" 2>"$work/errors"; code=$?; }
says() { # CODE WORDS...
    [ "$code" = "$1" ] || { echo "  exit $code, not $1"; cat "$work/out" "$work/errors"; return 1; }
    shift
    for words in "$@"; do
        cat "$work/out" "$work/errors" | grep -q -- "$words" ||
            { echo "  says nothing of: $words"; cat "$work/out" "$work/errors"; return 1; }
    done
}
absent_words() { ! grep -q -- "$1" "$work/out" "$work/errors"; }
sums() { (cd "$1" && find . -type f -exec sha256sum {} + | LC_ALL=C sort); }
clean() { "$WARCCAP" verify -q "$@" >"$work/verified" 2>&1 || { cat "$work/verified"; return 1; }; }
absent() { for path in "$@"; do [ ! -e "$path" ] || { echo "  $path is there"; return 1; }; done; }

python3 "$TOP_SRCDIR/fixtures/warcs/make-warcs.py" "$work/warcs" || exit 99
python3 "$TOP_SRCDIR/tests/repair/make-broken.py" "$work/broken" || exit 99
python3 "$TOP_SRCDIR/fixtures/collections/make-collections.py" "$work/collections" >/dev/null || exit 99
cd "$work" || exit 99
broken=broken/damage-and-torn-tail.warc.gz

# ---- what is said
repair "$broken" -o one.warc.gz
check "damage and a torn tail are listed with their places" says 9 '^damage: Bytes that cannot be read' \
    '^  damage: .*tail.warc.gz at [0-9]*, [0-9]* bytes' '^  torn-tail: .*at [0-9]*, [0-9]* bytes, <urn:uuid:[^>]*4>, http://example.com/a: ' \
    'the header could be read, and [0-9]* of 16 bytes' '^one.warc.gz: 2 records in 1 file, verified without errors' 'Not all could be saved: 2 places are lost'
check "and the copy verifies" clean one.warc.gz
zcat one.warc.gz | head -30 >warcinfo
for words in "repairedFrom: damage-and-torn-tail.warc.gz" "repairedFromBytes: $(stat -c %s "$broken")" \
    "repairedFromSha256: $(sha256sum "$broken" | cut -c1-64)" "repairLost: damage at " "repairLost: torn-tail at "; do
    check "its warcinfo record says: $words" grep -q "^$words" warcinfo
done
repair --json "$broken" -o two.warc.gz
check "in JSON as well" says 9 '^{"change": "torn-tail", "loses": true, "file": "broken/.*", "offset": [0-9]*, "length": [0-9]*, "record_id": ' \
    '"copy": "two.warc.gz", "verified": true, "files": 1, "records": 2, "mended": 0, "lost": 2, "lost_bytes": '
python3 -c 'import json,sys; [json.loads(line) for line in open("out")]' || failures=$((failures + 1))
repair -q broken/only-the-crc-is-cut.warc.gz -o three.warc.gz
check "with -q nothing is said of what is only mended" [ "$code:$(cat out errors)" = "0:" ]
repair -q "$broken" -o four.warc.gz
check "but what is lost is" says 9 "torn-tail" "Not all could be saved"
repair warcs/good/event.warc.gz -o five.warc.gz
check "nothing to mend: the copy is the same" says 0 "Nothing to mend: the copy has the same bytes"
check "to the byte" cmp warcs/good/event.warc.gz five.warc.gz
repair --brackets broken/brackets.warc.gz -o six.warc.gz
check "brackets go if that is wanted" says 0 "^  brackets: "
zcat six.warc.gz >six
check "and only those" grep -q "^WARC-Target-URI: http://example.com/5" six
check "the rest of the record stays" [ "$(grep -c '^WARC-Record-ID: <urn' six)" = 4 ]
python3 - >many.warc <<'PY' || exit 99
for n in range(25):
    block = b"words %d" % n
    print(end=("WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Target-URI: "
               "http://x.test/%d\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (n, n, len(block), block.decode())))
PY
repair many.warc -o seven.warc.gz
check "of a kind, 20 are named" says 0 "compressed: and 5 more, which -v names"
repair -v many.warc -o eight.warc.gz
check "with -v all" [ "$(grep -c '^  compressed' out)" = 25 ]
repair --no-sandbox many.warc -o nine.warc.gz
check "without the sandbox too" says 0 "WARNING: --no-sandbox" "Nothing is lost"

# ---- what is refused
before=$(sums broken)
repair
check "no source" says 2 "give one file or directory"
repair "$broken"
check "no copy" says 2 "with -o"
repair "$broken" -o "$broken"
check "the source as its copy" says 2 "is the source itself"
ln -s "$PWD/broken" link
repair link/damage-and-torn-tail.warc.gz -o "$broken"
check "also by another name" says 2 "is the source itself"
repair "$broken" -o one.warc.gz
check "a copy that exists" says 2 "one.warc.gz already exists"
repair broken -o broken/copy
check "a copy inside the source" says 2 "inside the source"
repair "$broken" -o nowhere/copy.warc.gz
check "a copy in no directory" says 2 "is not there"
repair nosuch.warc.gz -o copy.warc.gz
check "a source that is not there" says 2 "nosuch.warc.gz is not there"
repair "$broken" -o copy.warc
check "a name that would lie" says 2 "must end in .warc.gz"
repair broken/noise.warc.gz -o copy.warc.gz
check "noise" says 9 "no record of broken/noise.warc.gz can be read" "nothing is written"
touch copy.warc.gz.open
repair "$broken" -o copy.warc.gz
check "what another repair left" says 3 "copy.warc.gz.open already exists, from a repair that is running or was killed" "remove it and repair again"
check "and nothing is said of a copy that was not begun" absent_words "Nothing is left"
rm copy.warc.gz.open
mkdir copy.warc.gz.parts
repair "$broken" -o copy.warc.gz
check "also its parts" says 3 "copy.warc.gz.parts already exists"
rmdir copy.warc.gz.parts
if [ "$(id -u)" != 0 ]; then
    cp "$broken" closed.warc.gz
    chmod 0 closed.warc.gz
    repair closed.warc.gz -o copy.warc.gz
    check "a source that may not be read" says 3 "cannot open closed.warc.gz"
fi
check "nothing is left of them" absent copy.warc.gz copy.warc.gz.open copy.warc.gz.parts broken/copy copy.warc nowhere
check "and the sources are as they were" [ "$before" = "$(sums broken)" ]

# ---- directories and collections
repair broken -o all
check "a directory: each file by its own" says 9 "verified without errors" "file-name: .*plain-torn.warc: plain-torn.warc.gz"
check "which verifies" clean --no-replay all
check "has all that could be read" [ "$(find all -name '*arc.gz' | wc -l)" = "$(find broken -type f | wc -l)" ]
check "and nothing else" absent all.open all.parts
before=$(sums collections)
for collection in collections/*; do
    name=${collection#collections/}
    repair --json "$collection" -o "copy-$name"
    case $name:$code in
    nothing-in-it:9) absent "copy-$name" || failures=$((failures + 1)) ;;
    sound-*:0) clean "copy-$name" || failures=$((failures + 1)) ;;
    *:0 | *:9) clean --no-replay "copy-$name" || failures=$((failures + 1)) ;;
    *) check "$name: repaired" says "0 or 9" ;;
    esac
done
check "no collection was changed" [ "$before" = "$(sums collections)" ]
for name in file-edited sums-and-file-changed; do
    repair "collections/$name" -o "again-$name"
    check "$name: an altered file is not passed over" says 9 "^  file-altered: "
done
repair collections/file-removed -o again-file-removed
check "a missing file neither" says 9 "^  file-missing: collections/file-removed/archive/"
repair collections/manifest-changed -o again-manifest-changed
check "nor a changed manifest" says 9 "^  checksums-broken: .*manifest"
check "manifests that no longer fit are named by the new ones" \
    sh -c 'zcat again-manifest-changed/archive/repair-*.warc.gz | grep -q "^repairedManifest: [0-9]*.manifest sha256:"'
check "and not copied" sh -c '[ "$(ls again-manifest-changed/runs/*.manifest | wc -l)" = 1 ]'
check "sha256sum agrees" sh -c 'cd again-manifest-changed/archive && sha256sum --quiet -c SHA256SUMS'
check "a sound collection keeps its checksums" \
    cmp collections/sound-two-runs/archive/SHA256SUMS copy-sound-two-runs/archive/SHA256SUMS
check "its manifests" diff -r collections/sound-two-runs/runs copy-sound-two-runs/runs
check "and gets no file" diff -r collections/sound-two-runs/archive copy-sound-two-runs/archive
repair collections/response-lost -o again-response-lost
check "a record whose other is missing is kept" says 9 "^  reference-lost: .*concurrent-dangling"

# ---- a crawl that runs, a signal, a full disk
cp "$broken" held.warc.gz.open
mkdir held
mv held.warc.gz.open held/
python3 -c '
import fcntl, subprocess, sys
with open("held/held.warc.gz.open") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    sys.exit(subprocess.run(sys.argv[1:], stderr=open("errors", "w"), stdout=open("out", "w")).returncode)
' "$WARCCAP" repair held -o copy-held
code=$?
check "a file that a crawl writes" says 75 "a crawl is writing held/held.warc.gz.open"
repair held -o copy-held
check "once the crawl has ended" says 9 "file-name: .*: held.warc.gz"
check "it has its final name" clean copy-held/held.warc.gz

python3 - "$WARCCAP" <<'PY'
import os, signal, subprocess, sys
with open("endless.warc", "wb") as out: # sparse: its only record takes a while to read
    head = (b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
            b"WARC-Target-URI: http://x.test/\r\nContent-Type: text/plain\r\nContent-Length: 40000000000\r\n\r\n")
    out.write(head)
    out.truncate(len(head) + 40000000000 + 4)
repair = subprocess.Popen([sys.argv[1], "repair", "endless.warc", "-o", "stopped.warc.gz"], stderr=open("errors", "w"),
                          stdout=subprocess.DEVNULL)
while not (os.path.exists("stopped.warc.gz.parts") and os.path.getsize("stopped.warc.gz.parts")) and repair.poll() is None:
    pass
repair.send_signal(signal.SIGTERM)
sys.exit(repair.wait())
PY
code=$?
: >out
check "SIGTERM in the middle of a record" says 11 "stopped by a signal; nothing is left of the copy"
check "and nothing is" absent stopped.warc.gz stopped.warc.gz.open stopped.warc.gz.parts

mkdir small
if mount -t tmpfs -o size=64k none small 2>/dev/null; then
    head -c 300000 /dev/urandom >noise
    python3 - >large.warc <<'PY'
import sys
block = open("noise", "rb").read()
sys.stdout.buffer.write(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n"
                        b"WARC-Target-URI: http://x.test/\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block))
PY
    repair large.warc -o small/large.warc.gz
    check "a full disk" says 3 "No space left on device" "Nothing is left of the copy"
    check "leaves nothing" [ -z "$(ls -A small)" ]
else
    echo "skipped: a full disk (no tmpfs can be mounted)"
fi

# ---- one table
"$WARCCAP" --man-page | sed 's/\\-/-/g' >man
sed -n 's/^    ROW([A-Z_]*, "\([a-z-]*\)", [a-z]*, "\(.*\)").*/\1|\2/p' "$TOP_SRCDIR/src/repair/repair_change.h" >table
check "the table of changes is read" [ "$(wc -l <table)" -gt 12 ]
while IFS='|' read -r kind sentence; do
    check "the README has $kind" grep -qF "| $kind | $sentence |" "$TOP_SRCDIR/README.md"
    check "the manual too" sh -c 'grep -A1 -xF ".B $1" man | grep -qF -- "$2"' sh "$kind" "$sentence"
done <table
[ "$failures" = 0 ]
