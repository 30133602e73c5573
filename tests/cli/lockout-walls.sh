#!/bin/sh
# A host that begins to send one page, or one redirect, for every URL is treated like one that begins to refuse.
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
to-login to-login 20 0
to-front to-front 20 0
to-front-soon to-front 7 0
to-itself to-itself 20 0
to-elsewhere to-elsewhere 20 0
only-pages-wall pages-wall 20 0
WALLS
# One request at a time: the host is locked before it is asked for what the first redirect names.  That page waits, for the crawl and
# for verify.
cat >"$work/walls-in-turn" <<'WALLS'
turn-to-wall to-wall 20 0
turn-to-wall-back to-wall-back 20 0
turn-to-login to-login 20 0
turn-to-elsewhere to-elsewhere 20 0
WALLS
sites_of walls
sites_of walls-in-turn
site_simulate lockout --sites "$sites"
ban_in_turn() { ban "$1" --connections 1; }
each ban_in_turn <"$work/walls-in-turn"
check_banned walls-in-turn
check_bans walls
check "no 304 confirms a wall that was taken for a page at first" sh -c '! grep -q "  304  " "$1"' sh "$work/of/tagged-wall/c/logs/crawl.log"
site_verdict
