#!/bin/sh
# Platforms that are recognised are asked for the lists that no link names; others are not.  What was inferred is marked.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin platforms "$@"

# page HOST PATH HEAD BODY
page() {
    mkdir -p "$(dirname "$site/$1/$2")"
    printf '<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s</title>%s</head><body>%s</body></html>\n' "$2" "$3" "$4" >"$site/$1/$2"
}
# urls ROOT ELEMENT ADDRESS...
urls() {
    root=$1 element=$2
    shift 2
    printf '<?xml version="1.0"?><%s xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' "$root"
    for url; do printf '<%s><loc>%s</loc></%s>' "$element" "$url" "$element"; done
    printf '</%s>\n' "$root"
}
mkdir -p "$site/nginx"
echo 'default_type text/html;' >"$site/nginx/plain"
printf 'location = /wp-json/ { default_type application/json; return 200 "{}"; }\n' >"$site/nginx/wordpress"
printf 'location = /rss/ { default_type application/rss+xml; root %s/ghost.test/feed; try_files /rss.xml =404; }\n' "$site" >"$site/nginx/ghost"
printf 'location = / { try_files /index.html =404; if ($arg_sitemap = index) { rewrite ^ /list.xml break; } }\nlocation = /index.php { default_type application/json; return 200 "{}"; }\n' \
    >"$site/nginx/queries"
{
    printf 'location = /archive { try_files /archive.html =404; }\n'
    printf 'location = /feed { default_type application/rss+xml; try_files /feed.xml =404; }\n'
    printf 'location = /api/v1/archive { default_type application/json; if ($arg_offset = 0) { rewrite ^ /archive-0.json break; }'
    printf ' if ($arg_offset = 12) { rewrite ^ /archive-12.json break; } return 200 "[]"; }\n'
} >"$site/nginx/substack"
printf '%s\n' 'below.test below.test plain' 'substack.test substack.test substack' 'queries.test queries.test queries' 'ghost.test ghost.test ghost' 'plain.test plain.test plain' 'named.test named.test plain' 'nowhere.test nowhere.test plain' 'wordpress.test wordpress.test wordpress' >"$site/nginx/hosts"
echo 'other.test' >"$site/nginx/other-hosts"

# Each has a post that nothing links to: only its list names it.
page wordpress.test index.html '<meta name="generator" content="WordPress 6.5"><link rel="https://api.w.org/" href="/wp-json/">' '<p>Nothing yet.</p>'
page wordpress.test orphan.html '' '<p>A post.</p>'
urls sitemapindex sitemap http://wordpress.test/wp-sitemap-posts-post-1.xml >"$site/wordpress.test/wp-sitemap.xml"
urls urlset url http://wordpress.test/orphan.html http://other.test/beyond.html >"$site/wordpress.test/wp-sitemap-posts-post-1.xml"
# One whose addresses are queries, and one that is not at the root.
page queries.test index.html '<link rel="https://api.w.org/" href="http://queries.test/index.php?rest_route=/"><link rel="stylesheet" href="/wp-content/a.css">' '<p>Nothing yet.</p>'
page queries.test orphan.html '' '<p>A post.</p>'
mkdir -p "$site/queries.test/wp-content" && : >"$site/queries.test/wp-content/a.css"
urls urlset url http://queries.test/orphan.html >"$site/queries.test/list.xml"
page below.test blog/index.html '<meta name="generator" content="WordPress 6.5">' '<p>Nothing yet.</p>'
page below.test blog/orphan.html '' '<p>A post.</p>'
urls urlset url http://below.test/blog/orphan.html >"$site/below.test/blog/wp-sitemap.xml"
page ghost.test index.html '<meta name="generator" content="Ghost 5.8">' '<p>Nothing yet.</p>'
page ghost.test orphan.html '' '<p>A post.</p>'
page ghost.test in-feed.html '' '<p>A post of the feed.</p>'
urls sitemapindex sitemap http://ghost.test/sitemap-posts.xml >"$site/ghost.test/sitemap.xml"
urls urlset url http://ghost.test/orphan.html >"$site/ghost.test/sitemap-posts.xml"
mkdir -p "$site/ghost.test/feed"
printf '<rss version="2.0"><channel><item><link>http://ghost.test/in-feed.html</link></item></channel></rss>' >"$site/ghost.test/feed/rss.xml"
cp -r "$TOP_SRCDIR/fixtures/platforms/substack" "$site/substack.test"
for letter in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
    page substack.test "p/letter-$letter" '' "<p>Letter $letter, with words of its own.</p>"
done
page substack.test about '' '<p>About us.</p>'
page plain.test index.html '' '<p>Written by hand: <a href="/other.html">other</a>.</p>'
page named.test index.html '' '<p>Its robots.txt names its sitemap: <a href="/other.html">other</a>.</p>'
page named.test other.html '' '<p>Another page.</p>'
echo 'Sitemap: http://named.test/map.xml' >"$site/named.test/robots.txt"
urls urlset url http://named.test/orphan.html >"$site/named.test/map.xml"
page named.test orphan.html '' '<p>A page that only the map names.</p>'
page nowhere.test index.html '' '<p>Nothing here.</p>'
urls urlset url http://nowhere.test/orphan.html >"$site/nowhere.test/sitemap_index.xml"
page nowhere.test orphan.html '' '<p>A page of the index.</p>'
page plain.test other.html '<meta name="generator" content="WordPress 6.5">' '<p>About WordPress.</p>'
site_serve

crawl() {
    "$WARCCAP" crawl -q -o "$work/$1" --contact test@example.org --wait 0 --resolve "*:80:$address" "http://$1/${2:-}"
}
# asked HOST: what it was asked for but the start page and robots.txt.  Alike pages may be probed: asked for twice.
asked() { sed -n "s|^GET http://$1\(/[^ ]*\) .*|\1|p" "$work/access.log" | grep -v -x -e / -e /robots.txt | sort -u | tr '\n' ' '; }
# The addresses that the metadata records call inferred.
inferred() { python3 - "$work/$1" "$TOP_SRCDIR/tests/server" <<'PY'
import glob, sys
sys.path.insert(0, sys.argv[2])
from warcread import records
for path in glob.glob(sys.argv[1] + "/archive/*.warc.gz"):
    for header, block in records(path):
        if header["warc-type"] == "metadata" and b"hopsFromSeed: I\r\n" in block:
            print(header["warc-target-uri"].split(".test", 1)[1], end=" ")
PY
}
check "WordPress: crawled" crawl wordpress.test
check "WordPress: its sitemap, what that names on the site, and its REST routes" \
    [ "$(asked wordpress.test)" = "/orphan.html /wp-json/ /wp-sitemap-posts-post-1.xml /wp-sitemap.xml " ]
check "WordPress: they are marked as inferred" [ "$(inferred wordpress.test | tr ' ' '\n' | sort | tr '\n' ' ')" = "/wp-json/ /wp-sitemap.xml " ]
check "WordPress with queries for addresses: crawled" crawl queries.test
check "WordPress with queries: its sitemap, and what that names" \
    [ "$(asked queries.test | sed 's/ .wp-content.[^ ]*//')" = "/?sitemap=index /index.php?rest_route=/ /orphan.html /wp-json/ /wp-sitemap.xml " ]
check "WordPress below the root: crawled" crawl below.test blog/
check "WordPress below the root: its sitemap is found beside it" [ "$(asked below.test)" = "/blog/ /blog/orphan.html /blog/wp-sitemap.xml " ]
check "Ghost: crawled" crawl ghost.test
check "Ghost: its sitemap, its feed, and what they name" \
    [ "$(asked ghost.test)" = "/in-feed.html /orphan.html /rss/ /sitemap-posts.xml /sitemap.xml " ]
check "Ghost: they are marked as inferred" [ "$(inferred ghost.test | tr ' ' '\n' | sort | tr '\n' ' ')" = "/rss/ /sitemap.xml " ]
check "a page by hand: crawled" crawl plain.test
check "a page by hand: only the sitemap in its usual place is inferred" [ "$(asked plain.test)" = "/other.html /sitemap.xml " ]
check "a sitemap that robots.txt names: crawled" crawl named.test
check "it is the only one that is asked for" [ "$(asked named.test)" = "/map.xml /orphan.html /other.html " ]
check "a front page that leads nowhere: crawled" crawl nowhere.test
check "both usual places are asked" [ "$(asked nowhere.test)" = "/orphan.html /sitemap.xml /sitemap_index.xml " ]
for host in wordpress.test queries.test below.test ghost.test plain.test named.test nowhere.test; do
    check "$host: verify finds nothing" "$WARCCAP" verify -q --strict "$work/$host"
done
check "Substack: crawled" crawl substack.test
check "Substack: its archive, page by page until one is empty, its feed and its sitemap" \
    [ "$(asked substack.test | tr ' ' '\n' | grep -v -e /p/ -e /about | tr '\n' ' ' | sed 's/ *$//')" = \
    "$(printf '%s\n' '/api/v1/archive?sort=new&offset=0&limit=12' '/api/v1/archive?sort=new&offset=12&limit=12' \
        '/api/v1/archive?sort=new&offset=24&limit=12' /archive '/archive?sort=new' /feed /sitemap.xml | sort | tr '\n' ' ' | sed 's/ *$//')" ]
check "Substack: every post, also those that no page links to" [ "$(asked substack.test | tr ' ' '\n' | grep -c /p/letter-)" = 14 ]
check "Substack: verify finds every page of its lists" "$WARCCAP" verify -q "$work/substack.test"
site_verdict
