#!/bin/sh
# A host that begins to refuse is asked more slowly, probed, and then left alone: exit 18, and what it refused waits for the next run,
# which is complete.  Sites that only look so lose nothing.  The sites are crawled side by side, because each run pauses.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin lockout "$@"
sites=$work/sites
mkdir "$sites"
echo none 0 0 >"$sites/guard.test"
SIDE_BY_SIDE=8

# check_of NAME "what is claimed" COMMAND...: shows what the crawls of the site said when it fails
check_of() {
    of=$1 before=$failures
    shift
    check "$@"
    [ "$failures" = "$before" ] || tell "$of"
}
# site NAME KIND AFTER FOR SECTION...: what the server shows under NAME.test
site() {
    named=$1
    shift
    echo "$@" >"$sites/$named.test"
}
# crawl NAME RUN [options]: leaves RUN.code, RUN.said and what was asked until then
crawl() {
    named=$1 run=$2
    shift 2
    mkdir -p "$work/of/$named"
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/of/$named/c" --resolve "*:80:$address" "$@" "http://$named.test/" \
        >"$work/of/$named/$run.said" 2>&1
    echo $? >"$work/of/$named/$run.code"
    grep "^\(cdn\.\)\?$named\.test/" "$work/asked.log" >"$work/of/$named/$run.asked"
}
# Each name of standard input in turn, so many at once: command NAME
each() {
    count=0
    while read -r named _; do
        "$@" "$named" </dev/null &
        pids="${pids:-} $!"
        count=$((count + 1))
        [ $((count % SIDE_BY_SIDE)) != 0 ] || { wait $pids; pids=; }
    done
    wait $pids
    pids=
}
tell() { for run in first still next; do [ -e "$work/of/$1/$run.said" ] && { echo "  $run: exit $(cat "$work/of/$1/$run.code")"; tail -3 "$work/of/$1/$run.said" | sed 's/^/    /'; }; done; tail -12 "$work/of/$1/c/logs/crawl.log" | cut -c1-150; }
code() { [ "$(cat "$work/of/$1/$2.code")" = "$3" ]; }
says() { grep -q "$3" "$work/of/$1/$2.said"; }
# NAME MOST: the second run asked the site itself for so little
asked_more() { [ $(($(grep -c "^$1" "$work/of/$1/still.asked") - $(grep -c "^$1" "$work/of/$1/first.asked"))) -le "$2" ]; }
complete() { code "$1" "$2" 0 && says "$1" "$2" '^Complete' && "$WARCCAP" verify -q "$work/of/$1/c" >"$work/of/$1/verify" 2>&1; }
all_posts() {
    for n in $(seq 0 29); do
        grep -q "\"url\": \"http://$1.test/post/$n\", \"mime\": \"text/html\", \"status\": \"200\"" "$work/of/$1/c/indexes/index.cdxj" || { echo "  no post $n"; return 1; }
    done
}
# NAME MOST: not complete, told in words and in JSON, and so many requests of the site itself that were refused
shut_out() {
    code "$1" first 18 && ! says "$1" first '^Complete' && says "$1" first "$1.test began to refuse after [0-9]* response" &&
        grep -q '"exit": 18' "$work/of/$1"/c/runs/*.json && [ "$(grep -c "^$1.*BANNED" "$work/of/$1/first.asked")" -le "$2" ]
}

# ---- lock-outs ----

cat >"$work/bans" <<'BANS'
forbidden 403 20 0
forbidden-soon 403 3 0
too-many 429 20 0
unavailable 503 20 0
down 521 20 0
error 500 20 0
mixed mixed 20 0
wall wall 20 0
wall-soon wall 9 0
tagged-wall tagged-wall 20 0
ray ray 20 0
challenge-403 challenge-403 20 0
challenge-503 challenge-503 20 0
empty empty 20 0
gone gone 20 0
to-wall to-wall 20 0
to-wall-back to-wall-back 20 0
to-front to-front 20 0
to-front-soon to-front 7 0
to-elsewhere to-elsewhere 20 0
close close 20 0
reset reset 20 0
cut cut 20 0
soon retry-403-5 20 0
only-pages pages-403 20 0
only-pages-wall pages-wall 20 0
BANS
ban() { crawl "$1" first; }
ban_again() { crawl "$1" still; }
end_ban() {
    site "$1" none 0 0
    crawl "$1" next
}
while read -r name kind; do
    # shellcheck disable=SC2086
    site "$name" $kind
done <"$work/bans"
site_simulate lockout --sites "$sites"
each ban <"$work/bans"
each ban_again <"$work/bans"
each end_ban <"$work/bans"
while read -r name kind; do
    check_of "$name" "$kind: shut out, and told so" shut_out "$name" 45
    check_of "$name" "$kind: the next run sees soon that it still is" asked_more "$name" 12
    check_of "$name" "$kind: and says so" code "$name" still 18
    check_of "$name" "$kind: when it is over, the next run is complete" complete "$name" next
    check "$kind: and every post is there" all_posts "$name"
done <"$work/bans"
check "no 304 confirms a wall that was taken for a page at first" sh -c '! grep -q "  304  " "$1"' sh "$work/of/tagged-wall/c/logs/crawl.log"
check "JSON names the host, and what it answered" grep -q '"shut_out": \[.*{"host": "forbidden.test", "served": [0-9]*, "urls": 5, "response": "403"' "$work"/of/forbidden/c/runs/*.json

# ---- what is over while the run goes on, and what the archive knows of it ----

cat >"$work/passing" <<'PASSING'
passing 403 20 12
passing-wall wall 20 10
passing-redirect to-wall 20 8
passing-503 503 20 12
limited rate 6 0
PASSING
while read -r name kind; do
    # shellcheck disable=SC2086
    site "$name" $kind
done <"$work/passing"
each ban <"$work/passing"
while read -r name kind; do
    check_of "$name" "$kind: it passes, and the run goes on" complete "$name" first
    check "$kind: and every post is there" all_posts "$name"
done <"$work/passing"

cat >"$work/lost" <<'LOST'
lost 403 20 0
lost-wall wall 20 0
lost-redirect to-wall 20 0
lost-front to-front 20 0
LOST
lose() {
    crawl "$1" first
    rm -rf "$work/of/$1/c/state"
    site "$1" none 0 0
    crawl "$1" next
}
while read -r name kind; do
    # shellcheck disable=SC2086
    site "$name" $kind
done <"$work/lost"
each lose <"$work/lost"
while read -r name kind; do
    check_of "$name" "$kind: without state/, nothing that was refused is taken for kept" complete "$name" next
    check "$kind: and every post is there" all_posts "$name"
done <"$work/lost"

# ---- healthy sites ----

cat >"$work/healthy" <<'HEALTHY'
h-plain 0
h-members 4 members:50
h-gate 4 gate:30
h-broken 4 broken:12
h-login 0 login:50
h-old 0 old:50
h-moved 0 moved:50
h-tag 0 tag:50
h-same 0 same:50
h-numbered 0 numbered:50
h-dead 0 dead:50
h-few-dead 0 dead:5
h-gone 0 gone:30
h-barred 0 barred:5
h-blank 0 blank:5
h-flaky 0 flaky:4
h-both 4 members:20 old:20 tag:20 dead:20
h-few 4 members:3
HEALTHY
while read -r name _ sections; do
    # shellcheck disable=SC2086
    site "$name" none 0 0 $sections
done <"$work/healthy"
each ban <"$work/healthy"
while read -r name ends sections; do
    check_of "$name" "healthy ($sections): exit $ends" code "$name" first "$ends"
    check "healthy ($sections): every post is there" all_posts "$name"
    [ "$ends" != 0 ] || check_of "$name" "healthy ($sections): complete" complete "$name" first
    size=$(echo "$sections" | tr ' ' '\n' | sed 's/.*://' | awk '{ n += $1 } END { print n + 0 }')
    check "healthy ($sections): probes are few" [ "$(grep -c ' probe$' "$work/of/$name/c/logs/crawl.log")" -le $((size / 4 + 4)) ]
done <"$work/healthy"

# ---- refused from the first request on ----

site closed 403 0 0
site busy 503 0 0
crawl closed first
crawl busy first --time-limit 30
check_of closed "closed from the start is not a lock-out: exit 4" code closed first 4
check_of busy "busy from the start is to be asked later: exit 18" code busy first 18
site_verdict
