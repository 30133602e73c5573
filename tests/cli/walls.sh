#!/bin/sh
# One and the same page for every URL is no page of the site; healthy sites that look a little like it are complete.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin walls "$@"

# crawl KIND
crawl() {
    site_stop
    rm -rf "$work/c"
    site_simulate walls "$1"
    "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress -o "$work/c" --resolve "*:80:$address" http://walls.test/ >"$work/out" 2>&1
    code=$?
    "$WARCCAP" verify "$work/c" >"$work/verify" 2>&1
}
complete() { [ "$code" = 0 ] && grep -q '^Complete' "$work/out" && grep -q '^Complete' "$work/verify" && grep -q '"complete": true' "$work"/c/runs/*.json; }
# REASON
incomplete() {
    [ "$code" = 4 ] && ! grep -q '^Complete' "$work/out" && ! grep -q '^Complete' "$work/verify" &&
        grep -q '"complete": false' "$work"/c/runs/*.json && grep -q "refused: $1" "$work/out"
}
tell() { echo "  exit $code"; tail -6 "$work/out"; tail -3 "$work/verify"; }
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/c"; }

while read -r kind reason; do
    crawl "$kind"
    check "$kind is a wall" incomplete "$reason" || tell
    check "$kind: verify agrees" agree
done <<'WALLS'
redirect the site shows one and the same page
home the same stands in the place of every page
body the site shows one and the same page
members it leads to a login
WALLS
for kind in merged copies forum small; do
    crawl "$kind"
    check "$kind is sound" complete || tell
    check "$kind: verify agrees" agree
done
site_verdict
