#!/bin/sh
# Stored is not yet kept: "Complete" and exit 0 are for sites whose every listed page is a whole response with success, or gone.
# The crawl's text, its JSON and verify say the same.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin kept "$@"

# crawl STATE...: of a site that has such pages
crawl() {
    site_stop
    rm -rf "$work/c"
    site_simulate states "$@"
    "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress -o "$work/c" --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
    code=$?
    "$WARCCAP" verify --json "$work/c" >"$work/verify" 2>&1
}
says_complete() { grep -q '^Complete' "$work/out"; }
json_complete() { grep -q "\"complete\": $1" "$work"/c/runs/*.json; }
verify_complete() { grep -q "\"complete\": $1" "$work/verify"; }
complete() { [ "$code" = 0 ] && says_complete && json_complete true && verify_complete true; }
# REASON: what the failures of the run's JSON say
incomplete() { [ "$code" = 4 ] && ! says_complete && json_complete false && verify_complete false && grep -q "$1" "$work"/c/runs/*.json; }
tell() { echo "  exit $code"; tail -4 "$work/out"; tail -1 "$work/verify" | cut -c1-300; }

for states in "" 404 410 "404 410" moved far to-404 no-coding; do
    # shellcheck disable=SC2086
    crawl $states
    check "sound: ${states:-no such page}" complete || tell
done
while read -r state reason; do
    crawl "$state"
    check "$state is not kept" incomplete "$reason" || tell
done <<'STATES'
401 answered 401
403 answered 403
451 answered 451
400 answered 400
500 answered 500
503 .
521 answered 521
206 only a part
undecodable the body
coding the body
self in a circle
there in a circle
nowhere answered 302
circle in a circle
members leads to a login
blog leads to a login
portal leads to a login
to-403 answered 403
to-500 answered 500
STATES
# Whatever the state, the crawl, verify and a crawl that has lost its state/ say the same of every listed URL.
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/c"; }
listed() { python3 -c 'import glob, json, sys; run = json.load(open(sorted(glob.glob(sys.argv[1] + "/runs/*.json"))[-1])); print(run["listed"], run["complete"])' "$work/c"; }
for states in 404 403 500 206 self there circle members to-403 to-404 far; do
    crawl $states
    check "$states: verify agrees" agree
    before=$(listed)
    rm -rf "$work/c/state"
    "$WARCCAP" crawl -q --contact test@example.org --wait 0 --page-limit 1 --recheck new -o "$work/c" --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
    "$WARCCAP" crawl -q --contact test@example.org --wait 0 -t 1 --recheck new -o "$work/c" --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
    check "$states: the same when the state was lost" [ "$before" = "$(listed)" ] || { echo "$before"; listed; }
done
# What only the sitemap in the usual place names is no guess, though the sitemap was one.
crawl --usual-sitemap 404 far
check "sound, by the usual sitemap" complete || tell
check "and verify agrees" agree
while read -r state reason; do
    crawl --usual-sitemap "$state"
    check "$state is not kept, by the usual sitemap" incomplete "$reason" || tell
    check "and verify agrees" agree
done <<'STATES'
403 answered 403
206 only a part
there in a circle
members leads to a login
STATES
# What is not kept is asked for again by the next run, and what was kept stays so.
site_stop
site_simulate states 403
"$WARCCAP" crawl -q --contact test@example.org --wait 0 -o "$work/again" --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
: >"$work/asked.log"
"$WARCCAP" crawl -q --contact test@example.org --wait 0 -o "$work/again" --recheck new --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
check "the next run tries again" grep -q "/is/403" "$work/asked.log"
check "and only that" sh -c '! grep -q /sound/ "$0"' "$work/asked.log"
rm -rf "$work/again/state"
"$WARCCAP" crawl -q --contact test@example.org --wait 0 -o "$work/again" --recheck new --resolve "*:80:$address" http://states.test/ >"$work/out" 2>&1
check "also when the state was lost" [ $? = 4 ]
site_verdict
