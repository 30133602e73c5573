#!/bin/sh
# A challenge comes in the place of the first page, or of all pages from some moment on. It does not count as kept, the exit code
# is 18, and one sentence says which service sent it and what to do.  A page about such a service, a captcha in a form, or a small
# 403 is none.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin challenges "$@"
SIDE_BY_SIDE=20

{
    for status in 200 403 429 503; do
        for service in cloudflare old-cloudflare ddos-guard sucuri anubis aws perimeterx datadome incapsula; do echo "$service-$status guard-$service-$status 0 0"; done
    done
    echo "akamai-403 guard-akamai-403 0 0"
} >"$work/first"
# Answered in time, then no more.
cat >"$work/later" <<'LATER'
late-cloudflare guard-cloudflare-403 20 0
late-datadome guard-datadome-403 20 0
late-anubis guard-anubis-200 20 0
late-incapsula guard-incapsula-200 20 0
LATER
cat >"$work/healthy" <<'HEALTHY'
h-article article:6
h-article-last article:6:last
h-form form:6
h-login login:6
HEALTHY
sites_of first
sites_of later
while read -r name sections; do
    # shellcheck disable=SC2086
    site "$name" none 0 0 $sections
done <"$work/healthy"
site h-one-403 none 0 0 members:1
site h-part none 0 0 guarded:4
site_simulate lockout --sites "$sites"

# Time limit: a host that says 429 or 503 is given more and more time.
ban_shortly() { crawl "$1" first --time-limit 60; }
each ban_shortly <"$work/first"
challenged() {
    code "$1" first 18 && says "$1" first "^Not complete: $1.test refuses: a challenge of .* for the last URL (ask its owner to let the crawler in" &&
        ! says "$1" first '^Complete' && [ "$(grep -c "^$1.test/ " "$work/of/$1/first.asked")" -le 5 ]
}
while read -r name kind; do
    check_of "$name" "$kind: nothing kept, 18, and whose it is" challenged "$name"
    check_of "$name" "$kind: no page is in the index" sh -c '! grep -q "\"status\": \"200\"" "$0"' "$work/of/$name/c/indexes/index.cdxj"
done <"$work/first"
check "JSON says it, too" grep -q '"shut_out": \[{"host": "cloudflare-200.test", "served": 0, "urls": 1, "response": "a challenge of Cloudflare"' "$work"/of/cloudflare-200/c/runs/*.json
site cloudflare-200 none 0 0
crawl cloudflare-200 next
check_of cloudflare-200 "when it lets us in, the next run is complete" complete cloudflare-200 next
check "and every post is there" all_posts cloudflare-200

each ban <"$work/later"
each end_ban <"$work/later"
while read -r name kind; do
    check_of "$name" "$kind: shut out, and told so" shut_out "$name" 45
    check_of "$name" "$kind: and whose challenge it is" says "$name" first "a challenge of "
    check_of "$name" "$kind: the next run is complete" complete "$name" next
    check "$kind: and every post is there" all_posts "$name"
done <"$work/later"

each ban <"$work/healthy"
while read -r name sections; do
    check_of "$name" "healthy ($sections): complete" complete "$name" first
    check "healthy ($sections): every post is there" all_posts "$name"
    check "healthy ($sections): no word of a challenge" sh -c '! grep -q "a challenge" "$0"' "$work/of/$name/first.said"
done <"$work/healthy"
crawl h-one-403 first
check_of h-one-403 "one 403 is one 403: exit 4" code h-one-403 first 4
check "and all else is there" all_posts h-one-403
crawl h-part first
check_of h-part "a part of the site that is guarded: exit 4" code h-part first 4
check_of h-part "and whose challenge it is" says h-part first "a challenge stands in the place of the page: Cloudflare"
check "all else is there" all_posts h-part
site_verdict
