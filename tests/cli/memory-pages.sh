#!/bin/sh
# Memory: a page below 10 MB takes less than 64 MB, however many links it names and however long they are, in crawl and in verify;
# the good pages beside it are kept.  KIND tries one.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin memory-pages "$@"
site_simulate crowd
MEGABYTES=64
nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init' && MEGABYTES=100000

cat >"$work/try.py" <<'PY'
"""The peak in MB of the largest process of a command, and its exit code: try.py COMMAND..."""
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss // 1024, os.waitstatus_to_exitcode(status))
PY
small() {
    read -r peak code <"$work/peak"
    [ "$peak" -lt "$MEGABYTES" ] || { echo "  needs $peak MB (exit $code)"; return 1; }
}
# None of the links is requested, so that only the page itself costs something.
crawl() {
    python3 "$work/try.py" "$WARCCAP" crawl -q -o "$work/c" --contact t@example.org --wait 0 --exclude '/(bbbb|x[0-9]|s/|m/|ssss|picture/)' --resolve "*:80:$address" \
        "http://$kind.test/" 2>"$work/said" >"$work/peak"
    small
}
verify() {
    python3 "$work/try.py" "$WARCCAP" verify -q "$work/c" 2>"$work/said" >"$work/peak"
    small
}
good() { [ "$(grep -c "\"http://$kind.test/good/.*\"status\": \"200\"" "$work/c/indexes/index.cdxj")" = 6 ]; }
whole() { grep -q "\"http://$kind.test/thing\".*\"status\": \"200\"" "$work/c/indexes/index.cdxj"; }

for kind in ${KIND:-heavy-base heavy-links heavy-pictures heavy-imports heavy-styles heavy-import-map heavy-sitemap heavy-encoding}; do
    rm -rf "$work/c"
    check "$kind: a crawl takes little memory" crawl
    check "it has the page" whole
    check "and the good pages beside it" good
    check "verify takes little memory" verify
done
site_verdict
