#!/bin/sh
# What was captured is looked at in a real Chromium, page by page: as pywb shows it, as wabac, the player of ReplayWeb.page,
# shows what `warccap pack` made of it, and as `warccap serve` shows it.  The live site is looked at beside them.  Text, first screen, parts, links that are clicked.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/server/front-page.sh"
. "$TOP_SRCDIR/tests/replay/players.sh"
players_make
site_begin replay-sites "$@"

# players_show NAME [ARGS...]: the collection $work/NAME, while the live site answers; $work/NAME.pages has the pages
players_show() {
    show=$1
    shift
    check "$show is packed" "$WARCCAP" pack -q -o "$work/$show.wacz" "$work/$show"
    mkdir -p "$work/$show.shots"
    pywb_start "$show"
    served_start "$show"
    check "$show looks in pywb, in wabac and served by us as it looks live" replay_prove --live "$address" --pages "$work/$show.pages" \
        --pywb "$pywb" --wacz "$work/$show.wacz" --serve "$served" --shots "$work/$show.shots" "$@"
    pywb_stop
    served_stop
}

site_make 40
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
# Some pages of every class; the classes are the first column.
awk -F '\t' '$3 == "200" { if (($1 == "post" && n[$1] < 4) || ($1 ~ /^(front|pager|page|label|month|year)$/ && n[$1] < 2)) { n[$1]++; print $2 } }' \
    "$site/manifest.tsv" >"$work/blog.pages"
players_show blog --clicks 2
served=$(free_port)
"$WARCCAP" serve -p "$served" --player "$proof" "$work/blog" "$work/blog.wacz" >"$work/served.log" 2>&1 &
served_pid=$!
for _ in $(seq 1200); do
    grep -q '^Serving' "$work/served.log" && break
    sleep 0.1
done
check "the user's own wabac shows a collection and a package that we serve" node "$proof/player.mjs" "$served" http://blog.test/ \
    "$(curl -s -H "Host: blog.test.localhost:$served" "http://127.0.0.1:$served/" | sed -n 's:.*<title>\(.*\)</title>.*:\1:p' | head -n 1)" 2
kill "$served_pid" && wait "$served_pid" 2>/dev/null
"$WARCCAP" pack -q --sign "$work/key.pem" -o "$work/signed.wacz" "$work/blog"
python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("datapackage-digest.json"))' "$work/signed.wacz" >"$work/digest.json"
check "browsers find the signature of a package sound" node "$proof/signature.mjs" "$work/digest.json"
sed 's/\("hash": "sha256:\)./\1x/' "$work/digest.json" >"$work/altered.json"
check "and that of an altered one not" sh -c '! node "$@"' sh "$proof/signature.mjs" "$work/altered.json"
site_stop

front_page_serve 2>"$work/standin.log"
check "the front page is crawled" front_page_crawl "$work/front"
echo http://ai.googleblog.com/ >"$work/front.pages"
players_show front --clicks 0
site_verdict
