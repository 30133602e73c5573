#!/bin/sh
# Bodies are read in a process that can do nothing else.  If a mistake there is exploited, the page is undecodable, the others are
# kept, and nothing outside is read or changed.  The same when the process is killed.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin jail "$@"
mistake=$TOP_BUILDDIR/tests/server/mistake.so
grep -q '^#define WITH_SANITIZER 1' "$TOP_BUILDDIR/config.h" && { echo "SKIP: a sanitizer watches the program, so the jail is open"; exit 77; }
[ -d /proc/sys/kernel/seccomp ] || { echo "SKIP: this kernel has no seccomp"; exit 77; }
grep -q '^#define SYSTEM_PLAIN 1' "$TOP_BUILDDIR/config.h" && { echo "SKIP: built without the calls that make a jail"; exit 77; }

site_make 20
mkdir "$work/outside"
echo "the secret" >"$work/outside/secret"
seeds=
for name in read change remove socket kill trace run crash lie; do
    printf '<html><title>%s</title><p>A page with the words mistake-%s in it.<a href=/>home</a>' "$name" "$name" >"$site/blog/m-$name.html"
    seeds="$seeds http://blog.test/m-$name.html"
done
site_serve
c=$work/c

# mistaken COMMAND...: it has the mistakes
mistaken() { LD_MISTAKE=$work/outside/secret LD_PRELOAD=$mistake "$@" >"$work/out" 2>&1; code=$?; }
outside_is_as_before() { [ "$(ls "$work/outside")" = secret ] && [ "$(cat "$work/outside/secret")" = "the secret" ]; }
state_of() { "$WARCCAP" why "$c" "http://blog.test/m-$1.html"; }
# shellcheck disable=SC2086
mistaken site_crawl "$c" $seeds
check "pages that end the reader are broken, and the run says so with its exit" [ "$code" = 4 ]
check "nothing outside was read or changed" outside_is_as_before
check "nothing was told to the server" sh -c '! grep -q stolen "$1"' sh "$work/access.log"
tells() { grep -q "m-$1.html.* cannot be decoded.* $2" "$work/out" || { cat "$work/out"; return 1; }; }
for name in remove socket kill trace run; do
    check "$name: the system ended the reader, which is told" tells $name "tried what its jail forbids (SIGSYS)"
done
check "a crash is told as one" tells crash "was ended by signal 11"
check "an answer without sense, too" tells lie "gave an answer that makes no sense"
logged() { grep -q "m-socket.html .*cannot be decoded" "$c/logs/crawl.log"; }
check "the log has it" logged
recorded() { cat "$c"/archive/*.warc.gz | gzip -dc | grep -a -q 'body.*undecodable'; }
check "so has the archive" recorded
check "why names it" sh -c '"$0" why "$1" http://blog.test/m-crash.html | grep -q "cannot be decoded"' "$WARCCAP" "$c"
kept() { state_of read | grep -q kept && state_of change | grep -q kept; }
check "a page whose mistake was refused is kept" kept
good_pages() { python3 - "$c" "$site/manifest.tsv" <<'PY'
import sys
lines = open(sys.argv[1] + '/indexes/index.cdxj').read()
missing = [row.split('\t')[1] for row in open(sys.argv[2]) if row.split('\t')[0] in ('post', 'pager', 'month', 'year') and
           row.split('\t')[2] == '200' and '"%s"' % row.split('\t')[1] not in lines]
sys.exit(print('missing:', missing) or 1 if missing else 0)
PY
}
check "all good pages are kept" good_pages
sound() { "$WARCCAP" verify -q "$c" >"$work/out" 2>&1 || { cat "$work/out"; return 1; }; }
check "the archive is sound" sound
mistaken "$WARCCAP" verify "$c"
check "verify finds no error in it either, when pages end its reader" [ "$code" = 0 ]
check "but says which page it could not read" grep -q "undecodable" "$work/out"
check "and nothing outside was read or changed" outside_is_as_before
# The crawl could read the page that verify cannot: then nobody checked what it needs.
unread() { "$WARCCAP" crawl -q -o "$work/read" --contact t@example.org --wait 0 -l 0 --resolve "*:80:$address" http://blog.test/m-crash.html &&
    "$WARCCAP" verify "$work/read" | grep -q ^Complete && mistaken "$WARCCAP" verify "$work/read"; grep -q "^Not complete: .*1 page whose links could not be read" "$work/out" || { cat "$work/out"; return 1; }; }
check "verify says Complete of no page that it could not read" unread
mistaken "$WARCCAP" links "$site/blog/m-socket.html"
check "links says that it could not read the file" grep -q "tried what its jail forbids" "$work/out"
healed() { site_crawl "$c" $seeds >"$work/out" 2>&1; }
check "the next run reads the pages that a mended program can read" healed

# --- killed from outside ---
c=$work/killed
readers_of() {
    for starter in $(pgrep -P "$1"); do for reader in $(pgrep -P "$starter"); do grep -qa -- --worker-in-jail "/proc/$reader/cmdline" && echo "$reader"; done; done
}
kill_readers() {
    site_crawl "$c" --wait 0.03 >"$work/out" 2>&1 &
    run=$!
    killed=0
    for _ in 1 2 3 4 5 6; do
        sleep 0.3
        for shell in $(pgrep -P $run) $run; do for reader in $(readers_of "$shell"); do kill -9 "$reader" 2>/dev/null && killed=$((killed + 1)); done; done
    done
    wait $run
    code=$?
    [ $killed -gt 1 ] || echo "only $killed were killed"
}
kill_readers
after_kills() { [ "$code" = 0 ] || { cat "$work/out"; return 1; }; }
check "a run whose reader is killed goes on with another" after_kills
check "and keeps all pages" good_pages
check "which verify confirms" sound
site_verdict
