# Sourced behind serve.sh: the real front page under its own host names.
front_page_serve() {
    hosts=$(cat "$TOP_SRCDIR"/fixtures/sites/front-page/urls/*.txt | sed -n 's|^https*://\([^/:]*\)[/:].*|DNS:\1|p' | sort -u | grep -v ';' | paste -sd,)
    site_certify "$hosts"
    python3 "$TOP_SRCDIR/tests/server/standin.py" "$address" "$work/site.pem" "$work/site.key" "$work/asked.log" &
    nginx_pid=$!
    for _ in $(seq 1200); do
        curl -s -o /dev/null "http://$address/robots.txt" && return
        sleep 0.05
    done
    echo "the stand-in does not answer"
    exit 1
}

front_page_crawl() {
    directory=$1
    shift
    "$WARCCAP" crawl -q -o "$directory" --contact test@example.org --wait 0 -t 1 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" "$@" http://ai.googleblog.com/
}
