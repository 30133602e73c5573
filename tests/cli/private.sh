#!/bin/sh
# Where the program connects: never to a private address, whatever a page, a redirect, a name server, another host of a proxy or
# an earlier run says; unless the user names that host and port.  A shim on connect() judges.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin private "$@"
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: the program is sanitized"
    exit 77
fi
site_simulate guarded
public=93.184.216.34
# Whatever address it asks for, the test's own server answers: what is forbidden would be kept, and be seen.
map=
for one in $public 10.1.2.3 10.1.2.4 127.0.0.1 127.66.0.1 192.168.7.7 169.254.169.254 198.18.0.1 192.0.0.1 8.8.8.8; do
    map="$map $one=$address ::ffff:$one=::ffff:$address"
done
for one in ::1 fd00::1 fe80::1 fec0::1 2002:7f00:1:: 64:ff9b::a01:203 2001::1 ::a01:203; do map="$map $one=::ffff:$address"; done
names="blog.test=$public pics.test=$public evil.test=127.66.0.1 mapped.test=::ffff:10.1.2.3 mixed.test=10.1.2.3,$public lan.test=10.1.2.3"

# crawl COLLECTION [options] URL...
crawl() {
    collection=$work/$1
    shift
    : >"$work/connects"
    CONNECTS_LOG=$work/connects CONNECTS_NAMES=$names CONNECTS_MAP=$map LD_PRELOAD=$TOP_BUILDDIR/tests/server/connects.so \
        "$WARCCAP" crawl -o "$collection" --contact test@example.org --wait 0 -t 1 "$@" >"$work/out" 2>&1
    code=$?
}
# connected "ADDRESS PORT"...: to these, and to no others
connected() {
    printf '%s\n' "$@" | grep . | sort -u >"$work/wanted"
    sort -u "$work/connects" | diff "$work/wanted" -
}
kept() { grep -q "\"url\": \"$2\"" "$work/$1/indexes/index.cdxj"; }

# --- a redirect of the seed, in every run ---
for run in first second; do
    crawl redirect http://blog.test/to/http://10.1.2.3/inner
    check "$run run: a public seed does not lead to a private address" connected "$public 80"
    check "$run run: which is told, with what would allow it" grep -q "the address is private, .*--allow-private" "$work/out"
done
rm -r "$work/redirect/state"
crawl redirect http://blog.test/to/http://10.1.2.3/inner
check "nor after state/ was rebuilt from the archive" connected "$public 80"
crawl redirect http://blog.test/pages/http://blog.test/x,http://10.1.2.3/y
check "nor for another seed of this collection" connected "$public 80"
crawl redirect --recheck all http://blog.test/
check "nor when all is asked again" connected "$public 80"
crawl chain "http://blog.test/to/http://pics.test/to/http://127.0.0.1/a"
check "nor at the end of a chain of redirects" connected "$public 80"
crawl allowed --allow-private http://blog.test/to/http://10.1.2.3/inner
check "--allow-private follows it" connected "$public 80" "10.1.2.3 80"
crawl elsewhere http://blog.test/to/http://pics.test/x
check "a redirect to a public host is followed" kept elsewhere http://pics.test/x
crawl elsewhere --recheck all http://blog.test/to/http://pics.test/x
check "also in the second run" connected "$public 80"

# --- every spelling, and what name servers say ---
spellings="http://127.0.0.1/1,http://127.1/2,http://2130706433/3,http://0x7f.1/4,http://0177.0.0.1/5,http://127.0.0.1./6"
spellings="$spellings,http://127%25E3%2580%25820.0.1/7,http://[::1]/8,http://[::ffff:10.1.2.3]/9,http://[64:ff9b::10.1.2.3]/10"
spellings="$spellings,http://[2002:7f00:1::]/11,http://[fec0::1]/12,http://[fe80::1]/13,http://[2001::1]/14,http://[::10.1.2.3]/15"
spellings="$spellings,http://localhost/16,http://blog.localhost/17,http://localhost./18,http://evil.test/19,http://mapped.test/20"
spellings="$spellings,http://198.18.0.1/21,http://192.0.0.1/22,http://169.254.169.254/latest/meta-data,http://[fd00::1]/24"
spellings="$spellings,https://127.0.0.1/25,http://127.0.0.1:81/26,//127.0.0.1/27,http://[fe80::1%2525eth0]/28"
crawl spelled "http://blog.test/parts/$spellings,http://mixed.test/ok,http://pics.test/ok,http://8.8.8.8/ok,http://134744072/ok2"
check "pictures of a page, spelled in any way, lead to no private address" connected "$public 80" "8.8.8.8 80"
check "one public address of several is enough" kept spelled http://mixed.test/ok
check "a public host is asked" kept spelled http://pics.test/ok
check "so is a public address" kept spelled http://8.8.8.8/ok
check "in any spelling" kept spelled http://8.8.8.8/ok2
crawl scripted --robots off --scope any "http://blog.test/pages/$spellings"
check "nor do links" connected "$public 80"
crawl name http://evil.test/
check "a seed whose name leads to a private address is refused: name servers are strangers" connected ""
check "and fails" [ "$code" = 4 ]

# --- the user's own words ---
crawl seed http://10.1.2.3/parts/http://10.1.2.3/a,http://10.1.2.3:81/b,http://10.1.2.4/c,http://pics.test/d,http://lan.test/e
check "a private seed allows its own host and port" connected "10.1.2.3 80" "$public 80"
check "but no name that leads there" sh -c '! grep -q "GET lan.test" "$0"' "$work/asked.log"
crawl seed http://blog.test/
check "what an earlier seed allowed is allowed still" connected "10.1.2.3 80" "$public 80"
crawl port http://10.1.2.3:81/parts/http://10.1.2.3:81/a,http://10.1.2.3/b,http://10.1.2.3:82/c
check "a seed with a port allows that port only" connected "10.1.2.3 81"
crawl resolve --resolve lan.test:80:10.1.2.3 http://lan.test/parts/http://lan.test/a,http://lan.test:81/b,http://10.1.2.3/c,http://blog.test/d
check "--resolve allows its host and port" connected "10.1.2.3 80" "$public 80"
check "and the picture there is kept" kept resolve http://lan.test/a
check "but not the bare address" sh -c '! grep -q "GET 10.1.2.3 /c" "$0"' "$work/asked.log"
crawl public --resolve "*:80:$public" http://any.test/parts/http://other.test/a
check "--resolve to a public address allows nothing else" connected "$public 80"

# --- behind a proxy ---
: >"$work/asked.log"
http_proxy=http://192.168.7.7:81
export http_proxy
crawl proxied "http://blog.test/parts/http://10.1.2.3/a,http://127.1/b,http://localhost/c,http://pics.test/d,http://[::1]/e"
check "the proxy that the environment names may be private" connected "192.168.7.7 81"
check "it is asked for what is public" grep -q "GET proxied:pics.test /d" "$work/asked.log"
check "and for no private address" sh -c '! grep "proxied:" "$0" | grep -v "proxied:blog.test\|proxied:pics.test"' "$work/asked.log"
check "what can't be known is told" grep -q "names a proxy .*not known here" "$work/out"
check "in the archive, too" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^description: requests go through the proxy"' "$work/proxied"
crawl proxied-again --allow-private "http://blog.test/parts/http://10.1.2.3/a"
check "--allow-private asks the proxy" grep -q "GET proxied:10.1.2.3 /a" "$work/asked.log"
no_proxy=pics.test,evil.test
export no_proxy
crawl direct "http://blog.test/parts/http://pics.test/d,http://evil.test/e"
check "what no_proxy names is judged by its address" connected "192.168.7.7 81" "$public 80"
unset http_proxy no_proxy
https_proxy=http://192.168.7.7:81
export https_proxy
crawl tunnel "http://blog.test/parts/https://10.1.2.3/a,https://localhost/b,https://pics.test/c"
check "no tunnel is asked for to a private address" [ "$(grep ^CONNECT "$work/asked.log" | sort -u)" = "CONNECT pics.test:443 - 502" ]
unset https_proxy
for collection in redirect spelled seed proxied; do check "verify: $collection" "$WARCCAP" verify -q "$work/$collection"; done
site_verdict
