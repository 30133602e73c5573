#!/bin/sh
# Writes and syncs that fail, at many places: the run stops cleanly and says so, and the same command goes on once the disk
# is well again.  What is short or interrupted is nobody's business.  FAULTS (more places) varies it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin faults "$@"
recorder=$TOP_BUILDDIR/tests/disk/recorder.so
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: the program is sanitized"
    exit 77
fi
site_make 30
site_serve

crawl() { "$WARCCAP" crawl -q -o "$c" --contact test@example.org --wait 0 --warc-max-size 60k --ca-certificate "$ca" \
    --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/ 2>"$work/said"; }

# whole: what holds once the disk is well again
whole() { # CODE of the run before: after 0 this is the next round, which asks for lists again
    crawl || { echo "  going on: exit $?"; cat "$work/said"; return 1; }
    "$WARCCAP" verify -q --strict "$c" && python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv" $([ "$1" = 0 ] && echo again) >"$work/read" ||
        { cat "$work/read"; return 1; }
}

# fault CALL:N:HOW WANTED...: the exit codes that are right
fault() {
    what=$1
    shift
    rm -rf "$work/faulty" && mkdir "$work/faulty" && c=$work/faulty/collection
    (export LD_PRELOAD="$recorder" RECORD_ROOT="$work/faulty" RECORD_FAULT="$what"; crawl)
    code=$?
    for wanted; do
        [ "$code" = "$wanted" ] && { [ "$code" = 0 ] || grep -q "cannot\|could not be" "$work/said"; } && whole "$code" && return
    done
    echo "  $what: exit $code"
    sed 's/^/  /' "$work/said"
    return 1
}

places="1 2 3 5 8 13 21 34 55 89 144 233${FAULTS:+ $(seq $FAULTS)}"
for how in EIO ENOSPC EDQUOT; do
    failures_before=$failures
    for place in $places; do
        fault "write:$place:$how" 3 0 >"$work/fault.out" || { cat "$work/fault.out"; failures=$((failures + 1)); }
    done
    check "every n-th write fails with $how" [ "$failures" = "$failures_before" ]
done
check "a failure of every third write is not survived by luck" fault write:3:EIO 3
for place in 1 2 3 4 7 12; do
    fault "sync:$place:EIO" 3 0 >"$work/fault.out" || { cat "$work/fault.out"; failures=$((failures + 1)); }
done
check "every n-th sync fails" [ "$failures" = 0 ]
check "a failed sync is told" fault sync:1:EIO 3
for how in EINTR short; do
    for place in 2 3 7; do
        check "every $place. write is $how" fault "write:$place:$how" 0
    done
done
site_verdict
