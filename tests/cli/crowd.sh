#!/bin/sh
# A crowd of misbehaving servers: whatever one sends, the run ends soon and in little memory, the good pages beside it are kept, and
# verify agrees with what was stored.  KIND tries one.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin crowd "$@"
site_simulate crowd
SECONDS_MOST=20 MEGABYTES=64
nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init' && MEGABYTES=100000

cat >"$work/try.py" <<'PY'
"""Crawls the site of one kind, verifies it, and prints what did not hold."""
import os, re, subprocess, sys, time
warccap, address, work, kind, most_seconds, most_megabytes = sys.argv[1:]
c = os.path.join(work, "of-" + kind)
def run(*command):
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - began, usage.ru_maxrss // 1024, said.decode("utf-8", "replace")
wrong = []
code, took, peak, said = run("timeout", "60", warccap, "crawl", "-q", "-o", c, "--contact", "t@example.org", "--wait", "0", "-t", "1", "-T", "2",
                             "--url-time-limit", "4", "--page-limit", "300", "--time-limit", "12", "--resolve", "*:80:" + address, "http://%s.test/" % kind)
if code not in (0, 4, 14, 15, 18):
    wrong.append("exit %d" % code)
if took > int(most_seconds):
    wrong.append("took %d s" % took)
if peak > int(most_megabytes):
    wrong.append("needs %d MB" % peak)
index = open(os.path.join(c, "indexes", "index.cdxj")).read() if os.path.exists(os.path.join(c, "indexes", "index.cdxj")) else ""
for good in ["good/%d" % n for n in range(3)] + ["good/%d.gif" % n for n in range(3)]:
    if not re.search(r'"http://%s.test/%s", .*"status": "200"' % (re.escape(kind), re.escape(good)), index):
        wrong.append("no " + good)
code, took, peak, found = run("timeout", "60", warccap, "verify", "-q", c)
if code not in (0, 10) and re.search("^error", found, re.M):
    wrong.append("verify: exit %d: %s" % (code, next((line for line in found.split("\n") if line.startswith("error")), "")[:200]))
if took > int(most_seconds) or peak > int(most_megabytes):
    wrong.append("verify took %d s and %d MB" % (took, peak))
subprocess.call(["rm", "-rf", c])
print(kind + ": " + "; ".join(wrong) if wrong else "", end="\n" if wrong else "")
PY

try_all() {
    printf '%s\n' ${KIND:-$(cat "$work/facts.json")} |
        xargs -P 4 -I KIND python3 "$work/try.py" "$WARCCAP" "$address" "$work" KIND $SECONDS_MOST $MEGABYTES >"$work/wrong" 2>&1
    [ ! -s "$work/wrong" ] || { sed 's/^/  /' "$work/wrong"; return 1; }
}
check "there are more than a hundred and fifty" [ "$(wc -l <"$work/facts.json")" -gt 150 ]
check "each costs nothing but itself" try_all
site_verdict
