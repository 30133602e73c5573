#!/bin/sh
# A collection becomes one WACZ file: whole, by date, by run and in parts; the same every time.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin pack "$@"
site_make 40
site_serve gzip
c="$work/two words"
site_crawl "$c" -q
check "the blog is crawled" [ $? = 0 ]
first=$(cd "$c/runs" && ls *.manifest)
sleep 1 # the second run's captures are newer by the index's clock
site_crawl "$c" -q --recheck all
check "and once more" [ $? = 0 ]
second=$(cd "$c/runs" && ls *.manifest | tail -n 1)
site_stop
cd "$work" || exit 1

reads() { python3 "$TOP_SRCDIR/tests/server/waczread.py" "$@" >"$work/read"; }
pack() { "$WARCCAP" pack "$@" >"$work/said" 2>&1; }
says() { grep -q -- "$1" "$work/said" || { cat "$work/said"; false; }; }
inside() { python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$@"; }
lines() { wc -l <"$c/indexes/index.cdxj"; }

pack "$c"
check "the file is named after the collection" [ -f "two words.wacz" ]
check "and said to be written, in quotes" says "^'./two words.wacz' is written: [0-9]* pages, $(lines) captures, 2 WARC files\.$"
check "it is what players read, and all of the collection" reads "two words.wacz" "$c"
check "it has a page for each post and more" [ "$(cut -d' ' -f2 read)" -gt 40 ]
check "its title is that of the collection" sh -c 'grep -q "^title: \"$(python3 "$0" title "$1")\"" "$2"' \
    "$TOP_SRCDIR/tests/server/waczsays.py" "two words.wacz" "$c/metadata.yaml"
check "it begins with the seed" [ "$(python3 "$TOP_SRCDIR/tests/server/waczsays.py" mainPageUrl "two words.wacz")" = http://blog.test/ ]
check "pages have their own titles" sh -c 'python3 "$0" titles "$1" | sort -u | wc -l | { read -r n; [ "$n" -gt 30 ]; }' \
    "$TOP_SRCDIR/tests/server/waczsays.py" "two words.wacz"
pack -q -o again.wacz "$c"
check "with -q nothing is said" [ ! -s said ]
cp -R "$c" "$work/copy"
find "$work/copy" -exec touch -d 2001-02-03 {} +
TZ=Asia/Tokyo pack -q --title "$(python3 "$TOP_SRCDIR/tests/server/waczsays.py" title again.wacz)" -o copy.wacz "$work/copy"
check "the same collection makes the same file" cmp -s "two words.wacz" again.wacz
check "also elsewhere, with other times and another time zone" cmp -s again.wacz copy.wacz

before=$(cksum <again.wacz)
pack -o again.wacz "$c"
check "a file is not replaced" [ $? = 3 ]
check "and the way to replace it is said" says '^warccap pack: again.wacz exists. To replace it: --overwrite'
check "it is as it was" [ "$(cksum <again.wacz)" = "$before" ]
pack --overwrite --title "Another title" --description "What it is" --main-page http://blog.test/2019/ --text -o again.wacz "$c"
code=$?
check "--overwrite replaces it" [ "$code" = 0 ]
check "it begins with the page that was named" [ "$(python3 "$TOP_SRCDIR/tests/server/waczsays.py" mainPageUrl again.wacz)" = http://blog.test/2019/ ]
check "the title is the user's" [ "$(python3 "$TOP_SRCDIR/tests/server/waczsays.py" title again.wacz)" = "Another title" ]
check "with --text there are words to search" sh -c 'python3 "$0" words "$1" | grep . >words && [ -s words ]' "$TOP_SRCDIR/tests/server/waczsays.py" again.wacz
check "it is sound" reads again.wacz "$c"
pack --main-page http://blog.test/nowhere -o none.wacz "$c"
check "a main page must be packed" says '^warccap pack: --main-page: the package has no page http://blog.test/nowhere$'
check "otherwise nothing is written" [ ! -e none.wacz ]
check "nor begun" [ ! -e none.wacz.new ]

# Signed with a key that is made, and used again.
pack --sign key.pem -o signed.wacz "$c"
check "a key is made, and said to be" says '^key.pem is a new key. Keep it secret'
check "only its owner can read it" [ "$(stat -c %a key.pem)" = 600 ]
check "the package is sound" "$WARCCAP" verify -q --no-replay signed.wacz
pack -q --sign key.pem -o signed-again.wacz "$c"
public() { python3 "$TOP_SRCDIR/tests/server/waczsays.py" publicKey "$1"; }
check "the next package is signed with the same key" [ "$(public signed.wacz)" = "$(public signed-again.wacz)" ]
check "which OpenSSL finds in the file" [ "$(openssl pkey -in key.pem -pubout | grep -v -e ----- | tr -d '\n')" = "$(public signed.wacz)" ]
sed 2d key.pem >no-key.pem
openssl ecparam -name prime256v1 -genkey -noout -out short.pem
openssl pkey -in key.pem -aes256 -passout pass:secret -out locked.pem
: >empty.pem
for key in no-key.pem short.pem locked.pem empty.pem; do
    before=$(cksum <$key)
    pack --sign $key -o none.wacz "$c" </dev/null
    check "$key does not sign" says "^warccap pack: --sign: $key has no private key on the curve P-384 without a passphrase"
    check "it is as it was" [ "$(cksum <$key)" = "$before" ]
done
pack --sign no/such/key.pem -o none.wacz "$c"
check "a key that cannot be written is told" says '^warccap pack: --sign: cannot write the key no/such/key.pem: No such file'
check "nothing is packed without it" [ ! -e none.wacz ]

# By run and by date: revisits need what they refer to.
pack -o first.wacz --run "${first%.manifest}" "$c"
check "the first run alone is packed" reads first.wacz
check "in one WARC file" [ "$(cut -d' ' -f3 read)" = 1 ]
one=$(cut -d' ' -f1 read)
pack -o second.wacz --run "${second%.manifest}" "$c"
check "the second run is packed" reads second.wacz
check "with the file that its revisits refer to" [ "$(cut -d' ' -f3 read)" = 2 ]
check "and their originals in the index" sh -c 'python3 "$0" orphans "$1"' "$TOP_SRCDIR/tests/server/waczsays.py" second.wacz
newest=$(cut -d' ' -f2 "$c/indexes/index.cdxj" | sort | tail -n 1)
pack -o dates.wacz --from "$newest" "$c"
check "the newest second is packed" reads dates.wacz
check "which is less than all" [ "$(cut -d' ' -f1 read)" -lt "$(lines)" ]
pack -o year.wacz --to "$(date +%Y)" --from 2001-01 "$c"
check "a year counts whole" reads year.wacz "$c"
pack -o none.wacz --to 2001 "$c"
check "no capture of these dates: an error, and no file" sh -c '[ "$0" = 2 ] && [ ! -e none.wacz ]' $?
check "which says so" says 'no capture is of the dates'
check "runs are first + second" [ "$one" -lt "$(lines)" ]

# In parts.
pack -o parts.wacz --split 1k "$c"
check "two files make two parts" says '^parts.wacz is split into 2 parts: '
check "the first is sound" reads parts-001.wacz
total=$(cut -d' ' -f1 read)
check "and the second" reads parts-002.wacz
check "together they have every capture" [ $((total + $(cut -d' ' -f1 read))) = "$(lines)" ]
check "a list names both with their digests" python3 -c '
import hashlib, json, sys
parts = json.load(open("parts.json"))
assert parts["profile"] == "multi-wacz-package" and len(parts["resources"]) == 2
for part in parts["resources"]:
    data = open(part["path"], "rb").read()
    assert part["hash"] == "sha256:" + hashlib.sha256(data).hexdigest() and part["bytes"] == len(data)'

# What is damaged, or not finished.
mkdir -p files
cp "$c"/archive/*.warc.gz files/
for file in files/*.warc.gz; do break; done
python3 - "$file" <<'PY'
import sys
with open(sys.argv[1], 'r+b') as file:
    data = file.read()
    at = len(data) // 2
    file.seek(at)
    file.write(bytes(byte ^ 255 for byte in data[at:at + 40]))
PY
: >files/next.warc.gz.open
pack -o damaged.wacz files
check "damage is an error" [ $? = 9 ]
check "that names the file" says "^warccap pack: $file"
check "what is being written is left out, and told" says '^warccap pack: 1 file is still being written, and not packed$'
check "all that can be read is packed" reads damaged.wacz
check "which is nearly all" [ "$(cut -d' ' -f1 read)" -gt $(($(lines) - 20)) ]
pack -o one.wacz "$file"
check "one WARC file is packed too" [ $? = 9 ]
check "and named" reads one.wacz

# Mistakes.
mistake() {
    words=$1 code=$2
    shift 2
    pack "$@"
    got=$?
    check "exit $code: $*" [ "$got" = "$code" ]
    check "$words" says "$words"
}
mistake 'give a collection, or WARC files' 2
mistake '"2026-13" is not a date' 2 --from 2026-13 "$c"
mistake '"yesterday" is not a date' 2 --to yesterday "$c"
mistake '--from 2026 is after --to 2025' 2 --from 2026 --to 2025 "$c"
mistake 'there is no manifest of a run 1: see the names in runs/' 3 -o x.wacz --run 1 "$c"
mistake 'is not an http or https URL' 2 --main-page blog "$c"
mistake 'have the same name: pack them separately' 3 -o x.wacz "$c" "$work/copy"
mistake 'cannot read nowhere' 3 nowhere
mistake 'is a directory. Name a file in it' 2 -o "$work" "$c"
mkdir -p empty
mistake 'there is no finished WARC file in empty' 2 -o x.wacz empty
mistake 'cannot create no/x.wacz.new' 3 -o no/x.wacz "$c"
check "no package is left" [ ! -e x.wacz ]
echo mine >mine.wacz
mistake 'is not a package, so --overwrite does not replace it' 3 --overwrite -o mine.wacz "$c"
check "it is as it was" [ "$(cat mine.wacz)" = mine ]
printf junk >junk.warc.gz
mistake 'no capture can be read there' 9 -o x.wacz junk.warc.gz
: >x.wacz.new
flock x.wacz.new sh -c '"$0" pack -o x.wacz "$1" >said 2>&1' "$WARCCAP" "$c"
check "two processes do not write one file" [ $? = 3 ]
check "and the second says so" says 'x.wacz.new is being written by another process'
check "what the other writes stays" [ -e x.wacz.new ]
pack -q -o x.wacz "$c"
check "what an interrupted run left is replaced" reads x.wacz "$c"
rm x.wacz
if mkdir full && mount -t tmpfs -o size=64k tmpfs full 2>/dev/null; then
    pack -o full/x.wacz "$c"
    code=$?
    ls -A full >left
    umount full
    check "a full disk is told" sh -c '[ "$0" = 3 ] && grep -q "No space left" said' "$code"
    check "and nothing is left on it" [ ! -s left ]
else
    echo "a full disk is not tried: no tmpfs can be mounted"
fi
site_verdict
