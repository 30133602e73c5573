#!/bin/sh
# 56 responses that no server should send; those with an end also on a connection that stays open. The archive has each of them
# byte for byte, over TCP and over TLS, with the request as it was sent.  And more, of more malice.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin wire "$@"
site_certify DNS:odd.test
odd() { site_simulate odd --certificate "$work/site.pem" --key "$work/site.key" "$@"; }

crawl() {
    scheme=$1
    shift
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/c" --contact test@example.org --wait 0 -t 2 -T 20 --robots off --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "$@" "$scheme://odd.test/" >"$work/said" 2>&1
    code=$?
    cat "$work/said"
    [ "$code" = 4 ] # what was cut, and what did not answer, is listed
}
# kept SCHEME [--no-dedup]
kept() {
    rm -rf "$work/c"
    check "a crawl over $1 goes to its end ${2:-}" crawl "$@"
    check "every answer is kept as it was sent, over $1 ${2:-}" \
        python3 "$TOP_SRCDIR/tests/server/wire.py" "$work/c" "$work/facts.json" "$work/asked.log" "$1"
    check "verify finds no error in it" "$WARCCAP" verify -q "$work/c"
    check "the manual names all that is told" python3 "$TOP_SRCDIR/tests/server/facts.py" "$work/c" \
        "page_names_all_fields=$TOP_SRCDIR/doc/warccap-records.7"
}
odd --worse
kept http
kept https --no-dedup
site_stop
odd
for scheme in http https; do
    kept $scheme --no-dedup
    kept $scheme
done

# Read without libcurl, an answer has the limits of any other.
limited() {
    name=$1 type=$2 reason=$3 octets=$4
    shift 4
    rm -rf "$work/limited"
    "$WARCCAP" crawl -q -o "$work/limited" --contact test@example.org --scope page --wait 0 -t 1 --robots off --resolve "*:80:$address" \
        "$@" "http://odd.test/$name" >"$work/said" 2>&1
    python3 - "$TOP_SRCDIR/tests/server" "$work/limited" "$type" "$reason" "$octets" <<'PY'
import glob, sys
sys.path.insert(0, sys.argv[1])
from warcread import records
found = [(header["warc-type"], header.get("warc-truncated"), block) for path in glob.glob(sys.argv[2] + "/archive/*.warc.gz")
         for header, block in records(path)]
answers = [(kind, reason, block.rsplit(b"\r\n\r\n", 1)[-1].decode()) for kind, reason, block in found if kind in ("response", "resource")]
read_again = any(b"\r\nreadAgain: " in block for kind, reason, block in found if kind == "metadata")
print(answers)
sys.exit(answers != [tuple(sys.argv[3:6])] or not read_again)
PY
}
check "--url-size-limit cuts an answer of a version that libcurl does not know" limited http-1.2 response length hel --url-size-limit 3
check "and one without a head" limited http-0.9 resource length '<p>' --url-size-limit 3
check "--timeout ends one that has no end" limited open/http-0.9 resource time '<p>hello from 0.9' --timeout 1
check "and the run's time limit too" limited open/http-0.9 resource time '<p>hello from 0.9' --time-limit 0.5

# A server may close a kept connection at any time: that does not count as an attempt.
stale() {
    site_stop
    site_simulate stale
    "$WARCCAP" crawl -o "$work/stale" --contact test@example.org --wait 0 -t 1 --connections 8 --resolve "*:80:$address" \
        http://odd.test/ >"$work/said" 2>&1
    code=$?
    cat "$work/said"
    [ "$code" = 0 ] && [ "$(grep -c '^/p\|^/last$' "$work/asked.log")" = 9 ]
}
check "eight kept connections that are dead cost no address" stale
site_verdict
