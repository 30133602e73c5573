#!/bin/sh
# A clock that was wrong for a night, or went back: the next run requests what it should, and the chain of manifests is whole.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin clock "$@"
clock=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
if [ -z "$clock" ]; then
    echo "SKIP: libfaketime is not there (Debian: faketime)"
    [ "${CI:-}" != true ] || exit 1
    exit 77
fi
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: the program is sanitized"
    exit 77
fi
site_make 20
site_serve

# night OFFSET [options]: a run with the clock moved; $asked is how much it asked for
night() {
    offset=$1
    shift
    : >"$work/access.log"
    (export LD_PRELOAD="$clock" FAKETIME="$offset"; site_crawl "$c" -q --no-check-certificate "$@" >"$work/said" 2>&1)
    code=$?
    asked=$(wc -l <"$work/access.log")
    [ "$code" = 0 ] || { sed 's/^/  /' "$work/said"; return 1; }
}
# A page that the front page names.  The server looks at its files anew.
publish() { printf '<title>%s</title><p>%s' "$1" "$1" >"$site/blog/$1.html"; sed -i "s|</body>|<a href='/$1.html'>$1</a></body>|" "$site/blog/index.html"; site_stop; site_serve; }
told() { grep -q "\"new\": \[\"http://blog.test/$1.html\"" "$(ls "$c"/runs/*.json | tail -1)"; }
chained() { "$WARCCAP" verify --no-replay "$c" >"$work/verify.out"; ! grep '^error' "$work/verify.out"; }

c=$work/future
check "a first night" night +0d
first=$asked
check "a night ten years ahead" night +3650d
publish one
check "and back" night +1d
check "what is new is found" told one
check "what was answered in the future is asked for" [ "$asked" -ge "$first" ]
check "another night" night +2d
check "is a quiet one" [ "$asked" -le $((first / 10)) ]
check "the walk comes when it is due" night +8d
check "and walks" [ "$asked" -ge $((first * 9 / 10)) ]
check "the manifests follow one another" chained

c=$work/back
check "a first night" night +9d
publish two
check "a night before it" night +0d
check "what is new is found" told two
check "another, before it too" night +1d
check "the manifests follow one another" chained
check "and their names too: the last is the last" grep -q "$(basename "$(ls "$c"/runs/*.manifest | tail -2 | head -1)")" "$(ls "$c"/runs/*.manifest | tail -1)"
"$WARCCAP" why "$c" http://blog.test/two.html >"$work/why"
check "why tells when it comes next" grep -q 'next ' "$work/why"

# A run that was stopped in the future: its round is not the one that goes on.
c=$work/round
check "a run that reaches a limit, ten years ahead" sh -c 'LD_PRELOAD="$1" FAKETIME=+3650d "$0" crawl -q -o "$2" --contact t@example.org --wait 0 --page-limit 3 --resolve "*:80:$3" http://blog.test/ 2>/dev/null; [ $? = 14 ]' "$WARCCAP" "$clock" "$c" "$address"
check "the next goes on, today" night +0d
check "all is there" [ "$(cut -d' ' -f1 "$c/indexes/index.cdxj" | grep -v '^urn:' | sort -u | wc -l)" -ge $((first - 3)) ]
site_verdict
