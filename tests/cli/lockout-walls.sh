#!/bin/sh
# A host that begins to show one page, or one redirect, for whatever is asked: the same as one that begins to refuse.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-walls "$@"

cat >"$work/walls" <<'WALLS'
wall wall 20 0
wall-soon wall 9 0
tagged-wall tagged-wall 20 0
ray ray 20 0
empty empty 20 0
gone gone 20 0
to-wall to-wall 20 0
to-wall-back to-wall-back 20 0
to-front to-front 20 0
to-front-soon to-front 7 0
to-itself to-itself 20 0
to-elsewhere to-elsewhere 20 0
only-pages-wall pages-wall 20 0
WALLS
sites_of walls
site_simulate lockout --sites "$sites"
check_bans walls
check "no 304 confirms a wall that was taken for a page at first" sh -c '! grep -q "  304  " "$1"' sh "$work/of/tagged-wall/c/logs/crawl.log"
site_verdict
