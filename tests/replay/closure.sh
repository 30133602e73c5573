#!/bin/sh
# What `warccap verify` says is missing, and what Chromium misses in pywb and in `warccap serve`, agree: parts are taken out of a capture, and both are asked.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/replay/players.sh"
players_make
site_begin replay-closure "$@"
site_make 24
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
python3 "$TOP_SRCDIR/tests/replay/lacking.py" thin "$work/blog" >"$work/out"
check "every third part is taken out of the capture" [ "$(wc -l <"$work/out")" -ge 8 ]
"$WARCCAP" index "$work"/blog/archive/*.warc.gz >"$work/index" && cp "$work/index" "$work/blog/indexes/index.cdxj"
"$WARCCAP" verify -q -v --json "$work/blog" >"$work/said"
awk -F '\t' '$1 ~ /^(front|post|page|pager)$/ && $3 == "200" && n[$1]++ < 12 { print $2 }' "$site/manifest.tsv" >"$work/pages"
pywb_start blog
served_start blog
check "the pages are looked at" replay_prove --live "$address" --pages "$work/pages" --pywb "$pywb" --serve "$served" --lacks "$work/lacks"
pywb_stop
served_stop
check "what Chromium misses and what verify names are the same" python3 "$TOP_SRCDIR/tests/replay/lacking.py" agree "$work/said" "$work/lacks" "$work/out" pywb
check "as in warccap serve" python3 "$TOP_SRCDIR/tests/replay/lacking.py" agree "$work/said" "$work/lacks" "$work/out" serve
site_verdict
