#!/bin/sh
# Chromium shows the fixture blog as `warccap serve` replays it, and live: the same text, images and styles, every click lands, and
# no connection leaves the archive.
. "$TOP_SRCDIR/tests/server/serve.sh"
for program in chromium chromium-browser google-chrome none; do command -v $program >/dev/null && break; done
[ $program != none ] || { echo "SKIP: there is no Chromium here"; exit 77; }
"$WARCCAP" serve --port 0 /nowhere 2>&1 | grep -q 'built without libmicrohttpd' && { echo "SKIP: built without libmicrohttpd"; exit 77; }
site_begin shown "$@"
site_make 40
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
"$WARCCAP" serve --port 0 "$work/blog" >"$work/said" 2>&1 &
server=$!
trap 'kill $server; site_end' EXIT
for _ in $(seq 1200); do
    url=$(sed -n 's/^Serving at //p' "$work/said")
    [ -z "$url" ] && kill -0 "$server" 2>/dev/null || break
    sleep 0.05
done
post=$(awk -F '\t' '$1 == "post" { print $2 }' "$site/manifest.tsv" | sed -n 7p)
archive=$(awk -F '\t' '$1 == "month" { print $2 }' "$site/manifest.tsv" | sed -n 2p)
timeout 300 python3 "$TOP_SRCDIR/tests/interop/shown.py" "$address" "$url" http://blog.test/ "$post" "$archive" >"$work/shown"
code=$?
grep -v '^ok: ' "$work/shown"
check "Chromium shows it as it was" [ "$code" = 0 ]
site_verdict
