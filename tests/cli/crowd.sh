#!/bin/sh
# A crowd of misbehaving servers: whatever one sends, the run ends soon and in little memory. The good pages beside it are kept,
# verify agrees with what was stored, no control character reaches a terminal, and no other address is connected to.  KIND tries
# one; SERVER=throng tries the second crowd, of which throng.sh takes most at once.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin crowd "$@"
SECONDS_MOST=20 MEGABYTES=64 shim=$TOP_BUILDDIR/tests/server/connects.so
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    MEGABYTES=100000 shim=
fi

cat >"$work/try.py" <<'PY'
"""Crawls the site of one kind, verifies it, and prints what did not hold."""
import os, re, subprocess, sys, time
warccap, address, work, kind, most_seconds, most_megabytes, shim = sys.argv[1:]
c = os.path.join(work, "of-" + kind)
connects = c + ".connects"
wrong = []
# Every connection that it asks for is noted, and no name is looked up elsewhere.
around = dict(os.environ, LD_PRELOAD=shim, CONNECTS_LOG=connects, CONNECTS_NAMES="") if shim else os.environ
def run(*command):
    began = time.monotonic()
    process = subprocess.Popen(("timeout", "60") + command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=around)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took, peak = time.monotonic() - began, usage.ru_maxrss // 1024
    if took > int(most_seconds) or peak > int(most_megabytes):
        wrong.append("%s took %d s and %d MB" % (command[1], took, peak))
    obeyed = re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said.decode("utf-8", "surrogateescape"))
    if obeyed:
        wrong.append("%s says %r" % (command[1], obeyed[0]))
    return os.waitstatus_to_exitcode(status), said.decode("utf-8", "replace")
def read(*path):
    path = os.path.join(c, *path)
    return open(path, encoding="utf-8").read() if os.path.exists(path) else ""
open(connects, "w").close()
code, said = run(warccap, "crawl", "--no-progress", "-o", c, "--contact", "t@example.org", "--wait", "0", "-t", "1", "-T", "2", "--url-time-limit", "4",
                 "--page-limit", "300", "--time-limit", "12", "--resolve", "*:80:" + address, "http://%s.test/" % kind)
if code not in (0, 4, 14, 15, 18):
    wrong.append("exit %d: %s" % (code, said[-300:]))
elsewhere = set(open(connects).read().split("\n")) - {"", address + " 80"}
if elsewhere:
    wrong.append("connected to %s" % elsewhere)
index = read("indexes", "index.cdxj")
for good in ["good/%d" % n for n in range(3)] + ["good/%d.gif" % n for n in range(3)]:
    if not re.search(r'"http://%s.test/%s", .*"status": "200"' % (re.escape(kind), re.escape(good)), index):
        wrong.append("no " + good)
if re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", read("logs", "crawl.log")):
    wrong.append("crawl.log has control characters")
code, found = run(warccap, "verify", "-q", c)
if code not in (0, 10) and re.search("^error", found, re.M):
    wrong.append("verify: exit %d: %s" % (code, next((line for line in found.split("\n") if line.startswith("error")), "")[:200]))
subprocess.call(["rm", "-rf", c, connects])
print(kind + ": " + "; ".join(wrong) if wrong else "", end="\n" if wrong else "")
PY

try_all() {
    printf '%s\n' ${KIND:-$(cat "$work/facts.json")} |
        xargs -P "${AT_ONCE:-4}" -I KIND python3 "$work/try.py" "$WARCCAP" "$address" "$work" KIND $SECONDS_MOST $MEGABYTES "$shim" >"$work/wrong" 2>&1
    [ ! -s "$work/wrong" ] || { sed 's/^/  /' "$work/wrong"; return 1; }
}
site_simulate "${SERVER:-crowd}"
check "there are more than a hundred and fifty" [ "$(wc -l <"$work/facts.json")" -gt 150 ]
check "each costs nothing but itself" try_all
site_verdict
