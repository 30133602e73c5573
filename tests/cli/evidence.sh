#!/bin/sh
# A common word or a number in a URL is no trap until pages show it. Sites that look like traps are captured whole, and those that
# never end do end.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin evidence "$@"
judge=$TOP_SRCDIR/tests/server/judge.py
site_simulate evidence

# Crawls the site of this name until it ends by itself.
crawl() {
    timeout 120 "$WARCCAP" crawl --no-progress -o "$work/$1" --contact test@example.org --wait 0 --robots off --resolve "*:80:$address" \
        "http://$1.evidence.example/" >"$work/$1.said"
}
# At most so many times the requests that are needed.
economy() { grep " $1\.evidence" "$work/asked.log" | python3 -c 'import json, sys
needed, asked = json.load(open(sys.argv[1]))["needed"][sys.argv[2]], len(sys.stdin.readlines())
print("  %d requests where %d are needed: %.2f times" % (asked, needed, asked / needed))
sys.exit(asked > needed * float(sys.argv[3]))' "$work/facts.json" "$1" "$2"; }

while read -r site factor what; do
    check "$what: the crawl ends by itself, with 0" crawl "$site"
    check "$what: every page is there" python3 "$judge" captured "$work/facts.json" "$work/$site" "$site"
    check "$what: at most $factor times the requests that are needed" economy "$site" "$factor"
    check "$what: it is called complete" grep -q "^Complete" "$work/$site.said"
    check "$what: verify agrees" "$WARCCAP" verify -q --strict "$work/$site"
done <<'SITES'
numbers 1.05 posts with the numbers of years to come
months 1.1 chapters with the numbers of months to come
words 1.02 common words that are content
members 1.1 a list in an order of its own
views 1.6 views of known words
ids 1.05 pages told apart by a number
tags 1.05 tags of the same posts
digits 4 tokens of digits that change with each response
letters 4 tokens of letters
hex 4 tokens of hexadecimal digits
inpath 4 tokens of letters in the path
digitpath 4 tokens of digits in the path
shop 2 choices that can be joined without end
SITES
# Sitemaps: in the usual place when nothing names one, on another host that robots.txt names, and with --robots off too.
crawl_obeying() {
    timeout 60 "$WARCCAP" crawl -q -o "$work/$1-$2" --contact test@example.org --wait 0 --robots "$2" --resolve "*:80:$address" \
        "http://$1.evidence.example/"
}
for site in usual elsewhere; do
    for robots in obey off; do
        check "$site, --robots $robots: the crawl ends with 0" crawl_obeying "$site" "$robots"
        check "$site, --robots $robots: what only the sitemap names is there" python3 "$judge" captured "$work/facts.json" "$work/$site-$robots" "$site"
        check "$site, --robots $robots: verify agrees" "$WARCCAP" verify -q --strict "$work/$site-$robots"
    done
done
check "a sitemap elsewhere adds no host to the site" sh -c '! grep -q "maps.evidence.example /beyond" "$1"' sh "$work/asked.log"
why_says() { "$WARCCAP" why "$work/views" "http://views.evidence.example$1" >"$work/why" && grep -q "^  rule  *$2" "$work/why" || { cat "$work/why"; return 1; }; }
check "why tells what pages have shown" why_says "/a/29?format=print" print
site_verdict
