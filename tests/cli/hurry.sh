#!/bin/sh
# A signal ends a run within seconds, also while a response of a gigabyte is written, compared, repaired or read again: a large
# response is given up, waits for the next run, and leaves no trace in the archive.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin hurry "$@"
bytes=1500000000
site_simulate large --bytes "$bytes"
cd "$work" || exit 1

# begins COLLECTION PATHS [options]: a run in the background, its process in $pid
begins() {
    c=$1
    paths=$2
    shift 2
    : >asked.log
    # shellcheck disable=SC2046
    "$WARCCAP" crawl -q -o "$c" --contact t@example.org --scope page --robots off --wait 0 -t 1 --compress small \
        --resolve "*:80:$address" "$@" $(for path in $paths; do echo "http://large.test/$path"; done) >out 2>err & pid=$!
}
soon() { for _ in $(seq 1200); do "$@" 2>/dev/null && return; sleep 0.05; done; return 1; }
gone() { ! kill -0 "$pid"; }
ended() { wait "$pid"; code=$?; }
# The run is told to end; $took gets the CPU time, in hundredths of a second, that it has used since, until it was gone.  How
# long that is by the clock depends on what else the machine does.
stops() {
    took=$(python3 - "$pid" "$@" <<'PY'
import os, signal, sys, time

pid = int(sys.argv[1])


def used():
    try:
        with open("/proc/%d/stat" % pid) as file:
            words = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(words[11]) + int(words[12])) * 100 // os.sysconf("SC_CLK_TCK"), words[0] in "ZX"


before, gone = used() or (0, True)
try:
    os.kill(pid, signal.SIGTERM)
    if len(sys.argv) > 2:
        time.sleep(0.2)
        os.kill(pid, signal.SIGTERM)
except ProcessLookupError:
    gone = True # it has ended before
last = before
while not gone:
    now = used()
    last, gone = now or (last, True)
    time.sleep(0.01)
print(last - before)
PY
    )
    ended
    echo "  used $took hundredths of a second of CPU time"
}
within() { [ "$took" -le $(($1 * 100)) ]; }
whole() { "$WARCCAP" verify -q --strict --no-replay "$c" && ! ls "$c"/archive/*.open "$c"/archive/*torn* 2>/dev/null; }
# The writer's file grows beyond N bytes: the large record is being written.
grows() { [ "$(cat "$c"/archive/*.open 2>/dev/null | head -c "$1" | wc -c)" = "$1" ]; }
# All of the response has come: it is in a temporary file.
has_come() { stat -L -c %s /proc/"$pid"/fd/* | awk -v least="$bytes" '$1 >= least { found = 1 } END { exit !found }'; }
has() { grep -q "http://large.test/$1\"" "$c/indexes/index.cdxj"; }
logged() { grep -q "http://large.test/$1 " "$c/logs/crawl.log"; }
lacks() { ! has "$1"; }
waits() { "$WARCCAP" why "$c" "http://large.test/$1" | grep -qi 'wait'; }
as_listed() { (cd "$c/archive" && sha256sum -c --quiet SHA256SUMS); }
# is_left_out SECONDS: the run ended by the signal, within so many seconds of CPU time, without the large response
is_left_out() {
    check "it ends within seconds" within "$1"
    check "with 11" [ "$code" = 11 ]
    check "what was kept before is kept" has small
    check "the large one is not there" lacks whole
    check "it waits for the next run" waits whole
    check "and the archive is whole" whole
    check "the files are as the manifest says" as_listed
}

begins once "small whole"
check "a small response is kept" soon logged small
check "a response of $bytes bytes is to be written" soon has_come
stops
is_left_out 12
begins twice "small whole"
check "a small response is kept" soon logged small
check "one is being written, and the run is told twice" soon grows 3000000
stops twice
is_left_out 5
# One that is there already, for what comes after it.
begins held "whole small"
ended
check "a run that nobody disturbs has all" has whole
begins held "whole small" --recheck all
check "the next run compares the same response" soon has_come
stops twice
check "it ends within seconds" within 5
check "with 11" [ "$code" = 11 ]
check "nothing is told as changed" sh -c "! grep -h '\"changed\": [1-9]' held/runs/*.json"
check "and the archive is whole" whole

# The state is lost, and is read from the archive again.
reads() { ls -l /proc/"$pid"/fd | grep -q 'archive/.*warc.gz'; }
rm -rf held/state
begins held "whole small"
check "the archive is read" soon reads
stops
check "it ends within seconds" within 3
check "with 11, because it was stopped" [ "$code" = 11 ]
# A killed run left its file open, with the large record in it.
rm -rf held/state
mv held/archive/*.warc.gz "$(ls held/archive/*.warc.gz).open"
rm held/archive/SHA256SUMS held/runs/*.manifest
cp held/archive/*.open kept.open
left=$(ls held/archive/*.open)
# On a fast machine it may have been read, and have its final name, before the signal came.
is_as_it_was() { cmp -s kept.open "$left" || cmp -s kept.open "${left%.open}"; }
begins held "whole small"
check "the open file is read" soon reads
stops
check "it ends within seconds" within 3
check "with 11" [ "$code" = 11 ]
check "and leaves the file as it is" is_as_it_was
begins held "whole small"
ended
check "the next run finishes the file" sh -c 'ls held/archive/*.warc.gz && ! ls held/archive/*.open' >/dev/null 2>&1
check "and has all again" has whole
check "and is whole" whole
cp held/indexes/index.cdxj before.cdxj
for command in index verify; do
    "$WARCCAP" $command held >out 2>err & pid=$!
    check "$command reads the archive" soon reads
    stops
    check "$command ends within seconds too" within 2
    check "and the index is as it was" cmp -s before.cdxj held/indexes/index.cdxj
done

# Without a length, no response may be that long.
bytes=900000000
site_stop
site_simulate large --bytes "$bytes"
begins strip "chunks small" --store-chunked strip
check "one is to lose its chunk framing" soon has_come
stops twice
check "it ends within seconds" within 5
check "with 11" [ "$code" = 11 ]
check "and nothing is left in the archive" [ -z "$(ls strip/archive)" ]
site_verdict
