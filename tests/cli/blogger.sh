#!/bin/sh
# A simulated Blogger blog: all posts and pictures are captured, with robots.txt obeyed and without, with hardly a useless request.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin blogger "$@"
judge=$TOP_SRCDIR/tests/server/judge.py

# crawl_blog NAME [options]: into $c, from the start page.
crawl_blog() {
    c=$work/$1
    shift
    timeout 60 "$WARCCAP" crawl -q -o "$c" --contact test@example.org --wait 0 --resolve "*:80:$address" "$@" http://blog.example/
}
captured() { python3 "$judge" captured "$work/facts.json" "$c" "$@"; }
never() { python3 "$judge" never "$work/asked.log" "$work/facts.json" "$@"; }
no_more_than() { python3 "$judge" economy "$work/asked.log" "$work/facts.json" "$@"; }
once() { python3 "$judge" once "$work/asked.log"; }
finds_nothing() { "$WARCCAP" verify "$c" >"$work/verify.out" && grep -q '^Sound: 0 errors' "$work/verify.out" || { cat "$work/verify.out"; false; }; }

site_simulate blogger --posts 500 --robots blogger
check "robots obeyed: the crawl ends with 0" crawl_blog obeyed
check "robots obeyed: posts, pictures, archives, pages, feeds and sitemaps are there" \
    captured posts images requisites archives pages feeds sitemaps
check "robots obeyed: nothing was asked for twice" once
check "robots obeyed: no trap, and nothing below /search" never '^http://blog\.example/search'
check "robots obeyed: hardly a useless request" no_more_than 1.03 posts archives images requisites
check "robots obeyed: verify finds nothing" finds_nothing
# What the second run prints: the table of lists, and what robots.txt closes of it.
check "robots obeyed: it is said which lists are closed, and where the pages came from" \
    sh -c '"$@" | grep -q "^robots.txt closes lists of the site: pagination ([0-9]*); pages came from .*date archives, feeds, sitemaps"' - \
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 --resolve "*:80:$address" http://blog.example/
site_stop

site_simulate blogger --posts 500 --robots blogger
check "robots off: the crawl ends with 0" crawl_blog off --robots off
check "robots off: posts, pictures, archives, pages are there, and the pagers of home and labels to their ends" \
    captured posts images requisites archives pages pager labels label_pager
check "robots off: and the archives' own pages, as far as they are of their period" captured archive_pager
check "robots off: nothing was asked for twice" once
check "robots off: no trap was asked for" never
# No archive is paged on from that shows all its posts.
check "robots off: hardly a useless request" no_more_than 1.024 posts archives archive_pager pager labels label_pager images requisites
check "robots off: verify finds nothing" finds_nothing
# A page's style sheet and its pictures, which are on another host, come before the next page.
check "robots off: a crawl that is cut off has whole pages" python3 "$judge" whole "$c" 0.95 0.5 0.6 0.75
site_stop

# No robots.txt, so nothing names the sitemap: the lists alone must bring every post.
site_simulate blogger --posts 120 --robots none
check "no robots.txt: the crawl ends with 0" crawl_blog none
check "no robots.txt: every post and picture is there" captured posts images pager labels label_pager archives
check "no robots.txt: no trap was asked for" never
check "no robots.txt: verify finds nothing" finds_nothing
site_stop

# A run that lasts for years, for its clock is a fast one: rules are used for 24 hours, then asked for again.  Here a
# day passes in 4 ms, sooner than a response comes, so that the result is the same on a slow machine: rules that have
# just come serve one request.
clock=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
if [ -n "$clock" ] && ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    site_simulate blogger --posts 30 --robots blogger
    for_days() {
        LD_PRELOAD=$clock FAKETIME='+0 x20000000' FAKETIME_DONT_FAKE_MONOTONIC=1 crawl_blog days --wait 0.01 --robots "$1"
    }
    check "for days: the crawl ends with 0" for_days obey
    check "for days: every post is there" captured posts
    rules=$(grep -c ' /robots.txt ' "$work/asked.log")
    check "for days: robots.txt was asked for again ($rules times)" [ "$rules" -ge 4 ] # of two hosts
    check "for days: and obeyed all the time" never '^http://blog\.example/search'
    check "for days: verify finds nothing" finds_nothing
else
    echo "SKIP: a run of days (libfaketime is not there, or a sanitizer is)"
fi
site_verdict
