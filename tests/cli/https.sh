#!/bin/sh
# A site whose http addresses all redirect to https, as most do today: both hops are kept, each once, also through kills;
# robots.txt counts though it is redirected; limits and --robots do what they say.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin https "$@"
site_make 30
site_serve
site_stop
sed -i "s|listen $address:80; listen $address:443 ssl; server_name blog.test;|listen $address:443 ssl; server_name blog.test;|" "$work/nginx.conf"
sed -i "\$s|.*|server { listen $address:80; server_name blog.test; return 301 https://blog.test\$request_uri; } }|" "$work/nginx.conf"
"$(command -v nginx || echo /usr/sbin/nginx)" -p "$work" -c "$work/nginx.conf" 2>"$work/nginx-start.log" &
nginx_pid=$!
sleep 0.5

crawl() {
    directory=$1
    shift
    "$WARCCAP" crawl -q -o "$directory" --contact test@example.org --wait 0 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "$@"
}
# Every https page of the manifest is there, every address once.
whole_and_once() {
    python3 - "$1" "$site/manifest.tsv" <<'PY'
import collections, os, sys
sys.path.insert(0, os.environ['TOP_SRCDIR'] + '/tests/server')
from warcread import folded, read_manifest, responses
got, times = {}, collections.Counter()
for url, status, _ in responses(sys.argv[1]):
    times[url] += 1
    got.setdefault(folded(url), set()).add(status)
missing = [url for url, row in read_manifest(sys.argv[2]).items() if row[1] not in got.get(url, ())]
twice = [url for url, count in times.items() if count > 1]
hops = sum(1 for url in times if url.startswith('http://blog.test'))
print(len(times), 'addresses,', hops, 'of them redirected,', len(missing), 'missing,', len(twice), 'twice', missing[:3], twice[:3])
sys.exit(bool(missing or twice or not hops))
PY
}
check "the crawl ends well" crawl "$work/c" http://blog.test/
check "both hops of every address are there, once" whole_and_once "$work/c"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/c"
check "the redirected robots.txt is kept" sh -c '! grep -q /private/ "$0/indexes/index.cdxj"' "$work/c"
for moment in 0.1 0.13 0.16 0.19; do
    crawl "$work/k" --wait 0.004 http://blog.test/ & pid=$!
    child=$(site_child "$pid")
    sleep "$moment"
    kill -9 $child 2>/dev/null
    wait "$pid" 2>/dev/null
done
check "after kills it ends well" crawl "$work/k" http://blog.test/
check "whole and once" whole_and_once "$work/k"
check "--robots off takes what robots.txt closes" sh -c '"$@" && grep -q /private/ "$0/indexes/index.cdxj"' "$work/r" "$WARCCAP" crawl \
    -q -o "$work/r" --robots off --contact t@example.org --wait 0 --ca-certificate "$ca" --resolve "*:443:$address" --resolve "*:80:$address" https://blog.test/
crawl "$work/s" --size-limit 200k https://blog.test/
check "--size-limit stops with 14" [ $? = 14 ]
crawl "$work/t" --time-limit 4 --wait 0.3 https://blog.test/
check "--time-limit stops with 15" [ $? = 15 ]
check "what a limit left has no fault" sh -c '"$0" verify -q "$1" >"$1.out"' "$WARCCAP" "$work/t"
check "and goes on to the end" crawl "$work/t" https://blog.test/
site_verdict
