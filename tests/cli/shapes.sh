#!/bin/sh
# Blogs in the usual layouts of static files: every page that can be reached is captured with one request.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin shapes "$@"
python3 "$TOP_SRCDIR/fixtures/sites/shapes/make-shapes.py" "$site" || exit 1
site_serve

# crawl_shape NAME [options]: into $work/NAME; nobody answers https.
crawl_shape() {
    shape=$1
    shift
    : >"$work/access.log"
    timeout 60 "$WARCCAP" crawl -q -o "$work/$shape" --contact test@example.org --wait 0 --resolve "*:80:$address" \
        --resolve "*:443:127.255.255.254" "$@" "http://$shape.test/"
}
all_there() {
    cp "$work/access.log" "$work/asked.log"
    python3 "$TOP_SRCDIR/tests/server/walk.py" "$address" "$shape.test" "$work/$shape" "$work/asked.log" "www.$shape.test"
}
finds_nothing() { "$WARCCAP" verify --strict "$work/$shape" >"$work/verify.out" 2>&1 || { tail -5 "$work/verify.out"; false; }; }

for name in hexo mirrored classic names long countdown gallery; do
    check "$name: the crawl ends with 0" crawl_shape "$name"
    check "$name: every page is there, nothing was requested twice or without need" all_there
    check "$name: verify finds nothing" finds_nothing
done
site_verdict
