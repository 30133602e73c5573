#!/bin/sh
# Old blogs point to hundreds of hosts that are gone: no such name, connection refused, no answer.  Each costs a few attempts, not
# each of its URLs, and no page waits for it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin dead-hosts "$@"
silent=127.99.$(($$ / 256 % 256)).$(($$ % 256))
refusing=127.98.$(($$ / 256 % 256)).$(($$ % 256))
posts=60 pictures=300 hosts=30
python3 "$TOP_SRCDIR/tests/server/halfdead.py" "$address" "$silent" "$work/asked.log" $posts $pictures $hosts &
nginx_pid=$!
for _ in $(seq 1200); do
    curl -s -o /dev/null "http://$address/robots.txt" && break
    sleep 0.05
done
{
    echo "resolve = blog.test:80:$address"
    echo "resolve = alive.test:80:$address"
    for n in $(seq 0 $((hosts - 1))); do
        echo "resolve = refusing-$n.test:80:$refusing"
        echo "resolve = silent-$n.test:80:$silent"
    done
} >"$work/resolve.conf"
crawl() { "$WARCCAP" crawl --contact test@example.org --wait 0 --connect-timeout 2 --config "$work/resolve.conf" -o "$work/kept" "$@" http://blog.test/ >"$work/out" 2>"$work/err"; code=$?; }
# How many attempts the log has at hosts of a kind, and at most of how many at one of them.
attempts() { awk -v kind="$1" '$4 ~ "//" kind "-" { split($4, part, "/"); n[part[3]]++; all++ } END { for (h in n) if (n[h] > most) most = n[h]; print all + 0, most + 0 }' "$work/kept/logs/crawl.log"; }
few() { # KIND MOST
    # shellcheck disable=SC2046
    set -- "$1" "$2" $(attempts "$1")
    [ "$3" -ge $((hosts / 3)) ] && [ "$4" -le "$2" ] || { echo "  $1: $3 attempts, up to $4 at one host"; return 1; }
}

for robots in obey off; do
    rm -rf "$work/kept"
    crawl --robots $robots
    check "$robots: pictures are missing, and that is told" [ "$code" = 4 ]
    check "$robots: verify says of each URL what the run said" python3 "$TOP_SRCDIR/tests/server/same_counts.py" "$WARCCAP" "$work/kept" "$work/out"
    check "$robots: every page of the live host is kept" [ "$(awk '$2 == 200 && $4 ~ "^http://blog.test/(page/[0-9]+)?$" { print $4 }' "$work/kept/logs/crawl.log" | sort -u | wc -l)" = $posts ]
    check "$robots: every picture of the live host is kept" [ "$(awk '$2 == 200 && $4 ~ "^http://alive.test/[0-9]+.png$" { print $4 }' "$work/kept/logs/crawl.log" | sort -u | wc -l)" = $posts ]
    check "$robots: two attempts at a name that is not there" few nameless 2
    check "$robots: three at a host that refuses" few refusing 3
    check "$robots: two at one that is silent" few silent 2
    check "$robots: each URL fails with the reason" sh -c 'python3 -c "
import json, sys, glob
failed = json.load(open(glob.glob(sys.argv[1] + \"/runs/*.json\")[0]))[\"failures\"]
assert len(failed) >= int(sys.argv[2]), len(failed)
assert all(f[\"reason\"] for f in failed), failed[:3]
" "$0" 200' "$work/kept"
    : >"$work/kept/logs/crawl.log"
    crawl --robots $robots
    check "$robots: the next run asks a host that was dead once" few nameless 1
    check "$robots: ... one that refuses" few refusing 1
    check "$robots: ... one that is silent" few silent 1
done
site_verdict
