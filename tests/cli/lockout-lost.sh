#!/bin/sh
# Lock-outs that only the archive knows, because the store was lost: nothing that was refused is taken for kept.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-lost "$@"

cat >"$work/lost" <<'LOST'
lost 403 20 0
lost-wall wall 20 0
lost-redirect to-wall 20 0
lost-front to-front 20 0
LOST
lose() {
    crawl "$1" first
    rm -rf "$work/of/$1/c/state"
    site "$1" none 0 0
    crawl "$1" next
}
sites_of lost
site_simulate lockout --sites "$sites"
each lose <"$work/lost"
while read -r name kind; do
    check_of "$name" "$kind: without state/, nothing that was refused is taken for kept" complete "$name" next
    check "$kind: and every post is there" all_posts "$name"
done <"$work/lost"
site_verdict
