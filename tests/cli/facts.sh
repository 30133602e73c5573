#!/bin/sh
# What is kept of an exchange beside its octets: protocols, cipher suites, certificates, times, failures; HTTP/2; and what of
# a request is nobody's business.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin facts "$@"
site_make 20
site_serve
facts() { python3 "$TOP_SRCDIR/tests/server/facts.py" "$@"; }
crawl() {
    directory=$1
    shift
    "$WARCCAP" crawl -q -o "$work/$directory" --contact test@example.org --wait 0 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "$@"
}
# serve_with SED-SCRIPT: the same site, with another configuration
serve_with() {
    site_stop
    sed "$1" "$work/nginx.conf" >"$work/nginx-other.conf"
    "$(command -v nginx || echo /usr/sbin/nginx)" -p "$work" -c "$work/nginx-other.conf" 2>"$work/nginx-start.log" &
    nginx_pid=$!
    for _ in $(seq 1200); do curl -s -o /dev/null "http://$address/" && return; sleep 0.05; done
}

serve_with 's|^http {|http { ssl_protocols TLSv1.3;|'
check "a crawl over https" crawl tls https://blog.test/
hosts=$(grep -o 'https://[a-z.]*' "$work/tls/indexes/index.cdxj" | sort -u | wc -l)
check "answers and requests name protocol and suite; each host's certificates are kept once; times are told" facts "$work/tls" \
    'protocols_are=http/1.1|tls/1.3' 'cipher_is=TLS_AES_256_GCM_SHA384' "chains_are=$hosts|$work/site.pem" times_rise \
    one_connection_was_kept heads_are_http1 'no_metadata_says=httpVersion: .*'
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/tls"
page=$TOP_SRCDIR/doc/warccap-records.7
check "the manual names all that is told" facts "$work/tls" "page_names_all_fields=$page"
check "a crawl over http, whose responses are not encrypted" crawl plain http://blog.test/
check "says so" facts "$work/plain" 'protocols_are=http/1.1' no_cipher_over_http times_rise

serve_with 's|^http {|http { ssl_protocols TLSv1.2;|'
check "TLS 1.2" crawl old https://blog.test/
check "suites have the names that IANA gave them" facts "$work/old" 'protocols_are=http/1.1|tls/1.2' \
    'cipher_is=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'

serve_with 's|^http {|http { ssl_protocols TLSv1.3;|; s|:443 ssl|:443 ssl http2|'
check "--http2 over https" crawl h2 --http2 https://blog.test/
check "heads in the words of HTTP/1.1, and told to be" facts "$work/h2" 'protocols_are=h2|tls/1.3' heads_are_http1 \
    'metadata_says=httpVersion: h2; both heads were written from its fields by libcurl/.*'
check "the manual names all that is told" facts "$work/h2" "page_names_all_fields=$page"
check "all bodies came" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$work/h2" "$site/manifest.tsv"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/h2"
check "without --http2 it is not spoken" crawl h1 https://blog.test/
check "though the server offers it" facts "$work/h1" 'protocols_are=http/1.1|tls/1.3'

secret='Cookie: id=SECRET-1' other='authorization: Basic U0VDUkVUCg=='
check "requests with secrets" crawl open --header "$secret" --header "$other" --scope page http://blog.test/
check "are kept as they were sent" facts "$work/open" "only_requests_to_say=http://blog.test/|$secret" \
    "only_requests_to_say=http://blog.test/|$other" 'no_metadata_says=requestRedacted.*'
check "--redact-secrets" crawl closed --redact-secrets --header "$secret" --header "$other" --scope page http://blog.test/
check "the manual names all that is told" facts "$work/closed" "page_names_all_fields=$page"
check "leaves the values out and says so" facts "$work/closed" 'only_requests_to_say=http://blog.test/|Cookie:' \
    'only_requests_to_say=http://blog.test/|authorization:' 'nowhere=SECRET-1' 'nowhere=U0VDUkVU' \
    'some_metadata_says=requestRedacted: Cookie, authorization'
check "verify finds nothing" "$WARCCAP" verify -q "$work/closed"
check "a name and a password in a seed" crawl named --scope page http://joe:SECRET%2d3@blog.test/
check "are sent, decoded, as browsers do" facts "$work/named" "only_requests_to_say=http://blog.test/|Authorization: Basic $(printf 'joe:SECRET-3' | base64)"
check "and stand in no address, log or list" sh -c '! grep -rlaE "SECRET|joe" "$0"' "$work/named"
check "nor, with --redact-secrets, in a record" crawl unnamed --redact-secrets --scope page http://joe:SECRET%2d3@blog.test/
check "of which only the field's name is left" facts "$work/unnamed" 'only_requests_to_say=http://blog.test/|Authorization:' 'nowhere=SECRET' \
    "nowhere=$(printf 'joe:SECRET-3' | base64)" 'some_metadata_says=requestRedacted: Authorization'

crawl dead --robots off -t 1 "https://$address:9/" 2>"$work/said"
check "a failure below HTTP is a metadata record and nothing else" facts "$work/dead" "only_a_failure=https://$address:9/"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=another authority' \
    -keyout "$work/other.key" -out "$work/other.pem" 2>>"$work/openssl.log"
crawl untrusted --robots off --ca-certificate "$work/other.pem" -t 1 https://blog.test/ 2>"$work/said"
check "so is one of TLS" facts "$work/untrusted" 'only_a_failure=https://blog.test/'
"$WARCCAP" crawl -q -o "$work/lost" --robots off -t 1 http://no-such-host.invalid/ 2>"$work/said"
check "and one of names" facts "$work/lost" 'only_a_failure=http://no-such-host.invalid/'
site_verdict
