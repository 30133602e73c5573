#!/bin/sh
# How fast a crawl goes, and what it shows meanwhile: rests that follow a slow server, compression, the live line.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin pace "$@"
ca=/dev/null
moods=$work/moods

# crawl NAME MOOD [options]: a fresh collection of a site in that mood; robots.txt is answered at once
crawl() {
    name=$1 mood=$2
    shift 2
    site_stop
    printf '/robots.txt ok\n%s\n' "$mood" >"$moods"
    site_simulate moody --moods "$moods"
    "$WARCCAP" crawl -q -o "$work/$name" --contact test@example.org --resolve "*:80:$address" "$@" http://blog.test/ >"$work/said" 2>&1 ||
        { cat "$work/said"; failures=$((failures + 1)); }
}
# The tenths of a second between the first page and the fourth.
three_rests() { awk '$2 !~ /robots/ { n++; if (n == 1) t = $1; if (n == 4) print int(($1 - t) * 10) }' "$work/asked.log"; }
# rests LEAST MOST, in tenths
rests() {
    took=$(three_rests)
    [ "$took" -ge "$1" ] && [ "$took" -lt "$2" ] && return
    echo "  three rests took $took tenths of a second"
    return 1
}

crawl factor "slow 0.2" --wait 0.01 --wait-factor 5
check "a slow server gets longer rests, some times what it takes" rests 15 90
crawl one "slow 0.2" --wait 0.01 --wait-factor 0
check "with --wait-factor 0 only what --wait says" rests 0 15
crawl most "slow 0.2" --wait 0.01 --wait-factor 50 --wait-most 0.3
check "--wait-most is as long as they get" rests 12 100

head -c 250000 "$TOP_SRCDIR/README.md" "$TOP_SRCDIR"/src/*/*.c >"$work/filler"
echo 'the last line' >>"$work/filler"
for how in small fast auto; do crawl "$how" "fill $work/filler" --wait 0 --compress "$how"; done
size_of() { cat "$work/$1"/archive/*.warc.gz | wc -c; }
check "--compress small is smaller than fast" [ "$(size_of small)" -lt "$(size_of fast)" ]
for how in small fast auto; do
    check "and all is there ($how)" [ "$(zcat "$work/$how"/archive/*.warc.gz | grep -axc 'the last line')" -ge 1 ]
done

# terminal [options]: what a crawl writes to a terminal
terminal() {
    rm -rf "$work/terminal"
    python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$WARCCAP" crawl -o "$work/terminal" --contact test@example.org \
        --wait 0.01 --wait-factor 0 --resolve "*:80:$address" "$@" http://blog.test/ </dev/null
}
crawl shown "slow 0.1" --wait 0
erased=$(printf '\033\\[K')
check "on a terminal there is a live line" sh -c 'grep -q "$0" "$1"' "$erased" "$(terminal >"$work/seen"; echo "$work/seen")"
check "with --no-progress there is none" sh -c '! grep -q "$0" "$1"' "$erased" "$(terminal --no-progress >"$work/seen"; echo "$work/seen")"
check "but the summary" grep -q 'Complete' "$work/seen"
site_verdict
