#!/bin/sh
# The archive has the response of the name server for each host, once per run; without a name server, that of the machine's
# resolver.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin names "$@"
site_simulate names
echo "nameserver $address" >"$work/resolv.conf"
echo 'hosts: files dns' >"$work/nsswitch.conf"
if ! unshare --mount mount --bind "$work/resolv.conf" /etc/resolv.conf 2>"$work/said"; then
    cat "$work/said"
    echo "SKIP: no other name server can be put into /etc/resolv.conf here"
    exit 77
fi
# As if the machine used that name server.
crawl() {
    directory=$1
    shift
    unshare --mount sh -c 'mount --bind "$0/resolv.conf" /etc/resolv.conf && mount --bind "$0/nsswitch.conf" /etc/nsswitch.conf && exec "$@"' \
        "$work" "$WARCCAP" crawl -q -o "$work/$directory" --contact test@example.org --allow-private --wait 0 -t 1 "$@"
}
# records DIRECTORY TYPE: address, name server, protocol and block of the resource records of that type
records() {
    python3 - "$TOP_SRCDIR/tests/server" "$work/$1" "$2" <<'PY'
import glob, re, sys
sys.path.insert(0, sys.argv[1])
from warcread import records
dates = {}
for path in sorted(glob.glob(sys.argv[2] + '/archive/*.warc.gz')):
    for header, block in records(path):
        if header.get('content-type') == sys.argv[3] and header['warc-type'] == 'resource':
            print(header['warc-target-uri'], header.get('warc-ip-address'), header.get('warc-protocol'),
                  re.sub(r'^\d{14}\r\n', 'DATE\r\n', block.decode()).replace('\r\n', '|').replace('\t', ' '))
PY
}
check "a crawl that looks names up" crawl c http://blog.test/
sleep 0.2
printf 'dns:blog.test %s dns DATE|blog.test. 300 IN A %s|\n' "$address" "$address" >"$work/wanted"
printf 'dns:www.blog.test %s dns DATE|www.blog.test. 60 IN CNAME blog.test.|blog.test. 300 IN A %s|\n' "$address" "$address" >>"$work/wanted"
records c text/dns | sort >"$work/found"
check "has each answer of the name server once" diff "$work/wanted" "$work/found"
check "and which addresses came of it" sh -c 'zcat "$0"/archive/*.warc.gz | grep -a -q "^resolved: blog.test $1.$"' "$work/c" "$address"
check "they are indexed" [ "$(grep -c 'dns:' "$work/c/indexes/index.cdxj")" = 2 ]
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/c"

# says DIRECTORY FIELD VALUE: of every request and response
says() {
    zcat "$work/$1"/archive/*.warc.gz | grep -a "^$2: " | tr -d '\r' | sort -u >"$work/list"
    grep -qx "$2: $3" "$work/list" && [ "$(grep -c . "$work/list")" = "${4:-1}" ] || { cat "$work/list"; return 1; }
}
port=$(cat "$work/facts.json")
if [ -n "$port" ]; then
    check "a crawl of an IPv6 address" "$WARCCAP" crawl -q -o "$work/six" --contact test@example.org --robots off --wait 0 --scope page "http://[::1]:$port/"
    check "which stands without brackets in WARC-IP-Address" says six WARC-IP-Address ::1
    check "and with them in the address" says six WARC-Target-URI "http://\\[::1]:$port/"
fi
check "a crawl of a host beyond ASCII" "$WARCCAP" crawl -q -o "$work/idn" --contact test@example.org --robots off --wait 0 --scope page \
    --resolve "*:80:$address" http://BÜCHER.test/
check "is of its punycode" says idn WARC-Target-URI http://xn--bcher-kva.test/
check "which is what the server is asked for" grep -q '^GET xn--bcher-kva.test / ' "$work/asked.log"

check "through a proxy" env http_proxy="http://$address:80" sh -c '"$@" >/dev/null' sh "$WARCCAP" crawl -q -o "$work/p" --contact test@example.org \
    --allow-private --wait 0 --scope page http://elsewhere.test/
check "nobody's address is known, and no name looked up" sh -c '! zcat "$0"/archive/*.warc.gz | grep -a "^WARC-IP-Address\|^resolved\|dns:"' "$work/p"
site_verdict
