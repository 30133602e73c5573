#!/bin/sh
# Many sites in one command: each its own collection and process, a few at a time, one table, the worst exit code.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin sites "$@"
site_simulate many
cat >"$work/common" <<CONF
contact = test@example.org
wait = 0
tries = 1
resolve = *:80:$address
CONF
cd "$work" || exit 1
crawl() { "$WARCCAP" crawl --config "$work/common" "$@" >"$work/out" 2>"$work/err"; code=$?; }
says() { grep -q -- "$1" "$work/${2:-out}" || { echo "  says nothing of: $1"; cat "$work/out" "$work/err"; return 1; }; }
# captured COLLECTION PAGES: so many pages are in its index
captured() { [ "$(grep -c '"mime": *"text/html"' "$1/indexes/index.cdxj")" = "$2" ]; }

# ---- stanzas in one file
cat >three.conf <<CONF
# what holds for all of them
timeout = 5

[first]
url = http://one.test/

[second]
url = http://two.test/
level = 0

[together]
url = http://three.test/
url = http://four.test/
CONF
crawl --config three.conf -o kept
check "three sites in a file: 0" [ "$code" = 0 ]
check "each has its collection, below -o, under its name" captured kept/first 6
check "options of one site are not another's" captured kept/second 1
check "several addresses in a site are one collection" captured kept/together 12
check "the table has a line a site" says '^first  *6  *6  *0  *0  *0  -$'
check "and a sum" says '^3 sites: 3 went well, 0 did not; exit 0$'
check "each collection is proven" "$WARCCAP" verify -q kept/first kept/second kept/together

# ---- a directory, a pattern, and a shell's words
mkdir conf.d
for host in five six; do printf 'url = http://%s.test/\n' "$host" >"conf.d/$host.conf"; done
printf 'this is not for sites\n' >conf.d/README
crawl --config conf.d -o dir
check "a directory of files: a site each" captured dir/five 6
check "both of them" captured dir/six 6
crawl --config 'conf.d/*.conf' -o pattern
check "a pattern" captured pattern/six 6
crawl --config conf.d/*.conf -o words
check "the words that a shell makes of it" captured words/six 6
crawl --config conf.d/five.conf -o alone
check "one file alone has the same name as among others" captured alone/five 6
check "and needs no table" sh -c '! grep -q "^site " "$0"/out' "$work"

# ---- addresses of a list
printf 'http://one.test/\n# a remark\nhttp://two.test/blog/\n' >list
crawl -i list --each -o each
check "--each: a collection an address" captured each/one.test 6
check "named by host and path" captured each/two.test_blog 6
crawl -i list -o wget
check "without it, as in wget, all are one" captured wget 12
crawl -i list --config three.conf -o neither
check "addresses beside sites: 2" [ "$code" = 2 ]

# ---- one that fails keeps no other from running
cat >bad.conf <<CONF
[wrong]
url = http://one.test/
levle = 3
[unreachable]
url = http://$address:9/
[broken]
url = http://broken.test/
[file]
output = $work/list/x
url = http://one.test/
[twice]
output = good
url = http://seven.test/
[good]
url = http://seven.test/
CONF
crawl --config bad.conf -o bad
check "the worst of all: 3" [ "$code" = 3 ]
check "a wrong line is named with its place" says 'bad.conf:3:.*levle' err
check "wrong configuration: 2" says '^wrong .* 2  its configuration is wrong'
check "nobody there: 4, and why" says '^unreachable .* 4  nothing is kept: .*connect'
check "errors of a server: 4" says '^broken .* 4  5 URLs could not'
check "a directory that can't be made: 3" says '^file .* 3  '
check "two sites with one collection: the second is left out" says '^good .* 2  another site has the same collection'
check "the others run" captured bad/good 6
check "six sites, one went well" says '^6 sites: 1 went well, 5 did not; exit 3$'
crawl -q --config bad.conf -o bad
check "quiet: nothing but what is wrong" [ ! -s out ]
check "each with the next step" says 'http://broken.test/ did not end well (exit 4): .*Next: ' err
check "and one line for all" says '5 of 6 sites did not go well: wrong (exit 2)' err
mkdir broken.d
printf 'url = http://one.test/\n' >broken.d/good.conf
ln -s nowhere broken.d/gone.conf
mkdir broken.d/folder.conf
: >broken.d/empty.conf
printf 'url = http://one.test/\n[late]\nurl = http://two.test/\n' >broken.d/early.conf
printf '[..]\nurl = http://two.test/\n[six]\nurl = http://six.test/\n' >broken.d/names.conf
crawl --config broken.d -o survived
check "files that can't be read, or name no site, keep none from running: 2" [ "$code" = 2 ]
check "the others run" captured survived/good 6
check "also of the same file" captured survived/six 6
check "what is wrong with each is said" sh -c 'for what in "gone.conf: No such file" "folder.conf: Is a directory" "the site empty has no URL" "early.conf: a URL line comes before" "names.conf:1: a site.s name"; do grep -q "$what" err || { echo "  $what"; exit 1; }; done'
check "and in the table" [ "$(grep -c ' 2  its configuration is wrong: see above$' out)" = 5 ]
check "seven sites" says '^7 sites: 2 went well, 5 did not; exit 2$'

# ---- as editors and habits leave it
printf '\357\273\277# the blogs\r\n[one] # the first\r\nurl = "http://one.test/"   # its front page\r\nheader = "X-Note: a # b"\r\n[two]\r\nurl = http://two.test/#top\r\nexclude = /post4$\r\n' >habits.conf
crawl --config habits.conf -o habits
check "a mark in front, carriage returns, comments, quotes" [ "$code" = 0 ]
check "are read as they are meant" captured habits/one 6
check "a value in quotes keeps what is in them" sh -c 'zcat habits/one/archive/*.gz | grep -aq "^X-Note: a # b.$"'
check "without a blank in front it is not a comment" captured habits/two 5
crawl -q --config three.conf -o kept
check "quiet and well: not a word" [ "$code$(cat out err)" = 0 ]
crawl --json --config three.conf -o kept
check "--json: JSON only, the last line sums up" python3 - "$work/out" <<'PY'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert len(lines) == 4, len(lines)
assert {site['name'] for site in lines[-1]['sites']} == {'first', 'second', 'together'}, lines[-1]
assert lines[-1]['exit'] == 0 and all(site['new'] == 0 for site in lines[-1]['sites']), lines[-1]
PY

# ---- at the same time
printf '[a]\nurl = http://meet-a.test/\n[b]\nurl = http://meet-b.test/\n' >meet.conf
crawl --config meet.conf -o meet --jobs 2
check "two run at the same time: each waits for the other" [ "$code" = 0 ]
: >"$work/asked.log"
for n in 1 2 3; do printf '[s%s]\nurl = http://slow-x.test/%s/\n' "$n" "$n"; done >host.conf
printf '[other]\nurl = http://slow-y.test/\n' >>host.conf
crawl --config host.conf -o host --jobs 4
check "sites on one host: well" [ "$code" = 0 ]
# The runs over one host, each named by its directory, stand one behind the other.
one_by_one() { [ "$(awk '$2 == "slow-x.test" && $3 ~ /^\/[0-9]\// {print substr($3, 2, 1)}' "$work/asked.log" | uniq | wc -l)" = 3 ]; }
check "one host is never asked by two at the same time" one_by_one
: >"$work/asked.log"
crawl --config host.conf -o single --jobs 1
check "--jobs 1: one behind the other" [ "$(awk '{print $2, $3 ~ /^\/[0-9]\// ? substr($3, 2, 1) : $3 == "/robots.txt" ? "robots" : "y"}' \
    "$work/asked.log" | grep -v robots | uniq | wc -l)" = 4 ]

# ---- each begins at its own moment
crawl --config three.conf -o later --start-within 2s
begins=$(grep -o 'starts in .*' err | sort)
crawl --config three.conf -o later --start-within 2s
check "--start-within: the same moment all day" [ "$begins" = "$(grep -o 'starts in .*' err | sort)" ]

# ---- signals reach all
printf '[a]\nurl = http://hang.test/\n[b]\nurl = http://drip.test/\n[c]\nurl = http://eight.test/\n' >hang.conf
: >"$work/asked.log"
"$WARCCAP" crawl --config "$work/common" --config hang.conf -o hang --jobs 2 -T 60 >out 2>err & pid=$!
for _ in $(seq 1200); do
    grep -q 'hang.test /post' asked.log && grep -q 'drip.test /post' asked.log && break
    sleep 0.05
done
kill -TERM "$pid"
wait "$pid"
code=$?
check "SIGTERM ends all of them: 11" [ "$code" = 11 ]
check "one that hangs" says '^a .* 11  stopped by a signal'
check "one that drips" says '^b .* 11  stopped by a signal'
check "one that had not begun" says '^c .* 11  not started'
check "what they had is proven" "$WARCCAP" verify -q --no-replay hang/a hang/b
check "nothing is left open" sh -c '! ls hang/*/archive/*.open 2>/dev/null'

# ---- one that is killed
"$WARCCAP" crawl --config "$work/common" --config hang.conf -o dead --jobs 3 -T 60 >out 2>err & pid=$!
for _ in $(seq 1200); do
    grep -q 'eight.test /post4' asked.log && [ "$(grep -c 'hang.test /post' asked.log)" -gt 5 ] && break
    sleep 0.05
done
# It says in its lock who it is.
kill -KILL "$(sed -n 's/^pid \([0-9]*\).*/\1/p' dead/a/state/lock)"
kill -TERM "$pid"
wait "$pid"
code=$?
check "a process that dies: 1" [ "$code" = 1 ]
check "its signal is named" says '^a .* 1  its process was killed by signal 9'
check "and harms no other" captured dead/c 6
site_verdict
