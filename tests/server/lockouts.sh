# Sourced by the tests of hosts that shut us out, or only look so.  The sites of server/lockout.py are crawled side by side, because
# each run pauses.
#
#   lockouts_begin NAME       as site_begin; then $sites has a file for each site
#   site NAME KIND AFTER FOR SECTION...   what the server shows under NAME.test
#   crawl NAME RUN [options]  leaves RUN.code, RUN.said and RUN.asked (all that was asked until then) in $work/of/NAME
#   each COMMAND...           for each first word of standard input, some of them at once: COMMAND WORD
#   check_of NAME "what is claimed" COMMAND...   as check; shows what the crawls of the site said when it fails
. "$TOP_SRCDIR/tests/server/serve.sh"
SIDE_BY_SIDE=16

lockouts_begin() {
    site_begin "$@"
    sites=$work/sites
    mkdir "$sites"
    echo none 0 0 >"$sites/guard.test"
}
check_of() {
    of=$1 before=$failures
    shift
    check "$@"
    [ "$failures" = "$before" ] || tell "$of"
}
site() {
    named=$1
    shift
    echo "$@" >"$sites/$named.test"
}
crawl() {
    named=$1 run=$2
    shift 2
    mkdir -p "$work/of/$named"
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/of/$named/c" --resolve "*:80:$address" "$@" "http://$named.test/" \
        >"$work/of/$named/$run.said" 2>&1
    echo $? >"$work/of/$named/$run.code"
    grep "^\(cdn\.\)\?$named\.test/" "$work/asked.log" >"$work/of/$named/$run.asked"
}
each() {
    count=0
    while read -r named _; do
        "$@" "$named" </dev/null &
        pids="${pids:-} $!"
        count=$((count + 1))
        [ $((count % SIDE_BY_SIDE)) != 0 ] || { wait $pids; pids=; }
    done
    [ -z "$pids" ] || wait $pids # without one it would wait for the server, too
    pids=
}
tell() { for run in first still next; do [ -e "$work/of/$1/$run.said" ] && { echo "  $run: exit $(cat "$work/of/$1/$run.code")"; tail -3 "$work/of/$1/$run.said" | sed 's/^/    /'; }; done; tail -12 "$work/of/$1/c/logs/crawl.log" | cut -c1-150; }
code() { [ "$(cat "$work/of/$1/$2.code")" = "$3" ]; }
says() { grep -q "$3" "$work/of/$1/$2.said"; }
says_no_change() { ! grep -q "^Since the last run" "$work/of/$1/next.said"; }
# NAME MOST: the second run asked the site itself for so little
asked_more() { [ $(($(grep -c "^$1" "$work/of/$1/still.asked") - $(grep -c "^$1" "$work/of/$1/first.asked"))) -le "$2" ]; }
complete() { code "$1" "$2" 0 && says "$1" "$2" '^Complete' && "$WARCCAP" verify -q "$work/of/$1/c" >"$work/of/$1/verify" 2>&1; }
all_posts() {
    for n in $(seq 0 29); do
        grep -q "\"url\": \"http://$1.test/post/$n\", \"mime\": \"text/html\", \"status\": \"200\"" "$work/of/$1/c/indexes/index.cdxj" || { echo "  no post $n"; return 1; }
    done
}
# NAME RUN: verify says of each URL what that run said, if it was the last
same() { python3 "$TOP_SRCDIR/tests/server/same_counts.py" "$WARCCAP" "$work/of/$1/c" "$work/of/$1/$2.said"; }
# NAME MOST: not complete, told in words and in JSON, and so many requests of the site itself that were refused
shut_out() {
    code "$1" first 18 && ! says "$1" first '^Complete' && says "$1" first "$1.test began to refuse after [0-9]* response" &&
        grep -q '"exit": 18' "$work/of/$1"/c/runs/*.json && [ "$(grep -c "^$1.*BANNED" "$work/of/$1/first.asked")" -le "$2" ]
}
ban() {
    banned=$1
    shift
    crawl "$banned" first "$@"
    set -- "$banned"
    same "$1" first >"$work/of/$1/same" 2>&1
    echo $? >"$work/of/$1/same.code"
}
ban_again() { crawl "$1" still; }
end_ban() {
    site "$1" none 0 0
    crawl "$1" next
}
# The sites of a table "NAME KIND AFTER FOR SECTION...", in $work/TABLE
sites_of() {
    while read -r name kind; do
        # shellcheck disable=SC2086
        site "$name" $kind
    done <"$work/$1"
}
was_same() { [ "$(cat "$work/of/$1/same.code")" = 0 ] || { cat "$work/of/$1/same"; return 1; }; }
# After "ban" on each site of the table.
check_banned() {
    while read -r name kind; do
        check_of "$name" "$kind: shut out, and told so" shut_out "$name" 45
        check_of "$name" "$kind: verify said the same of each URL" was_same "$name"
    done <"$work/$1"
}
# Three runs over each site of the table: banned, still banned, and no more.
check_bans() {
    each ban <"$work/$1"
    each ban_again <"$work/$1"
    each end_ban <"$work/$1"
    check_banned "$1"
    while read -r name kind; do
        check_of "$name" "$kind: the next run sees soon that it still is" asked_more "$name" 12
        check_of "$name" "$kind: and says so" code "$name" still 18
        check_of "$name" "$kind: when it is over, the next run is complete" complete "$name" next
        check "$kind: and every post is there" all_posts "$name"
    done <"$work/$1"
}
