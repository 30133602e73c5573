#!/bin/sh
# A run that keeps nothing ends with 4 and says why in one sentence, with -q too; a run that keeps what was asked for does not.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin nothing "$@"
site_simulate seeds

# crawl PATH [options]
crawl() {
    path=$1
    shift
    rm -rf "$work/c"
    "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress -o "$work/c" --resolve "*:80:$address" "$@" "http://seeds.test$path" \
        >"$work/out" 2>"$work/err"
    code=$?
}
tell() { echo "  exit $code"; cat "$work/out" "$work/err"; }
# WORDS: in the verdict
says() { [ "$code" = 4 ] && ! grep -q '^Complete' "$work/out" && grep -q "nothing is kept.*$1" "$work/out" && grep -q '"complete": false' "$work"/c/runs/*.json; }
# WORDS: on standard error, and nothing else is printed
says_quietly() { [ "$code" = 4 ] && [ ! -s "$work/out" ] && grep -q "nothing is kept.*$1" "$work/err"; }
complete() { [ "$code" = 0 ] && grep -q '^Complete' "$work/out" && "$WARCCAP" verify --json "$work/c" | grep -q '"complete": true'; }

while read -r path reason; do
    crawl "$path"
    check "$path" says "$reason" || tell
    crawl "$path" -q
    check "$path, with -q" says_quietly "$reason" || tell
    crawl_again() { "$WARCCAP" crawl -q --contact test@example.org --wait 0 -t 1 -o "$work/c" --resolve "*:80:$address" "http://seeds.test$path" >"$work/out" 2>"$work/err"; code=$?; }
    crawl_again
    check "$path, in the next night" says_quietly "$reason" || tell
    "$WARCCAP" verify "$work/c" >"$work/verified" 2>&1
    check "$path: verify does not call it complete" sh -c '! grep -q "^Complete" "$1"' sh "$work/verified"
    # Of the others, the archive alone does not tell the reason.
    case $path in
    /gone* | /forbidden | /members | /broken | /turn)
        check "$path: verify says the same of it" grep -q "nothing is kept: ${reason%% (*}" "$work/verified" ;;
    esac
done <<'SEEDS'
/gone http://seeds.test/gone is gone (the site answered 404)
/gone-for-good http://seeds.test/gone-for-good is gone (the site answered 410)
/forbidden http://seeds.test/forbidden is refused (the site answered 403)
/members http://seeds.test/members is refused (it leads to a login)
/broken http://seeds.test/broken is broken (the site answered 500)
/part http://seeds.test/part is broken (only a part
/turn http://seeds.test/turn is broken (it redirects in a circle)
/suspended http://seeds.test/suspended is refused (it leads to one page of another site, and to nothing else: http://provider.test/stopped)
/parked http://seeds.test/parked is refused (it leads to one page of another site, and to nothing else: http://parking.test/?from=seeds)
/to-error http://seeds.test/to-error is gone
/closed/ http://seeds.test/closed/ is left out by robots.txt
SEEDS
for path in / /moved /other-host /one /new-home; do
    crawl "$path"
    check "$path is kept" complete || tell
done
# A move is told with the next step, as long as the new address is no seed.
moved() { grep -qF "Moved: http://seeds.test$1 leads to another site now, to $2. If that is its new address, add it as a seed: warccap crawl -o $work/c $2" "$work/out" && grep -qF '"moved_seeds": [{"from": "http://seeds.test'"$1"'", "to": "'"$2"'"}]' "$work"/c/runs/*.json; }
unmoved() { ! grep -q '^Moved' "$work/out" && grep -qF '"moved_seeds": []' "$work"/c/runs/*.json; }
crawl /new-home
check "a site that has moved: its new address is told" moved /new-home http://home.test/ || tell
crawl /suspended
check "so is where a notice stands" moved /suspended http://provider.test/stopped || tell
crawl /new-home http://home.test/
check "once it is a seed, there is nothing to tell" unmoved || tell
for path in / /moved /other-host; do
    crawl "$path"
    check "$path stays within its site: no move" unmoved || tell
done
crawl /suspended http://seeds.test/one
check "one seed of two leads to a notice: not complete" [ "$code" = 4 ] || tell
crawl /suspended http://provider.test/stopped
check "the notice itself was asked for: complete" complete || tell
crawl /short --scope page
check "one page was asked for, and it is on another site: complete" complete || tell
crawl / http://seeds.test/gone
check "one seed of two is gone: something is kept" [ "$code" = 0 ] || tell
site_verdict
