#!/bin/sh
# What is kept back when a run ends, because a host may shut us out: nothing that was received is thrown away.  What nothing speaks
# against counts; what is not clear is stored, and asked for again by the next run.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-end "$@"

# pages NAME SECTION: how many of them the index has
pages() { grep -c "\"url\": \"http://$1.test/$2/[0-9]*\", .*\"status\": \"200\"" "$work/of/$1/c/indexes/index.cdxj"; }
# asked NAME SECTION: how often the site was asked for one of its pages
asked() { grep -c "^$1.test/$2/" "$work/asked.log"; }
# take_all NAME PID: waits until the crawl has taken all that was sent so far.  It tells its progress (SIGUSR1): the number of responses
# stays the same for three seconds, because nothing is under way but the one that hangs.
take_all() {
    before= same=0
    for _ in $(seq 600); do
        kill -USR1 "$2" 2>/dev/null || return # it has ended
        sleep 0.1
        now=$(sed -n 's/^# .*, \([0-9]*\) responses.*/\1/p' "$work/of/$1/c/logs/crawl.log" | tail -n 1)
        if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
        before=$now
        [ "$same" -lt 30 ] || return
    done
}
# stopped NAME WORDS COUNT: crawls it until so many lines of what was asked have these words; then a signal comes.  One request
# hangs, so the crawl cannot know that nothing else will come.
stopped() {
    mkdir -p "$work/of/$1"
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/of/$1/c" --resolve "*:80:$address" "http://$1.test/" \
        >"$work/of/$1/first.said" 2>&1 & pid=$!
    for _ in $(seq 400); do
        [ "$(grep -c "^$1.test.*$2" "$work/asked.log")" -lt "$3" ] || break
        sleep 0.05
    done
    take_all "$1" "$pid"
    kill -TERM "$pid"
    wait "$pid"
    echo $? >"$work/of/$1/first.code"
    grep "^$1.test/" "$work/asked.log" >"$work/of/$1/first.asked"
}

site alike none 0 0 numbered:6:last hang:1:last
site equal none 0 0 same:6:last hang:1:last
site soon-banned 403 80 0 hang:1:last
site limited none 0 0 numbered:60
site many none 0 0 dead:9 old:4 members:3
site late none 0 0 numbered:6:last hang:1:last
site_simulate lockout --sites "$sites"

stopped alike /numbered/ 6
check_of alike "stopped by a signal: 11" code alike first 11
check_of alike "verify counts what the run counted" same alike first
check_of alike "pages that differ only in numbers count" [ "$(pages alike numbered)" = 6 ]
site alike none 0 0 numbered:6:last
crawl alike next
check_of alike "the next run is complete" complete alike next
check_of alike "and does not ask for them again" [ "$(asked alike numbered)" = 6 ]
check "each is there once" [ "$(pages alike numbered)" = 6 ]

stopped equal /same/ 6
check_of equal "equal pages may be a wall: they are stored" [ "$(pages equal same)" = 6 ]
check_of equal "and nobody says that they are kept" sh -c '! grep -q "^Complete" "$0"' "$work/of/equal/first.said"
check_of equal "verify says that they wait, too" same equal first
check_of equal "the log says why" grep -q ' undecided: ' "$work/of/equal/c/logs/crawl.log"
cp -r "$work/of/equal" "$work/of/equal-lost"
site equal none 0 0 same:6:last
crawl equal next
check_of equal "the next run asks for them again" [ "$(asked equal same)" -ge 12 ]
check_of equal "and is complete" complete equal next
again=$(asked equal same)
rm -rf "$work/of/equal/c" "$work/of/equal-lost/c/state"
mv "$work/of/equal-lost/c" "$work/of/equal/c"
crawl equal lost
check_of equal "also without state/" complete equal lost
check_of equal "then they are asked for again, too" [ "$(asked equal same)" -ge $((again + 6)) ]

stopped soon-banned BANNED 6
check_of soon-banned "refusals of which nobody knows why: not complete" sh -c '! grep -q "^Complete" "$0"' "$work/of/soon-banned/first.said"
check_of soon-banned "verify counts what the run counted" same soon-banned first
end_ban soon-banned
check_of soon-banned "the next run is complete" complete soon-banned next
check "and every post is there" all_posts soon-banned

crawl late first --time-limit 5
check_of late "the time limit: 15" code late first 15
check_of late "verify counts what the run counted" same late first
check_of late "what nothing speaks against counts" [ "$(pages late numbered)" = 6 ]

crawl limited first --page-limit 50
check_of limited "the page limit: 14" code limited first 14
check_of limited "verify counts what the run counted" same limited first
# Pages that look alike may be probed again, so each URL counts once.
check_of limited "exactly as many pages are asked for as the limit says" \
    [ "$(grep '^limited.test/\(page/\|post/\|numbered/\| \)' "$work/of/limited/first.asked" | cut -d' ' -f1 | sort -u | wc -l)" = 50 ]
check_of limited "and it is reached" grep -q '"pages": 50,' "$work"/of/limited/c/runs/*.json
# Pages beside requests that are none: dead links, redirects and what members see.
for limit in 1 2 7 20; do
    crawl many "$limit" --page-limit "$limit"
    check_of many "a limit of $limit: so many pages" grep -q "\"pages\": $limit," "$(ls "$work"/of/many/c/runs/*.json | tail -1)"
    check_of many "a limit of $limit: so many pages are in the archive" [ "$(grep -c '"mime": "text/html", "status": "200"' "$work/of/many/c/indexes/index.cdxj")" = "$limit" ]
    rm -rf "$work/of/many/c"
done
site_verdict
