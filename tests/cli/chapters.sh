#!/bin/sh
# A chapter of a numbered row is a page: the crawl, the JSON and why report new, changed, gone and returned ones.  Pages of
# pagination beside it, and of a thread, stay lists.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin chapters "$@"
site_simulate chapters --state "$work/left-out"
crawl() { "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress --recheck all "$@" -o "$work/c" --resolve "*:80:$address" http://chapters.test/ >"$work/out" 2>&1; code=$?; }
newest() { ls "$work"/c/runs/*.json | tail -1; }
# PYTHON-EXPRESSION over `run`
says() { python3 -c 'import json, sys; run = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$(newest)" "$1" || { cat "$work/out"; return 1; }; }
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/c"; }

crawl
check "the row is kept" [ "$code" = 0 ]
echo 13 >"$work/left-out"
crawl
check "a row that grows has lost nothing" says 'run["gone"] == 0'
check "the new chapter is a new page" says 'run["new"] == 1 and run["changes"]["new"] == ["http://chapters.test/chapter/13"]'
check "and is told in words" grep -q "^Since the last run: new 1 page; refreshed 1 page\.$" "$work/out"
"$WARCCAP" verify "$work/c" >"$work/verified"
check "verify finds it in the archive, and says the same" grep -q "^The last run (20..-..-..) found: new 1 page; refreshed 1 page\.$" "$work/verified"
echo "13 t7" >"$work/left-out"
crawl
check "verify counts what changed in the same way" agree
check "a chapter with another text is a changed page" says 'run["changed"] == 1 and run["changes"]["changed"] == ["http://chapters.test/chapter/7"]'
echo "13 p" >"$work/left-out"
crawl
check "new posts move through pagination: they are new, and its pages are lists" says 'run["new"] == 4 and sorted(run["changes"]["new"]) == ["http://chapters.test/post/%d" % n for n in (20, 21, 22, 23)] and run["lists_changed"] >= 4'
check "and so are the pages of a thread" says 'not any("thread" in url for kind in run["changes"].values() for url in kind)'
echo "5 13 p" >"$work/left-out"
crawl
check "a chapter that was taken out is gone" says 'run["gone"] == 1 and run["changes"]["gone"] == ["http://chapters.test/chapter/5"]'
check "and it is complete all the same" sh -c '[ "$0" = 0 ] && grep -q "^Complete" "$1"' "$code" "$work/out"
check "verify calls it gone, too, though it has what was there" agree
crawl
check "it is told once" says 'run["gone"] == 0'
# "5 12" leaves out 13 too, which only 12 led to.
echo "5 12 p" >"$work/left-out"
crawl
check "the end of the row is gone, page by page" says 'run["gone"] == 2 and sorted(run["changes"]["gone"]) == ["http://chapters.test/chapter/%d" % n for n in (12, 13)]'
check "verify counts the same" agree
crawl
check "that is told once, too" says 'run["gone"] == 0'
echo "1 5 12 p" >"$work/left-out"
crawl
check "and its beginning" says 'run["gone"] == 1 and run["changes"]["gone"] == ["http://chapters.test/chapter/1"]'
check "four pages are gone" says 'run["urls"]["pages"]["gone"] == 4'
echo "13 p" >"$work/left-out"
crawl
check "chapters that have returned are new pages" says 'sorted(run["changes"]["new"]) == sorted("http://chapters.test/chapter/%d" % n for n in (1, 5, 12, 13))'
check "when all are there again, none is gone" says 'run["gone"] == 0 and run["urls"]["pages"]["kept"] == run["urls"]["pages"]["known"]'
check "verify says so" agree
# What the records say, also without state/.
asked() { for path in post/3 chapter/7 chapter/2; do "$WARCCAP" why "$work/c" "http://chapters.test/$path" | grep ' status '; done; }
before=$(asked)
rm -rf "$work/c/state"
crawl --recheck new
asked_the_same() { [ "$(asked)" = "$before" ] || { echo "$before"; asked; return 1; }; }
check "why tells how often a page was asked for again, also after state/ was lost" asked_the_same
check "which is often" sh -c 'echo "$0" | grep -q "requested again [2-9]"' "$before"
site_verdict
