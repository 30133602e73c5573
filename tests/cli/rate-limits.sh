#!/bin/sh
# Hosts that ask for pauses: Retry-After in seconds, as a date, absurd or not at all, with 429 and 503; bans that are forgiven; and
# one host of many that bans: it slows no other.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin rate-limits "$@"
SIDE_BY_SIDE=20

cat >"$work/pauses" <<'PAUSES'
seconds-429 after-429-2 20 2s
seconds-503 after-503-2 20 2s
date-429 date-429-2 20 2s
date-503 date-503-2 20 2s
past-429 past-429-0 20 2s
words-503 words-503-0 20 2s
negative-429 negative-429-0 20 2s
none-429 429 20 2s
none-503 503 20 2s
rate rate 6 0
forgiven 403 20 3s
forgiven-wall wall 20 3s
PAUSES
# Longer than a run waits.
cat >"$work/absurd" <<'ABSURD'
hour-429 after-429-3600 20 0
hour-503 after-503-3600 20 0
year-429 after-429-31536000 20 0
ages-503 after-503-99999999999999999999 20 0
tomorrow-429 date-429-86400 20 0
ABSURD
sites_of pauses
sites_of absurd
site bans 403 20 0
site busy 503 20 0
for n in 1 2 3; do site "good-$n" none 0 0; done
site_simulate lockout --sites "$sites"

each ban <"$work/pauses"
early() { # NAME: how many requests came before the pause that was asked for had ended
    [ "$(grep -c BANNED "$work/of/$1/first.asked")" -le "$2" ]
}
while read -r name kind; do
    check_of "$name" "$kind: the run waits, and is complete" complete "$name" first
    check "$kind: and every post is there" all_posts "$name"
done <"$work/pauses"
# Both hosts of the site are refused eight requests that run side by side.
for name in seconds-429 seconds-503 date-429 date-503; do check_of "$name" "$name: nothing is asked for in the pause" early "$name" 20; done

each ban <"$work/absurd"
left_alone() { code "$1" first 18 && ! says "$1" first '^Complete' && early "$1" 20; }
while read -r name kind; do check_of "$name" "$kind: left alone, 18" left_alone "$name"; done <"$work/absurd"
check_of tomorrow-429 "it says until when" says tomorrow-429 first "asked to be left alone until 20[0-9-]*T"
crawl tomorrow-429 next
check_of tomorrow-429 "and the next run asks for nothing before" [ "$(wc -l <"$work/of/tomorrow-429/next.asked")" = "$(wc -l <"$work/of/tomorrow-429/first.asked")" ]
check_of tomorrow-429 "18 again" code tomorrow-429 next 18

# ---- one of many ----

many() { # RUN URL...: one collection for all of them; leaves how long the good ones took
    run=$1
    shift
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/many-$run" --resolve "*:80:$address" "$@" >"$work/many-$run.said" 2>&1
    echo $? >"$work/many-$run.code"
    python3 - "$work/many-$run/c" "$work/many-$run/logs/crawl.log" >"$work/many-$run.time" <<'PY'
import datetime, sys
times = [datetime.datetime.fromisoformat(line.split()[0].replace("Z", "+00:00")) for line in open(sys.argv[2]) if "//good-" in line or "//cdn.good-" in line]
print(int((max(times) - min(times)).total_seconds() * 1000))
PY
}
many alone http://good-1.test/ http://good-2.test/ http://good-3.test/
many among http://bans.test/ http://good-1.test/ http://good-2.test/ http://busy.test/ http://good-3.test/
tell_many() { echo "  alone $(cat "$work/many-alone.time") ms, among $(cat "$work/many-among.time") ms"; tail -3 "$work/many-among.said"; }
check "alone, they are complete" [ "$(cat "$work/many-alone.code")" = 0 ]
check "among others that ban: 18" [ "$(cat "$work/many-among.code")" = 18 ]
check "which names those" grep -q 'bans.test began to refuse .*busy.test\|busy.test began to refuse .*bans.test' "$work/many-among.said"
posts_of() { grep -c "\"url\": \"http://good-[123].test/post/[0-9]*\", .*\"status\": \"200\"" "$work/$1/indexes/index.cdxj"; }
check "the others have all their posts" [ "$(posts_of many-among)" = 90 ]
# Two more sites are some more work; a pause would be seconds.
quick() { tell_many; [ "$(cat "$work/many-among.time")" -le $(($(cat "$work/many-alone.time") * 3 + 1500)) ]; }
check "and are not slowed by them" quick
site_verdict
