#!/bin/sh
# The collection of a URL when none is named: no site gets that of another, and the same URL finds its own again.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin directories "$@"
site_simulate widened
mkdir "$work/here"

# crawl [options] URL...: in a directory of its own, without -o
crawl() {
    : >"$work/asked.log"
    (cd "$work/here" && "$WARCCAP" crawl --contact test@example.org --wait 0 --recheck new --no-progress --resolve "*:80:$address" --resolve "*:8080:$address" "$@" >"$work/out" 2>&1)
    code=$?
}
fresh() { rm -rf "$work/here" && mkdir "$work/here"; }
# here NAME...: these directories and no others
here() {
    printf '%s\n' "$@" | LC_ALL=C sort >"$work/wanted"
    (cd "$work/here" && find . -mindepth 1 -maxdepth 1 | sed 's,^\./,,' | LC_ALL=C sort) >"$work/got"
    diff "$work/wanted" "$work/got" && return
    cat "$work/out"
    return 1
}
says() { grep -q -- "$1" "$work/out" && return; cat "$work/out"; return 1; }
silent() { ! grep -q -- "$1" "$work/out"; }
asked() { grep -q "^GET $1\$" "$work/asked.log"; }

crawl http://site.test/dir/
check "the first site of a host has the name of the host" here site.test
check "a new collection is told" says "the new collection is ./site.test"
crawl http://site.test/dir/
check "the same URL finds it again" here site.test
check "and is not told again" silent "the new collection"
crawl http://site.test/b/one
check "another site of the host has a collection of its own" here site.test site.test_b_one
check "which is told" says "the new collection is ./site.test_b_one"
crawl http://site.test/dir/
crawl http://site.test/b/one
crawl https://site.test/dir/
check "each finds its own again, also with the other scheme" here site.test site.test_b_one
crawl site.test/a
crawl http://site.test/a?print=1
crawl http://site.test/a?other=1
check "queries tell sites apart" here site.test site.test_b_one site.test_a site.test_a_print_1 site.test_a_other_1
crawl http://site.test/a/
check "what would have the same name is told, and not mixed" says "./site.test_a is the collection of http://site.test/a, not of http://site.test/a/.*-o"
check "as wrong use" [ "$code" = 2 ]
check "and nothing is asked for" [ ! -s "$work/asked.log" ]
crawl http://site.test/
check "the whole host, when its name is taken" says "./site.test is the collection of http://site.test/dir/, not of http://site.test/"
(cd "$work/here" && rm -rf site.test)
crawl http://site.test/b/one
check "a site that has a collection does not change into one that became free" here site.test_b_one site.test_a site.test_a_print_1 site.test_a_other_1

fresh
crawl http://site.test:8080/a
check "a port is part of the name" here site.test_8080
crawl http://site.test/a http://site.test/b/one
crawl http://site.test/a
check "the first URL counts" here site.test_8080 site.test
crawl http://site.test/b/one
check "but any seed of it finds it" here site.test_8080 site.test
rm -rf "$work/here/site.test/state"
crawl http://site.test/a
check "also when its state is lost" here site.test_8080 site.test
rm -rf "$work/here/site.test/state" "$work/here/site.test/runs"
crawl http://site.test/a
check "and its summaries" here site.test_8080 site.test
crawl --forget-seed http://site.test/b/one http://site.test/a
crawl http://site.test/b/one
check "but not the one that has forgotten it" here site.test_8080 site.test site.test_b_one
long=$(printf 'x%.0s' $(seq 300))
crawl "http://site.test/$long/1"
crawl "http://site.test/$long/2"
check "a long name is cut, and still its own" [ "$(find "$work/here" -maxdepth 1 -name 'site.test_xxx*' | wc -l)" = 2 ]

fresh
printf 'http://site.test/dir/\nhttp://site.test/a?print=1\nhttp://site.test/a\n' >"$work/sites.txt"
crawl --each -i "$work/sites.txt"
check "--each: every site by host and path and query" here site.test_dir site.test_a_print_1 site.test_a
crawl --each -i "$work/sites.txt"
check "and the same again" here site.test_dir site.test_a_print_1 site.test_a
fresh
mkdir "$work/here/site.test" && echo mine >"$work/here/site.test/notes"
crawl http://site.test/dir/
check "what is no collection is left alone" says "./site.test contains other files"
check "--help tells the default" sh -c '"$0" crawl --help | tr -s "\n " " " | grep -q "Default: ./HOST .*./HOST_PORT .*./HOST_PATH"' "$WARCCAP"
site_verdict
