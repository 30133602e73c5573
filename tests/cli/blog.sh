#!/bin/sh
# A blog of 300 posts over ten years is captured whole, once, and proven; the same command again loses nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin blog "$@"
site_make 300
site_serve gzip
c=$work/collection

# Whether anything of never.txt was asked for; a line that ends with * stands for all that begins so.
none_of_never() {
    cut -d" " -f2 "$work/access.log" | sed 's/^https:/http:/' | sort -u >"$work/asked"
    python3 - "$site/never.txt" "$work/asked" <<'PY'
import sys
asked = [line.strip() for line in open(sys.argv[2])]
never = [line.strip().replace('https:', 'http:', 1) for line in open(sys.argv[1])]
bad = [url for url in asked for no in never if (url.startswith(no[:-1]) if no.endswith('*') else url == no)]
print(*bad[:10], sep='\n')
sys.exit(bool(bad))
PY
}
# Some are asked for with http and https, until it shows that these are the same.
nothing_twice() {
    cut -d" " -f2 "$work/access.log" | grep -v "//$address" | sort >"$work/asked"
    [ -z "$(uniq -d "$work/asked")" ] && [ "$(sed 's/^https:/http:/' "$work/asked" | sort | uniq -d | wc -l)" -le 16 ]
}
index_is_sorted() { LC_ALL=C sort -c -u "$c/indexes/index.cdxj"; }
finds_nothing() { "$WARCCAP" verify "$c" >"$work/verify.out" && grep -q '^Sound: 0 errors, 0 warnings' "$work/verify.out" || { cat "$work/verify.out"; false; }; }
nothing_missing() { ! grep -q ' [1-9][0-9]* missing' "$work/verify.out"; }
chunked_kept() { python3 - "$c" <<'PY'
import glob, sys
sys.path.insert(0, sys.argv[1] + '/../../../..')
import os
sys.path.insert(0, os.environ['TOP_SRCDIR'] + '/tests/server')
from warcread import records
found = 0
for path in glob.glob(sys.argv[1] + '/archive/*.warc.gz'):
    for header, block in records(path):
        if header['warc-type'] == 'response' and b'\r\nTransfer-Encoding: chunked\r\n' in block.partition(b'\r\n\r\n')[0] + b'\r\n':
            body = block.partition(b'\r\n\r\n')[2]
            assert body.endswith(b'0\r\n\r\n') and b'\x1f\x8b' in body[:16], 'framing or coding was taken off'
            found += 1
print(found, 'chunked answers kept as they came')
sys.exit(not found)
PY
}
metadata_names_via() { python3 - "$c" <<'PY'
import glob, os, sys
sys.path.insert(0, os.environ['TOP_SRCDIR'] + '/tests/server')
from warcread import records
types, vias, links = {}, 0, 0
for path in glob.glob(sys.argv[1] + '/archive/*.warc.gz'):
    for header, block in records(path):
        types[header['warc-type']] = types.get(header['warc-type'], 0) + 1
        if header['warc-type'] == 'metadata':
            vias += b'via: http' in block
            links += block.count(b'\noutlink: ')
print(types, vias, 'vias', links, 'outlinks')
answers = types['response'] + types.get('revisit', 0)
sys.exit(not (types['request'] == answers == types['metadata'] and types['warcinfo'] >= 1 and vias and links))
PY
}
# count_of TYPE COLLECTION
count_of() { zcat "$2"/archive/*.warc.gz | grep -a -c "^WARC-Type: $1"; }

check "the crawl ends with 0 and says nothing" sh -c '[ -z "$("$0" crawl -q -o "$1" --contact test@example.org --wait 0 --ca-certificate "$2" --resolve "*:80:$3" --resolve "*:443:$3" http://blog.test/ 2>&1)" ]' "$WARCCAP" "$c" "$ca" "$address"
check "every address has its bytes in the archive, once" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv"
check "nothing was asked for twice" nothing_twice
check "no trap and no stranger was asked for" none_of_never
check "verify finds nothing" finds_nothing
check "nothing that pages name is missing" nothing_missing
says_complete() { grep -q '^Complete but for [0-9]* pages* that robots.txt closes: all that the site lists, and every URL in scope, is in the archive' "$work/verify.out" || { tail -12 "$work/verify.out"; false; }; }
check "verify too says that all is there but for what robots.txt closes" says_complete
# The crawl and verify, which had no state/ and no runs/ to look at, name the same pages.
check "and counts what the crawl counted" sh -c '"$0" verify --json "$1" | tail -1 | python3 -c "
import glob, json, sys
there, told = json.load(sys.stdin), json.load(open(glob.glob(sys.argv[1] + \"/runs/*.json\")[0]))
for one in \"archive\", \"feed\", \"sitemap\":
    assert there[\"promises\"][one] == told[\"promises\"][one] or print(one, there, told)
assert there[\"listed\"] == told[\"listed\"] or print(there, told)
assert there[\"promises\"][\"counts\"] == told[\"promises\"][\"counts\"] and there[\"promises\"][\"feed_total\"] == 300
" "$1"' "$WARCCAP" "$c"
# Nothing but WARC files, of which one post is gone.
mkdir "$work/bare"
cp "$c"/archive/*.warc.gz "$work/bare"
alone() { "$WARCCAP" verify "$work/bare" >"$work/verify.out"; }
check "the WARC files alone prove it too" alone
check "and say so" says_complete
lost=$(grep '^post' "$site/manifest.tsv" | sed -n 9p | cut -f2)
check "a post is lost" python3 "$TOP_SRCDIR/tests/server/warcread.py" without "$work/bare" "$lost"
check "the files are still valid" alone
check "but it is not complete" grep -q '^Not complete' "$work/verify.out"
check "and the gap is named" sh -c 'grep -q "^warning missing-page: " "$0" && grep -q "^  .*$1 on " "$0"' "$work/verify.out" "$lost"
check "every capture has request, response and metadata" metadata_names_via
check "chunk framing and content coding are kept" chunked_kept
check "the index is sorted" index_is_sorted
check "no file is left open" sh -c '! ls "$0"/archive/*.open 2>/dev/null' "$c"
check "the run left its summary" sh -c 'python3 -m json.tool "$0"/runs/*.json >/dev/null' "$c"
check "a body that came before is a revisit: /atom.xml is the feed" sh -c 'grep "/atom.xml\"" "$0/indexes/index.cdxj" | grep -q warc/revisit' "$c"
check "few others are" [ "$(count_of revisit "$c")" -le 17 ]
responses=$(count_of response "$c")
asked=$(wc -l <"$work/access.log")
check "the same command again ends with 0" site_crawl "$c" -q
again=$(($(wc -l <"$work/access.log") - asked))
echo "$again requests in the second run, $asked in the first"
check "and asks for lists only" [ $((again * 20)) -le "$asked" ]
check "and stores no body again" [ "$(count_of response "$c")" = "$responses" -a "$(count_of revisit "$c")" -gt "$((again - 3))" ]
check "--recheck all ends with 0" site_crawl "$c" -q --recheck all
check "and asks of everything whether it has changed" [ "$(grep -c ' 304$' "$work/access.log")" -gt 600 ]
check "and stores no body again" [ "$(count_of response "$c")" = "$responses" -a "$(count_of revisit "$c")" -gt 700 ]
check "and loses nothing" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv" again
check "and is proven" finds_nothing
says_why() { "$WARCCAP" why "$c" "$1" | tee "$work/why" | grep -q "$2" || { cat "$work/why"; return 1; }; }
check "why tells of a page" says_why http://blog.test/p/about.html 'taken as   page'
check "and in which record it is" grep -q 'record     warccap-.*, offset [0-9]*, captured' "$work/why"
check "and when it is asked again" grep -q '^  next' "$work/why"
check "why tells the rule that left one out" says_why 'http://blog.test/search?q=rope' 'closed by robots.txt\|rule '
check "why tells that no page links to one" says_why http://blog.test/no/such/page 'no captured page links to it'
check "why wants a collection" sh -c '! "$0" why "$1" http://blog.test/ 2>"$1/why.err" && grep -q "is not a collection" "$1/why.err"' "$WARCCAP" "$work"
check "--no-if-modified-since asks for everything" sh -c '"$0" crawl -q --no-if-modified-since --page-limit 9 -o "$1" --contact t@example.org --wait 0 --ca-certificate "$2" --resolve "*:80:$3" --resolve "*:443:$3" http://blog.test/; [ "$(grep -c " 304\$" "$4")" = "$5" ]' \
    "$WARCCAP" "$c" "$ca" "$address" "$work/access.log" "$(grep -c ' 304$' "$work/access.log")"
rm -rf "$c/state"
responses=$(count_of response "$c")
check "without state/ it goes on from the archive" site_crawl "$c" -q
check "and stores nothing twice" [ "$(count_of response "$c")" -le $((responses + 2)) ] # two robots.txt, which are always whole
rm -rf "$c/state"
asked=$(grep -c ' 304$' "$work/access.log")
check "nor when it asks for everything" site_crawl "$c" -q --recheck all
check "of which it asks only whether it has changed" [ "$(($(grep -c ' 304$' "$work/access.log") - asked))" -ge 500 ]
rm -rf "$c/state"
check "nor where the server never says that nothing has changed" site_crawl "$c" -q --no-if-modified-since --recheck all
check "it stores anything twice" [ "$(count_of response "$c")" -le $((responses + 6)) ]
check "and still every post is there" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv" again
cp "$c/indexes/index.cdxj" "$work/before.cdxj"
check "an index made anew is the same" sh -c '"$0" index -q "$1" && cmp "$1/indexes/index.cdxj" "$2"' "$WARCCAP" "$c" "$work/before.cdxj"
limited() {
    site_crawl "$work/limited" -q --page-limit 20 "$@"
    [ $? = 14 ]
}
check "a page limit stops cleanly" limited
check "and every page that is there has what it needs to be shown" \
    sh -c '! "$0" verify "$1" 2>&1 | grep missing-requisite' "$WARCCAP" "$work/limited"
check "--no-dedup stores every body" site_crawl "$work/whole" -q --no-dedup --include atom.xml --include feeds/posts
check "whole" [ "$(count_of response "$work/whole")" -ge 3 -a "$(count_of revisit "$work/whole")" = 0 ]
# What the run's JSON says: FILE PYTHON-EXPRESSION over `run`.
says() { python3 -c 'import json, sys; run = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$1" "$2"; }
first_run=$(ls "$c"/runs/*.json | head -1)
check "its summary counts every post that the lists name" says "$first_run" \
    'run["promises"]["sitemap"]["pages"]["listed"] == run["promises"]["sitemap"]["pages"]["kept"] == 300 and not run["gaps"][0]["url"].startswith("http://blog.test/20")'
check "under the older names, too" says "$first_run" 'run["promises"] == run["lists"] and run["answers"] == run["responses"] > 300'
check "and the archive's own counts" says "$first_run" 'run["promises"]["counts"] == {"comparable": True, "named": 300, "kept": 300}'
check "and the feed's total" says "$first_run" 'run["promises"]["feed_total"] == 300'
check "and every link that was not followed, by its rule" says "$first_run" \
    'run["not_followed"]["blogger.show-comment"] > 50 and run["not_followed"]["off-site"] > 0'
post=$(grep '^post' "$site/manifest.tsv" | sed -n 7p | cut -f2)
check "a post that is left out" site_crawl "$work/gap" -q --exclude "$post"
check "is told in the summary, as the user's own choice" says "$(ls "$work"/gap/runs/*.json)" \
    'run["complete_but_robots"] and run["listed"]["left_out_by"]["option"] == 1 and run["listed"]["kept"] > 299 and not run["short_periods"]'
check "and by verify, from the archive alone" sh -c '"$0" verify "$1" | grep -q "^Complete but for .* and 1 page that your options leave out"' "$WARCCAP" "$work/gap"
check "--no-rule turns a rule off" site_crawl "$work/ruled" -q --no-rule blogger.show-comment
check "and only that" sh -c 'grep -q showComment= "$1/indexes/index.cdxj" && ! grep -q -i "widgetType=BlogArchive&widgetId=BlogArchive1&action=toggle" "$1/indexes/index.cdxj"' - "$work/ruled"
check "-l 0 takes the lists, but no posts" sh -c '"$0" crawl -q -o "$1" -l 0 --contact t@example.org --wait 0 --ca-certificate "$3" --resolve "*:80:$2" --resolve "*:443:$2" http://blog.test/ && [ $(grep -c "/20[0-9][0-9]/[0-9][0-9]/[a-z]" "$1/indexes/index.cdxj") = 0 ] && grep -q updated-max "$1/indexes/index.cdxj"' "$WARCCAP" "$work/flat" "$address" "$ca"
check "what an option left out is counted and named" says "$(ls "$work"/flat/runs/*.json)" \
    'run["complete_but_robots"] and run["promises"]["sitemap"]["pages"]["left_out_by"]["option"] == 300 and {"list": "sitemap", "state": "left_out", "url": "'"$post"'", "reason": "too-deep"} in run["gaps"]'
check "which the archive alone tells too" sh -c '"$0" verify -v --notes "$1" >"$1.out" && grep -q "^Complete but for .*that your options leave out" "$1.out" && grep -q "^note missing-page:" "$1.out" && grep -q "^  .*$2 .*left out by an option" "$1.out"' \
    "$WARCCAP" "$work/flat" "$post"
check "--exclude keeps addresses out" sh -c '"$0" crawl -q -o "$1" --exclude "/search" --contact t@example.org --wait 0 --ca-certificate "$3" --resolve "*:80:$2" --resolve "*:443:$2" http://blog.test/ && ! grep -q /search "$1/indexes/index.cdxj"' "$WARCCAP" "$work/excluded" "$address" "$ca"
printf 'wait = 0\ncontact = t@example.org\nresolve = *:80:%s\nresolve = *:443:%s\nca-certificate = %s\nscope = page\nquiet = yes\n' "$address" "$address" "$ca" >"$work/conf"
check "--config gives options, --scope page one page" sh -c '"$0" crawl --config "$2" -o "$1" http://blog.test/ && [ $(grep -c "text/html" "$1/indexes/index.cdxj") = 1 ]' "$WARCCAP" "$work/page" "$work/conf"
check "small WARC files follow one another" sh -c '"$0" crawl --config "$2" --scope site --warc-max-size 500k -o "$1" http://blog.test/ && [ $(ls "$1/archive" | wc -l) -gt 3 ] && [ -z "$(find "$1/archive" -size +500000c)" ] && "$0" verify -q "$1"' "$WARCCAP" "$work/many" "$work/conf"
site_verdict
