#!/bin/sh
# An operator or a disk changes a collection between two runs. What can be rebuilt is rebuilt and reported, what cannot is named,
# and no false claim is made.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin mishaps "$@"
site_make 20
site_serve
cd "$work" || exit 1

crawl() { site_crawl "$c" -q "$@" >said 2>&1; code=$?; }
ends() { [ "$code" = "$1" ] || { echo "  exit $code"; sed 's/^/  /' said; return 1; }; }
says() { grep -q "$1" said || { sed 's/^/  /' said; return 1; }; }
silent() { [ ! -s said ] || { sed 's/^/  /' said; return 1; }; }
proven() { "$WARCCAP" verify -q --strict "$c"; }
asked() { wc -l <access.log; }
# Response records: of those a second full copy would be one more.
copies() { python3 -c "import sys; sys.path.insert(0, '$TOP_SRCDIR/tests/server'); import glob, warcread
print(sum(h['warc-type'] == 'response' and not h['warc-target-uri'].endswith('robots.txt') for p in glob.glob(sys.argv[1] + '/archive/*.warc.gz') for h, b in warcread.records(p)))" "$c"; }
fresh() { rm -rf again && cp -a first again && c=again && : >access.log; }

c=first
crawl
check "a first run" ends 0
first=$(copies)

# ---- closed files: what is printed goes into no file of the collection
c=closed
"$WARCCAP" crawl -o closed --contact t@example.org --wait 0 -t 1 http://127.255.255.254/ <&- >&- 2>&-
check "standard files that are closed" [ $? = 4 ]
"$WARCCAP" crawl -o closed --contact t@example.org --wait 0 -t 1 http://127.255.255.254/ 2>&- >said
check "do not become files of the collection" [ "$(wc -l <closed/state/lock)" = 1 ]

# ---- state/
for what in 'head -c 50000 /dev/zero | tr "\0" x >' 'truncate -s 50000 ' 'dd if=/dev/zero bs=1 seek=9000 count=90000 conv=notrunc 2>/dev/null of='; do
    fresh
    eval "$what$c/state/warccap.db"
    crawl
    check "a damaged store: the run goes on" ends 0
    check "says so" says 'warccap.db was damaged and put aside as .*warccap.db.damaged-20'
    check "and keeps it" [ -s "$(ls "$c"/state/*.damaged-*)" ]
    check "and notes it" grep -q '"mended": \[".*was damaged and put aside' "$(ls "$c"/runs/*.json | tail -1)"
    check "no second copy is stored" [ "$(copies)" = "$first" ]
    check "and all is proven" proven
done
for what in 'rm' 'head -c 50000 /dev/zero >'; do
    fresh
    eval "$what $c/state/payloads.db"
    crawl --no-if-modified-since --recheck all
    check "payloads.db lost, all asked for whole" ends 0
    check "no second copy is stored" [ "$(copies)" = "$first" ]
    check "and all is proven" proven
done
fresh
rm -r "$c/state"
crawl
check "state/ lost" ends 0
check "no second copy is stored" [ "$(copies)" = "$first" ]
check "and all is proven" proven
fresh
rm -r "$c/state"
# A run that is stopped while it reads the archive ends, and the next one does not read the same again.
if ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    c=many
    crawl --warc-max-size 10k
    rm -r many/state
    stopped=0
    for _ in $(seq 40); do
        site_crawl "$c" -q 2>said & pid=$!
        child=$(site_child "$pid")
        sleep 0.02
        [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
        wait "$pid"
        grep -q 'stopped by a signal while the archive was read' said && stopped=$((stopped + 1))
        [ -s said ] || break
    done
    check "a start that reads the archive can be stopped ($stopped times)" [ "$stopped" -ge 1 ]
    crawl
    check "and goes on" ends 0
    check "all is proven" proven
fi

# state/ removed under a run: what that one is writing is not taken from it.
c=under
site_crawl "$c" -q --wait 0.5 2>/dev/null & pid=$!
for _ in $(seq 400); do ls "$c"/archive/*.open >/dev/null 2>&1 && break; sleep 0.05; done
rm -r "$c/state"
crawl
check "state/ removed under a run: another one is turned away" ends 75
check "for the first one writes still" says 'another run is writing under/archive/warccap-'
kill -9 $(pgrep -P "$pid" || echo "$pid")
wait "$pid" 2>/dev/null
crawl
check "when it has ended, the next goes on" ends 0
check "and all is proven" proven

# ---- indexes/
for what in rm 'truncate -s 0'; do
    fresh
    $what "$c/indexes/index.cdxj"
    crawl
    check "the index lost: it is made anew" ends 0
    check "and fits" proven
done

# ---- archive/
fresh
mv "$c/archive" away
crawl
check "archive/ that is not there, as when its disk is not mounted: 3" ends 3
check "says which and what to do" says 'finished files are missing from again/archive (1, the first is warccap-.*If a disk is not mounted'
check "asks for nothing" [ "$(asked)" = 0 ]
rmdir "$c/archive" && mv away "$c/archive"
crawl
check "back again, it goes on" ends 0
fresh
finished=$(ls "$c"/archive/*.warc.gz)
head -c 90000 "$finished" >"$finished.open"
cp "$finished" kept
crawl
check "an open file beside a finished one of its name" ends 0
check "is put aside, and said" says 'already exists, with other contents: .*put aside as'
check "whole" [ "$(wc -c <"$(ls "$c"/archive/*.torn-*)")" = 90000 ]
check "and the finished one is as it was" cmp -s kept "$finished"
check "all is proven" proven
fresh
rm "$c/archive/SHA256SUMS"
"$WARCCAP" verify --no-replay "$c" >verify.out
check "SHA256SUMS removed: verify misses its lines" grep -q '^error manifest-disagrees' verify.out
crawl
check "the next run writes it anew" ends 0
check "and all is proven" proven

# ---- full disks, one by one
if mkdir -p small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    trap 'umount "$work/small" 2>/dev/null; site_end' EXIT
    for part in runs logs indexes state archive; do
        fresh
        mount -o remount,size=4m small && rm -rf small/*
        mv "$c/$part" small/ && ln -s ../small/"$part" "$c/$part"
        : >access.log
        crawl --recheck all
        check "the disk of $part/ has less than --disk-reserve: 16" ends 16
        check "says which" says "MB are left on the disk of again/$part"
        check "and asks for nothing" [ "$(asked)" = 0 ]
        dd if=/dev/zero of=small/filler bs=1k >/dev/null 2>&1
        before=$(copies)
        crawl --recheck all --disk-reserve 0
        check "the disk of $part/ is full: 3" ends 3
        check "and says so" says 'No space left on device\|disk is full'
        [ "$part" = archive ] && check "nothing is said to be safe that is not there" sh -c '! grep -q "are safe" said'
        rm small/filler
        crawl --recheck all --disk-reserve 0
        check "with room again it ends well" ends 0
        check "no second copy was stored" [ "$(copies)" = "$before" ]
        check "and all is proven" proven
    done
    umount small
    trap 'site_end' EXIT
else
    echo "SKIP: full disks (a tmpfs can't be mounted here)"
fi

# ---- cron's own ways
c=$work/cron
check "no environment, a umask, nowhere to write, nothing to read" sh -c 'cd / && umask 077 && env -i "$0" crawl -q -o "$1" \
    --contact t@example.org --wait 0 --ca-certificate "$2" --resolve "*:80:$3" --resolve "*:443:$3" http://blog.test/ <&- >"$4" 2>&1 && [ ! -s "$4" ]' \
    "$WARCCAP" "$c" "$ca" "$address" "$work/said"
check "and nobody else reads it" [ "$(stat -c %a "$c" "$c"/archive/*.warc.gz | tr '\n' ' ')" = '700 600 ' ]
site_verdict
