#!/bin/sh
# One URL in several spellings: https beside http, parameters in another order. Some players look up each, so each spelling that
# pages link to is captured. Where the site shows that they are the same, one is enough, and none replaces another.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin spellings "$@"
mkdir -p "$site/nginx"
: >"$site/nginx/other-hosts"
: >"$site/nginx/plain"
echo 'if ($scheme = https) { return 404; }' >"$site/nginx/other"
echo 'if ($args ~ "b=2&a=1") { rewrite ^/q$ /turned last; }' >"$site/nginx/orders"
printf 'few.test few plain\nmany.test many plain\nother.test other other\norders.test orders orders\n' >"$site/nginx/hosts"

python3 - "$site" <<'MAKE'
import os, random, sys

def put(host, path, body):
    os.makedirs(os.path.join(sys.argv[1], host), exist_ok=True)
    with open(os.path.join(sys.argv[1], host, path), "w") as file:
        file.write(body)

def words(seed):
    chance = random.Random(seed)
    return " ".join("".join(chance.choice("aeioulmnrst") for _ in range(6)) for _ in range(60))

def site(host, posts, secure, more=""):
    put(host, "index.html", "<title>Home</title><link rel=stylesheet href=/style.css><p>" + "".join(
        '<a href="/p%d.html">a post</a> ' % n for n in range(posts)) + "".join(
        '<a href="https://%s.test/p%d.html">the same</a> ' % (host, n) for n in range(secure)) + more)
    for n in range(posts):
        put(host, "p%d.html" % n, "<title>Post %d</title><link rel=stylesheet href=/style.css><p>%s" % (n, words(host + str(n))))
    put(host, "style.css", "body { background: url(/back.svg) }")
    put(host, "back.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")

site("few", 8, 3, '<a href="/q.html?a=1&amp;b=2">one</a> <a href="/q.html?b=2&amp;a=1">other</a>'
     '<a href="/s.html?sid=0123456789abcdef0123456789abcdef&amp;c=1">s</a> <a href="/s.html?sid=0123456789abcdef0123456789abcde0&amp;c=1">s</a>')
put("few", "q.html", "<title>Chosen</title><p>" + words("q"))
put("few", "s.html", "<title>Session</title><p>" + words("s"))
site("many", 60, 60)
site("other", 8, 8)
site("orders", 4, 0, "".join('<a href="/q?%s">%s</a> ' % (query, query) for n in range(9) for query in (
    "a=1&amp;b=2&amp;n=%d" % n, "b=2&amp;a=1&amp;n=%d" % n)))
put("orders", "q", "<title>In order</title><p>" + words("in order"))
put("orders", "turned", "<title>Turned</title><p>" + words("turned"))
MAKE
echo 'default_type text/html;' >>"$site/nginx/orders"
site_serve
crawl() {
    timeout 60 "$WARCCAP" crawl --no-progress -o "$work/$1" --contact test@example.org --wait 0 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "http://$1.test/${2:-}" >"$work/$1.said"
}
# In the index, with 200 or as a revisit.
has() { grep -F "\"$2\"" "$work/$1/indexes/index.cdxj" | grep -Eq '"status": "200"|warc/revisit' || { echo "  $2 is not there"; return 1; }; }
requests() { grep -c "//$1.test/" "$work/access.log"; }

for site_name in few many other orders; do
    check "$site_name: the crawl ends with 0" crawl "$site_name"
    check "$site_name: it is complete" grep -q '^Complete: ' "$work/$site_name.said"
    check "$site_name: verify agrees" "$WARCCAP" verify -q --strict "$work/$site_name"
done
for n in 0 1 2; do
    check "few: http /p$n.html" has few "http://few.test/p$n.html"
    check "few: https /p$n.html" has few "https://few.test/p$n.html"
done
check "few: a query in one order" has few 'http://few.test/q.html?a=1&b=2'
check "few: and in the other" has few 'http://few.test/q.html?b=2&a=1'
check "few: what needs neither is asked for once" [ "$(grep -c 'few.test/p[3-7]' "$work/access.log")" = 5 ]
check "few: session ids are no spellings" [ "$(grep -c 'few.test/s.html' "$work/access.log")" = 1 ]
check "many: where they are the same, six are enough" [ "$(grep -c 'https://many.test/' "$work/access.log")" -le 8 ]
check "many: every post is there" [ "$(grep -o 'many.test/p[0-9]*.html' "$work/many/indexes/index.cdxj" | sort -u | wc -l)" = 60 ]
check "other: where https has nothing, few are asked for" [ "$(grep -c 'https://other.test/' "$work/access.log")" -le 8 ]
check "other: and nothing of it is stored" sh -c '! grep "https://other.test" "$1"' sh "$work/other/indexes/index.cdxj"
check "orders: two orders that show different pages are both there" sh -c 'for n in 0 1 2 3 4 5 6 7 8; do for q in "a=1&b=2" "b=2&a=1"; do
    grep -qF "/q?$q&n=$n\"" "$1" || { echo "  $q&n=$n is missing"; exit 1; }; done; done' sh "$work/orders/indexes/index.cdxj"
asked=$(requests few)
check "the next run asks for lists only" sh -c '[ $(($3 - $1)) -le 4 ] || { echo "  $(($3 - $1)) requests"; exit 1; }' sh "$asked" - "$(crawl few; requests few)"
# What a host has shown holds for later runs: new posts, in two spellings each, on a page that
# nginx has not seen.
secure() { grep -c "https://$1.test/" "$work/access.log"; }
for site_name in many other; do
    for n in 70 71 72 73 74; do
        echo "<a href=/p$n.html>new</a> <a href=https://$site_name.test/p$n.html>the same</a>" >>"$site/$site_name/more.html"
        echo "<title>Post $n</title><p>$site_name has a new post, and its number is $n" >"$site/$site_name/p$n.html"
    done
    asked=$(secure "$site_name")
    crawl "$site_name" more.html
    check "$site_name: a later run takes new posts" has "$site_name" "http://$site_name.test/p74.html"
    check "$site_name: and asks for no more spellings" [ "$(secure "$site_name")" = "$asked" ]
done
rm -r "$work/few/state"
asked=$(requests few)
check "after the state was lost, no spelling that the archive has is asked for again" sh -c '[ $(($3 - $1)) -le 4 ] ||
    { echo "  $(($3 - $1)) requests"; exit 1; }' sh "$asked" - "$(crawl few; requests few)"
site_verdict
