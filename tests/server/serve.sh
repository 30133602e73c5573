# Sourced by tests: serves a generated site by a real nginx on a loopback address of the test's own, ports 80 and 443.
#
#   site_begin NAME           a fresh work directory ($work), removed at the end unless the test fails; needs low ports
#   site_make POSTS           generates the blog into $site (--blog http://blog.test, --images http://images.test)
#   site_serve [gzip|bench]   starts nginx for $site at $address; $ca is the authority that signed its certificate;
#                             gzip: feeds and sheets are compressed and chunked; bench: no access log
#   site_simulate NAME ...    starts tests/server/NAME.py instead, with further options, on port 80; its $work/asked.log has
#                             "METHOD HOST PATH STATUS", and $work/facts.json what server/judge.py judges by
#   site_crawl DIR [options]  the crawl that tests begin with
#   site_stop
#
# Every other host is answered 404 there, so that a request for what should never be asked for is seen in
# $work/access.log ("METHOD SCHEME://HOST/PATH STATUS") and nowhere else.
#
# Ports below 1024 need root.  Without it the whole test goes into a network namespace of its own, where it is root.
set -u

site_begin() {
    name=$1
    shift
    PYTHONDONTWRITEBYTECODE=1
    export PYTHONDONTWRITEBYTECODE
    address=127.$((1 + $$ / 65536 % 250)).$(($$ / 256 % 256)).$(($$ % 256))
    if ! python3 -c "import socket; socket.socket().bind(('$address', 79))" 2>/dev/null; then
        if [ -z "${SITE_INSIDE:-}" ] && unshare --user --map-root-user --net true 2>/dev/null; then
            SITE_INSIDE=1 exec unshare --user --map-root-user --net sh -c 'ip link set lo up && exec sh "$@"' sh "$0" "$@"
        fi
        echo "SKIP: ports 80 and 443 can't be used and no namespace can be made; run as root"
        [ "${CI:-}" != true ] || exit 1 # there it must run
        exit 77
    fi
    mkdir -p "$TOP_BUILDDIR/tests/tmp"
    work=$(mktemp -d "$TOP_BUILDDIR/tests/tmp/$name.XXXXXX")
    site=$work/site
    ca=$work/ca.pem
    nginx_pid=
    failures=0
    trap 'site_end' EXIT
    trap 'exit 1' INT TERM HUP
}

site_end() {
    status=$?
    trap - EXIT INT TERM HUP
    site_stop
    if [ "$status" = 0 ] || [ "$status" = 77 ]; then rm -rf "$work"; else echo "what it left: $work"; fi
    exit "$status"
}

site_make() {
    python3 "$TOP_SRCDIR/fixtures/sites/blog/make-blog.py" --posts "$1" --out "$site" || exit 1
}

# An authority that lives as long as the test, and a certificate for the names given.
site_certify() {
    names=$1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=warccap test authority' \
        -keyout "$work/ca.key" -out "$ca" 2>"$work/openssl.log" &&
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=test' -keyout "$work/site.key" \
        -out "$work/site.csr" 2>>"$work/openssl.log" &&
    printf 'subjectAltName=%s\n' "$names" >"$work/san" &&
    openssl x509 -req -in "$work/site.csr" -CA "$ca" -CAkey "$work/ca.key" -CAcreateserial -days 2 -extfile "$work/san" \
        -out "$work/site.pem" 2>>"$work/openssl.log" || { cat "$work/openssl.log"; exit 1; }
}

site_serve() {
    gzip=${1:-}
    names=$(sed 's/ .*//' "$site/nginx/hosts" "$site/nginx/other-hosts" | sort -u)
    site_certify "$(for host in $names; do
        case $host in *[!0-9.]*) printf 'DNS:%s,' "$host" ;; *) printf 'IP:%s,' "$host" ;; esac; done | sed 's/,$//')"
    nginx=$(command -v nginx || echo /usr/sbin/nginx)
    # The site's own pieces include gzip.conf where an answer may be compressed, and so chunked.
    if [ "$gzip" = gzip ]; then
        echo 'gzip on; gzip_types text/css application/atom+xml application/rss+xml; gzip_min_length 1;'
    fi >"$work/gzip.conf"
    {
        cat <<CONF
daemon off;
master_process off; # one process; a master would change to another user, which a namespace does not allow
$([ "$(id -u)" = 0 ] && echo "user root;")
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { worker_connections 512; }
http {
    include /etc/nginx/mime.types;
    types_hash_max_size 4096;
    default_type application/octet-stream;
    log_format asked '\$request_method \$scheme://\$host\$request_uri \$status';
    access_log $([ "$gzip" = bench ] && echo off || echo "$work/access.log asked");
    server_tokens off;
    keepalive_requests 1000000;
    open_file_cache max=20000 inactive=300s;
    client_body_temp_path $work/tmp1; proxy_temp_path $work/tmp2; fastcgi_temp_path $work/tmp3;
    uwsgi_temp_path $work/tmp4; scgi_temp_path $work/tmp5;
    charset utf-8;
    ssl_certificate $work/site.pem; ssl_certificate_key $work/site.key;
    server { listen $address:80 default_server; listen $address:443 ssl default_server; return 404; }
CONF
        while read -r host root piece; do
            at=$address
            case $host in 127.*) at=$host ;; esac # a site whose hosts are addresses, for programs that can't --resolve
            echo "    server { listen $at:80; listen $at:443 ssl; server_name $host; root $site/$root;"
            echo "        index index.html; include $site/nginx/$piece; }"
        done <"$site/nginx/hosts"
        echo '}'
    } >"$work/nginx.conf"
    "$nginx" -p "$work" -c "$work/nginx.conf" 2>"$work/nginx-start.log" &
    nginx_pid=$!
    for _ in $(seq 1200); do
        curl -s -o /dev/null "http://$address/" && return
        kill -0 "$nginx_pid" 2>/dev/null || break
        sleep 0.05
    done
    cat "$work/nginx-start.log" "$work/nginx-error.log"
    exit 1
}

site_simulate() {
    server=$1
    shift
    rm -f "$work/facts.json" "$work/asked.log"
    python3 "$TOP_SRCDIR/tests/server/$server.py" --address "$address" --port 80 --log "$work/asked.log" \
        --facts "$work/facts.json" "$@" &
    nginx_pid=$!
    for _ in $(seq 1200); do
        [ -e "$work/facts.json" ] && return # written once it listens
        kill -0 "$nginx_pid" 2>/dev/null || break
        sleep 0.05
    done
    echo "the server $server does not start"
    exit 1
}

site_stop() {
    [ -n "$nginx_pid" ] && kill "$nginx_pid" 2>/dev/null && wait "$nginx_pid" 2>/dev/null
    nginx_pid=
}

# site_child PID: the program that a function which runs in the background as PID has started, as soon as it has.
site_child() {
    until pgrep -P "$1" || ! kill -0 "$1" 2>/dev/null; do sleep 0.01; done
}

site_crawl() {
    directory=$1
    shift
    "$WARCCAP" crawl -o "$directory" --contact test@example.org --wait 0 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "$@" http://blog.test/
}

# check "what is claimed" COMMAND...
check() {
    claim=$1
    shift
    if "$@"; then echo "ok: $claim"; else echo "FAILED: $claim"; failures=$((failures + 1)); fi
}

site_verdict() {
    [ "$failures" = 0 ] && exit 0
    echo "$failures checks failed"
    exit 1
}
