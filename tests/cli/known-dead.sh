#!/bin/sh
# Exit codes that survive years: what is gone for good, and is neither a page nor a list of the site, is reported three times and
# then only listed. It is requested now and then, and in `crawl && verify` the second command runs.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin known-dead "$@"
silent=127.97.$(($$ / 256 % 256)).$(($$ % 256))
refusing=127.96.$(($$ / 256 % 256)).$(($$ % 256))
echo 1 >"$work/night"
python3 "$TOP_SRCDIR/tests/server/dying.py" "$address" "$silent" "$work/asked.log" "$work/night" &
nginx_pid=$!
for _ in $(seq 1200); do
    curl -s -o /dev/null "http://$address/" && break
    sleep 0.05
done
for host in blog.test pages.test lists.test varied.test moved.test; do echo "resolve = $host:80:$address"; done >"$work/resolve.conf"
printf 'resolve = %s\n' "tls.test:443:$address" "refusing.test:80:$refusing" "silent.test:80:$silent" >>"$work/resolve.conf"
# crawl DIR HOST [options]: one run; its code and its JSON
crawl() {
    directory=$work/$1 host=$2
    shift 2
    "$WARCCAP" crawl --contact test@example.org --wait 0 --tries 2 --connect-timeout 1 --robots off --config "$work/resolve.conf" \
        -o "$directory" "$@" "http://$host/" >"$work/out" 2>"$work/err"
    code=$?
    json=$(find "$directory/runs" -name '2*.json' | sort | tail -1)
}
silently() { [ ! -s "$work/out" ] && [ ! -s "$work/err" ]; }
# told EXPRESSION: what holds of the last run's JSON; dead, failed: lists of URLs
told() {
    python3 -c '
import json, sys
run = json.load(open(sys.argv[1]))
dead, failed = ([one["url"] for one in run[name]] for name in ("known_dead", "failures"))
print(sorted(dead), sorted(failed), run["came_back"]) if not eval(sys.argv[2]) else sys.exit(0)
sys.exit(1)' "$json" "$1"
}
asked() { grep -c "^$1 blog.test $2\$" "$work/asked.log"; }
verifies() { "$WARCCAP" verify -q "$work/$1" >"$work/out" 2>&1 || { cat "$work/out"; return 1; }; }

# ---- night after night
for night in 1 2; do
    echo $night >"$work/night"
    crawl blog blog.test -q
    check "night $night: missing parts are told: 4" [ "$code" = 4 ]
    check "... nothing is known dead" told 'not dead and len(failed) == 10'
done
check "what was missing before is told as such" grep -q 'nameless.invalid/a.png .*(as before)' "$work/err"
echo 3 >"$work/night"
crawl blog blog.test
check "night 3: another failure is news: 4" [ "$code" = 4 ]
check "... only that is left to be told" told 'failed == ["http://blog.test/late.png"] and len(dead) == 10'
check "... the rest is listed as known dead" grep -q '^Known dead: 10 URLs .*(10 new)' "$work/out"
check "... each with its dates" grep -q '(since 20[0-9-]*, asked again \(next time\|on 20[0-9-]*\))$' "$work/out"
check "... each with its reason" grep -q '^  http://silent.test/a.png  .*(since 2' "$work/out"
check "... verify notes it, and is content" verifies blog
for night in 4 5; do
    echo $night >"$work/night"
    crawl blog blog.test
    [ $night = 5 ] || {
        check "night 4: 4 as long as that one is news" [ "$code" = 4 ]
        check "... what came back is told" told 'run["came_back"] == ["http://blog.test/back.png"]'
        check "... in words, too" grep -q '^Came back: 1 URL ' "$work/out"
        check "... and kept" grep -q ' 200 .* http://blog.test/back.png ' "$work/blog/logs/crawl.log"
    }
done
check "night 5: that one is known dead, too: 0" [ "$code" = 0 ]
check "night 5: nothing is news: no failure" told 'not failed and len(dead) == 10'
check "... the pages are complete, and what is dead is said" grep -q '^Complete.*10 .*known dead' "$work/out"
echo 6 >"$work/night"
crawl blog blog.test -q
check "night 6: 0" [ "$code" = 0 ]
check "... and cron sends no mail" silently
check "the night after the burial asks once more" [ "$(asked 4 /503.png)" -ge 1 ]
check "from then on by schedule only" [ "$(asked 5 /503.png)$(asked 6 /503.png)" = 00 ]
check "the dead hosts too are left alone" sh -c '[ "$(grep -c "nameless.invalid\|silent.test\|refusing.test\|tls.test" "$0")" -le 60 ]' "$work/blog/logs/crawl.log"
check "verify notes what is known dead" sh -c '"$WARCCAP" verify -v --notes "$0" 2>&1 | grep -q "nameless.invalid/b.png on .*known dead since 2"' "$work/blog"
check "... and is content" verifies blog
check "why tells it" sh -c '"$WARCCAP" why "$0" http://nameless.invalid/b.png | grep -q "known dead"' "$work/blog"
check "a 404 and a 403 are no failures of a part" told '"http://blog.test/gone.png" not in dead and "http://blog.test/closed.png" not in dead'
check "what is well is kept" [ "$(awk '$2 == 200 && $4 == "http://blog.test/well.png"' "$work/blog/logs/crawl.log" | wc -l)" -ge 1 ]
echo 7 >"$work/night"
crawl blog blog.test -q --recheck all
check "--recheck all asks for what is dead, too" [ "$(asked 7 /503.png)" -ge 1 ]
check "... which stays known dead" [ "$code" = 0 ]

# ---- the state is lost
rm -r "$work/blog/state"
echo 8 >"$work/night"
crawl blog blog.test
check "without state/ the runs tell what is known dead: 0" [ "$code" = 0 ]
check "... it is said where from" grep -q 'state/ is new: runs/.* names 10 URLs' "$work/err"
check "... and it is not asked for" [ "$(asked 8 /503.png)" = 0 ]
check "... the list is whole" told 'not failed and len(dead) == 10 and all(one["rounds"] > 3 and one["since"] for one in run["known_dead"])'
rm -r "$work/blog/state" "$work/blog/runs"
echo 9 >"$work/night"
crawl blog blog.test
check "without runs/ as well it is not known, and that is said" grep -q 'it is not known how long URLs have been dead' "$work/err"
check "... all is asked for again, and told: 4" [ "$code" = 4 ]
check "... nothing is known dead" told 'not dead and len(failed) == 10'

# ---- controls: pages and lists are always told; and what fails differently each night is news for longer
for night in 1 2 3 4 5; do
    echo $night >"$work/night"
    for host in pages lists varied; do
        crawl $host $host.test -q
        check "night $night: $host: 4" [ "$code" = 4 ]
        check "... and nothing is known dead" told 'not dead and len(failed) == 1'
    done
done
for night in 6 7 8 9 10 11; do
    echo $night >"$work/night"
    crawl varied varied.test -q
    crawl pages pages.test -q
done
check "ten nights are enough in whatever way" told 'not dead'
check "... but not for a page" [ "$code" = 4 ]
crawl varied varied.test -q
check "... for a picture they are" [ "$code" = 0 ]
site_verdict
