#!/bin/sh
# kill -9 at random moments, each time the same command again: complete, valid, nothing twice.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin kill "$@"
site_make 300
site_serve
c=$work/collection
seed=${SEED:-$$}
echo "SEED=$seed"
moments=$(python3 -c "import random; r = random.Random($seed); print(*(round(r.uniform(0.03, 0.3), 3) for _ in range(${KILLS:-10})))")
killed=0
for moment in $moments; do
    # A short rest after each answer makes the crawl long enough to be hit in its middle.
    site_crawl "$c" -q --wait 0.003 & pid=$!
    sleep "$moment"
    # $pid is the subshell of the function: its child is the crawler.
    child=$(pgrep -P "$pid" || echo "$pid")
    kill -9 $child 2>/dev/null
    wait "$pid" 2>/dev/null
    [ $? = 137 ] && killed=$((killed + 1)) # it died of that signal, and not of having finished
done
echo "killed $killed times"
check "it was killed in its work" [ "$killed" -ge 5 ]
check "the last run ends with 0" site_crawl "$c" -q
check "every address is there, once" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$c"
check "gzip finds nothing" sh -c 'gzip -t "$0"/archive/*.warc.gz' "$c"
check "no file is left open" sh -c '! ls "$0"/archive/*.open 2>/dev/null' "$c"
site_verdict
