#!/bin/sh
# What cron needs: silence when all is well, a paragraph when not, exit codes, --notify, logs that put themselves aside.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin nightly "$@"
site_make 30
site_serve
cd "$work" || exit 1
crawl() { site_crawl "$@" >out 2>err; code=$?; }
silent() { [ ! -s out ] && [ ! -s err ]; }
says() { grep -q -- "$1" err || { echo "  says nothing of: $1"; cat out err; return 1; }; }
one_paragraph() { [ ! -s out ] && [ "$(grep -c '^warccap: ' err)" = 1 ] && says 'did not end well' && says 'Next: '; }

# ---- quiet; what is new
crawl a -q --changed-exit 40
check "the first run finds something: --changed-exit" [ "$code" = 40 ]
check "and is silent" silent
check "its summary has the same code" grep -q '"exit": 40' a/runs/*.json
check "and says where it lies" grep -q '"collection": "a"' a/runs/*.json
crawl a -q --changed-exit 40
check "nothing new: 0" [ "$code" = 0 ]
check "silent" silent
post=$(find "$site/blog" -name '*.html' | grep '/20' | grep -v index | sort | tail -1)
sed -i 's#</body>#<p>An edit that nobody had expected.</p></body>#' "$post"
touch -d 'now + 1 minute' "$post"
site_stop # nginx keeps what it knows of files
site_serve
crawl a -q --changed-exit 40 --recheck all
check "an edit: --changed-exit again" [ "$code" = 40 ]
crawl a -q
check "without the option: 0" [ "$code" = 0 ]

# ---- what a woken person reads
crawl b -q --page-limit 3
check "a limit: 14" [ "$code" = 14 ]
check "one paragraph" one_paragraph
check "with the number of pages that are safe" says ' [0-9]* pages .* are safe in b; .* URLs are waiting'
crawl b -q --time-limit 0.001s
check "another: 15" [ "$code" = 15 ]
check "one paragraph" one_paragraph
crawl c -q --disk-reserve 1000T
check "a disk that is nearly full: 16" [ "$code" = 16 ]
check "one paragraph" one_paragraph
check "that tells what to do" says 'make room'
site_crawl d -q --wait 0.2 & holder=$!
for _ in $(seq 1200); do [ -s d/state/lock ] && break; sleep 0.05; done
crawl d -q
check "a collection that is held: 75" [ "$code" = 75 ]
check "one paragraph" one_paragraph
kill "$(sed -n 's/^pid \([0-9]*\).*/\1/p' d/state/lock)"
wait "$holder"
touch file
crawl file/x -q
check "a directory that can't be: 3" [ "$code" = 3 ]
check "one paragraph" one_paragraph
check "with the place" says 'directory file:'

# ---- --notify
crawl a -q --notify "cat >told"
check "--notify has the JSON of the run" cmp told "$(ls a/runs/*.json | tail -1)"
crawl a -q --notify 'exit 3'
check "its failure is said" says -- '--notify: the command ended with exit 3: exit 3'
check "and is not the run's" [ "$code" = 0 ]
crawl file/x -q --notify "cat >told"
check "a run that could not begin tells too" python3 -c 'import json; told = json.load(open("told")); assert told["exit"] == 3 and told["collection"] == "file/x" and told["reason"].startswith("cannot make the directory file: "), told'
check "with its own code" [ "$code" = 3 ]
crawl a -q --notify "'$WARCCAP' crawl -q -o a --page-limit 1 --contact t@example.org --resolve '*:80:$address' --wait 0 http://blog.test/; echo \$? >again"
check "the collection is free by then" [ "$(cat again)" != 75 ]
"$WARCCAP" crawl -q -o a --contact t@example.org --resolve "*:80:$address" --wait 0 --notify 'echo >begun; exec sleep 50' \
    http://blog.test/ >out 2>err & pid=$!
until [ -e begun ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
kill -TERM "$pid"
wait "$pid"
check "a signal does not wait for a command that hangs, and that is said" grep -q -- '--notify: a signal came before the command had ended' err
for code in 256 1000 -1; do
    "$WARCCAP" crawl -q --changed-exit=$code -o never http://blog.test/ >out 2>err
    check "--changed-exit $code is not an exit code" [ $? = 2 ]
done
check "and nothing is made" [ ! -e never ]
crawl a -q --notify 'true'
check "a command that reads nothing does no harm" silent

# ---- the log
today=$(date -u +%Y%m%d)
check "the log has a line for each answer" [ "$(grep -c '^20' a/logs/crawl.log)" -gt 30 ]
check "of one day there is one" [ "$(ls a/logs)" = crawl.log ]
lines=$(wc -l <a/logs/crawl.log)
sed -i "s/^20..-..-../2021-03-04/" a/logs/crawl.log
crawl a -q
check "the first run of a new day puts it aside, whole" [ "$(wc -l <a/logs/crawl-20210304.log)" = "$lines" ]
check "and begins another" grep -q "^$(date -u +%Y)" a/logs/crawl.log
sed -i "s/^20..-..-../2021-03-04/" a/logs/crawl.log
crawl a -q
check "a name that is taken is left alone" [ "$(wc -l <a/logs/crawl-20210304.log)" = "$lines" ]
check "the next one is free" test -s a/logs/crawl-20210304-2.log
check "nothing said" silent
site_verdict
