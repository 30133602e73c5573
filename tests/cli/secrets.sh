#!/bin/sh
# Secrets stay home: header lines and cookies go to the hosts that they were given for, and nowhere else; nobody else can read the
# files, the process list, logs and summaries.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin secrets "$@"
site_certify "DNS:blog.test,DNS:www.blog.test,DNS:third.test"
site_simulate vault --certificate "$work/site.pem" --key "$work/site.key"
umask 022

crawl() { # crawl NAME [options] URL
    c=$work/$1
    shift
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 -t 1 --ca-certificate "$ca" --resolve "*:80:$address" --resolve "*:81:$address" \
        --resolve "*:443:$address" "$@" >"$work/out" 2>&1
}
# got FIELD VALUE URL...: exactly these URLs were asked for with it, each once; NONE: none
got() {
    python3 - "$work/asked.log" "$@" <<'PY'
import collections, json, sys
path, field, value, *wanted = sys.argv[1:]
got = collections.Counter()
for line in open(path):
    request = json.loads(line)
    if any(n.lower() == field.lower() and value in v for n, v in request["fields"].items()):
        got[request["url"]] += 1
asked = {json.loads(line)["url"] for line in open(path)}
wanted = collections.Counter(url for url in wanted if url != "NONE")
if got != wanted:
    sys.exit("  with %s, but not wanted: %s\n  wanted, but not there: %s\n  asked: %s" % (field, dict(got - wanted), dict(wanted - got), sorted(asked)))
PY
}
asked() { grep -q "\"url\": \"$1\"" "$work/asked.log"; }
site="http://blog.test/ http://blog.test/a http://blog.test/out http://blog.test/back http://blog.test/set http://blog.test/returned
    http://blog.test/clear.png http://www.blog.test/w http://blog.test/robots.txt http://www.blog.test/robots.txt http://blog.test/sitemap.xml"

# shellcheck disable=SC2086
for field in 'Authorization: Bearer SECRET' 'Cookie: id=SECRET' 'X-Api-Key: SECRET'; do
    rm -rf "$work/header" "$work/learned"
    crawl header --recheck all --header "$field" http://blog.test/
    check "${field%%:*} goes to the seed's site only" got "${field%%:*}" SECRET $site
    check "others were asked" asked http://third.test/landed
    crawl learned --header "$field" http://third.test/to-be-known http://blog.test/out
    crawl learned --recheck all --header "$field" http://blog.test/out
    check "${field%%:*}: what redirects led to before is no seed" got "${field%%:*}" SECRET http://blog.test/out
done
crawl language --header 'Accept-Language: de' http://blog.test/
check "what cannot be secret goes everywhere" sh -c 'grep -v "\"Accept-Language\": \"de\"" "$0" | grep . && exit 1 || exit 0' "$work/asked.log"
crawl for --header-for 'api.test X-Key: SECRET' --header 'X-Key: GENERAL' http://blog.test/
check "--header-for goes to its host only" got X-Key SECRET http://api.test/pic.png http://api.test/robots.txt
# shellcheck disable=SC2086
check "--header to the seed's site" got X-Key GENERAL $site
crawl for-port --header-for 'blog.test:81 X-Key: SECRET' http://blog.test/
check "with a port, to that port only" got X-Key SECRET http://blog.test:81/pic.png http://blog.test:81/robots.txt
crawl https --header 'X-Key: SECRET' https://blog.test/
check "what was given with https is not sent in the clear" sh -c '! grep "\"url\": \"http:" "$0" | grep SECRET' "$work/asked.log"
check "but encrypted" got X-Key SECRET https://blog.test/ https://blog.test/a https://blog.test/out https://blog.test/back https://blog.test/set \
    https://blog.test/robots.txt https://blog.test/sitemap.xml
printf '# secrets\nX-Key: SECRET\nAccept-Language: fr\n' >"$work/lines"
crawl file --header-file "$work/lines" http://blog.test/
# shellcheck disable=SC2086
check "--header-file is --header" got X-Key SECRET $site
check "with what goes everywhere" sh -c 'grep third.test "$0" | grep -q "\"Accept-Language\": \"fr\""' "$work/asked.log"
printf 'X-Key SECRET\n' >"$work/lines"
crawl wrong --header-file "$work/lines" http://blog.test/
check "a line that is none is told, and not shown" sh -c 'grep -q "lines:1: this line is not" "$0" && ! grep SECRET "$0"' "$work/out"
crawl wrong --header-for 'X-Key: SECRET' http://blog.test/
check "so is a --header-for without a host" sh -c 'grep -q "takes \"HOST Name: value\"" "$0" && ! grep "SECRET" "$0"' "$work/out"
printf '.third.test\tTRUE\t/\tFALSE\t0\tthird\tSECRET-3\nblog.test\tFALSE\t/\tFALSE\t0\tmine\tSECRET-1\nelsewhere.test\tFALSE\t/\tFALSE\t0\tx\tSECRET-2\n' >"$work/cookies.txt"
crawl cookies --load-cookies "$work/cookies.txt" http://blog.test/
check "a cookie goes to its own host only" got Cookie SECRET-1 http://blog.test/ http://blog.test/a http://blog.test/out http://blog.test/back \
    http://blog.test/set http://blog.test/returned http://blog.test/clear.png http://blog.test:81/pic.png \
    http://blog.test/robots.txt http://blog.test:81/robots.txt http://blog.test/sitemap.xml
check "also another's" sh -c '! grep -v "third.test" "$0" | grep SECRET-3' "$work/asked.log"
check "and one of a host that nobody asks goes nowhere" got Cookie SECRET-2 NONE
crawl user http://joe:SECRET@blog.test/
check "a password in a seed goes to that origin only" sh -c '! grep "\"Authorization\"" "$0" | grep -v "\"url\": \"http://blog.test/"' "$work/asked.log"
# --- who can read what ---
open_to_others() { find "$1" \( -type f -perm /077 -o -type d -perm /077 \) | grep -q .; }
for name in header cookies user file for; do
    check "$name: files and directories are the user's alone" sh -c '! find "$0" -perm /077 | grep .' "$work/$name"
    check "$name: no log, summary, list or message has it" sh -c '! grep -rlaE "SECRET|joe" "$0/logs" "$0/runs" "$0/indexes" "$0/state" "$0/metadata.yaml" "$1"' "$work/$name" "$work/out"
    check "$name: nor a warcinfo" sh -c '! zcat "$0"/archive/*.warc.gz | sed -n "/^WARC-Type: warcinfo/,/^WARC-Type: [^w]/p" | grep -a SECRET' "$work/$name"
    check "$name: verify finds nothing" "$WARCCAP" verify -q "$work/$name"
done
check "without secrets the umask decides" open_to_others "$work/language"
check "about directories, too" [ "$(stat -c %a "$work/language/archive")" = 755 ]
# --- the process list ---
: >"$work/asked.log"
"$WARCCAP" crawl -o "$work/listed" --contact test@example.org --wait 1 --resolve "*:80:$address" --header "X-Key: SECRET" "--header=Cookie: SECRET" \
    --header-for "blog.test Z: SECRET" -U "a browser" http://joe:SECRET@blog.test/ >"$work/out" 2>&1 &
pid=$!
for _ in $(seq 1200); do grep -q robots.txt "$work/asked.log" && break; sleep 0.05; done
tr '\0' '\n' </proc/$pid/cmdline >"$work/listed.words"
kill $pid
wait $pid
check "the process list has no secret" sh -c '! grep "SECRET\|joe" "$0"' "$work/listed.words"
check "but its other words" sh -c 'grep -qx "a browser" "$0" && grep -q "@blog.test/" "$0"' "$work/listed.words"
check "and all of it was sent" sh -c 'grep -q "\"X-Key\": \"SECRET\"" "$0" && grep -q "\"Cookie\": \"SECRET\"" "$0" && grep -q "\"Z\": \"SECRET\"" "$0" && grep -q "Basic am9lOlNFQ1JFVA==" "$0"' "$work/asked.log"
site_verdict
