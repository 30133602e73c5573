#!/bin/sh
# `why` tells of a date archive what the next run will do with it, also when the archive holds nothing of it or the same
# page was captured under another URL.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin why "$@"
cd "$work" || exit 1
mkdir -p "$site/blog/2024/05" "$site/blog/2024/04" "$site/nginx"
echo 'blog.test blog blog.conf' >"$site/nginx/hosts"
: >"$site/nginx/other-hosts"
: >"$site/nginx/blog.conf"
list='<title>Posts</title><a href=/one.html>one</a>'
echo '<title>Blog</title><a href=/2024/04/>April 2024</a> <a href=/2024/05/>May 2024</a> <a href=/2024/06/>June 2024</a>
<a href=/one.html>one</a>' >"$site/blog/index.html"
echo "$list" >"$site/blog/2024/04/index.html"
echo "$list" >"$site/blog/2024/05/index.html"
echo '<title>one</title><p>The first post.' >"$site/blog/one.html"
site_serve

says() { "$WARCCAP" why c "http://blog.test$1" >said && grep -q "$2" said || { cat said; return 1; }; }

check "a site whose newest month is not there" site_crawl c -q
check "that month is a date archive" says /2024/06/ 'taken as   archive'
check "it answered 404" grep -q '"GET http://blog.test/2024/06/ 404\|2024/06/ 404' access.log
check "and is the newest" says /2024/06/ 'requests it again: it is the newest archive'
check "an older month waits until a page links to it" says /2024/05/ 'requests it again if a page links to it'
rm -rf c
sed -i 's| <a href=/2024/06/>June 2024</a>||' "$site/blog/index.html"
site_stop
site_serve
check "a site whose newest month is the same page as the one before" site_crawl c -q
check "which is stored as a revisit" grep -q '2024/0[45]/.* warc/revisit\|"mime": "warc/revisit"' c/indexes/index.cdxj
check "the newest month" says /2024/05/ 'requests it again: it is the newest archive'
check "the month before" says /2024/04/ 'requests it again if a page links to it'
site_verdict
