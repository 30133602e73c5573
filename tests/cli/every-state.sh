#!/bin/sh
# URLs in every state, among pages, lists and parts: the crawl's text and JSON, verify's text and JSON, and `why` use the same
# words and the same counts; also after another run, and after state/ was rebuilt from the archive.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin every-state "$@"
site_simulate every

crawl() {
    "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress --exclude /skip/ -o "$work/c" --resolve "*:80:$address" "$@" \
        http://every.test/ >"$work/out" 2>"$work/err"
    code=$?
    "$WARCCAP" verify "$work/c" >"$work/verify.txt" 2>&1
    "$WARCCAP" verify --json "$work/c" >"$work/verify.json" 2>&1
}
newest() { ls "$work"/c/runs/*.json | tail -1; }
by_hand() { python3 - "$work/facts.json" "$(newest)" "$work/verify.json" "$1" <<'PY'; }
import json, sys
facts, run = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
verify = json.loads(open(sys.argv[3]).read().splitlines()[-1])
wrong = False
if sys.argv[4] == "dead": # what has failed in three rounds and is no page
    facts["parts"]["known_dead"] = facts["parts"].pop("broken")
for name, report in (("the run", run), ("verify", verify)):
    for what, wanted in facts.items():
        counts = report["listed"] if what == "listed" else report["urls"][what]
        for state in ("kept", "gone", "refused", "broken", "waiting", "left_out", "known_dead"):
            if counts.get(state, 0) != wanted.get(state, 0):
                print("  %s: %s %s: %d, wanted %d" % (name, what, state, counts.get(state, 0), wanted.get(state, 0)))
                wrong = True
sys.exit(wrong)
PY
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/c"; }
# The tables, word by word.
tables() { grep -E '^(What|  [a-z, ]+ [0-9]+ of [0-9]+ kept)' "$1"; }
same_text() { tables "$work/out" >"$work/one" && tables "$work/verify.txt" >"$work/two" && [ -s "$work/one" ] && diff "$work/one" "$work/two"; }
verdict() { sed -n 's/^\(Not complete: .*\)\. Next: .*/\1/p' "$1"; }
same_verdict() { [ -n "$(verdict "$work/out")" ] && [ "$(verdict "$work/out")" = "$(verdict "$work/verify.txt")" ]; }
checks() {
    # NAME [dead]
    check "$1: exit 4" [ "$code" = 4 ]
    check "$1: the run and verify count what was counted by hand" by_hand "${2:-}"
    check "$1: verify agrees with the run number by number" agree
    check "$1: the tables of the summary and of verify are the same" same_text
    check "$1: so is the verdict" same_verdict
}
crawl --page-limit 1
waits() { python3 - "$(newest)" "$work/verify.json" <<'PY'; }
import json, sys
run, verify = json.load(open(sys.argv[1])), json.loads(open(sys.argv[2]).read().splitlines()[-1])
print("  ", run["urls"]["pages"])
sys.exit(run["complete"] or verify["complete"] or not run["urls"]["pages"]["waiting"])
PY
same() { python3 "$TOP_SRCDIR/tests/server/same_counts.py" "$WARCCAP" "$work/c" "$work/out"; }
check "a run that was cut short: what waits is counted" waits
check "verify says the same" same
check "and neither calls it complete" sh -c '! grep -h "^Complete" "$0" "$1"' "$work/out" "$work/verify.txt"
closed() { grep -q '"gaps": .*"state": "left_out", "url": "http://every.test/closed/1", "reason": "robots.txt"' "$(newest)"; }
crawl --page-limit 2
check "what robots.txt closes does not wait, though the run was cut short" closed
check "and verify says the same" same
rm -rf "$work/c"
crawl
checks "the first run"
while read -r path word; do
    check "why: $path is $word" sh -c '"$0" why "$1" "http://every.test$2" | head -1 | grep -q ": $3\$"' "$WARCCAP" "$work/c" "$path" "$word"
done <<'STATES'
/post/1 kept
/gone gone
/to-gone gone
/refused refused
/member refused
/broken broken
/there broken
/closed/1 left out
/skip/1 left out
/i/refused.png refused
STATES
crawl --recheck all
checks "another run"
crawl --recheck all --page-limit 2
check "a recrawl that was cut short: what is to be looked at again is what it was" by_hand ""
check "verify says the same" same
check "and neither calls it complete" sh -c '! grep -h "^Complete" "$0" "$1"' "$work/out" "$work/verify.txt"
rm -rf "$work/c/state"
crawl --recheck new
checks "without state/, in the third round" dead
site_verdict
