#!/bin/sh
# A host that says "not now" gets no request for as long as it asks, also from later runs.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin manners "$@"
ca=/dev/null
moods=$work/moods

# serve MOODS: one a line
serve() {
    site_stop
    printf '%b' "$1" >"$moods"
    site_simulate moody --moods "$moods"
}

asked() { wc -l <"$work/asked.log"; }

# crawl_ends CODE WORDS COLLECTION [options]
crawl_ends() {
    wanted=$1 words=$2 collection=$3
    shift 3
    "$WARCCAP" crawl -o "$collection" --contact test@example.org --wait 0 --resolve "*:80:$address" "$@" http://blog.test/ \
        >"$work/said" 2>&1
    code=$?
    [ "$code" = "$wanted" ] && grep -q "$words" "$work/said" && return
    echo "  exit $code instead of $wanted:"
    sed 's/^/  /' "$work/said"
    return 1
}

# The seconds between the first two requests of the log.
first_gap_is_at_least() { awk -v least="$1" 'NR == 1 { t = $1 } NR == 2 { exit !($1 - t >= least) }' "$work/asked.log"; }

serve 'ok\n503 7200\n'
check "a long Retry-After ends the run with 18" crawl_ends 18 'blog.test asked to be left alone until' "$work/long"
check "nothing more is asked" [ "$(asked)" = 2 ]
check "the next run honours it" crawl_ends 18 'left alone until' "$work/long"
check "and asks nothing at all" [ "$(asked)" = 2 ]
clock=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
if [ -n "$clock" ] && ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    serve 'ok\n'
    later() { LD_PRELOAD=$clock FAKETIME=+3h crawl_ends 0 Complete "$work/long"; }
    check "when the time has come it goes on" later
    check "and all is there" [ "$(cut -d" " -f2 "$work/asked.log" | sort -u | wc -l)" = 6 ] # pages that look alike may be probed
    serve 'ok\n/b 503 7200\n'
    check "one page that says so, again and again" crawl_ends 18 'left alone until' "$work/blocked" --connections 1
    blocked() { LD_PRELOAD=$clock FAKETIME=+3h crawl_ends 18 'left alone until' "$work/blocked" --connections 1; }
    check "ends the next run, too" blocked
    check "but keeps no other from being taken" [ "$(grep '"mime": "text/html", "status": "200"' "$work/blocked/indexes/index.cdxj" | grep -vc sitemap)" = 5 ]
    serve '503 +3\nok\n'
    skewed() { LD_PRELOAD=$clock FAKETIME=+3h crawl_ends 0 Complete "$work/skewed"; }
    check "a date is one of the server's clock, be ours another" skewed
    check "and is waited for" first_gap_is_at_least 2
fi
serve 'ok\n500 7200\n'
check "any failure may say when to come again" crawl_ends 18 'left alone until' "$work/failure"
check "and the next run honours it" crawl_ends 18 'left alone until' "$work/failure"
check "without asking" [ "$(asked)" = 2 ]
serve 'ok\n503 +999999999\n'
check "a wish for thirty years" crawl_ends 18 "left alone until $(date -u -d '+1000000 seconds' +%Y-%m)" "$work/years"

serve '503 2\nok\n'
check "a short Retry-After is waited for" crawl_ends 0 Complete "$work/short"
check "as long as it says" first_gap_is_at_least 2
serve '429 +3\nok\n'
check "a date is a Retry-After too" crawl_ends 0 Complete "$work/date"
check "and is waited for" first_gap_is_at_least 2
serve 'ok\n503 60\n'
check "beyond the time limit it is not waited for" crawl_ends 18 'left alone until' "$work/limit" --time-limit 5
serve '503\n503\nok\n'
check "without Retry-After the wait doubles" crawl_ends 0 Complete "$work/none"
check "from a second on" first_gap_is_at_least 1
serve 'ok\nok\n503\n503\n503\n503\n503\nok\n'
check "refusals of what was asked side by side count once, and double nothing" crawl_ends 0 Complete "$work/burst" --time-limit 12
serve 'ok\n/c 503\n'
check "one page that is never there keeps no other" crawl_ends 4 'could not be captured' "$work/one" --tries 2
check "from being taken" [ "$(grep -c 'html' "$work/one/indexes/index.cdxj")" -ge 5 ]
serve 'ok\n'
head -c 300000 /dev/zero | tr '\0' x >"$work/filler"
began=$(date +%s%N)
printf 'ok\nfill %s\n' "$work/filler" >"$moods"
check "--limit-rate: a crawl under it" crawl_ends 0 Complete "$work/rate" --limit-rate 600k
took=$((($(date +%s%N) - began) / 1000000))
check "takes as long as its octets need" [ "$took" -ge 2000 ] # five pages of 300 kB
site_verdict
