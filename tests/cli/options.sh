#!/bin/sh
# Options that say where a crawl goes, with which cookies, and what it tells of itself.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin options "$@"
ca=/dev/null

# crawl NAME [options] URL: a fresh collection, a fresh log
crawl() {
    name=$1
    shift
    site_stop
    site_simulate guests
    "$WARCCAP" crawl -o "$work/$name" --contact test@example.org --wait 0 --connections 1 --resolve "*:80:$address" "$@" >"$work/said" 2>&1
    code=$?
}
# asked "HOST PATH ..."...: these pages and no others, in any order
asked() {
    printf '%s\n' "$@" | sort >"$work/wanted"
    grep -v ' /robots.txt ' "$work/asked.log" | cut -d' ' -f1,2 | sort >"$work/got"
    [ "$code" = 0 ] && diff "$work/wanted" "$work/got" && return
    echo "  exit $code"
    cat "$work/said"
    return 1
}
# refused CODE "words" [options]
refused() {
    wanted=$1 words=$2
    shift 2
    "$WARCCAP" crawl -o "$work/refused" "$@" http://blog.test/ >"$work/said" 2>&1
    code=$?
    [ "$code" = "$wanted" ] && grep -q -- "$words" "$work/said" && return
    echo "  exit $code"
    cat "$work/said"
    return 1
}

own="blog.test /"
deep="blog.test /deep/"
crawl plain http://blog.test/deep/
check "a site is what lies at or below the seed" asked "$deep" "blog.test /deep/a"
check "without cookies there are none" sh -c '! grep -v " -$" "$0"' "$work/asked.log"
crawl host --scope host http://blog.test/deep/
check "--scope host goes above it" asked "$deep" "blog.test /deep/a" "blog.test /above"
crawl parent -np --scope host http://blog.test/deep/
check "unless -np forbids it" asked "$deep" "blog.test /deep/a"
crawl domain -D FRIEND.test http://blog.test/
check "-D adds a domain with the hosts in it" asked "$own" "$deep" "blog.test /deep/a" "blog.test /above" "friend.test /a" \
    "friend.test /deep/" "friend.test /deep/a" "friend.test /above" "sub.friend.test /a" "sub.friend.test /deep/" \
    "sub.friend.test /deep/a" "sub.friend.test /above"
check "a domain that is none is told" refused 2 "no domain" -D 'a b'

printf '# Netscape HTTP Cookie File\n.blog.test\tTRUE\t/\tFALSE\t0\tkey\topen-sesame\n' >"$work/cookies.txt"
crawl cookies --load-cookies "$work/cookies.txt" http://blog.test/deep/
check "--load-cookies sends them, and what the site sets meanwhile" grep -q '^blog.test /deep/a .*given=blog.test' "$work/asked.log"
check "from the first request on" sh -c 'head -1 "$0" | grep -q "key=open-sesame"' "$work/asked.log"
check "the request records have them" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^Cookie: .*key=open-sesame"' "$work/cookies"
echo nothing >"$work/no-cookies"
check "a file without cookies is told" refused 2 "no cookies" --load-cookies "$work/no-cookies"
check "and so is one that is not there" refused 3 "$work/none" --load-cookies "$work/none"

crawl header --warc-header 'isPartOf: a test of headers' -v http://blog.test/deep/
check "--warc-header stands in the warcinfo record" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^isPartOf: a test of headers"' "$work/header"
check "that is as it should be" "$WARCCAP" verify -q --strict "$work/header"
check "-v prints each attempt as the log has it" sh -c 'while read -r line; do grep -qxF -- "$line" "$1" || exit 1; done <"$0"' \
    "$work/header/logs/crawl.log" "$work/said"
check "a header that is no field is told" refused 2 "warc-header" --warc-header 'no field'
site_verdict
