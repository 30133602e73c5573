#!/bin/sh
# The real front page: `links` gives its sets exactly, and a crawl of it under its own names brings everything it names.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/server/front-page.sh"
site_begin frontpage "$@"
urls=$TOP_SRCDIR/fixtures/sites/front-page/urls
"$WARCCAP" links --base http://ai.googleblog.com/ "$TOP_SRCDIR/fixtures/sites/front-page/blogger-front-page.html" >"$work/links" ||
    exit 1

# exactly FILE COUNT CLASS: the certain links of the class are the addresses of the file, no more, no fewer.
exactly() {
    grep "^$3	certain	" "$work/links" | cut -f3 | LC_ALL=C sort -u >"$work/got"
    LC_ALL=C sort -u "$urls/$1.txt" >"$work/want"
    [ "$(wc -l <"$work/want")" = "$2" ] && diff "$work/want" "$work/got"
}
all_pages() {
    grep "^page	certain	" "$work/links" | cut -f3 | LC_ALL=C sort -u >"$work/got"
    [ "$(wc -l <"$urls/$1.txt")" = "$2" ] && [ -z "$(LC_ALL=C sort -u "$urls/$1.txt" | LC_ALL=C comm -23 - "$work/got")" ]
}
full_size_images() {
    grep "^media	certain	" "$work/links" | cut -f3 | grep -iE '\.(png|gif|jpg)$' | LC_ALL=C sort -u >"$work/got"
    [ "$(wc -l <"$work/got")" = 25 ] && LC_ALL=C sort -u "$urls/linked-fullsize-images.txt" | diff - "$work/got"
}
none_to_follow() {
    cat "$urls"/not-follow-*.txt "$urls/data-uris.txt" | while read -r url; do cut -f3 "$work/links" | grep -Fx -- "$url"; done >"$work/bad"
    cat "$urls/js-strings.txt" "$urls/trackers.txt" "$urls/conditional-comment.txt" | while read -r url; do
        grep -F "	certain	$url	" "$work/links" | grep -v '^trap'
    done >>"$work/bad"
    cat "$work/bad"
    [ ! -s "$work/bad" ]
}
check "47 requisites" exactly requisites 47 requisite
check "1 pager link" exactly pager 1 pager
check "186 archives" exactly archives 186 archive
check "3 feeds" exactly feeds 3 feed
check "226 labels" all_pages labels 226
check "21 posts" all_pages same-host-posts-all 21
check "25 full-size images" full_size_images
check "none of what is not to be followed" none_to_follow
check "--json says the same" sh -c '[ $("$0" links --json --base http://ai.googleblog.com/ "$1" | python3 -c "import json,sys; print(sum(1 for line in sys.stdin if json.loads(line)))") = $(wc -l <"$2") ]' "$WARCCAP" "$TOP_SRCDIR/fixtures/sites/front-page/blogger-front-page.html" "$work/links"

front_page_serve
c=$work/collection
check "the crawl ends well" front_page_crawl "$c"
python3 - "$c" "$urls" >"$work/report" <<'PY'
import os, re, sys
sys.path.insert(0, os.environ['TOP_SRCDIR'] + '/tests/server')
from warcread import responses, folded
import standin
got = {}
for url, status, body in responses(sys.argv[1]):
    assert folded(url) not in got, url + ' twice'
    got[folded(url)] = (status, body)
missing = 0
for name in ('requisites', 'pager', 'archives', 'labels', 'same-host-posts-all', 'linked-fullsize-images', 'home'):
    for url in open(os.path.join(sys.argv[2], name + '.txt')):
        if got.get(folded(url.strip()), (0,))[0] != 200:
            print('missing from', name + ':', url.strip())
            missing += 1
words = ['Supervised Setting', 'Data Cascades', 'Sim-to-Real', 'Human Cortex', 'Cross-Modal', 'Facial Expressions', 'KELM']
titles, figures = 0, set()
for url, page in standin.posts():
    body = got[folded(url)][1].decode()
    assert body == page, url
    titles += any(word.lower() in re.search('<title>(.*?)</title>', body, re.S).group(1).lower() for word in words)
    for figure in re.findall(r'<img[^>]* src="([^"]+)"', page):
        figure = figure if '://' in figure else 'http:' + figure
        figures.add(figure)
        if got.get(folded(figure), (0,))[0] != 200:
            print('a figure is missing:', figure)
            missing += 1
print(titles, 'posts with their titles,', len(figures), 'figures,', len(got), 'answers,', missing, 'missing')
sys.exit(missing or titles != 7 or len(figures) != 34)
PY
report=$?
cat "$work/report"
check "all it names, seven posts with their figures" [ "$report" = 0 ]
check "verify finds nothing" "$WARCCAP" verify -q --strict "$c"
site_verdict
