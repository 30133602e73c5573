#!/bin/sh
# Two runs at once on one collection, again and again: one works, long enough for the other to start; the other ends with 75 and
# says who holds the lock.  LOCKS (10) varies it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin locks "$@"
site_make 20
site_serve
c=$work/collection
wrong=0 both=0 turned_away=0
for i in $(seq "${LOCKS:-10}"); do
    site_crawl "$c" -q --recheck all --wait 0.003 2>"$work/a.err" & a=$!
    site_crawl "$c" -q --recheck all --wait 0.003 2>"$work/b.err" & b=$!
    wait "$a"; first=$?
    wait "$b"; second=$?
    case $first$second in
    075 | 750) turned_away=$((turned_away + 1)); grep -q 'pid [0-9]* on .* since 20' "$work/a.err" "$work/b.err" || wrong=$((wrong + 1)) ;;
    00) both=$((both + 1)) ;; # one had ended before the other began
    *) wrong=$((wrong + 1)); cat "$work/a.err" "$work/b.err" ;;
    esac
done
echo "$turned_away turned away, $both one after the other"
check "the second is turned away, by name" [ "$wrong" = 0 ]
check "each time" [ "$turned_away" = "${LOCKS:-10}" ]
check "no file is torn" sh -c 'gzip -t "$0"/archive/*.warc.gz && ! ls "$0"/archive/*.open 2>/dev/null' "$c"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$c"
check "every address has its bytes" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv" again
# A run that is gone holds nothing, whatever its file says.
echo 'pid 1 on elsewhere since 2020-01-01T00:00:00Z' >"$c/state/lock"
check "the lock of a dead run is taken over" site_crawl "$c" -q
site_verdict
