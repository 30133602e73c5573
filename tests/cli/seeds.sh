#!/bin/sh
# The seeds of a collection: repeated without a URL, taken back with --forget-seed.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin seeds "$@"
site_simulate widened
c=$work/c

# crawl [options] URL...: of the collection, with a log of its own
crawl() {
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 --connections 1 --recheck all --no-progress --resolve "*:80:$address" "$@" >"$work/out" 2>&1
    code=$?
}
fresh() { rm -rf "$c"; }
asked() { grep -q "^GET $1\$" "$work/asked.log"; }
unasked() { ! asked "$1"; }
agrees() { "$WARCCAP" verify --notes "$c" >"$work/verify.out" 2>&1; grep -q '^Sound: 0 errors, 0 warnings' "$work/verify.out"; }
run_says() { python3 -c 'import json, sys; run = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$(find "$c/runs" -name '[0-9]*[0-9].json' | LC_ALL=C sort | tail -1)" "$1"; }
warcinfo_has() { zcat "$(find "$c/archive" -name '*.warc.gz' | LC_ALL=C sort | tail -1)" | tr -d '\r' | grep -aqx "warccap-option-$1"; }
done_with_all() { [ "$code" = 0 ] && run_says 'sum(kind["waiting"] for kind in run["kinds"].values()) == 0'; }
# says CODE WORDS
says() { [ "$code" = "$1" ] && grep -q -- "$2" "$work/out"; }
# shown COMMAND...: if it fails, what the crawl asked for and said
shown() {
    "$@" && return
    echo "  exit $code"
    sed 's/^/  /' "$work/asked.log" "$work/out"
    [ "$1" != agrees ] || cat "$work/verify.out"
    return 1
}

# ---- repeated ----
crawl
check "no collection, no URL: told what to give" shown says 2 "$c is not a collection.*Give a URL"
check "and nothing is made" [ ! -e "$c" ]
crawl http://site.test/dir/pre/ http://friend.test/f
crawl
check "the seeds are repeated without a URL" shown asked "site.test /dir/pre/"
check "all of them" shown asked "friend.test /f"
check "the run's JSON names them" run_says 'run["seeds"] == ["http://site.test/dir/pre/", "http://friend.test/f"]'
check "and it is done" shown done_with_all
rm -rf "$c/state"
crawl
check "also when the state was lost" shown asked "friend.test /f"
check "and with what lies behind them" shown asked "site.test /dir/pre/page"
mkdir -p "$work/empty/archive"
"$WARCCAP" crawl -o "$work/empty" --contact test@example.org >"$work/out" 2>&1
code=$?
check "a collection without seeds says so" shown says 2 "has no seeds.*Give a URL"
: >"$work/none.txt"
crawl -i "$work/none.txt"
check "an empty list of seeds is not the collection's" shown says 2 "no URL was given"

# ---- taken back ----
crawl --forget-seed http://site.test/nothing
check "what is no seed is not forgotten, and the seeds are named" shown says 2 "http://site.test/nothing is not a seed of $c. Its seeds: .*http://friend.test/f"
crawl --forget-seed 'mailto:me'
check "nor what is not a URL" shown says 2 "is not an http or https URL"
crawl --forget-seed http://friend.test/f http://friend.test/f
check "a seed is given or forgotten, not both" shown says 2 "choose one"
before=$(find "$c/archive" -name '*.warc.gz' | wc -l)
crawl --forget-seed friend.test/f
check "a seed that is forgotten is not asked for" shown unasked "friend.test /f"
check "nor anything else of its site" sh -c '! grep friend.test "$0"' "$work/asked.log"
check "the other is" shown asked "site.test /dir/pre/"
check "why says what became of it" sh -c '"$0" why "$1" http://friend.test/f | grep -q "no seed of the collection leads to it any more"' "$WARCCAP" "$c"
check "what is archived stays" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^WARC-Target-URI: http://friend.test/f"' "$c"
check "the archive says that it is forgotten" warcinfo_has "forget-seed: http://friend.test/f"
check "and so does the run's JSON" run_says 'run["options"]["forget-seed"] == ["http://friend.test/f"] and run["seeds"] == ["http://site.test/dir/pre/"]'
check "verify agrees" shown agrees
crawl
check "it stays forgotten" shown unasked "friend.test /f"
check "and that stays in the archive" warcinfo_has "forget-seed: http://friend.test/f"
crawl --forget-seed http://friend.test/f
check "to forget it once more is no mistake" shown says 0 .
rm -rf "$c/state"
crawl
check "it stays forgotten when the state is lost" shown unasked "friend.test /f"
check "and the others are known" shown asked "site.test /dir/pre/page"
crawl http://friend.test/f
check "until it is given again" shown asked "friend.test /f"
check "with the robots.txt of its site" shown asked "friend.test /robots.txt"
check "then it is a seed as before" run_says '"forget-seed" not in run["options"]'
crawl
check "also of later runs" shown asked "friend.test /f"
check "with the sitemap of its site" shown asked "friend.test /sitemap.xml"

# What was found only from it is forgotten, too. What another seed also leads to stays, and is not taken for new.
fresh
crawl http://site.test/b/one http://site.test/dir/ http://sub.site.test/s
check "three seeds" shown asked "site.test /b/three"
crawl --forget-seed http://site.test/b/one
check "a page that only the forgotten seed led to is not asked for" shown unasked "site.test /b/three"
check "what the others led to is" shown asked "site.test /dir/pre/page"
check "nothing waits" shown done_with_all
check "verify agrees" shown agrees

fresh
crawl --page-limit 1 http://site.test/a http://site.test/dir/ --scope host -l 1
crawl --forget-seed http://site.test/a -l 1
check "what waits and was found only from it is not asked for" shown unasked "site.test /b/two"
check "what the other names is" shown asked "site.test /dir/x"
check "nothing waits" shown done_with_all
check "verify agrees" shown agrees

fresh
crawl --scope host http://site.test/
check "all pages of the site, the print view with words of its own among them" run_says 'run["urls"]["pages"]["kept"] == 17'
crawl --scope host http://site.test/ http://site.test/dir/
crawl --scope host --forget-seed http://site.test/dir/
check "nothing that another seed leads to is left out" run_says 'run["urls"]["pages"]["kept"] == 17'
crawl --scope host
check "a seed in the site of another: the page stays a page" shown asked "site.test /dir/"
check "with all that lies behind it" shown asked "site.test /dir/pre/page"
check "and nothing is new" run_says 'run["changes"]["pages"]["new"] == 0 if "changes" in run and "pages" in run["changes"] else True'
check "verify agrees" shown agrees

# In a configuration file, too.
fresh
mkdir "$work/sites.d"
printf 'url = http://site.test/a\nurl = http://friend.test/f\n' >"$work/sites.d/one.conf"
configured() {
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/many" --config "$work/sites.d" --contact test@example.org --wait 0 --recheck all --no-progress --resolve "*:80:$address" >"$work/out" 2>&1
    code=$?
}
configured
check "two seeds of a configured site" shown asked "friend.test /f"
printf 'url = http://site.test/a\nforget-seed = http://friend.test/f\n' >"$work/sites.d/one.conf"
configured
check "one is taken back there" shown unasked "friend.test /f"
check "and the other is asked for" shown asked "site.test /a"

# The requisites of forgotten pages are not a gap.
fresh
crawl --exclude png http://site.test/a http://site.test/
crawl --forget-seed http://site.test/ --level 5
check "a forgotten page needs no pictures" shown unasked "site.test /pic.png"
check "verify agrees" shown agrees
crawl --forget-seed http://site.test/a
check "the last seed can be forgotten, too: then nothing is kept" shown says 4 "nothing is kept: no seed is left; what was archived stays. Next: give a URL"
check "then nothing is asked for" [ ! -s "$work/asked.log" ]
check "verify agrees" shown agrees
crawl
check "and a run without a URL has none" shown says 2 "has no seeds"
crawl http://site.test/a
check "but a URL makes it one again" shown asked "site.test /a"
site_verdict
