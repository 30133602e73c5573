#!/bin/sh
# A collection, WARC and WACZ files are shown to a browser; hostile requests and lying indexes get clear answers.
. "$TOP_SRCDIR/tests/server/serve.sh"
"$WARCCAP" serve --port 0 /nowhere 2>&1 | grep -q 'built without libmicrohttpd' && { echo "SKIP: built without libmicrohttpd"; exit 77; }
site_begin serve "$@"
site_make 40
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
site_stop
served() { python3 "$TOP_SRCDIR/tests/server/served.py" "$@"; }
# begin PATH...: serves them; $url is where
begin() {
    rm -f "$work/said" # of the one before
    "$WARCCAP" serve --port 0 "$@" >"$work/said" 2>"$work/errors" &
    nginx_pid=$! # stopped with the test
    for _ in $(seq 1200); do
        url=$(sed -n "s/^Serving at //p" "$work/said" 2>/dev/null)
        [ -z "$url" ] || return 0
        kill -0 "$nginx_pid" 2>/dev/null || break
        sleep 0.05
    done
    cat "$work/errors"
    return 1
}
all() { served "$@" >"$work/checks"; code=$?; grep -v '^ok: ' "$work/checks"; return $code; }
says() { grep -q -- "$1" "$work/errors" || { cat "$work/errors"; false; }; }
TMPDIR=$work/tmp
export TMPDIR
mkdir "$TMPDIR"

check "a collection is served" begin --no-sandbox --host localhost "$work/blog"
check "with all its pages at once" all blog "$url" "$site/manifest.tsv"
port=${url%/}
port=${port##*:}
"$WARCCAP" serve --port "$port" -q "$work/blog" 2>"$work/errors"
check "a port that is taken is an error" [ $? = 1 ]
check "and one that is free is told" says "port $port of 127.0.0.1 is taken. This one is free: --port [1-9]"
check "nothing was made for it" [ -z "$(ls "$TMPDIR")" ]
kill "$nginx_pid"
wait "$nginx_pid"
check "a signal ends it well" [ $? = 0 ]
nginx_pid=

mkdir -p "$work/made/archive" "$work/npm/node_modules/@webrecorder/wabac/dist"
echo '// a worker' >"$work/npm/node_modules/@webrecorder/wabac/dist/sw.js"
served make "$work/made/archive/c.warc.gz"
check "a WARC file is served" begin --proxy "$work/made/archive/c.warc.gz"
check "as it should be" all check "$url" proxy
site_stop
check "nothing is left behind" [ -z "$(ls "$TMPDIR")" ]
check "a collection without an index gets one" begin --player "$work/npm" "$work/made"
check "for this time only, which is said" says "To keep one: warccap index $work/made"
check "it is as it should be" all check "$url" player
site_stop
"$WARCCAP" serve --player "$work" "$work/made" 2>"$work/errors"
check "a directory without a player is an error" [ $? = 2 ]
check "which says what to do" says "--player $work: there is no wabac in it. In that directory, type npm install"
check "the collection is as it was" [ ! -e "$work/made/indexes" ]
"$WARCCAP" pack -q -o "$work/c.wacz" "$work/made" >"$work/packed" 2>&1
check "a WACZ file is served" begin --player "$work/npm" "$work/c.wacz"
check "and is as it should be, too" all check "$url" player
check "it is not unpacked for that" [ -z "$(find "$TMPDIR" -mindepth 2 -not -name '*.cdxj')" ]
site_stop
python3 - "$work/c.wacz" "$work/compressed.wacz" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        new.writestr(name, old.read(name))
PY
check "one with compressed WARC files is unpacked" begin "$work/compressed.wacz"
check "and is as it should be" all check "$url"
site_stop
check "what was unpacked is gone" [ -z "$(ls "$TMPDIR")" ]
check "nothing of it is left behind" [ -z "$(ls "$TMPDIR")" ]

# A signal during a long preparation, and a TMPDIR that is full.
"$WARCCAP" pack -q -o "$work/blog.wacz" "$work/blog"
python3 - "$work/blog.wacz" "$work/full.wacz" "$work/long.warc" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        new.writestr(name, old.read(name))
head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.test/\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: %d\r\n\r\n" % (1 << 38)
with open(sys.argv[3], "wb") as out: # of which nothing is on the disk
    out.write(head)
    out.truncate(len(head) + (1 << 38) + 4)
PY
"$WARCCAP" serve --port 0 "$work/long.warc" >"$work/said" 2>"$work/errors" &
nginx_pid=$!
until [ -n "$(ls "$TMPDIR")" ] || ! kill -0 "$nginx_pid"; do sleep 0.05; done
kill "$nginx_pid"
wait "$nginx_pid"
check "a signal ends the preparation" [ $? = 11 ]
nginx_pid=
check "before it is done, which is said" says "stopped while"
check "and nothing is left" [ -z "$(ls "$TMPDIR")" ]
rm -f "$work/long.warc"
mkdir "$work/small"
if unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none "$1"' sh "$work/small" 2>/dev/null; then
    unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none "$1" && TMPDIR=$1 exec "$2" serve -q --port 0 "$3"' \
        sh "$work/small" "$WARCCAP" "$work/full.wacz" 2>"$work/errors"
    check "a TMPDIR without room is an error" [ $? = 3 ]
    check "which says so, and what to do" says "is full: it has .* bytes left. Set TMPDIR to a directory with more room"
else
    echo "no file system can be mounted here: a full TMPDIR is not tried"
fi

"$WARCCAP" index -q "$work/made"
served lie "$work/made/indexes/index.cdxj"
check "a collection with a lying index is served" begin "$work/made"
check "and its lies come to nothing" all broken "$url"
mv "$work/made/indexes/index.cdxj" "$work/lies"
"$WARCCAP" index -q "$work/made"
mkdir "$work/made/runs"
served runs "$work/made/runs"
check "a new index is noticed, and runs are shown" all check "$url" runs
site_stop
head -c 3000 "$work/c.wacz" >"$work/cut.wacz"
check "what can be read of a broken WACZ file is served" begin "$work/cut.wacz"
check "and the damage is told" says 'Truncated ZIP file data'
site_stop
site_verdict
