#!/bin/sh
# The next run finds an edit that any single list shows. An edit that no list shows waits until its page is due.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin edits "$@"
cd "$work" || exit 1
mkdir -p "$site/blog" "$site/nginx"
echo 'blog.test blog blog.conf' >"$site/nginx/hosts"
: >"$site/nginx/other-hosts"
: >"$site/nginx/blog.conf"
version=1

# put PATH WORDS: another file than before, as its date tells
put() { printf '%s' "$2" >"$site/blog/$1"; touch -d "2026-01-$version 12:00" "$site/blog/$1"; }
post() { put "$1.html" "<title>$1</title><p>This is $1, as it was written the ${2:-1}. time.</p>"; }
front() { put index.html "<title>Blog</title><link rel=alternate type=application/rss+xml href=/rss.xml><link rel=alternate \
type=application/atom+xml href=/atom.xml><a href=/one.html>one</a> <a href=/two.html>two</a> <a href=/three.html>three</a> ${1:-}"; }
rss() { put rss.xml "<rss version='2.0'><channel><title>Blog</title><link>http://blog.test/</link><lastBuildDate>${2:-Mon}</lastBuildDate>\
<item><title>one</title><link>http://blog.test/one.html</link><pubDate>Thu, 01 Jan 2026 12:00:00 GMT</pubDate><description>one$1</description></item>\
<item><title>two</title><link>http://blog.test/two.html</link><pubDate>Thu, 01 Jan 2026 11:00:00 GMT</pubDate><description>two</description></item></channel></rss>"; }
atom() { put atom.xml "<feed xmlns='http://www.w3.org/2005/Atom'><title>Blog</title><updated>2026-01-01T12:00:00Z</updated>\
<entry><title>one</title><link href='http://blog.test/one.html'/><updated>2026-01-0$1T12:00:00Z</updated></entry></feed>"; }
sitemap() { put sitemap.xml "<urlset><url><loc>http://blog.test/one.html</loc><lastmod>2026-01-0$1</lastmod></url></urlset>"; }

for p in one two three; do post $p; done
front && rss '' && atom 1 && sitemap 1
put robots.txt 'Sitemap: http://blog.test/sitemap.xml'
site_serve

# night [options]: the next run, of a server that looks at its files anew
night() {
    site_stop
    site_serve
    : >access.log
    site_crawl c -q "$@" >said 2>&1 || { cat said; return 1; }
    last=$(ls c/runs/*.json | tail -1)
}
changed() { grep -q "\"changed\": \[\"http://blog.test/$1.html\"\]" "$last" || { grep -o '"changes": .*"complete"' "$last"; return 1; }; }
nothing() { grep -q '"changes": {"new": \[\], "changed": \[\],' "$last"; }
asked() { grep -c "blog.test/$1.html " access.log; }

check "a first night" night
version=2
post one 2
check "an edit that no list shows" night
check "waits" nothing
check "for its page is not asked for" [ "$(asked one)" = 0 ]
rss '' Tue
check "a feed that has only been built anew" night
check "asks for no page" [ "$(asked one)" = 0 ]
rss ', edited'
check "a feed without dates that says something else" night
check "shows it" changed one
version=3
post one 3
atom 3
check "a feed with dates" night
check "shows it" changed one
check "and asks for no other" [ "$(asked two)" = 0 ]
version=4
post one 4
sitemap 4
check "a sitemap" night
check "shows it" changed one
version=5
post three 5
front 'edited'
check "a front page" night
check "shows it" changed three
version=6
post two 6
check "--recheck all" night --recheck all
check "needs no list" changed two

# A run that is killed reports nothing. The next one reports what it had found, whether the store knows it or only the WARC file.
killed=0
links=
for pause in 0 0.1 0.3 0.6 0.9; do
    version=$((version + 1))
    killed=$((killed + 1))
    links="$links <a href=/new$killed.html>new</a>"
    put new$killed.html "<title>new</title><p>This is news of the number $killed for all who read.</p>"
    put one.html "<title>one</title><p>This is one, and it was edited before the run was killed, in number $killed.</p>"
    put picture$killed.png "picture $killed" # pictures that are linked to come last: the run has something left to do
    front "$links <a href=/picture$killed.png>picture</a>"
    site_stop
    site_serve
    : >access.log
    site_crawl c -q --wait 1.5 2>said & pid=$!
    until [ "$(cat access.log | grep -c 'new[0-9]*.html \|one.html ')" -ge $((killed + 1)) ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
    sleep "$pause"
    kill -9 $(pgrep -P "$pid" || echo "$pid")
    wait "$pid" 2>/dev/null
    check "killed $pause s after it was answered" [ $? = 137 ]
    check "the next run" night --wait 0.1
    check "tells what is new, once" [ "$(grep -l "\"new\": \[[^]]*new$killed.html" c/runs/*.json)" = "$last" ]
    check "and what was edited" grep -q '"changed": \["http://blog.test/one.html"\]' "$last"
done
check "a lost state/ tells nothing again" rm -r c/state
check "in the next run" night
check "for it was told" nothing
check "all is proven" "$WARCCAP" verify -q --strict c
site_verdict
