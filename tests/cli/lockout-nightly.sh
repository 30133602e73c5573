#!/bin/sh
# A host that shuts us out before a later run begins: its front page is a wall, a redirect or gone, and this run has seen nothing
# else of it.  What the archive has stays, and nothing is told as complete.  A site that its owner has changed looks alike, and is
# believed.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-nightly "$@"

cat >"$work/banned" <<'BANNED'
wall wall 0 0
tagged-wall tagged-wall 0 0
ray ray 0 0
empty empty 0 0
gone gone 0 0
to-wall to-wall 0 0
to-wall-back to-wall-back 0 0
to-login to-login 0 0
to-itself to-itself 0 0
to-elsewhere to-elsewhere 0 0
forbidden 403 0 0
close close 0 0
only-pages-ray pages-ray 0 0
BANNED
cat >"$work/changed" <<'CHANGED'
front-gone anew-front-gone 0 0
front-moved anew-front-moved 0 0
splash anew-splash 0 0
moved anew-moved 0 0
built-anew anew-built 0 0
CHANGED
cat "$work/banned" "$work/changed" >"$work/all"
while read -r name _; do site "$name" none 0 0; done <"$work/all"
site late-ray ray 89 0
first() { crawl "$1" first; }
again() {
    crawl "$1" still
    same "$1" still >"$work/of/$1/same" 2>&1
    echo $? >"$work/of/$1/same.code"
}
probes() { grep -c ' probe$' "$work/of/$1/c/logs/crawl.log"; }
site_simulate lockout --sites "$sites"
# The last pages of a site: one request at a time, so that these are three.
crawl late-ray first --connections 1 & late=$!
each first <"$work/all"
sites_of all
each again <"$work/all"
each end_ban <"$work/banned"
while read -r name kind; do
    check_of "$name" "$kind: was complete" code "$name" first 0
    check_of "$name" "$kind: shut out, and told so" code "$name" still 18
    check_of "$name" "$kind: nothing is told as complete" sh -c '! grep -q ^Complete "$1"' sh "$work/of/$name/still.said"
    check_of "$name" "$kind: verify counts what the crawl counts" was_same "$name"
    check_of "$name" "$kind: few requests show it" asked_more "$name" 20
    check_of "$name" "$kind: when it is over, the next run is complete" complete "$name" next
    check_of "$name" "$kind: and has found no change" says_no_change "$name"
    check "$kind: and every post is there" all_posts "$name"
done <"$work/banned"
while read -r name kind; do
    check_of "$name" "$kind: no lock-out" sh -c '! grep -q "refuse" "$1"' sh "$work/of/$name/still.said"
    check_of "$name" "$kind: exit 0" code "$name" still 0
    check_of "$name" "$kind: complete" says "$name" still ^Complete
    check_of "$name" "$kind: probes are few" [ "$(probes "$name")" -le 4 ]
    check "$kind: and every post is there" all_posts "$name"
done <"$work/changed"
wait "$late"
check_of late-ray "a wall in place of the last pages, each with another number: shut out" shut_out late-ray 12
site_verdict
