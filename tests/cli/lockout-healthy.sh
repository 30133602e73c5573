#!/bin/sh
# Sites lose nothing if they only look as if they shut us out: with sections for members, old and dead URLs, or equal pages.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-healthy "$@"

cat >"$work/healthy" <<'HEALTHY'
h-plain 0
h-members 4 members:50
h-gate 4 gate:30
h-broken 4 broken:12
h-login 0 login:50
h-old 0 old:50
h-moved 0 moved:50
h-tag 0 tag:50
h-same 0 same:50
h-numbered 0 numbered:50
h-dead 0 dead:50
h-few-dead 0 dead:5
h-gone 0 gone:30
h-barred 0 barred:5
h-blank 0 blank:5
h-flaky 0 flaky:4
h-both 4 members:20 old:20 tag:20 dead:20
h-few 4 members:3
HEALTHY
while read -r name _ sections; do
    # shellcheck disable=SC2086
    site "$name" none 0 0 $sections
done <"$work/healthy"
site_simulate lockout --sites "$sites"
each ban <"$work/healthy"
while read -r name ends sections; do
    check_of "$name" "healthy ($sections): exit $ends" code "$name" first "$ends"
    check "healthy ($sections): every post is there" all_posts "$name"
    [ "$ends" != 0 ] || check_of "$name" "healthy ($sections): complete" complete "$name" first
    size=$(echo "$sections" | tr ' ' '\n' | sed 's/.*://' | awk '{ n += $1 } END { print n + 0 }')
    check "healthy ($sections): probes are few" [ "$(grep -c ' probe$' "$work/of/$name/c/logs/crawl.log")" -le $((size / 4 + 4)) ]
done <"$work/healthy"
site_verdict
