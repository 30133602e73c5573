#!/bin/sh
# A thing without end costs the rest of its site nothing: it is cut, the cut is reported, and every good page is kept.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin ceilings "$@"

# crawl WHAT [options]: a healthy site with WHAT on its front page
crawl() {
    what=$1
    shift
    site_stop
    rm -rf "$work/c"
    site_simulate endless "$what"
    python3 - "$work/peak" timeout 120 "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/c" \
        --resolve "*:80:$address" "$@" http://endless.test/ >"$work/out" 2>&1 <<'PY'
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], "w").write("%d\n" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
PY
    code=$?
}
asked() { grep -c "$1" "$work/asked.log"; }
kept() { [ "$(grep -c '/p/[0-9]* .*"status": "200"' "$work/c/indexes/index.cdxj")" = 20 ]; }
tell() { echo "  exit $code"; tail -12 "$work/out"; }
small() { nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init' || [ "$(cat "$work/peak")" -lt 64 ]; }
# EXIT WORDS: how the run ended, with all good pages, little memory and a sound archive
ends() { [ "$code" = "$1" ] && grep -q "$2" "$work/out" && kept && small && "$WARCCAP" verify -q "$work/c" >"$work/verified"; }

# told LIMIT URL RAISE: the screen, the log, the summary and verify name the limit, what it cut first, and what raises it
told() {
    set -- "$1" "http://endless.test$2" "$3"
    grep -q "^Limit reached ($1), .*, first at $2: .*($3" "$work/out" || { echo "  not on the screen"; return 1; }
    grep " $2 " "$work/c/logs/crawl.log" | grep -q -- "limit:$1\|: .*($3" || { echo "  not in the log"; return 1; }
    python3 - "$work/c/runs" "$@" <<'PY' || { echo "  not in the summary"; return 1; }
import json, os, sys
runs, limit, url, words = sys.argv[1:]
of_run = json.load(open(os.path.join(runs, max(name for name in os.listdir(runs) if name[:14].isdigit() and name.endswith(".json")))))
found = [row for row in of_run["limits"] if row["limit"] == limit]
sys.exit(not (len(found) == 1 and found[0]["first"] == url and found[0]["count"] > 0 and words in found[0]["raise"]))
PY
    "$WARCCAP" verify --notes "$work/c" | grep -A9 "^note crawl-limit" | grep -q -- "$2.*$1: .*($3" || { echo "  not by verify"; return 1; }
}

crawl /
check "a healthy site is complete" ends 0 "^Complete" || tell
check "and no limit is told" [ -z "$(grep "^Limit" "$work/out")" ]
while read -r what exit options; do
    read -r words
    read -r limit raise
    # shellcheck disable=SC2086
    crawl "$what" $options
    check "$what is cut, told, and costs nothing else" ends "$exit" "$words" || tell
    case $what in /base) continue ;; /redirects) what=/redirects/20 ;; /rules) what=/robots.txt ;; esac
    check "the limit, the URL and the remedy are told everywhere" told "$limit" "$what" "$raise" || tell
done <<'THINGS'
/picture 4 --size-limit 20M
endless.test/picture  broken: the response is longer than the run's size limit allows
run-size --size-limit
/vast 4 --time-limit 24 --connections 1
endless.test/vast  broken: the response comes too slowly to end before the run does
run-rate --time-limit
/drip 4 --time-limit 24 --connections 1
endless.test/drip  broken: the response comes too slowly to end before the run does
run-rate --time-limit
/interim 4
endless.test/interim  broken: too many interim responses came
interim this limit is fixed
/fields 4
endless.test/fields  broken: the head of the response is longer than a megabyte
head this limit is fixed
/large 4 --url-size-limit 1M
endless.test/large  broken: the response is longer than the size limit for one URL
url-size --url-size-limit
/drip 4 --url-time-limit 2
endless.test/drip  broken: the response takes longer than the time limit for one URL
url-time --url-time-limit
/trailers 4 --url-size-limit 1M
endless.test/trailers  broken: the response is longer than the size limit for one URL
url-size --url-size-limit
/drip 4 -T 2 --min-rate 100k -t 2
endless.test/drip  broken: the response came too slowly to wait for its end
min-rate a lower --min-rate
/hosts 0 --host-limit 20
too-many-hosts 2980
hosts --host-limit
/rules 0
only the rules in its beginning are obeyed
robots this limit is fixed
/base 0
url.too-long 16
- -
/redirects 4
endless.test/redirects/20  broken: too many redirects in a row lead here
redirects this limit is fixed
THINGS
crawl /vast --url-time-limit 2 -t 3
check "what would be cut again is not asked for again" [ "$(asked ' /vast ')" = 1 ]
crawl /parts
check "of 5,200 parts of one page, 5,000 are taken" ends 0 "too-many-parts 200" || tell
check "and no more" [ "$(asked ' /part/')" = 5000 ]
check "which is told everywhere" told parts /parts --part-limit || tell
again() {
    timeout 120 "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/c" --resolve "*:80:$address" "$@" \
        http://endless.test/ >"$work/out" 2>&1
    code=$?
}
again --part-limit 0
check "with a higher limit, the next run takes the rest" [ "$(asked ' /part/')" = 5200 ] || tell
# Each run takes that many new hosts. What it left out is taken when the limit has changed.
pictures() { grep -o '[a-z0-9.]* /a\.gif' "$work/asked.log" | sort -u | wc -l; }
crawl /hosts --host-limit 20
check "of 3,000 hosts, 20 are asked" [ "$(pictures)" = 20 ] || tell
again --host-limit 20
check "the next run asks no others" [ "$(pictures)" = 20 ] || tell
again --host-limit 60
check "with another limit, it asks so many more" [ "$(pictures)" = 80 ] || tell
halted() {
    site_stop
    rm -rf "$work/c"
    site_simulate endless /halting
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/c" -t 1 --url-time-limit 3 --resolve "*:80:$address" \
        http://endless.test/ >"$work/out" 2>&1 &
    echo $! >"$work/asked.log.process"
    wait $!
    code=$?
    grep -q '/halting .*"status": "200"' "$work/c/indexes/index.cdxj" && ends 0 "^Complete"
}
check "time in which the run stood still is not the server's" halted || tell
crawl /bounces --redirect-limit 40
check "of 60 redirects, 40 are followed" ends 4 "redirects-in-all 20" || tell
check "and no more" [ "$(grep -o ' /landed/[0-9]* ' "$work/asked.log" | sort -u | wc -l)" = 40 ]
broken() { [ "$(grep -c 'broken: the run has followed as many redirects as it takes' "$work/out")" -ge 19 ] && grep -q ' 20 broken' "$work/out"; }
check "the others are broken" broken || tell
first=$(sed -n 's/.*first at http:\/\/endless.test\([^:]*\):.*/\1/p' "$work/out")
check "which is told everywhere" told redirect-total "$first" --redirect-limit || tell
verified() { "$WARCCAP" verify "$work/c" | grep -q "20 broken"; }
check "verify agrees" verified
again --redirect-limit 0
check "with a higher limit, the next run follows the rest" grep -q "^Complete" "$work/out" || tell
# A real disk that is small: the picture would fill it long before the pages behind it.
mkdir -p "$work/c"
small_disk() {
    umount "$work/small" 2>/dev/null
    mkdir -p "$work/small"
    mount -t tmpfs -o size=64m none "$work/small" 2>/dev/null
}
if small_disk; then
    for reserve in 8M 0; do
        small_disk
        crawl /picture --connections 1 --disk-reserve "$reserve" -o "$work/small/c"
        rm -rf "$work/c"
        cp -r "$work/small/c" "$work/c"
        check "--disk-reserve $reserve: what a small disk has no room for is cut, and the run goes on" \
            ends 4 "/picture  broken: the response is longer than the disk has room for" || tell
    done
    umount "$work/small"
else
    echo "skipped: no tmpfs can be mounted"
fi
site_verdict
