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
papers 1.3 views that a list names
prints 1.05 pages that a list names, and that a common word is in
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
# What a rule leaves out on a list is told, with the name of the rule. The orders of a list, and what only its pages name, are not.
but() {
    sed -n 's/^\(Complete but for .* that rules leave out ([a-z]* [0-9]*)\):.*/\1/p'
}
told=$(but <"$work/papers.said")
tells_gaps() { python3 - "$work/papers/runs" "$told" <<'JUDGE'
import glob, json, sys
run = json.load(open(sorted(glob.glob(sys.argv[1] + "/*.json"))[-1]))
gaps = {gap["url"] for gap in run["gaps"] if gap["state"] == "left_out" and gap["reason"] == "print" and "/sheet" in gap["url"]}
left_out = run["listed"]["left_out_by"]["rule"]
print("  %d listed URLs are left out; the words: %s" % (left_out, sys.argv[2]))
sys.exit(run["complete"] or run["complete_but_robots"] or not run["complete_but_rules"] or not 10 <= left_out == len(gaps)
         or sys.argv[2] != "Complete but for %d pages that rules leave out (print %d)" % (left_out, left_out))
JUDGE
}
verify_tells() {
    "$WARCCAP" verify --notes "$work/papers" >"$work/papers.verified"
    [ -n "$told" ] && [ "$(but <"$work/papers.verified")" = "$told" ] && grep -q "/sheet.*left out by the rule print" "$work/papers.verified"
}
again() { rm -r "$work/papers/state" && crawl papers && but <"$work/papers.said" | grep . && "$WARCCAP" verify "$work/papers" | but |
    grep -qxF "$(but <"$work/papers.said")"; }
check "suspects on a list that a rule leaves out are gaps with its name" tells_gaps
check "verify tells them by the same words" verify_tells
check "so does the next run, which has lost the state" again
for site in views members prints shop; do
    check "$site: a sound site is complete without a but" grep -q "^Complete: " "$work/$site.said"
done
site_verdict
