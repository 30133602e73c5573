#!/bin/sh
# The options of a run hold for what earlier runs left: what they had left out is requested when they no longer do, and what waits
# is left out when they do so now.  In pairs of a narrow and a wide run, with controls.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin widened "$@"
site_simulate widened
c=$work/c

# crawl [options] URL...: of the collection, with a log of its own
crawl() {
    : >"$work/asked.log"
    # shellcheck disable=SC2086
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 --connections 1 --recheck new --no-progress --resolve "*:80:$address" "$@" >"$work/out" 2>&1
    code=$?
}
fresh() { rm -rf "$c"; }
asked() { grep -q "^GET $1\$" "$work/asked.log"; }
unasked() { ! asked "$1"; }
done_with_all() { [ "$code" = 0 ] && run_says 'sum(kind["waiting"] for kind in run["kinds"].values()) == 0'; }
# the archive alone says the same: what is missing was left out
agrees() { verify_says '^Sound: 0 errors, 0 warnings' && python3 "$TOP_SRCDIR/tests/server/same_counts.py" "$WARCCAP" "$c"; }
newest() { find "$c/$1" -name "$2" | LC_ALL=C sort | tail -1; }
run_says() { python3 -c 'import json, sys; run = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$(newest runs '[0-9]*[0-9].json')" "$1"; }
verify_says() { rm -f "$work/why.out"; "$WARCCAP" verify --notes "$c" >"$work/verify.out" 2>&1; grep -q "$1" "$work/verify.out"; }
verdict_of() { sed -n 's/^\(Complete[^.]*\|Not complete[^.]*\)\..*/\1/p' "$1"; }
same_verdict() { verify_says . && [ -n "$(verdict_of "$work/out")" ] && [ "$(verdict_of "$work/out")" = "$(verdict_of "$work/verify.out")" ]; }
why_says() { rm -f "$work/verify.out"; "$WARCCAP" why "$c" "$1" >"$work/why.out" 2>&1; grep -q "$2" "$work/why.out"; }
# shown COMMAND...: if it fails, what the crawl asked for and said
shown() {
    "$@" && return
    echo "  exit $code"
    sed 's/^/  /' "$work/asked.log" "$work/out"
    cat "$work/verify.out" "$work/why.out" 2>/dev/null
    return 1
}
warcinfo_has() { zcat "$(newest archive '*.warc.gz')" | tr -d '\r' | grep -aqx "warccap-option-$1"; }

# NAME | RULE | HOST PATH | SEED | narrow options | wide options
pairs=$work/pairs
cat >"$pairs" <<'PAIRS'
exclude|excluded|site.test /b/one|http://site.test/|--exclude /b/|
exclude-of-another|excluded|site.test /b/one|http://site.test/|--exclude /b/|--exclude /dir/
include|not-included|site.test /b/one|http://site.test/|--include test/(a.*)?$|
include-of-more|not-included|site.test /b/one|http://site.test/|--include test/(a.*)?$|--include test/(a.*)?$ --include /b/
level|too-deep|site.test /a/deep|http://site.test/|-l 1|-l 3
level-lifted|too-deep|site.test /b/three|http://site.test/|-l 1|
directory|above-seed|site.test /above|http://site.test/dir/||--scope host
prefix|above-seed|site.test /dir/x|http://site.test/dir/pre/|--scope prefix|--scope host
page|not-the-seed|site.test /b/one|http://site.test/|--scope page|
domain|off-site|sub.site.test /s|http://site.test/|--scope host|--scope domain
any|off-site|friend.test /f|http://site.test/||--scope any
domains|off-site|friend.test /f|http://site.test/||-D friend.test
no-parent|above-seed|site.test /above|http://site.test/dir/|--scope host -np|--scope host
rule|forum.tools|site.test /a?action=markasread|http://site.test/||--no-rule forum.tools
redirect|excluded|site.test /landing|http://site.test/|--exclude /landing|
robots|robots.txt|site.test /closed/page|http://site.test/||--robots off
robots-requisites|robots.txt|site.test /closed/pic.png|http://site.test/||--robots requisites
told-by-pages|url.path-loop|site.test /tree/a/b/a/|http://site.test/tree/||--no-rule url.path-loop
requisite|excluded|site.test /parts/p.png|http://site.test/|--exclude /parts/|
PAIRS

set -f # the patterns are not the shell's
while IFS='|' read -r name rule page seed narrow wide; do
    url=http://${page%% *}${page#* }
    # Widened: asked for by the next run, and only once.
    fresh
    crawl $narrow "$seed"
    check "$name: left out by the narrow run" shown unasked "$page"
    check "$name: why says by which rule" shown why_says "$url" "rule *$rule"
    crawl $narrow "$seed"
    check "$name: the same narrow options leave it out again" shown unasked "$page"
    crawl $wide "$seed"
    check "$name: asked for when the options are wider" shown asked "$page"
    check "$name: and nothing waits" shown done_with_all
    check "$name: verify agrees" shown agrees
    crawl $wide "$seed"
    check "$name: asked for once" shown unasked "$page"
    # The same when the state is lost in between.
    fresh
    crawl $narrow "$seed"
    rm -rf "$c/state"
    crawl $wide "$seed"
    check "$name: asked for although the state was lost" shown asked "$page"
    case $name in
        *requisite*) continue ;;   # a limit does not stop them
        told-by-pages) continue ;; # its pages are yet to be captured: the next run has to see them
    esac
    # Narrowed: what waits is left out.
    fresh
    crawl $wide --page-limit 1 "$seed"
    check "$name: not reached by a run with a limit" shown unasked "$page"
    cp -r "$c" "$work/wide"
    crawl $narrow "$seed"
    check "$name: left out when the options are narrower" shown unasked "$page"
    check "$name: and then nothing waits any more" shown done_with_all
    check "$name: verify agrees with the narrower run" shown agrees
    rm -rf "$c"
    mv "$work/wide" "$c"
    crawl $wide "$seed"
    check "$name: but asked for when they stay" shown asked "$page"
done <"$pairs"
set +f

# ---- rules that are off for a while ----
# What waits only because a rule was off is judged by what the archive says: nothing of it is asked for, whether captured pages,
# their words, or URLs show the trap.  Off again, and nothing is lost.
asked_count() { grep -vc ' /robots.txt$' "$work/asked.log"; }
none_asked() { [ "$code" = 0 ] && [ "$(asked_count)" = 0 ]; }
some_asked() { [ "$(asked_count)" -gt "$1" ]; }
while IFS='|' read -r name rule pages seed next trap; do
    off="--no-rule $rule"
    page="site.test $trap"
    fresh
    crawl "$seed"
    check "$name: on, the trap is left out" shown unasked "$page"
    rm -rf "$c/state"
    crawl "$seed"
    check "$name: also when the state was lost" shown unasked "$page"
    crawl $off --recheck new --page-limit 1 "$seed"
    crawl "$seed"
    check "$name: off and on: nothing is asked for" shown none_asked
    fresh
    crawl $off --page-limit "$pages" "$seed"
    cp -r "$c" "$work/off"
    crawl "$seed"
    check "$name: on again: what waited is left out" shown none_asked
    check "$name: why names the rule" shown why_says "http://site.test$next" "rule *$rule"
    check "$name: verify agrees" shown agrees
    crawl "$seed"
    check "$name: and stays out" shown unasked "$page"
    crawl $off "$seed"
    check "$name: off again: it is asked for" shown asked "$page"
    check "$name: and what lies behind" shown some_asked "$pages"
    check "$name: verify agrees with that" shown agrees
    crawl $off "$seed"
    check "$name: once" shown unasked "$page"
    rm -rf "$c"
    mv "$work/off" "$c"
    rm -rf "$c/state"
    crawl "$seed"
    check "$name: on, and the state lost: left out" shown unasked "$page"
    crawl $off "$seed"
    check "$name: and off once more: asked for" shown asked "$page"
done <<'TRAPS'
paths that echo|url.path-loop|16|http://site.test/tree/|/tree/b/b/b/b/|/tree/b/b/b/b/b/
a list that repeats itself|series.nothing-new|4|http://site.test/row/page/1|/row/page/5|/row/page/8
URLs|forum.tools|2|http://site.test/forum/|/forum/c?action=markasread|/forum/c?action=markasread
TRAPS

# ---- a list that was left out, although all its posts are known ----
fresh
crawl --scope host --exclude /cat/ http://site.test/posts/
check "a list that names known posts is left out" shown unasked "site.test /cat/"
crawl --scope host http://site.test/posts/
check "and read to its end when it no longer is" shown asked "site.test /cat/page/3"
fresh
crawl http://site.test/posts/
crawl http://site.test/posts/ http://site.test/cat/
check "and when another seed leads to it" shown asked "site.test /cat/page/3"
fresh
crawl --scope host --page-limit 3 http://site.test/posts/
rm -rf "$c/state"
crawl --scope host http://site.test/posts/
check "and when the state was lost before it was read" shown asked "site.test /cat/page/3"

# ---- what pages showed to be a trap, and options leave out now ----
fresh
crawl http://site.test/row/page/1
crawl --include /dir/ http://site.test/row/page/1
check "verify says the same of it as the crawl" shown same_verdict

# ---- a page that lists nothing ----
fresh
crawl --scope page http://site.test/tree/
check "verify says the same of a site that lists nothing" shown same_verdict

# ---- seeds ----
fresh
crawl http://site.test/dir/pre/
check "a seed's directory is the site" shown unasked "site.test /b/three"
crawl http://site.test/dir/pre/ http://site.test/b/one
check "another seed widens the site: it is asked for, and what lies beside it" shown asked "site.test /b/three"
crawl http://site.test/dir/
check "a seed above the first: also what a page of the first had named is asked for" shown asked "site.test /dir/x"
crawl http://site.test/dir/pre/
check "with the first alone the other stays a seed, and nothing is asked for that was had" shown unasked "site.test /b/three"
crawl http://site.test/dir/pre/ --exclude /b/
check "a seed of an earlier run is left out by --exclude" shown unasked "site.test /b/one"
check "and what it gave is kept" shown why_says http://site.test/b/one ": kept$"
crawl http://site.test/dir/pre/
check "but only while it is given" shown asked "site.test /b/one"
crawl --exclude dir http://site.test/dir/pre/
check "a seed that is given is asked for, whatever --exclude says" shown asked "site.test /dir/pre/"

# ---- what was captured is kept, and not asked for again ----
fresh
crawl http://site.test/
crawl --recheck all --exclude '/b/|print' http://site.test/
check "a captured page that is left out now is not asked for" shown unasked "site.test /b/one"
check "the others are" shown asked "site.test /a"
check "it counts as captured all the same" shown why_says http://site.test/b/one ": kept$"
check "nothing waits" shown done_with_all
check "verify agrees" shown agrees
crawl --recheck all http://site.test/
check "without the option it is asked for again" shown asked "site.test /b/one"
crawl --recheck all --robots obey http://site.test/
check "and by every such run" shown asked "site.test /b/one"

# ---- limits leave nothing out: what they cut off waits ----
fresh
crawl --page-limit 2 http://site.test/
check "--page-limit" shown [ "$code" = 14 ]
crawl --page-limit 4 http://site.test/
crawl http://site.test/
check "without it the rest is asked for" shown asked "site.test /a/deeper"
check "and what was had is not" shown unasked "site.test /"
check "and nothing waits" shown done_with_all
fresh
crawl --url-size-limit 10000 http://site.test/
check "--url-size-limit cuts a page, and does not find what lies behind" shown unasked "site.test /big/after"
crawl http://site.test/
check "without it the page is asked for again" shown asked "site.test /big"
check "and its links are followed" shown asked "site.test /big/after"
check "and nothing waits" shown done_with_all

# ---- several at once, and back and forth ----
fresh
crawl --exclude /b/ -l 1 http://site.test/dir/
crawl --scope host --exclude /a -l 2 http://site.test/dir/
check "one option narrower, two wider" shown asked "site.test /b/one"
check "each holds" shown unasked "site.test /a"
crawl --exclude /b/ -l 1 http://site.test/dir/
crawl --scope host http://site.test/dir/
check "the widest takes the rest" shown asked "site.test /above"
check "and nothing waits" shown done_with_all
check "verify agrees" shown agrees

# ---- killed while the links of the archive are read again ----
fresh
crawl --exclude /b/ http://site.test/
python3 - "$c/state/warccap.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE fact SET value = 0 WHERE name = 'options'") # as a run leaves it that was killed before it was done
db.commit()
PY
crawl --exclude /b/ http://site.test/
check "the next run does it again, with the options of old" shown unasked "site.test /b/one"
check "and nothing waits" shown done_with_all

# ---- the options stand in the archive and beside it ----
crawl --exclude /b/ --include test -l 3 --scope host --no-rule print -D friend.test --robots off http://site.test/
for line in 'exclude: /b/' 'include: test' 'level: 3' 'scope: host' 'no-rule: print' 'domains: friend.test' 'robots: off'; do
    check "warcinfo has $line" warcinfo_has "$line"
done
check "and so has the run's JSON" run_says '(run["options"]["exclude"] == ["/b/"] and run["options"]["include"] == ["test"] and
    run["options"]["level"] == 3 and run["options"]["scope"] == "host" and run["options"]["no-rule"] == ["print"] and
    run["options"]["domains"] == ["friend.test"] and run["options"]["robots"] == "off")'
site_verdict
