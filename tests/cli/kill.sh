#!/bin/sh
# kill -9 at random moments, also while a run repairs the archive, and then the same command again: the result is complete and
# valid, and has nothing twice.  KILLS and SEED vary it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin kill "$@"
site_make 300
site_serve
kills=${KILLS:-20}
seed=${SEED:-$$}
echo "SEED=$seed KILLS=$kills"

# A short rest after each answer makes the crawl long enough to be hit in its middle.
crawl() { site_crawl "$c" -q --wait 0.003 "$@"; }

# What holds of a collection whose last run ended by itself.
whole() {
    python3 "$TOP_SRCDIR/tests/server/warcread.py" "$c" "$site/manifest.tsv" &&
    "$WARCCAP" verify -q --strict "$c" &&
    gzip -t "$c"/archive/*.warc.gz &&
    ! ls "$c"/archive/*.open 2>/dev/null
}

# The next start repairs the archive. It is stopped at once, so that the result can be examined before the crawl goes on.
mended() {
    crawl --page-limit 1
    case $? in 0 | 14) ;; *) return 1 ;; esac
    "$WARCCAP" verify -q --strict --no-replay "$c"
}

# Whether a killed run had done all but say so: another one would be the next night's, too.
was_done() {
    rm -rf "$work/state"
    cp -r "$c/state" "$work/state" 2>/dev/null && python3 - "$work/state/warccap.db" <<'PY'
import sqlite3, sys
try:
    waiting, captured = sqlite3.connect(sys.argv[1]).execute(
        "SELECT sum(state IN (0, 4)), sum(state = 1) FROM visit").fetchone()
except sqlite3.Error: # no tables yet
    sys.exit(1)
sys.exit(not captured or waiting)
PY
}

killed=0 collections=0 ended=0
c=$work/collection0
for moment in $(python3 -c "import random; r = random.Random($seed); print(*(round(r.uniform(0.005, 0.3), 3) for _ in range($kills)))"); do
    crawl & pid=$!
    child=$(site_child "$pid")
    sleep "$moment"
    kill -9 $child 2>/dev/null
    wait "$pid" 2>/dev/null
    case $? in
    137) # it died of that signal, and not of having finished
        killed=$((killed + 1))
        if was_done; then
            collections=$((collections + 1))
            c=$work/collection$collections
            continue
        fi
        # Every other time the next run may be killed as well, while it mends or later.
        [ $((killed % 2)) = 0 ] || mended || check "kill $killed leaves what the next start mends" false ;;
    0) ;;
    *) check "a run ends with 0" false ;;
    esac
    if grep -qs '"exit": 0' "$c"/runs/*.json; then # a further run would be the next night's, and ask again
        check "collection $collections is whole, nothing twice" whole
        ended=$((ended + 1)) collections=$((collections + 1))
        c=$work/collection$collections
    fi
done
echo "killed $killed times"
check "it was killed in its work" [ "$killed" -ge $((kills / 2)) ]
if [ -e "$c" ]; then
    check "the last run ends with 0" crawl
    check "the last collection is whole, nothing twice" whole
fi

# Damage in what had been synced is not a torn tail: the good records after it stay where they are.
c=$work/damaged
site_crawl "$c" -q --wait 0.02 & pid=$!
until [ "$(cat "$c/logs/crawl.log" 2>/dev/null | wc -l)" -ge 40 ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
sleep 1 # what the log has is now in the store, too
kill -9 $(pgrep -P "$pid" || echo "$pid")
wait "$pid" 2>/dev/null
check "it was killed in its work" [ $? = 137 ]
dd if=/dev/zero of="$(ls "$c"/archive/*.open)" bs=1 seek=3000 count=40 conv=notrunc 2>/dev/null
site_crawl "$c" -q 2>"$work/said"
check "a run goes on over damage" [ $? = 0 ]
check "says so" grep -q '\.warc\.gz\.open is damaged at [0-9]*, although [0-9]* bytes had been synced' "$work/said"
check "and notes it" grep -q '"mended": \[".* is damaged at' "$c"/runs/*.json
cut -d' ' -f1 "$c/indexes/index.cdxj" | grep -v '^urn:' >"$work/keys" # certificates are kept anew by each run
check "what was not damaged is there" [ $(($(sort -u "$work/keys" | wc -l) + 1)) = "$(wc -l <"$site/manifest.tsv")" ]
check "and nothing twice" sh -c '! grep -o "\"url\": \"http[^\"]*\"" "$1" | sort | uniq -d | grep .' sh "$c/indexes/index.cdxj"
"$WARCCAP" verify --no-replay "$c" >"$work/verify.out"
check "verify names what is lost" [ $? = 9 ]
check "and nothing else" [ "$("$WARCCAP" verify --no-replay --json "$c" | grep -c '^{"level": "error"')" -le 3 ]
site_verdict
