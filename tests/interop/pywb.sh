#!/bin/sh
# pywb, as it comes from PyPI, serves the collection as it lies on the disk: the same bytes come back for every page of the
# fixture blog and for everything on the real front page.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/server/front-page.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
[ -n "${SITE_INSIDE:-}" ] || venv_make pywb
site_begin pywb "$@"
venv=$TOP_BUILDDIR/tests/venv-pywb
site_make 300
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
sleep 1 # so that the second run's captures are newer by the index's clock
check "and crawled again: pywb meets revisits of both kinds" site_crawl "$work/blog" -q
site_stop
front_page_serve
check "the front page is crawled" front_page_crawl "$work/front"
site_stop

mkdir -p "$work/made/archive"
python3 "$TOP_SRCDIR/tests/server/served.py" make "$work/made/archive/c.warc.gz"
"$WARCCAP" index -q "$work/made"

# No wb-manager, no conversion: a link under collections/ is all.
mkdir -p "$work/root/collections"
ln -s "$work/blog" "$work/root/collections/blog"
ln -s "$work/front" "$work/root/collections/front"
ln -s "$work/made" "$work/root/collections/made"
printf 'framed_replay: false\n' >"$work/root/config.yaml"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$work/root" && exec "$venv/bin/wayback" -b 127.0.0.1 -p "$port" -t 8 >"$work/wayback.log" 2>&1) &
nginx_pid=$! # stopped with the test
for _ in $(seq 1200); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && break
    sleep 0.1
done
check "every address of the blog comes back with its bytes" python3 "$TOP_SRCDIR/tests/interop/replayed.py" \
    "http://127.0.0.1:$port/blog" "$work/blog" "$site/manifest.tsv"
check "everything of the front page comes back with its bytes" python3 "$TOP_SRCDIR/tests/interop/replayed.py" \
    "http://127.0.0.1:$port/front" "$work/front"
if "$WARCCAP" serve --port 0 /nowhere 2>&1 | grep -q 'built without libmicrohttpd'; then
    echo "built without libmicrohttpd: the CDX API is not compared"
else
    "$WARCCAP" serve --port 0 "$work/made" >"$work/said" &
    served_pid=$!
    for _ in $(seq 1200); do
        own=$(sed -n "s/^Serving at //p" "$work/said")
        [ -z "$own" ] || break
        sleep 0.05
    done
    check "serve answers queries of the index as pywb does" python3 "$TOP_SRCDIR/tests/interop/cdx_agree.py" \
        "http://127.0.0.1:$port/made/cdx" "${own}cdx"
    kill "$served_pid"
fi
[ "$failures" = 0 ] || tail -n 20 "$work/wayback.log"
site_verdict
