#!/bin/sh
# Crawl and verify agree on every response: each misbehaving server of the tests is crawled, and verify finds no error in the
# result.  SEED and CHANCE vary the answers that are put together by chance.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin hostile "$@"

# A line each: the server, how many captures there are at least, where the crawl begins, and what the server is started with.
cat >"$work/servers" <<EOF2
blogger 50 http://blog.example/ --posts 20
bodies 10 http://bodies.test/
chapters 5 http://chapters.test/ --state $work/left-out
endless 20 http://endless.test/
every 5 http://every.test/
evidence 3 http://hex.evidence.example/
framings 900 http://framings.test/ --random ${CHANCE:-400} --seed ${SEED:-1}
guarded 2 http://guarded.test/parts/http://other.test/a,http://guarded.test/to/http://third.test/b
guests 5 http://guests.test/
large 2 http://large.test/ --bytes 300000
moody 2 http://blog.test/ --moods $work/moods
odd 50 http://odd.test/
odd 50 http://odd.test/ --worse
parts 5 http://parts.test/
programs 50 http://programs.example/
robots 0 http://same-500.test/
robots 0 http://cut.test/
robots 0 http://cut-gzip.test/
robots 0 http://silent.test/
robots 0 http://babble.test/
robots 0 http://endless.test/
robots 0 http://big.test/
seeds 1 http://seeds.test/gone
stale 3 http://stale.test/
states 5 http://states.test/
strangers 15 http://blog.test/
traps 40 http://traps.example/ --endless-bytes 300000
twins 5 http://twins.test/
visitor 3 http://never.test/
visitor 10 http://codings.test/
visitor 8 http://choices.test/
visitor 4 http://octets.test/
visitor 3 http://way.test/
visitor 5 http://pictures.test/
visitor 5 http://members.test/
walls 3 http://walls.test/ merged
vault 5 http://blog.test/
widened 5 http://site.test/
EOF2
# These are not web servers, need what a machine may not have, or serve many sites of a test that verifies each of them.
others="local_server http2 names mute_names foreign lockout crowd throng verdicts served rows"
printf 'ok\n500\n429\n403\nok\n404\nok\n' >"$work/moods"

listed() {
    for file in $(grep -l -- '"facts"\|"--facts"\|local_server\.parser(' "$TOP_SRCDIR"/tests/server/*.py); do
        name=$(basename "$file" .py)
        case " $others " in *" $name "*) continue ;; esac
        grep -q "^$name " "$work/servers" || { echo "  $name is not crawled here"; return 1; }
    done
}
check "every server of the tests is crawled" listed

# crawl COLLECTION [options] URL: however it ends, it ends by itself
crawl() {
    collection=$work/$1
    shift
    timeout 120 "$WARCCAP" crawl -q -o "$collection" --contact test@example.org --wait 0 -t 1 -T 3 --scope host --page-limit 1200 \
        --time-limit 12 --resolve "*:80:$address" --resolve "*:81:$address" "$@" >"$work/said" 2>&1
    code=$?
    case $code in 0 | 4 | 11 | 14 | 15 | 18) return ;; esac
    echo "  exit $code"
    tail -5 "$work/said"
    return 1
}
proven() {
    "$WARCCAP" verify -q "$work/$1" >"$work/found" 2>&1 && return
    grep -A 3 '^error' "$work/found" | head -5
    return 1
}

while read -r server least url options; do
    # shellcheck disable=SC2086
    site_simulate "$server" $options
    rm -rf "$work/c" "$work/stripped"
    check "$server $options: a crawl of $url" crawl c --robots obey "$url"
    check "has $least captures at least" [ "$(wc -l <"$work/c/indexes/index.cdxj")" -ge "$least" ]
    check "verify agrees" proven c
    check "the next run" crawl c --robots off --recheck all "$url"
    check "verify agrees" proven c
    check "a run that takes chunks off, and stores every body in full" crawl stripped --robots off --store-chunked strip --no-dedup "$url"
    check "verify agrees" proven stripped
    site_stop
done <"$work/servers"
site_verdict
