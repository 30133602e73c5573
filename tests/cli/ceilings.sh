#!/bin/sh
# One thing that does not end costs the site beside it nothing: it is cut first, that is told, and every good page is kept.
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

crawl /
check "a healthy site is complete" ends 0 "^Complete" || tell
while read -r what exit options; do
    read -r words
    # shellcheck disable=SC2086
    crawl "$what" $options
    check "$what is cut, told, and costs nothing else" ends "$exit" "$words" || tell
done <<'THINGS'
/picture 4 --size-limit 20M
endless.test/picture  broken: the response is longer than the run's size limit allows
/vast 4 --time-limit 24 --connections 1
endless.test/vast  broken: the response comes too slowly to end before the run does
/drip 4 --time-limit 24 --connections 1
endless.test/drip  broken: the response comes too slowly to end before the run does
/interim 4
endless.test/interim  broken: too many interim responses came
/fields 4
endless.test/fields  broken: the head of the response is longer than a megabyte
/base 0
url.too-long 16
/redirects 0
too-many-redirects 1
THINGS
crawl /vast --url-time-limit 2 -t 3
check "what would be cut again is not asked for again" [ "$(asked ' /vast ')" = 1 ]
crawl /parts
check "of 5,200 parts of one page, 5,000 are taken" ends 0 "too-many-parts 200" || tell
check "and no more" [ "$(asked ' /part/')" = 5000 ]
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
