#!/bin/sh
# What strangers send is shown and stored, but never obeyed: not by a terminal or a log, not by the next request, not by the
# directory that a host names. A FIFO or device in the place of an archive's file is not waited for.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin strangers "$@"
site_simulate strangers
plain() { python3 "$TOP_SRCDIR/tests/server/strangers.py" --check "$@"; }
printf '.blog.test\tTRUE\t/\tFALSE\t0\tmine\t1\n' >"$work/cookies"

crawl() { # crawl NAME [options]: its output is in NAME.out
    out=$work/$1.out
    shift
    "$WARCCAP" crawl -v -o "$work/kept" --contact test@example.org --wait 0 -t 2 --resolve "*:80:$address" \
        --load-cookies "$work/cookies" "$@" http://blog.test/ >"$out" 2>&1
}
crawl first
crawl second --recheck all
crawl third --recheck all --json
rm -r "$work/kept/state"
crawl rebuilt --recheck all --redact-secrets
check "no request has a line of a stranger" sh -c '! grep -aiq "^X-Injected\|^ X-Injected" "$0"' "$work/asked.log"
check "nor a bare CR, or another control character" sh -c '! tr -d "\r\n" <"$0" | grep -aqP "[\x00-\x1f\x7f]" && ! grep -aqP "\r(?!\n)." "$0"' "$work/asked.log"
check "what is fine is sent back" grep -aq '^If-None-Match: "fine"' "$work/asked.log"
check "so is a cookie that is fine" grep -aq '^Cookie: .*good=1' "$work/asked.log"
check "the archive has the bytes as they came" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aqF "$(printf "ETag: \"a\rX-Injected: 1\"")"' "$work/kept"
check "verify finds nothing" "$WARCCAP" verify -q "$work/kept"

for url in / /etag-cr /type /version /no-http /cut /moved-escape /x; do
    "$WARCCAP" why "$work/kept" "http://blog.test$url"
done >"$work/why.out" 2>&1
"$WARCCAP" verify --notes "$work/kept" >"$work/verify.out" 2>&1
"$WARCCAP" verify --json --notes "$work/kept" >"$work/verify-json.out" 2>&1
printf '<a href="/a\033[31m\302\2332J\342\200\256" title="\033]0;x\a">x</a><\033[31m src="/b"><img \033x="/c">' >"$work/page.html"
"$WARCCAP" links "$work/page.html" >"$work/links.out" 2>&1
"$WARCCAP" links --json "$work/page.html" >"$work/links-json.out" 2>&1
check "every output can be shown" plain "$work"/*.out
check "so can the log" plain "$work"/kept/logs/*.log
check "and the summary" plain "$work"/kept/runs/*.json
check "no line of the log is a stranger's" sh -c '! grep -v "^20..-..-..T\|^#" "$0"/logs/crawl.log && ! grep -q "^[^ ]* *200 *1 http://forged" "$0"/logs/crawl.log' "$work/kept"
check "each line has its columns" sh -c '! awk "!/^#/ && NF < 12" "$0"/logs/crawl.log | grep .' "$work/kept"
check "JSON can be read" python3 -c 'import glob, json, sys
for path in glob.glob(sys.argv[1] + "/runs/*.json"): json.load(open(path))
for path in sys.argv[2:]: [json.loads(line) for line in open(path) if line.startswith("{")]' "$work/kept" "$work/verify-json.out" "$work/links-json.out"

# A WARC file of a stranger.
python3 - "$work/rude.warc" <<'PY'
import sys
bad = b"\x1b]0;owned\x07\xc2\x9b2J\xe2\x80\xae"
block = b"HTTP/1.1 200 " + bad + b"\r\n\r\nx"
with open(sys.argv[1], "wb") as file:
    for kind in (b"response", b"re" + bad, b"revisit"):
        file.write(b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Date: 2026-01-01T00:00:00Z%s\r\nWARC-Target-URI: http://x.test/%s\r\n"
                   b"WARC-Payload-Digest: sha1:%s\r\nContent-Type: application/http\r\nX-Folded: a\r\n error forged - - forged: forged\r\n"
                   b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (kind, bad, bad, bad, bad, len(block), block))
PY
for command in "verify --notes" "verify --json" index; do
    # shellcheck disable=SC2086
    "$WARCCAP" $command "$work/rude.warc" >"$work/rude.out" 2>&1
    check "$command: a stranger's file can be shown" plain "$work/rude.out"
    check "$command: and forges no line" sh -c '! grep -q "^error forged" "$0"' "$work/rude.out"
done

# --- hosts and directories ---
mkdir -p "$work/above/below"
before=$(ls -A "$work/above")
for host in http://../ http://./ http://.../ http://.hidden/ http://..%2f../ http://a/../../x http://%2e%2e/ http://../..; do
    (cd "$work/above/below" && "$WARCCAP" crawl -q --contact test@example.org --wait 0 -t 1 --resolve "*:80:$address" "$host" >"$work/said" 2>&1)
done
check "no host names a directory above" [ "$(ls -A "$work/above")" = "$before" ]
check "and none is hidden" [ -z "$(find "$work/above/below" -mindepth 1 -maxdepth 1 -name '.*')" ]
check "a usual host names its own" sh -c 'cd "$0" && "$1" crawl -q --contact t@example.org --wait 0 --resolve "*:80:$2" http://blog.test/fine && [ -d blog.test/archive ]' \
    "$work/above/below" "$WARCCAP" "$address"

# --- what is no file ---
mkfifo "$work/fifo"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$work/socket"
"$WARCCAP" crawl -q -o "$work/good" --contact test@example.org --wait 0 --resolve "*:80:$address" http://blog.test/fine
# soon COMMAND...: it ends by itself, and not well
soon() { timeout 20 "$@" >"$work/said" 2>&1; code=$?; [ $code != 0 ] && [ $code != 124 ] && plain "$work/said"; }
for file in "$work/fifo" "$work/socket" /dev/tty /dev/zero "$work"; do
    check "verify does not wait for $file" soon "$WARCCAP" verify "$file"
    check "index does not" soon "$WARCCAP" index "$file"
    check "links does not" soon "$WARCCAP" links "$file"
    check "crawl -i does not" soon "$WARCCAP" crawl -o "$work/none" -i "$file"
done
soon "$WARCCAP" links "$work/fifo"
check "it says why" grep -q "is a FIFO, a device or a socket" "$work/said"
for place in archive/x.warc.gz archive/x.warc indexes/index.cdxj archive/SHA256SUMS; do
    cp -r "$work/good" "$work/with"
    rm -f "$work/with/$place"
    mkfifo "$work/with/$place"
    check "a FIFO as $place: verify ends" soon "$WARCCAP" verify "$work/with"
    timeout 20 "$WARCCAP" index "$work/with" >"$work/said" 2>&1
    check "index ends" [ $? != 124 ]
    rm -r "$work/with"
done
check "a pipe that the shell has opened is read" [ "$(printf '<a href="/x">x</a>' | "$WARCCAP" links /dev/stdin | wc -l)" = 1 ]
check "so is standard input" [ "$(printf '<a href="/x">x</a>' | "$WARCCAP" links - | wc -l)" = 1 ]
check "and /dev/null is empty" "$WARCCAP" links /dev/null
check "what was good is good" "$WARCCAP" verify -q "$work/good"
site_verdict
