#!/bin/sh
# Lock-outs that pass while the run goes on, and those that were there from the first request on.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-passing "$@"

cat >"$work/passing" <<'PASSING'
passing 403 20 2s
passing-wall wall 20 2s
passing-redirect to-wall 20 2s
passing-front to-front 20 2s
passing-503 503 20 2s
passing-429 429 20 2s
passing-521 521 20 2s
passing-few 503 20 12
limited rate 6 0
PASSING
sites_of passing
site closed 403 0 0
site busy 503 0 0
site_simulate lockout --sites "$sites"
crawl closed first & refused=$!
crawl busy first --time-limit 30 & refused="$refused $!"
SIDE_BY_SIDE=20
each ban <"$work/passing"
while read -r name kind; do
    check_of "$name" "$kind: it passes, and the run goes on" complete "$name" first
    check "$kind: and every post is there" all_posts "$name"
done <"$work/passing"

# ---- refused from the first request on ----

wait $refused
check_of closed "closed from the start is not a lock-out: exit 4" code closed first 4
check_of busy "busy from the start is to be asked later: exit 18" code busy first 18
site_verdict
