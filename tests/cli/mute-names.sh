#!/bin/sh
# A name server that never answers holds up neither the loop nor the other transfers, each dead host is tried a few times and not for
# each of its URLs, and the program ends when its work is done.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin mute-names "$@"
site_simulate mute_names
# A resolver that asks three times, five seconds each: much longer than a connection may take.
printf 'nameserver %s\noptions timeout:5 attempts:3\n' "$address" >"$work/resolv.conf"
echo 'hosts: files dns' >"$work/nsswitch.conf"
if ! unshare --mount mount --bind "$work/resolv.conf" /etc/resolv.conf 2>"$work/said"; then
    cat "$work/said"
    echo "SKIP: no other name server can be put into /etc/resolv.conf here"
    exit 77
fi
crawl() {
    began=$(date +%s%N)
    unshare --mount sh -c 'mount --bind "$0/resolv.conf" /etc/resolv.conf && mount --bind "$0/nsswitch.conf" /etc/nsswitch.conf && exec "$@"' \
        "$work" "$WARCCAP" crawl --no-progress -o "$work/c" --contact test@example.org --allow-private --wait 0 "$@" http://blog.test/ >"$work/out" 2>&1
    code=$?
    took=$((($(date +%s%N) - began) / 1000000))
    echo "  took $took ms"
}
kept() { grep -q "blog.test/$1\".*\"status\": \"200\"" "$work/c/indexes/index.cdxj" || { echo "  no $1"; return 1; }; }
all_kept() {
    for n in $(seq 0 9); do kept "p/$n.png" || return; done
    for n in $(seq 1 9); do kept "page/$n" || return; done
    kept slow
}
# Attempts at hosts that nobody answers for: in all at least one each, at one of them at most N.
few() {
    awk '$4 ~ "//mute-" { split($4, part, "/"); n[part[3]]++ } END { for (h in n) { hosts++; if (n[h] > most) most = n[h] } exit !(hosts == 20 && most <= '"$1"') }' \
        "$work/c/logs/crawl.log"
}
crawl --connect-timeout 2 --timeout 4 -t 3
check "pictures are missing, and that is told" [ "$code" = 4 ]
check "each name is given up after a few attempts" few 2
check "all of the healthy host is kept, also what came slowly" all_kept
check "which was asked for once" [ "$(grep -c 'GET blog.test /slow' "$work/asked.log")" = 1 ]
check "the run took hardly longer than its longest transfer" [ "$took" -lt 25000 ]
check "verify agrees" "$WARCCAP" verify -q "$work/c"
check "the DNS record of the healthy host is there" grep -q '^dns:blog.test ' "$work/c/indexes/index.cdxj"
crawl --connect-timeout 2 --timeout 4 -t 3 --recheck all
check "the next run asks for each dead name once" few 3
site_verdict
