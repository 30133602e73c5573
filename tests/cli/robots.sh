#!/bin/sh
# robots.txt (RFC 9309): nothing is requested from a host before its rules are known. A robots.txt that cannot be read closes the
# host for the run, and its URLs wait. Five redirects are followed, and only the first 512 KiB are read.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin robots "$@"
site_simulate robots

# crawl HOST [options]
crawl() {
    host=$1
    shift
    : >"$work/asked.log"
    timeout 120 "$WARCCAP" crawl -o "$work/$host" --contact test@example.org --wait 0 --resolve "*:80:$address" "$@" "http://$host.test/" \
        >"$work/out" 2>&1
    code=$?
}
asked() { grep -c "^GET $1 " "$work/asked.log"; } # asked "HOST PATH": how often
# How many pages.  In a later run, the last one without links is requested again, to be sure of it.
pages_asked() { grep -v -e "/robots.txt" -e "/sitemap" "$work/asked.log" | grep "^GET $host.test" | sort -u | wc -l; }
whole() { [ "$code" = 0 ] && grep -q "^Complete" "$work/out" && [ "$(pages_asked)" = 3 ] && [ "$(asked "$host.test /closed/x")" = 0 ]; }
free() { [ "$code" = 0 ] && grep -q "^Complete" "$work/out" && [ "$(pages_asked)" = 4 ]; }
shut() {
    [ "$code" = 18 ] && [ "$(pages_asked)" = 0 ] && ! grep -q "^Complete" "$work/out" && grep -q "robots.txt" "$work/out" &&
        grep -q "1 URLs\? wait" "$work/out" && "$WARCCAP" verify -q "$work/$host"
}

# --- controls: what healthy sites do ---
crawl rules
check "rules are obeyed" whole
for status in 400 401 403 404 410; do
    crawl same-$status
    check "$status: there are no rules" free
done
crawl same-204
check "nor in an empty answer" free
crawl missing-cut
check "nor in one that says so, and is cut" free
for kind in no-coding no-gzip; do
    crawl $kind
    check "$kind: rules are read as they came" whole
done
crawl flaky
check "rules that come at the third attempt are obeyed" whole
check "and nothing was asked before" [ "$(awk '{ print $3 }' "$work/asked.log" | head -3 | sort -u)" = /robots.txt ]
crawl flaky-a --tries 2
check "with fewer attempts the host is closed" shut
crawl flaky-a
check "and the next run goes on by itself" whole
for hops in 1 5; do
    crawl hops-$hops
    check "$hops redirects lead to the rules" whole
    crawl hops-$hops --recheck all
    check "also in the next run" [ "$(asked "hops-$hops.test /closed/x")" = 0 ]
done
crawl rules --robots off
check "--robots off asks for none" [ "$(asked "rules.test /robots.txt")" = 0 ]

# --- what can't be read ---
for kind in same-500 same-502 same-599 cut cut-chunks cut-gzip silent babble; do
    crawl $kind --tries 2
    check "$kind: the host is closed, its URLs wait, exit and words say so" shut
    crawl $kind --tries 2
    check "$kind: so it is in the next run" shut
done
check "what waits is told" sh -c '"$0" why "$1" http://babble.test/ | grep -qi "wait"' "$WARCCAP" "$work/babble"
crawl parts --tries 1
check "another host that is closed keeps no page from being taken" [ "$(pages_asked)" = 2 ]
check "nothing of it is asked" [ "$(grep -v robots.txt "$work/asked.log" | grep -c "same-500")" = 0 ]
check "and its pictures are missing: 4" [ "$code" = 4 ]
check "for that reason" grep -q "same-500.test/[0-9]*.png .*500 (on requesting robots.txt)" "$work/out"

# --- redirects ---
crawl hops-6
check "after five redirects there are no rules" free
check "and the sixth is not followed" [ "$(grep -c /robots.txt "$work/asked.log")" = 6 ]
crawl circle
check "a redirect to itself ends, too" free
crawl endless
check "redirects from host to host end" free
check "after five" [ "$(grep -c /robots.txt "$work/asked.log")" = 6 ]

crawl way-3
check "rules on another host are those of the host that was asked" whole
rm -r "$work/way-3/state"
crawl way-3 --recheck all
check "a run that learned them from the archive obeys them" [ "$code-$(asked "way-3.test /closed/x")" = 0-0 ]
check "without asking for them" [ "$(grep -c /robots.txt "$work/asked.log")" = 0 ]
: >"$work/asked.log"
"$WARCCAP" crawl -q -o "$work/late" --contact test@example.org --wait 0 --resolve "*:80:$address" http://late.test/ >"$work/out" 2>&1 &
pid=$!
for tick in $(seq 100); do
    grep -q "late.test /robots.txt 301" "$work/asked.log" && break
    sleep 0.1
done
sleep 0.5 # the redirect is synced by then
kill -9 "$pid"
wait "$pid" 2>/dev/null
rm -rf "$work/late/state"
crawl late
check "a kill between the redirect and the rules opens nothing" whole

# --- length ---
crawl big
check "of a long robots.txt the first 512 KiB count" whole
check "which is told" grep -q "the robots.txt of big.test is longer than 512 KiB" "$work/out"
check "no more is stored" [ "$(zcat "$work"/big/archive/*.warc.gz | wc -c)" -lt 700000 ]
check "the record says that it is cut" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^WARC-Truncated: length"' "$work/big"
check "verify finds nothing" "$WARCCAP" verify -q "$work/big"
crawl big --recheck all
check "the next run obeys it, too" [ "$code-$(asked "big.test /closed/x")" = 0-0 ]
rm -r "$work/big/state"
crawl big --recheck all
check "and so does a run that learned it from the archive" [ "$code-$(asked "big.test /closed/x")" = 0-0 ]
site_verdict
