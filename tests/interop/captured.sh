# Sourced by tests of what other people's validators say: makes what they look at.
#
#   captured_make      crawls into $work: blog (the fixture blog, compressed and chunked answers among it, twice, so that there
#                      are revisits of both kinds), tls (the same over https), odd and odd-tls (tests/server/odd.py)
#   judged VALIDATOR   the complaints in $work/said are known false alarms; see alarms.py
#   spoiled            $work/spoiled.warc.gz: a file of the blog with one digest that is wrong

captured_make() {
    site_make 60
    site_serve gzip
    check "the blog is crawled" site_crawl "$work/blog" -q
    sleep 1 # so that the second run's captures are newer by the index's clock
    check "and once more" site_crawl "$work/blog" -q
    check "and over https" "$WARCCAP" crawl -q -o "$work/tls" --contact test@example.org --wait 0 --ca-certificate "$ca" \
        --resolve "*:80:$address" --resolve "*:443:$address" https://blog.test/
    site_stop
    site_certify DNS:odd.test
    site_simulate odd --certificate "$work/site.pem" --key "$work/site.key"
    for scheme in http https; do
        odd=odd$([ $scheme = http ] || echo -tls) whole=$([ $scheme = https ] || echo --no-dedup) # once each answer, once as revisits
        "$WARCCAP" crawl -q $whole -o "$work/$odd" --contact test@example.org --wait 0 -t 2 -T 20 --robots off --ca-certificate "$ca" \
            --resolve "*:80:$address" --resolve "*:443:$address" $scheme://odd.test/ >"$work/crawl-said" 2>&1
        check "the odd server is crawled over $scheme" [ $? = 4 ] # some of its answers are cut
    done
    site_stop
}

judged() {
    python3 "$TOP_SRCDIR/tests/interop/alarms.py" "$1" "$work/said" "$work/blog" "$work/tls" "$work/odd" "$work/odd-tls"
}

spoiled() {
    python3 "$TOP_SRCDIR/tests/interop/alarms.py" --spoil "$work/blog" "$work/spoiled.warc.gz"
}
