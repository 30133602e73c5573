#!/bin/sh
# warcio check, from PyPI, has nothing to say of our files but what alarms.py lists by name.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
. "$TOP_SRCDIR/tests/interop/captured.sh"
[ -n "${SITE_INSIDE:-}" ] || venv_make warcio
site_begin warcio "$@"
warcio=$TOP_BUILDDIR/tests/venv-warcio/bin/warcio
captured_make
"$warcio" check "$work"/*/archive/*.warc.gz >"$work/said" 2>&1
check "no complaint but known false alarms" judged warcio
spoiled
"$warcio" check "$work/spoiled.warc.gz" >"$work/said" 2>&1
check "a wrong digest is complained of" grep -q 'block digest failed' "$work/said"
site_make 60
site_serve gzip
check "the blog is crawled with --store-chunked=strip" site_crawl "$work/stripped" -q --store-chunked=strip
check "no complaint at all" "$warcio" check "$work"/stripped/archive/*.warc.gz
check "some answers were chunked" sh -c 'zcat "$0"/archive/*.warc.gz | grep -a -q "^chunkFraming: taken off"' "$work/stripped"
check "all bodies are there" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$work/stripped" "$site/manifest.tsv"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/stripped"
check "once more, all of it" site_crawl "$work/stripped" -q --store-chunked=strip --recheck all --no-if-modified-since
check "and verify finds nothing in the revisits" "$WARCCAP" verify -q --strict "$work/stripped"
site_stop
site_serve
check "the blog without chunks is crawled" site_crawl "$work/plain" -q
check "no complaint at all" "$warcio" check "$work"/plain/archive/*.warc.gz
site_verdict
