#!/bin/sh
# An error message says what went wrong, where, and what to do; the exit code is that of the manual.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin errors "$@"
site_make 30
site_serve
crawl() { "$WARCCAP" crawl -q --contact test@example.org --wait 0 -t 1 -T 5 "$@" >"$work/out" 2>&1; code=$?; }

# ends CODE "words that the message holds" ...
ends() {
    wanted=$1
    shift
    [ "$code" = "$wanted" ] || { echo "  exit $code, not $wanted"; cat "$work/out"; return 1; }
    for words in "$@"; do
        grep -q -- "$words" "$work/out" || { echo "  says nothing of: $words"; cat "$work/out"; return 1; }
    done
}

crawl -o "$work/a" http://no-such-host.invalid/
check "no such host: 4, named" ends 4 http://no-such-host.invalid/ "resolve host"
crawl -o "$work/b" "http://$address:9/"
check "refused connection: 4, named" ends 4 "http://$address:9/" "connect"
"$WARCCAP" crawl --contact test@example.org --wait 0 --scope page -o "$work/none" --resolve "*:80:$address" http://blog.test/no-such-page >"$work/out" 2>&1
code=$?
check "a page that is not there: 4, nothing is kept" ends 4 "Not complete: nothing is kept: http://blog.test/no-such-page is gone (the site answered 404)"
check "and that is not called complete" sh -c '! grep -q "^Complete" "$1" && grep -q "\"complete\": false" "$0"/runs/*.json' "$work/none" "$work/out"
check "nor by verify" sh -c '"$1" verify --json "$0" | grep -q "\"complete\": false"' "$work/none" "$WARCCAP"
crawl -o "$work/c" --resolve "*:443:$address" https://blog.test/
check "untrusted certificate: 4, named" ends 4 https://blog.test/ "certificate"
crawl -o "$work/d" --no-check-certificate --page-limit 1 --resolve "*:80:$address" --resolve "*:443:$address" https://blog.test/
check "--no-check-certificate goes on" ends 14
check "and notes it in the records" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^certificate: not checked"' "$work/d"
touch "$work/a-file"
crawl -o "$work/a-file" http://blog.test/
check "a file in place of a directory: 2, named" ends 2 "$work/a-file is not a directory" "-o"
if setpriv --version >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && setpriv --reuid 65534 true 2>/dev/null; then
    mkdir "$work/closed" && chmod 555 "$work/closed"
    setpriv --reuid 65534 --clear-groups "$WARCCAP" crawl -q -o "$work/closed/c" http://blog.test/ >"$work/out" 2>&1
    code=$?
    # the program itself may be where that user sees nothing
    [ "$code" = 126 ] || [ "$code" = 127 ] || check "no right to make the directory: 3, the reason" ends 3 "cannot make the directory .*: Permission denied"
fi
# Output that a full disk swallows was not given.
echo '<a href=/x>x</a>' >"$work/page.html"
full() { "$@" >/dev/full 2>"$work/out"; code=$?; }
for line in "verify $work/d" "verify --json $work/d" "why $work/d https://blog.test/" "links --base http://h/ $work/page.html" "crawl --help" --version; do
    # shellcheck disable=SC2086
    full "$WARCCAP" $line
    check "no room for the output of $line: 3" ends 3 "could not be written to standard output"
done
enough() { "$WARCCAP" verify "$work/d" 2>"$work/out" | true; [ ! -s "$work/out" ]; }
check "who stops reading has enough" enough
crawl -o "$work/e" --no-such-option http://blog.test/
check "no such option: 2" ends 2 "--no-such-option" "--help"
crawl -o "$work/f" --level many http://blog.test/
check "a value that is none: 2" ends 2 "--level" "many"
crawl -o "$work/f" --include '(' http://blog.test/
check "a pattern that is none: 2" ends 2 "regular expression"
crawl -o "$work/g" ftp://blog.test/
check "no http address: 2" ends 2 "ftp://blog.test/"
crawl
check "no URL: 2" ends 2 "no URL"
touch "$work/file"
crawl -o "$work/file/x" --resolve "*:80:$address" http://blog.test/
check "a directory that can't be made: 3" ends 3 "$work/file"
crawl -o /proc/nope --resolve "*:80:$address" http://blog.test/
check "a directory that can't be written: 3" ends 3 /proc/nope

# Loopback is out of bounds for what a public name leads to.
{ cat /etc/hosts; echo "$address blog.test 10.blog.test"; } >"$work/hosts"
if unshare --mount sh -c 'mount --bind "$0" /etc/hosts' "$work/hosts" 2>/dev/null; then
    named() { # what the name server says is what this file says
        unshare --mount sh -c 'mount --bind "$0" /etc/hosts && exec "$@"' "$work/hosts" "$WARCCAP" crawl -q --contact test@example.org \
            --wait 0 -t 1 --page-limit 1 --robots off "$@" >"$work/out" 2>&1
        code=$?
    }
    asked=$(wc -l <"$work/access.log")
    named -o "$work/priv1" http://blog.test/
    check "a name that leads to loopback is not followed there" ends 4 "private" "--allow-private"
    named -o "$work/priv2" http://10.blog.test/
    check "whatever it begins with" ends 4 "private"
    check "nothing was asked for" [ "$(wc -l <"$work/access.log")" = "$asked" ]
    named -o "$work/priv3" --allow-private http://blog.test/
    check "--allow-private lets it" ends 14
else
    echo "skipped: no mount namespace, so no name that leads to loopback"
fi
mkdir -p "$work/small"
if mount -t tmpfs -o size=400k none "$work/small" 2>/dev/null; then
    crawl -o "$work/small/c" --disk-reserve 0 --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/
    check "a full disk: 3, named" ends 3 "No space left"
    mount -o remount,size=20m "$work/small"
    crawl -o "$work/small/c" --disk-reserve 0 --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/
    check "with space again it goes on" ends 0
    check "to a whole capture" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$work/small/c" "$site/manifest.tsv"
    check "that is proven" "$WARCCAP" verify -q "$work/small/c"
    crawl -o "$work/small/d" --disk-reserve 100M --resolve "*:80:$address" http://blog.test/
    check "--disk-reserve stops before: 16" ends 16
    check "and names the disk" grep -q "MB are left on the disk of $work/small/d/" "$work/out"
    # What is needed beside the archive may lie on a disk of its own.
    mkdir -p "$work/apart" "$work/small/state" && ln -s "$work/small/state" "$work/apart/state"
    crawl -o "$work/apart" --disk-reserve 100M --resolve "*:80:$address" http://blog.test/
    check "the disk of the state counts too" ends 16 "$work/apart/state"
    umount "$work/small"
else
    echo "SKIP: a full disk (a tmpfs can't be mounted here)"
fi

crawl -o "$work/ok" --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/
check "a crawl to break things in" ends 0
warc=$(ls "$work"/ok/archive/*.warc.gz)
verify() { "$WARCCAP" verify "$@" >"$work/out" 2>&1; code=$?; }
head -c 100000 "$warc" >"$work/cut.warc.gz"
verify "$work/cut.warc.gz"
check "a WARC cut in the middle: 9, file, offset, rule" ends 9 "$work/cut.warc.gz:[0-9]" "file-cut"
cp -r "$work/ok" "$work/flip"
python3 - "$work"/flip/archive/*.warc.gz <<'PY'
import sys
path = sys.argv[1]
data = bytearray(open(path, 'rb').read())
data[len(data) // 2] ^= 1
open(path, 'wb').write(data)
PY
verify "$work/flip"
check "one bit flipped: 9" ends 9 ":[0-9]" "gzip"
cp -r "$work/ok" "$work/off"
sed -i '5s/"offset": "/"offset": "1/' "$work/off/indexes/index.cdxj"
verify "$work/off"
check "an index that does not fit its WARC: 9, file, offset, rule" ends 9 "indexes/index.cdxj:[0-9]" "cdxj-offset" "warccap index"
cp -r "$work/ok" "$work/less"
sed -i 5d "$work/less/indexes/index.cdxj"
verify "$work/less"
check "an index without a line: 9" ends 9 "cdxj-missing"
cp -r "$work/ok" "$work/shuffled"
sed -i '5{h;d};9{G}' "$work/shuffled/indexes/index.cdxj"
verify "$work/shuffled"
check "an index out of order: 9" ends 9 "cdxj-order"
cp -r "$work/ok" "$work/gone"
"$WARCCAP" index -q "$work/gone"
sed -i '/image.*png/{/s320/d}' "$work/gone/indexes/index.cdxj"
verify "$work/gone"
check "a requisite that readers can't find is listed" sh -c 'grep -q "missing-requisite" "$0" && grep -q "^  .*s320.* on " "$0"' "$work/out"
verify "$work/nothing-here"
check "nothing to verify: 3" ends 3 "nothing-here"

"$WARCCAP" crawl -q -o "$work/busy" --contact t@example.org --wait 0.05 --resolve "*:80:$address" http://blog.test/ & pid=$!
sleep 0.5
crawl -o "$work/busy" --resolve "*:80:$address" http://blog.test/
check "a second run: 75, pid and since when" ends 75 "pid $pid" "since 20"
kill -TERM "$pid"
wait "$pid"; code=$?; : >"$work/out"
check "SIGTERM ends a run cleanly: 11" ends 11
check "and leaves nothing open" sh -c '! ls "$0"/archive/*.open 2>/dev/null' "$work/busy"
site_verdict
