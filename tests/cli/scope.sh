#!/bin/sh
# What a crawl leaves out by an option, verify knows from the archive alone: it agrees with the crawl's own summary about what
# is missing and why.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin scope "$@"
site_make 40
site_serve

# crawl NAME [options] URL: into $work/NAME; some of these crawls leave URLs out, and end with 0 all the same.
crawl() {
    c=$work/$1
    shift
    "$WARCCAP" crawl -q -o "$c" --contact test@example.org --wait 0 --ca-certificate "$ca" --resolve "*:80:$address" \
        --resolve "*:443:$address" "$@"
}
agrees() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$c"; }
# warcinfo LINE...: the newest warcinfo record has each of these options, and no others but --tries and --url-size-limit, which have defaults
options_are() {
    printf '%s\n' "$@" | LC_ALL=C sort >"$work/wanted"
    zcat "$(ls "$c"/archive/*.warc.gz | tail -1)" | tr -d '\r' | grep -a '^warccap-option-' | sed 's/^warccap-option-//' |
        grep -v '^tries: \|^url-size-limit: ' | LC_ALL=C sort >"$work/options"
    diff "$work/wanted" "$work/options"
}
run_says() { python3 -c 'import json, sys; run = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$(ls "$c"/runs/*.json | tail -1)" "$1"; }
verify_says() { "$WARCCAP" verify -v --notes "$c" >"$work/verify.out"; grep -q "$1" "$work/verify.out" || { tail -5 "$work/verify.out"; false; }; }
never_says() { "$WARCCAP" verify -v --notes "$c" >"$work/verify.out"; ! grep "$1" "$work/verify.out"; }
post=$(grep '^post' "$site/manifest.tsv" | sed -n 7p | cut -f2)
path=${post#http://blog.test}

check "no options" crawl plain http://blog.test/
check "the defaults are recorded" options_are "scope: site" "robots: obey"
check "verify agrees" agrees
check "the summary has the options too" run_says 'run["options"]["scope"] == "site" and "exclude" not in run["options"]'

check "--exclude of a post" crawl post --exclude "$path" http://blog.test/
check "is recorded" options_are "scope: site" "robots: obey" "exclude: $path"
check "verify agrees" agrees
check "and says why" verify_says "^  .*$path on .*left out by an option: excluded"

check "--exclude of pictures and style sheets" crawl parts --exclude '\.(png|jpe?g|gif|css)$' http://blog.test/
check "verify agrees: what pages need was left out, and is not missing" agrees
check "and says why" verify_says '^  .*left out by an option: excluded'
check "and calls the archive complete" verify_says '^Complete'

for level in 0 1 2; do
    check "--level $level" crawl "level-$level" --level "$level" http://blog.test/
    check "verify agrees" agrees
    check "the summary has it" run_says "run['options']['level'] == $level"
done

check "--include" crawl include --include '/(page|search|feeds|2[0-9]{3}/[0-9]{2}/$|sitemap)' http://blog.test/
check "verify agrees" agrees
check "and says why" verify_says '^  .*left out by an option: not-included'

check "--scope page" crawl page --scope page http://blog.test/
check "verify agrees" agrees
check "and misses nothing of the site" never_says 'missing-'

year=$(expr "$path" : '\(/[0-9]*/\)')
check "a seed below the root" crawl below "http://blog.test$year"
check "verify agrees" agrees
check "--scope host with it" crawl host --scope host "http://blog.test$year"
check "is recorded" options_are "scope: host" "robots: obey"
check "verify agrees" agrees
check "--no-parent with that" crawl parent --scope host --no-parent "http://blog.test$year"
check "is recorded" options_are "scope: host" "robots: obey" "no-parent: yes"
check "verify agrees" agrees

check "--no-rule" crawl rule --no-rule blogger.show-comment http://blog.test/
check "is recorded" options_are "scope: site" "robots: obey" "no-rule: blogger.show-comment"
check "verify agrees" agrees
check "--robots off" crawl robots --robots off http://blog.test/
check "is recorded" options_are "scope: site" "robots: off"
check "verify agrees" agrees

# The options of the newest run count; but what no page offers again stays left out.
check "a later run without the option" crawl post http://blog.test/
check "verify agrees with that one" agrees
check "and one with another" crawl plain --recheck all --exclude '/feeds/' http://blog.test/
check "verify agrees" agrees

# Nothing of the user's secrets is in the archive.
check "a run with secrets" crawl secret --redact-secrets --header 'Cookie: id=SECRET-1' --header 'X-Key: SECRET-2' --scope page \
    http://joe:SECRET-3@blog.test/
check "has none in its requests" sh -c '! zcat "$0"/archive/*.warc.gz | grep -a SECRET' "$c"
check "has none in its warcinfo" sh -c '! zcat "$0"/archive/*.warc.gz | sed -n "/^WARC-Type: warcinfo/,/^WARC-Type: [^w]/p" | grep -a SECRET' "$c"
check "nor in its summary" sh -c '! grep SECRET "$0"/runs/*.json' "$c"
site_verdict
