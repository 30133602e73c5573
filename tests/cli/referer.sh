#!/bin/sh
# Requests say which page led to them, as browsers do and as the page's policy allows. So servers that protect their images from
# other sites send them.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin referer "$@"
site_certify DNS:safe.test
site_simulate visitor --certificate "$work/site.pem" --key "$work/site.key"

crawl() { # crawl URL [options]: of a fresh collection
    rm -rf "$work/c"
    again "$@"
}
again() {
    url=$1
    shift
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/c" --contact test@example.org --wait 0 -t 1 --no-progress --ca-certificate "$ca" --resolve "*:80:$address" \
        --resolve "*:443:$address" "$@" "$url" >"$work/out" 2>&1
    code=$?
}
# told URL REFERER ["none"]: each request for the URL said so
told() {
    python3 - "$work/asked.log" "$@" <<'PY'
import json, sys
log = [json.loads(line) for line in open(sys.argv[1])]
got = {dict(one["fields"]).get("Referer", "none") for one in log if one["url"] == sys.argv[2]}
if got != {sys.argv[3]}:
    sys.exit("  %s: %s, not %s; asked: %s" % (sys.argv[2], sorted(got), sys.argv[3], sorted(one["url"] for one in log)))
PY
}
kept() {
    for url; do
        grep -F "\"url\": \"$url\"" "$work/c/indexes/index.cdxj" | grep -q '"status": "200"' || { echo "  not kept: $url"; cat "$work/out"; return 1; }
    done
}
site=http://pictures.test
crawl $site/
check "pictures that are shown only to who comes from a page are kept" kept $site/guarded/a.png http://cdn.test/guarded/b.png $site/guarded/moved-to.png \
    $site/guarded/sheet.png
check "and those that are shown only to who does not say" kept http://shy.test/c.png http://shy.test/d.png http://shy.test/e.png
check "a seed comes from nowhere" told $site/ none
check "nor does robots.txt" told $site/robots.txt none
check "what the page shows comes from it" told $site/guarded/a.png $site/
check "another host is told the site" told http://cdn.test/guarded/b.png $site/
check "a redirect changes nothing" told $site/guarded/moved-to.png $site/
check "a style sheet's pictures come from the sheet" told $site/guarded/sheet.png $site/sheet.css
check "a page comes from the page with its link" told $site/next $site/
check "and tells its own name" told $site/guarded/next.png $site/next
check "not where its header says so" told $site/of-header.png none
check "nor where its element says so" told $site/of-meta.png none
check "where it tells only its site" told $site/of-origin.png $site/
check "rel=noreferrer" told $site/unsaid none
check "referrerpolicy on an element" told $site/by-element.png $site/
check "the request records say it" sh -c 'zcat "$0"/archive/*.warc.gz | tr -d "\r" | grep -aqx "Referer: http://pictures.test/sheet.css"' "$work/c"
again $site/ --recheck all
check "in the next run, too" told $site/of-meta.png none
check "and" told $site/guarded/next.png $site/next
check "all of it" kept $site/guarded/a.png http://cdn.test/guarded/b.png http://shy.test/c.png
crawl $site/ --header 'Referer: http://elsewhere.test/'
check "the user's own Referer counts" told $site/guarded/a.png http://elsewhere.test/
crawl http://joe:SECRET@pictures.test/
check "a password is never told" sh -c '! grep -i "\"Referer\", \"[^\"]*\(joe\|SECRET\)" "$0"' "$work/asked.log"
crawl https://safe.test/
check "what came encrypted is not told in the clear" told http://pictures.test/i.png none
check "but encrypted" told https://safe.test/i.png https://safe.test/
# killed in between, the next run says the same
rm -rf "$work/c"
: >"$work/asked.log"
"$WARCCAP" crawl -q -o "$work/c" --contact test@example.org --wait 0.2 --page-limit 1 --resolve "*:80:$address" $site/ >"$work/out" 2>&1 &
pid=$!
for _ in $(seq 1200); do grep -q guarded/a.png "$work/asked.log" && break; sleep 0.05; done
kill -9 $pid
wait $pid
again $site/
check "after a crash each request says what it would have said" told $site/guarded/next.png $site/next
check "or nothing" told $site/of-meta.png none
check "and all is kept" kept $site/guarded/a.png http://cdn.test/guarded/b.png $site/guarded/moved-to.png http://shy.test/c.png http://shy.test/d.png
site_verdict
