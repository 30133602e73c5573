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

check "a write that writes nothing, for ever, is a full disk" fault write:1:nothing:.warc.gz 3
check "a sync that was interrupted is tried again" fault sync:2:EINTR:.warc.gz 0

# A disk that is really full, at many sizes; then there is space again.
mkdir -p "$work/small"
if mount -t tmpfs -o size=64k none "$work/small" 2>/dev/null; then
    trap 'umount "$work/small" 2>/dev/null; site_end' EXIT
    c=$work/small/collection
    full=0
    for size in 64 96 128 160 192 256 320 384 448 512 640 768 896 1024 1280 1536 ${FAULTS:+$(seq 100 37 1400)}; do
        rm -rf "$c"
        mount -o "remount,size=${size}k" "$work/small" || continue
        "$WARCCAP" crawl -q -o "$c" --disk-reserve 0 --contact test@example.org --wait 0 --warc-max-size 60k --ca-certificate "$ca" \
            --resolve "*:80:$address" --resolve "*:443:$address" http://blog.test/ 2>"$work/said"
        code=$?
        [ "$code" = 0 ] || [ "$code" = 3 ] || check "a disk of $size KiB ends the run with 3, not $code" false
        [ "$code" = 0 ] || full=$((full + 1))
        [ "$code" = 0 ] || grep -q 'No space left\|database or disk is full\|cannot' "$work/said" || check "and says so: $(cat "$work/said")" false
        mount -o remount,size=300m "$work/small"
        whole "$code" || check "from a disk of $size KiB it goes on" false
    done
    check "disks of many sizes were full ($full), and the runs went on" [ "$full" -ge 8 ]
    umount "$work/small"
    trap 'site_end' EXIT
else
    echo "SKIP: full disks (a tmpfs can't be mounted here)"
fi
site_verdict
