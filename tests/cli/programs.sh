#!/bin/sh
# Wikis, forums and repositories have more addresses than pages: each page is captured, in hardly more requests than there are pages.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin programs "$@"
judge=$TOP_SRCDIR/tests/server/judge.py
site_simulate programs

crawl() {
    timeout 120 "$WARCCAP" crawl -o "$work/collection" --contact test@example.org --wait 0 --resolve "*:80:$address" \
        http://programs.example/ >"$work/said"
}
check "the crawl ends by itself, with 0" crawl
check "every page is there" python3 "$judge" captured "$work/facts.json" "$work/collection" good
check "nothing was asked for twice" python3 "$judge" once "$work/asked.log" "$work/collection"
check "nothing was asked for that never should be" python3 "$judge" never "$work/asked.log" "$work/facts.json"
check "choices that can be joined in any order are not joined without end" python3 "$judge" bounds "$work/asked.log" "$work/facts.json"
check "no tenth of the requests was for anything else, but for choices and what only members may do" sh -c '
    grep -v -e " /answer/" -e " /goods/.*/.*/" "$1/asked.log" >"$1/others.log" && python3 "$2" economy "$1/others.log" "$1/facts.json" 1.1 good' sh "$work" "$judge"
check "the run counts the choices that it did not join" grep -q '"url.facets": [1-9]' "$work"/collection/runs/*.json
check "it says that the site is complete" grep -q "^Complete: all that the site lists" "$work/said"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/collection"
why_says() { "$WARCCAP" why "$work/collection" "http://programs.example$1" >"$work/why" && grep -q "^  rule  *$2" "$work/why" || { cat "$work/why"; return 1; }; }
while read -r rule url; do
    check "why tells: $rule" why_says "$url" "$rule"
done <<ROWS
mediawiki.history-feed /index.php?title=Article_1&feed=atom&action=history
mediawiki.history-again /index.php?title=Article_1&action=history&dir=prev
mediawiki.recent-changes /index.php?title=Special:RecentChanges&days=3
url.page-size /index.php?title=Special:LongPages&limit=20&offset=0
dokuwiki.duplicate-view /dw/doku.php?id=note1&do=index
url.comes-back /like/11?next=/members/topic/1/
login /user/login/?next=/answer/11/
vcs.old-state /repo/tree/?id=$(printf 'commit 1' | sha1sum | cut -d' ' -f1)
page.shortlink /?p=7
ROWS
site_verdict
