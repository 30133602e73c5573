#!/bin/sh
# A blog whose thousand pictures lie on a hundred hosts that are gone: no such name (from a name server that takes three
# seconds to say so), refused, silent; with the program's own time limits.  It must end within 1.3 times the run without them,
# plus 60 seconds, with every page; and slow hosts do not hold the pages of others up.
. "$TOP_SRCDIR/tests/server/serve.sh"
skip() { echo "SKIP: $*"; [ "${CI:-}" != true ] || exit 1; exit 77; }
if [ -z "${PACE_INSIDE:-}" ]; then
    [ "$(id -u)" = 0 ] || skip "a name server of the test's own needs root"
    unshare --mount true 2>/dev/null || skip "no mount namespace can be made"
    PACE_INSIDE=1 exec unshare --mount --propagation private "${SHELL:-/bin/sh}" "$0" "$@"
fi
site_begin dead-hosts-pace "$@"
part=$(($$ / 256 % 256)).$(($$ % 256))
silent=127.95.$part refusing=127.94.$part names=127.93.$part
posts=400 pictures=1000 hosts=100
printf 'nameserver %s\noptions timeout:5 attempts:1\n' "$names" >"$work/resolv.conf"
printf 'hosts: files dns\n' >"$work/nsswitch.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf && mount --bind "$work/nsswitch.conf" /etc/nsswitch.conf ||
    skip "the resolver's files can't be replaced here"
python3 "$TOP_SRCDIR/tests/server/slow_names.py" "$names" 3 &
names_pid=$!
python3 "$TOP_SRCDIR/tests/server/halfdead.py" "$address" "$silent" "$work/asked.log" $posts $pictures $hosts 80 &
nginx_pid=$!
trap 'status=$?; kill $names_pid; (exit $status); site_end' EXIT
for _ in $(seq 1200); do
    curl -s -o /dev/null "http://$address/robots.txt" && break
    sleep 0.05
done
for host in blog alive slow; do echo "resolve = $host.test:80:$address"; done >"$work/resolve.conf"
for n in $(seq 0 $((hosts - 1))); do
    printf 'resolve = %s-%s.test:80:%s\n' refusing "$n" "$refusing" silent "$n" "$silent"
done >>"$work/resolve.conf"
# crawl DIR [options]: sets $took, in tenths of a second
crawl() {
    directory=$work/$1
    shift
    began=$(date +%s%N)
    timeout 300 "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress --config "$work/resolve.conf" -o "$directory" "$@" \
        http://blog.test/ >"$work/out" 2>"$work/err"
    code=$?
    took=$((($(date +%s%N) - began) / 100000000))
}
kept() { awk '$2 == 200 && $4 ~ "^http://blog.test/(page/[0-9]+)?$" { print $4 }' "$work/$1/logs/crawl.log" | sort -u | wc -l; }
crawl without --exclude '-[0-9]+\.(test|invalid)/' --exclude '^http://slow\.test/'
alone=$took
check "without the dead hosts: well" [ "$code" = 0 ]
check "... every page" [ "$(kept without)" = $posts ]
crawl with
echo "without them $alone, with them $took tenths of a second"
check "with them: what is missing is told" [ "$code" = 4 ]
check "... every page is kept" [ "$(kept with)" = $posts ]
check "... and every picture that is there" [ "$(awk '$2 == 200 && $4 ~ "^http://alive.test/[0-9]+.png"' "$work/with/logs/crawl.log" | wc -l)" = $posts ]
check "... within 1.3 times the run without them, and a minute" [ $took -le $((alone * 13 / 10 + 600)) ]
check "... the slow host's as well" [ "$(awk '$2 == 200 && $4 ~ "^http://slow.test/[0-9]+.png"' "$work/with/logs/crawl.log" | wc -l)" = 80 ]
# When the last page was kept, counted from the first: pages wait neither for what is dead nor for what is slow.
pages=$(awk '$2 == 200 && $4 ~ "^http://blog.test/(page/[0-9]+)?$" { print $1 }' "$work/with/logs/crawl.log" | sort | sed -n '1p; $p' |
    python3 -c 'import sys, datetime; first, last = (datetime.datetime.fromisoformat(line.strip().rstrip("Z")) for line in sys.stdin); print(int((last - first).total_seconds() * 10))')
echo "the pages alone took $pages tenths"
check "the pages themselves are hardly held up" [ "$pages" -le $((alone * 2 + 150)) ]
crawl with
echo "the second night took $took tenths"
check "the second night asks each dead host once" [ "$took" -le $((alone * 13 / 10 + 350)) ]
site_verdict
