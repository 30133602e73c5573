#!/bin/sh
# A second crowd of misbehaving servers, all of them seeds of one run: it ends by itself and in little memory. Every good page is
# kept, verify agrees with what was stored, no control character reaches a terminal, and no other address is connected to.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin throng "$@"
MEGABYTES=128 shim=$TOP_BUILDDIR/tests/server/connects.so
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    MEGABYTES=100000 shim=
fi
site_simulate throng --finite
# It may not know where rules are that are elsewhere, and so asks for nothing.
grep -v '^robots-away$' "$work/facts.json" >"$work/kinds"

cat >"$work/run.py" <<'PY'
"""run.py MEGABYTES SECONDS OUT COMMAND...: the command ends in time and takes no more memory.  Gives its exit code."""
import os, subprocess, sys
most, seconds, out = int(sys.argv[1]), sys.argv[2], sys.argv[3]
with open(out, "w") as file:
    process = subprocess.Popen(["timeout", seconds] + sys.argv[4:], stdout=file, stderr=subprocess.STDOUT)
    _, status, usage = os.wait4(process.pid, 0)
if usage.ru_maxrss >> 10 > most:
    sys.exit("  it takes %d MB" % (usage.ru_maxrss >> 10))
sys.exit(os.waitstatus_to_exitcode(status))
PY
crawl() {
    : >"$work/connects"
    env ${shim:+LD_PRELOAD=$shim} CONNECTS_LOG="$work/connects" CONNECTS_NAMES= \
        python3 "$work/run.py" $MEGABYTES 400 "$work/out" "$WARCCAP" crawl --no-progress -o "$work/c" --contact test@example.org --wait 0 -t 2 -T 10 \
        --url-time-limit 8 --resolve "*:80:$address" $(sed 's,.*,http://&.test/,' "$work/kinds")
    code=$?
    [ $code = 4 ] || { echo "  exit $code"; tail -3 "$work/out"; return 1; }
}
kept() {
    python3 - "$work/kinds" "$work/c/indexes/index.cdxj" <<'PY'
import re, sys
kinds, index = (open(path).read() for path in sys.argv[1:])
kept = set(re.findall(r'"url": "http://([^/]*)\.test/good/(\d(?:\.gif)?)".*"status": "200"', index))
missing = [(kind, good) for kind in kinds.split() for good in ("0", "0.gif", "1", "1.gif", "2", "2.gif") if (kind, good) not in kept]
sys.exit("  not kept: %s" % missing if missing else 0)
PY
}
nobody_else() { [ -z "$shim" ] || [ "$(sort -u "$work/connects")" = "$address 80" ]; }
plain() { python3 "$TOP_SRCDIR/tests/server/strangers.py" --check "$@"; }
sound() { python3 "$work/run.py" $MEGABYTES 200 "$work/found" "$WARCCAP" verify "$work/c" || { grep -A3 '^error' "$work/found" | head; return 1; }; }

check "there are more than two hundred" [ "$(wc -l <"$work/kinds")" -gt 200 ]
check "a crawl of all comes to its end" crawl
check "with every good page" kept
check "nobody else was connected to" nobody_else
check "verify agrees" sound
check "nothing that they sent is obeyed by a terminal" plain "$work/out" "$work/found" "$work/c/logs/crawl.log" "$work"/c/runs/*.json
site_verdict
