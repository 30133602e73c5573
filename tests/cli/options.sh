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
# asked "HOST PATH"...: these URLs, the robots.txt of their hosts and no others, each once, in any order
asked() {
    {
        printf '%s\n' "$@"
        printf '%s\n' "$@" | sed 's, .*, /robots.txt,' | sort -u
    } | sort >"$work/wanted"
    cut -d' ' -f1,2 "$work/asked.log" | sort >"$work/got"
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
usual="blog.test /sitemap.xml" # no robots.txt names a sitemap, so the usual place is tried, if it is in scope
crawl plain http://blog.test/deep/
check "a site is what lies at or below the seed" asked "$deep" "blog.test /deep/a"
check "what it sets is sent back" grep -q '^blog.test /deep/a given=blog.test$' "$work/asked.log"
check "and the first request has none" sh -c 'head -1 "$0" | grep " -$"' "$work/asked.log"
crawl without --no-cookies http://blog.test/deep/
check "with --no-cookies there are none" sh -c '! grep -v " -$" "$0"' "$work/asked.log"
crawl host --scope host http://blog.test/deep/
check "--scope host goes above it" asked "$deep" "blog.test /deep/a" "blog.test /above" "$usual"
crawl parent -np --scope host http://blog.test/deep/
check "unless -np forbids it" asked "$deep" "blog.test /deep/a"
crawl domain -D FRIEND.test http://blog.test/
check "-D adds a domain with the hosts in it" asked "$own" "$usual" "$deep" "blog.test /deep/a" "blog.test /above" "friend.test /a" \
    "friend.test /deep/" "friend.test /deep/a" "friend.test /above" "sub.friend.test /a" "sub.friend.test /deep/" \
    "sub.friend.test /deep/a" "sub.friend.test /above"
check "a domain that is none is told" refused 2 "takes host names" -D 'a b'

printf '# Netscape HTTP Cookie File\n.blog.test\tTRUE\t/\tFALSE\t0\tkey\topen-sesame\n' >"$work/cookies.txt"
crawl cookies --load-cookies "$work/cookies.txt" http://blog.test/deep/
check "--load-cookies sends them, and what the site sets meanwhile" grep -q '^blog.test /deep/a .*given=blog.test' "$work/asked.log"
check "from the first request on" sh -c 'head -1 "$0" | grep -q "key=open-sesame"' "$work/asked.log"
check "the request records have them" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^Cookie: .*key=open-sesame"' "$work/cookies"
echo nothing >"$work/no-cookies"
check "a file without cookies is told" refused 2 "not in the Netscape format" --load-cookies "$work/no-cookies"
check "and so is one that is not there" refused 3 "$work/none" --load-cookies "$work/none"

crawl header --warc-header 'isPartOf: a test of headers' -v http://blog.test/deep/
check "--warc-header stands in the warcinfo record" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^isPartOf: a test of headers"' "$work/header"
check "that is as it should be" "$WARCCAP" verify -q --strict "$work/header"
check "-v prints each attempt as the log has it" sh -c 'while read -r line; do grep -qxF -- "$line" "$1" || exit 1; done <"$0"' \
    "$work/header/logs/crawl.log" "$work/said"
check "a header that is not a field is refused" refused 2 "warc-header" --warc-header 'no field'

crawl agent --user-agent 'Keeper/1.0 (a test)' http://blog.test/deep/
sent() { zcat "$work/agent"/archive/*.warc.gz | tr -d '\r' | grep -a "^$1" | sort -u; }
check "--user-agent is sent instead of our own" [ "$(sent 'User-Agent: ')" = "User-Agent: Keeper/1.0 (a test)" ]
check "and stands in the warcinfo record" [ "$(sent 'http-header-user-agent: ')" = "http-header-user-agent: Keeper/1.0 (a test)" ]

printf 'url = http://blog.test/deep/\nscope = page\n' >"$work/site.conf"
crawl config --config "$work/site.conf"
check "a configuration file's url is a seed" [ -n "$(grep '^blog.test /deep/ ' "$work/asked.log")" ]

# A second run asks for what is due; with nothing allowed to be older than no time at all, that is everything.
again() {
    : >"$work/asked.log"
    "$WARCCAP" crawl -q -o "$work/plain" --contact test@example.org --wait 0 --resolve "*:80:$address" "$@" http://blog.test/deep/
    grep -c '/deep/a' "$work/asked.log"
}
check "what was asked for today is not asked for again" [ "$(again)" = 0 ]
check "--recheck-within asks for what is older" [ "$(again --recheck-within 0)" = 1 ]
next_of() { "$WARCCAP" why "$@" "$work/plain" http://blog.test/deep/a | sed -n 's/^ *next[^0-9]*\([0-9-]*\).*/\1/p'; }
day_in() { date -u -d "+$1 days" +%Y-%m-%d; }
why_within() { case $(next_of --recheck-within 12h) in "$(day_in 0)" | "$(day_in 1)" | '') ;; *) next_of --recheck-within 12h; return 1 ;; esac; }
check "why --recheck-within tells when that is" why_within

# What is being written is an error, unless a crawl is running.
cp -r "$work/agent" "$work/open"
printf '' >"$work/open/archive/warccap-20260102030405678-00000-vm.warc.gz.open"
left_open() { ! "$WARCCAP" verify -q "$work/open" >"$work/said" 2>&1 && grep -q 'archive/.*\.open' "$work/said"; }
check "verify finds a file that was left open" left_open
check "with --live it is none" "$WARCCAP" verify -q --live "$work/open"

printf 'a { background: url("one.png") }' >"$work/bytes"
check "links takes the kind from --type" [ "$("$WARCCAP" links --type css "$work/bytes" | cut -f 3)" = http://localhost/one.png ]
check "and sees no style sheet without" [ -z "$("$WARCCAP" links --type html "$work/bytes")" ]
printf '<a href="/\344">' >"$work/bytes"
linked() { "$WARCCAP" links --type html --charset "$1" "$work/bytes" | cut -f 3; }
check "links takes the encoding from --charset" [ "$(linked iso-8859-1)" = http://localhost/%C3%A4 ]
check "whichever it is" [ "$(linked koi8-r)" = http://localhost/%D0%94 ]

mkdir "$work/mine"
echo 'a file of the user' >"$work/mine/notes"
crawl mine http://blog.test/deep/
check "a directory with other files is refused" [ "$code" = 2 ]
check "and the message says how to insist" grep -q -- --into-any-directory "$work/said"
crawl mine --into-any-directory http://blog.test/deep/
check "--into-any-directory insists" asked "$deep" "blog.test /deep/a"
check "what was there stays" grep -q 'a file of the user' "$work/mine/notes"
site_verdict
