#!/bin/sh
# Signals: once, what is under way is finished or given up within seconds; twice, at once; the others do not end the run.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin signals "$@"
site_simulate many
cd "$work" || exit 1

# begins COLLECTION URL [options]: a run in the background, its process in $pid
begins() {
    c=$1
    url=$2
    shift 2
    "$WARCCAP" crawl -o "$c" --contact t@example.org --wait 0 -t 1 -T 300 --resolve "*:80:$address" "$@" "$url" >out 2>err & pid=$!
}
# soon COMMAND: true as soon as it is, false after 20 seconds
soon() { for _ in $(seq 400); do "$@" 2>/dev/null && return; sleep 0.05; done; return 1; }
asked() { [ "$(grep -c "$1" asked.log)" -ge "$2" ]; }
gone() { ! kill -0 "$pid"; }
ended() { wait "$pid"; code=$?; }
whole() { "$WARCCAP" verify -q --strict --no-replay "$c" && ! ls "$c"/archive/*.open 2>/dev/null; }

for signal in TERM INT; do
    # A job in the background of a shell without job control ignores SIGINT, if its program does not ask for it.
    : >asked.log
    begins "hang-$signal" http://hang.test/
    soon asked 'hang.test /post' 5
    kill -$signal "$pid"
    check "SIG$signal with a server that hangs: it ends, though its patience is 300 s" soon gone
    ended
    check "with 11" [ "$code" = 11 ]
    check "and leaves it whole" whole
    check "its summary says why" grep -q '"exit": 11, "reason": "stopped by a signal"' "$c"/runs/*.json
    check "what hung does not count as a failed attempt: it waits" grep -q '"page": {"known": 5, "waiting": 5, "kept": 0, "broken": 0,' "$c"/runs/*.json
done

: >asked.log
begins drip http://drip.test/
soon asked 'drip.test /post' 5
kill -TERM "$pid"
check "a server that drips" soon gone
ended
check "ends too: 11" [ "$code" = 11 ]
check "and leaves it whole" whole

# A name server that does not answer, in a mount namespace of its own.
if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
    python3 -c "
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('$address', 53))
print('listens', flush=True)
s.recvfrom(512)
print('asked', flush=True)
while True:
    s.recvfrom(512)" >dns 2>&1 & dns=$!
    soon grep -q listens dns
    printf 'nameserver %s\noptions timeout:30\n' "$address" >resolv.conf
    unshare --mount sh -c 'mount --bind resolv.conf /etc/resolv.conf && exec "$0" "$@"' "$WARCCAP" crawl -q -o names --contact t@example.org \
        -t 1 http://nobody.test/ >out 2>err & pid=$!
    soon grep -q asked dns
    kill -TERM "$pid"
    sleep 0.2
    kill -TERM "$pid"
    check "a name server that does not answer, twice: at once" soon gone
    ended
    check "with 11" [ "$code" = 11 ]
    kill "$dns"
fi

# A long rest: what is under way is nothing, the run waits for its host.
: >asked.log
begins rest http://one.test/ --wait 300
soon asked 'one.test' 1
kill -TERM "$pid"
check "a run that rests" soon gone
ended
check "ends: 11" [ "$code" = 11 ]
begins start http://one.test/ --start-within 365d
soon grep -q 'starts in' err
kill -TERM "$pid"
check "a run that has not begun" soon gone
ended
check "ends: 11" [ "$code" = 11 ]

: >asked.log
begins twice http://hang.test/
soon asked 'hang.test /post' 5
kill -TERM "$pid"
sleep 0.2 # two of a kind that are pending are one
kill -TERM "$pid"
check "twice: at once" soon gone
ended
check "with 11" [ "$code" = 11 ]
check "and whole too" whole

: >asked.log
begins thrice http://hang.test/
soon asked 'hang.test /post' 5
for _ in 1 2 3; do kill -TERM "$pid" 2>/dev/null; sleep 0.05; done
ended
check "three times: 11, whatever it was about" [ "$code" = 11 ]
begins thrice http://hang.test/ --page-limit 1 -T 1 -t 1
ended
check "and the next run finds all it needs" whole

# ---- SIGHUP and SIGUSR1
: >asked.log
begins log http://hang.test/
soon asked 'hang.test /post' 5
soon grep -q 'http://hang.test/ ' log/logs/crawl.log
kill -USR1 "$pid"
check "SIGUSR1: how far it is, in the log" soon grep -q '^# 20.*Z 1 of 6 pages kept, .* waiting' log/logs/crawl.log
check "and for who started it" soon grep -q '^warccap: 1 of 6 pages kept, .* waiting' err
mv log/logs/crawl.log log/logs/moved.log
kill -HUP "$pid"
check "SIGHUP: a new log" soon test -e log/logs/crawl.log
kill -USR1 "$pid"
check "into which it writes from then on" soon grep -q '^# 20' log/logs/crawl.log
check "it runs still" kill -0 "$pid"
kill -TERM "$pid"
ended
check "the old one has every line of its time" [ "$(awk '$4 == "http://hang.test/"' log/logs/moved.log | wc -l)" = 1 ]
: >asked.log
begins quiet http://hang.test/ -q
soon asked 'hang.test /post' 5
kill -USR1 "$pid"
check "quiet: the log only" soon grep -q '^# 20' quiet/logs/crawl.log
check "nothing is said" [ ! -s err ]
kill -TERM "$pid"
ended

# ---- the lock
: >asked.log
begins held http://hang.test/
soon asked 'hang.test /post' 5
"$WARCCAP" crawl -q -o held --contact t@example.org http://hang.test/ >second 2>&1
check "a second run: 75" [ $? = 75 ]
check "names process, machine and since when" grep -q "pid $pid on $(hostname) since 20..-.*Z" second
kill -KILL "$pid"
ended
begins held http://hang.test/ --page-limit 1 -T 1
ended
check "the lock of a dead one holds nobody up" [ "$code" != 75 ]
site_verdict
