#!/bin/sh
# Good pages among traps: the crawl ends by itself, has every good page, and neither its requests nor its memory run away.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin traps "$@"
judge=$TOP_SRCDIR/tests/server/judge.py
c=$work/collection
site_simulate traps

# Crawls for two minutes at most; says in $work/crawl.json how it ended, and at what cost.
measured_crawl() { python3 - "$work/crawl.json" "$WARCCAP" crawl -q -o "$c" --contact test@example.org --wait 0 --timeout 5 \
    --url-size-limit 20M --resolve "*:80:$address" http://traps.example/ <<'PY'
import json, os, subprocess, sys, threading
crawl = subprocess.Popen(sys.argv[2:])
limits = [threading.Timer(120, crawl.terminate), threading.Timer(130, crawl.kill)]
for limit in limits:
    limit.start()
_, status, usage = os.wait4(crawl.pid, 0)
for limit in limits:
    limit.cancel()
json.dump({'code': os.waitstatus_to_exitcode(status), 'megabytes': usage.ru_maxrss / 1024}, open(sys.argv[1], 'w'))
PY
}
# The slow, short and endless answers may count as failed: that is exit code 4.
ended_by_itself() { python3 -c 'import json, sys; code = json.load(open(sys.argv[1]))["code"]; print("  exit code", code); sys.exit(code not in (0, 4))' "$work/crawl.json"; }
memory_below() { python3 -c 'import json, sys; m = json.load(open(sys.argv[1]))["megabytes"]; print("  %.1f MB" % m); sys.exit(m >= int(sys.argv[2]))' "$work/crawl.json" "$1"; }
finds_nothing() { "$WARCCAP" verify -q "$c" >"$work/verify.out" 2>&1 || { head -5 "$work/verify.out"; false; }; }

measured_crawl
check "the crawl ends by itself within two minutes" ended_by_itself
# A sanitizer's own memory is not the crawler's.
if grep -q -a "__[at]san_init" "$WARCCAP"; then echo "SKIP: its memory (built with a sanitizer)"; else check "its memory stays small" memory_below 64; fi
check "every good page is there" python3 "$judge" captured "$work/facts.json" "$c" good
check "every topic of the forum is there, whatever its session" python3 "$judge" topics "$work/facts.json" "$c"
check "nothing was asked for that never should be" python3 "$judge" never "$work/asked.log" "$work/facts.json"
check "no trap caught the crawler" python3 "$judge" bounds "$work/asked.log" "$work/facts.json"
check "a stream is left, and it is said why" grep -q "/stream .*the response has no length, and does not end" "$c/logs/crawl.log"
check "verify finds nothing" finds_nothing
# Each rule that left something out is told of it.
why_says() { "$WARCCAP" why "$c" "$1" >"$work/why" && grep -q "$2" "$work/why" || { cat "$work/why"; return 1; }; }
while read -r url rule; do
    check "why tells: $rule" why_says "http://traps.example$url" "^  rule  *$rule"
done <<'ROWS'
/login?return=/articles/1.html login
/articles/1.html?print=1 print
/articles/1.html?share=mail share
/blog/post.html?replytocom=100#respond wordpress.replytocom
/files/?C=N;O=A directory.sort
/shop/?order=desc url.order
/chain/22 too-many-redirects
ROWS
# Which of these are known depends on which responses came first: where one rule was first, the others' pages never were.
why_says_loop() { for word in about shop blog news; do why_says "http://traps.example/any/$word/$word/$word/" '^  rule  *url.path-loop' && return; done; false; }
check "why tells: url.path-loop" why_says_loop
check "why tells: off-site" sh -c '"$0" why "$1" http://elsewhere.example/ | grep -q "rule  *off-site"' "$WARCCAP" "$c"
check "the run counts what each left out" python3 -c '
import glob, json, sys
counts = json.load(open(glob.glob(sys.argv[1] + "/runs/*.json")[0]))["not_followed"]
missing = {"login", "print", "share", "wordpress.replytocom", "directory.sort", "url.order", "url.path-loop", "url.session", "url.facets",
           "too-many-redirects", "series.nothing-new", "page.nothing-new", "requisite-depth", "sitemap-depth",
           "off-site"} - set(counts)
print("  not counted:", missing) if missing else None
sys.exit(bool(missing))' "$c"
site_verdict
