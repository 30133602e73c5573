#!/bin/sh
# The rules by which links are left out, as users meet them: --no-rule, why, the summary, the man page.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin rules "$@"
site_make 30
site_serve

# refused "words" [options]: wrong use, told with these words, and nothing was asked for
refused() {
    words=$1
    shift
    "$WARCCAP" crawl -o "$work/refused" "$@" http://blog.test/ >"$work/said" 2>&1
    code=$?
    [ "$code" = 2 ] && grep -q -- "$words" "$work/said" && [ ! -e "$work/refused" ] && return
    echo "  exit $code"
    cat "$work/said"
    return 1
}
check "a rule that does not exist is told" refused 'there is no rule "no.such.rule.at-all"' --no-rule no.such.rule.at-all
check "and that the man page lists them" grep -q 'man warccap-rules' "$work/said"
check "of a mistyped one the right name is told" refused 'did you mean blogger.toggle?' --no-rule blogger.togle
check "of a part of a name too" refused 'did you mean shop.wishlist?' --no-rule wishlist
check "a choice of the user's is not a rule to switch off" refused 'excluded cannot be switched off. .*--exclude' --no-rule excluded
check "nor is the scope" refused 'off-site cannot be switched off. .*--scope' --no-rule off-site
check "nor is robots.txt" refused 'robots.txt cannot be switched off. .*--robots' --no-rule robots.txt
check "nor is a limit" refused 'cannot be switched off' --no-rule too-many-redirects
check "one that is mistyped among others is told" refused 'did you mean print?' --no-rule login --no-rule pirnt
printf 'level = 3\nno-rule = blogger.togle\n' >"$work/options.conf"
check "and one in a configuration file, with its line" refused 'line 2 of .*options.conf' --config "$work/options.conf"
check "and what was meant" grep -q 'did you mean blogger.toggle?' "$work/said"
printf '[one]\nurl = http://blog.test/\nno-rule = blogger.togle\n' >"$work/sites.conf"
"$WARCCAP" crawl -o "$work/sites" --config "$work/sites.conf" >"$work/said" 2>&1
check "and one of a site among many" grep -q 'did you mean blogger.toggle?' "$work/said"

turned_off() { site_crawl "$work/$1" -q --page-limit 3 --no-rule "$2" || [ $? = 14 ]; }
check "a name of an earlier version still turns a rule off" turned_off old mediawiki.twin
told_in_vain() { site_crawl "$work/vain" --page-limit 3 --no-rule mediawiki.twin --no-rule login | grep 'made no difference'; }
check "a rule that was switched off without need is told" [ "$(told_in_vain | wc -l)" = 2 ]

site_crawl "$work/kept" >"$work/said" 2>&1
check "the summary counts by rule" grep -q 'Links not followed, by rule: .* [0-9]' "$work/said"
counted() { python3 -c '
import glob, json, re, subprocess, sys
program, directory = sys.argv[1:]
page = subprocess.run([program, "--man-page-rules"], capture_output=True, text=True, check=True).stdout
listed = set(re.findall(r"^\.B ([a-z\\.-]+)$", page.replace("\\-", "-"), re.M))
counts = json.load(open(glob.glob(directory + "/runs/*.json")[0]))["not_followed"]
sys.exit(not counts or any(rule not in listed for rule in counts))' "$WARCCAP" "$work/kept"; }
check "runs/*.json too, by names that the man page has" counted
why_of() {
    zcat "$work"/kept/archive/*.warc.gz | tr -d '\r' | sed -n "s/^outlink: \([^ ]*\) L trap:$1 .*/\1/p" | head -1 >"$work/url"
    "$WARCCAP" why "$work/kept" "$(cat "$work/url")" >"$work/why" && grep -q "^  rule  *$1" "$work/why"
}
check "why names the rule" why_of blogger.show-comment
check "and says what it means" grep -q '^  because  *The post is shown at one of its comments' "$work/why"
robots_rule() { "$WARCCAP" why "$work/kept" 'http://blog.test/search?q=rope' | tee "$work/why" | grep -q '^  rule  *robots.txt'; }
check "why names robots.txt as one" robots_rule

"$WARCCAP" --man-page-rules >"$work/rules.7"
check "the man page names a rule, what it means and its old name" sh -c '
    tr -d "\\\\" <"$0" | grep -A2 "^\.B mediawiki.duplicate-view" | grep -q "called it mediawiki.twin"' "$work/rules.7"
if command -v mandoc >/dev/null; then
    check "mandoc finds no fault in it" sh -c 'mandoc -T lint -W warning "$0" | grep -v "missing date" >"$0.lint"; ! [ -s "$0.lint" ] || { cat "$0.lint"; false; }' "$work/rules.7"
fi
check "warccap(1) leads to it" sh -c '"$0" --man-page | grep -q "warccap-rules (7)"' "$WARCCAP"
site_verdict
