#!/bin/sh
# A later run that goes on where a limit had ended the first one, and that is shut out from its beginning: by the archive,
# refusals are told from the real content of the URLs.  Sites of which only alike pages, dead or moved URLs were left lose
# nothing.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-later "$@"
SIDE_BY_SIDE=20

# NAME PAGES-OF-THE-FIRST-RUN KIND AFTER FOR
cat >"$work/limits" <<'BANNED'
ray-soon 1 ray 0 0
ray 6 ray 0 0
ray-late 25 ray 0 0
wall-last 34 wall 0 0
wall-between 34 wall 1 0
gone-last 34 gone 0 0
gone-late 33 gone 1 0
front-last 34 to-front 0 0
wall-page-last 34 to-wall 0 0
login-last 34 to-login 0 0
BANNED
# NAME PAGES-OF-THE-FIRST-RUN SECTIONS
cat >"$work/healthy" <<'HEALTHY'
photos 5 numbered:30
photos-left 40 numbered:20:last
equal-left 36 same:20:last
old-left 35 old:2:last
dead-left 35 dead:1:last
dead-all 36 dead:12:last
moved 15 moved:20 gone:3
HEALTHY
while read -r name _ sections; do
    # shellcheck disable=SC2086
    site "$name" none 0 0 $sections
done <"$work/healthy"
while read -r name _; do site "$name" none 0 0; done <"$work/limits"
# Whose last request alone is refused, in a later run that asks for all again; "counted" tells which request that is.
cat >"$work/last" <<'LAST'
last-wall wall
last-ray ray
last-gone gone
last-front to-front
last-login to-login
last-elsewhere to-elsewhere
LAST
{ echo counted; cat "$work/last"; } | while read -r name _; do site "$name" none 0 0; done
site_simulate lockout --sites "$sites"
pages_of() { cat "$work/limits" "$work/healthy" | sed -n "s/^$1 \([0-9]*\) .*/\1/p"; }
begin() { crawl "$1" first --page-limit "$(pages_of "$1")" --connections 1; }
{ cat "$work/limits" "$work/healthy"; } | each begin
while read -r name _ kind; do
    # shellcheck disable=SC2086
    site "$name" $kind
done <"$work/limits"
again() {
    crawl "$1" still --connections 1
    same "$1" still >"$work/of/$1/same" 2>&1
    echo $? >"$work/of/$1/same.code"
}
{ cat "$work/limits" "$work/healthy"; } | each again
each end_ban <"$work/limits"
whole() { crawl "$1" "${2:-first}" --connections 1 --recheck all; }
{ echo counted; cat "$work/last"; } | each whole
site counted none 0 0
whole counted still
asked=$(($(wc -l <"$work/of/counted/still.asked") - $(wc -l <"$work/of/counted/first.asked")))
while read -r name kind; do site "$name" "$kind" $((asked - 1)) 0; done <"$work/last"
at_last() {
    whole "$1" still
    same "$1" still >"$work/of/$1/same" 2>&1
    echo $? >"$work/of/$1/same.code"
}
each at_last <"$work/last"
each end_ban <"$work/last"
while read -r name kind; do
    check_of "$name" "$kind at the last request: shut out, and told so" code "$name" still 18
    check_of "$name" "$kind at the last request: few were refused" [ "$(grep -c "^$name.*BANNED" "$work/of/$name/still.asked")" -le 3 ]
    check_of "$name" "$kind at the last request: verify counts what the crawl counts" was_same "$name"
    check_of "$name" "$kind at the last request: when it is over, the next run is complete" complete "$name" next
    check_of "$name" "$kind at the last request: nothing had changed" says_no_change "$name"
done <"$work/last"
while read -r name pages kind; do
    check_of "$name" "$kind after $pages pages: shut out, and told so" code "$name" still 18
    check_of "$name" "$kind after $pages pages: nothing is told as complete" sh -c '! grep -q ^Complete "$1"' sh "$work/of/$name/still.said"
    check_of "$name" "$kind after $pages pages: verify counts what the crawl counts" was_same "$name"
    check_of "$name" "$kind after $pages pages: when it is over, the next run is complete" complete "$name" next
    check "$kind after $pages pages: and every post is there" all_posts "$name"
done <"$work/limits"
while read -r name pages kind; do
    check_of "$name" "healthy, $pages pages, then $kind: complete" complete "$name" still
    check_of "$name" "healthy, $pages pages, then $kind: few probes" [ "$(grep -c ' probe$' "$work/of/$name/c/logs/crawl.log")" -le 6 ]
    check "healthy, $pages pages, then $kind: every post is there" all_posts "$name"
done <"$work/healthy"
site_verdict
