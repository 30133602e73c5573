#!/bin/sh
# Files that other programs wrote, put into archive/: the next run takes them in.  What they contain is not requested again, but
# what they link to is. Payloads that they contain are stored as revisits, and verify finds no error in that.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin foreign "$@"
make="$TOP_SRCDIR/fixtures/warcs/make-foreign.py"
site_simulate foreign --fixture "$make"
crawl() {
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/kept" --contact test@example.org --wait 0 --connections 1 --resolve "*:80:$address" "$@" http://blog.test/ >"$work/out" 2>"$work/err"
    code=$?
}
fresh() { rm -rf "$work/kept"; mkdir -p "$work/kept/archive"; }
# asked "PATH ...": these, each once, in any order
asked() { [ "$(LC_ALL=C sort "$work/asked.log" | tr '\n' ' ')" = "$1 " ] || { echo "  asked: $(sort "$work/asked.log" | tr '\n' ' ')"; return 1; }; }
verifies() { "$WARCCAP" verify "$work/kept" >"$work/verified" 2>&1 && grep -q '^Sound: 0 errors' "$work/verified" || { cat "$work/verified"; return 1; }; }
# stored PATH: the type of the newest record of ours for it, and what a revisit refers to
stored() {
    python3 -c '
import gzip, glob, re, sys
for path in sorted(glob.glob(sys.argv[1] + "/archive/warccap-*.warc.gz")):
    for head in re.findall(rb"WARC/1.1\r\n(.*?)\r\n\r\n", gzip.open(path).read(), re.S):
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        if fields.get("WARC-Target-URI") == sys.argv[2] and fields["WARC-Type"] in ("response", "revisit"):
            last = fields["WARC-Type"] + " " + fields.get("WARC-Refers-To-Target-URI", "-")
print(last)' "$work/kept" "http://blog.test$1"
}

for program in wget heritrix browsertrix plain lower odd revisits posts posts-before arc arc2; do
    for packed in .gz ''; do
        case $program in arc*) ending=arc ;; *) ending=warc ;; esac
        fresh
        python3 "$make" $program "$work/kept/archive/theirs.$ending$packed" http://blog.test
        crawl
        name="$program$packed"
        check "$name: ends well" [ "$code" = 0 ]
        [ ! -s "$work/err" ] || cat "$work/err"
        if [ $program = odd ]; then # no player finds a record without a proper date
            check "$name: all is asked for" asked '/ /a /b /copy.png /gone /i.png /old /robots.txt /s.css /sitemap.xml'
        else
            check "$name: only the seed, and what is lacking, is asked for; the last page, which has no links, is confirmed" asked '/ / /b /b /copy.png /robots.txt /sitemap.xml'
        fi
        if [ $program != odd ]; then
            check "$name: verify finds no error" verifies
        else # theirs has some
            verifies >/dev/null
            check "$name: verify finds no error in ours" sh -c '! grep -q "^  ERRORS .*/warccap-" "$0"' "$work/verified"
        fi
        check "$name: every page of the site is there" grep -q '^  pages  *[1-9][0-9]* of [0-9]* kept\(, 1 gone\)\{0,1\}$' "$work/verified"
        if [ $program != odd ]; then # nothing may refer to what has no proper date
            check "$name: the same bytes are a revisit of theirs" [ "$(stored /copy.png)" = 'revisit http://blog.test/i.png' ]
            check "$name: so is the seed" [ "$(stored /)" = 'revisit http://blog.test/' ]
        fi
        crawl
        check "$name: the night after asks for the seed and the usual sitemap only" asked '/ /sitemap.xml'
        check "... and ends well" [ "$code" = 0 ]
        rm -r "$work/kept/state"
        crawl
        check "$name: without state/, too" asked '/ /sitemap.xml'
        [ $program = odd ] || check "... well" verifies
    done
done

# What was answered to POST has no line, and a line for it, as other versions wrote, is told.
fresh
python3 "$make" posts "$work/kept/archive/theirs.warc.gz" http://blog.test
"$WARCCAP" index -q "$work/kept" >"$work/out" 2>&1
check "index: what was answered to POST and HEAD is not what the URL has" sh -c '! grep "/b\"\|/copy.png\"" "$0"' "$work/kept/indexes/index.cdxj"
check "... and verify misses no line" verifies
python3 - "$work/kept" <<'PY'
import base64, hashlib, sys, zlib
path, at, lines = sys.argv[1] + "/archive/theirs.warc.gz", 0, open(sys.argv[1] + "/indexes/index.cdxj").read().splitlines()
data = open(path, "rb").read()
while at < len(data):
    member = zlib.decompressobj(31)
    text = member.decompress(data[at:])
    length = len(data) - at - len(member.unused_data)
    if b"WARC-Type: response" in text and b'{"posted"' in text:
        body = text.split(b"\r\n\r\n", 2)[2][:-4]
        digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
        lines.append('test,blog)/b 20260304050900 {"url": "http://blog.test/b", "mime": "text/html", "status": "200", "digest": "sha1:%s", '
                     '"length": "%d", "offset": "%d", "filename": "theirs.warc.gz"}' % (digest, length, at))
    at += length
open(sys.argv[1] + "/indexes/index.cdxj", "w").write("\n".join(sorted(lines)) + "\n")
PY
"$WARCCAP" verify "$work/kept" >"$work/verified" 2>&1
check "a line that gives it as the page is an error" grep -q 'cdxj-method' "$work/verified"

# A file that arrives later, beside a collection of ours.
fresh
crawl --exclude /a
check "first without it" [ "$code" = 0 ]
python3 "$make" wget "$work/kept/archive/theirs.warc.gz" http://blog.test
crawl
check "a file that comes later is taken in by the next run" asked '/ / /b /b /copy.png /sitemap.xml'
check "... well" verifies
# Of another site: it is kept, and nothing of it is asked for.
fresh
python3 "$make" heritrix "$work/kept/archive/theirs.warc.gz" http://elsewhere.test
crawl
check "a file of another site brings nothing to ask for" sh -c '! grep -q elsewhere "$0"' "$work/kept/logs/crawl.log"
check "... and our site is asked for as ever" asked '/ /a /b /copy.png /gone /i.png /old /robots.txt /s.css /sitemap.xml'

# ---- what is wrong is named with its own cause: which file, where, what; not the disk
wrong() { # WHAT CODE PATTERN
    fresh
    python3 "$make" heritrix "$work/kept/archive/good.warc.gz" http://blog.test
    cat >"$work/kept/archive/bad.$1"
    crawl
    check "$1: $2" [ "$code" = "$2" ]
    check "$1: the file is named" grep -q "archive/bad.$1" "$work/err"
    check "$1: the cause is named" grep -q "$3" "$work/err"
    check "$1: the disk is not blamed" sh -c '! grep -qi "disk space\|the disk" "$0"' "$work/err"
}
head -c 5000 /dev/urandom | wrong noise.warc.gz 0 'not a WARC\|no record\|not gzip'
echo "a text of somebody's" | wrong text.warc 0 'not a WARC\|no record\|text'
printf 'PK\003\004and so on' | wrong zip.warc.gz 0 'not a WARC\|no record\|not gzip'
: | wrong empty.warc.gz 0 'empty'
python3 "$make" wget "$work/whole.warc.gz" http://blog.test
head -c 1500 "$work/whole.warc.gz" | wrong cut.warc.gz 0 'offset\|cut'
fresh
mkdir "$work/kept/archive/folder.warc.gz"
crawl
check "a directory with such a name is named" grep -q 'archive/folder.warc.gz' "$work/err"

# ---- the real wget, if it is there
if command -v wget >/dev/null; then
    fresh
    (cd "$work" && wget -q --warc-file=real -r -l1 -p "http://$address/" 2>/dev/null)
    mv "$work/real.warc.gz" "$work/kept/archive/"
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/kept" --contact test@example.org --wait 0 "http://$address/" >"$work/out" 2>"$work/err"
    check "wget's own file: 0" [ $? = 0 ]
    check "... what it has is not asked for again" sh -c '! grep -qx "/a\|/s.css" "$0"' "$work/asked.log"
    check "... and verify finds no error" verifies
else
    echo "SKIP: wget is not there (Debian: wget)"
fi
site_verdict
