#!/bin/sh
# If a mistake lets bytes of a server or a file run as code, they reach no other file and no program, and from commands that only
# read, no network.  And the sandbox is in nobody's way.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin sandbox "$@"
intruder=$TOP_BUILDDIR/tests/server/intruder.so
lacking=$TOP_BUILDDIR/tests/server/lacking

# What the kernel has is asked of the kernel, not of the program.
abi=$(python3 -c 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1))')
grep -q '^#define WITH_SANITIZER 1' "$TOP_BUILDDIR/config.h" && { echo "SKIP: a sanitizer watches the program, so there is no sandbox"; exit 77; }
[ "$abi" -ge 4 ] && [ -d /proc/sys/kernel/seccomp ] || { echo "SKIP: this kernel has no sandbox (Landlock $abi)"; exit 77; }
grep -q '^#define SYSTEM_PLAIN 1' "$TOP_BUILDDIR/config.h" && { echo "SKIP: built without the calls that make a sandbox"; exit 77; }

chmod 755 "$work"
mkdir "$work/outside" "$work/home"
site_make 20
site_serve
c=$work/home/collection

# $as runs a command as another user, whose shell is its parent.
as=
reset() {
    rm -rf "$work/outside" "$work/tried"
    mkdir "$work/outside"
    echo words >"$work/outside/secret"
    echo words >"$work/outside/victim"
    [ -z "$as" ] || chown -R 65534:65534 "$work/outside" "$work/home"
    : >"$work/tried"
    chmod 666 "$work/tried"
}
# intruded MARK COMMAND...: the command reads the mark, and something in it does what it likes
intruded() {
    mark=$1
    shift
    reset
    INTRUDER_MARK=$mark INTRUDER_OUTSIDE=$work/outside INTRUDER_LOG=$work/tried \
        $as sh -c 'LD_PRELOAD=$0 "$@"; exit $?' "$intruder" "$@" >"$work/out" 2>&1
    code=$?
}
attempts=19
# all refused, but what is named
all_refused() {
    for allowed; do sed -i "/^$allowed done$/s/done/refused/" "$work/tried"; done
    [ "$(grep -c ' refused$' "$work/tried")" = "$attempts" ] && ! grep -q ' done$' "$work/tried" && [ "$code" = 0 ] && nothing_changed ||
        { echo "  exit $code"; grep ' done$' "$work/tried"; tail -5 "$work/out"; return 1; }
}
nothing_changed() {
    [ "$(ls "$work/outside" | tr '\n' ' ')" = "secret victim " ] && [ "$(cat "$work/outside/secret")" = words ]
}
# Without the sandbox the same attempts succeed: else the test would prove nothing.
all_done() {
    [ "$(grep -c ' done$' "$work/tried")" = "$attempts" ] || { grep refused "$work/tried"; tail -5 "$work/out"; return 1; }
}
# intruder_gets_nowhere WHO
intruder_gets_nowhere() {
    who=$1
    rm -rf "$work/home"
    mkdir "$work/home"
    [ -z "$as" ] || chown 65534:65534 "$work/home"
    cat >"$work/crawl.sh" <<CRAWL
exec "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 --ca-certificate "$ca" \
    --resolve "*:80:$address" --resolve "*:443:$address" "\$@" http://blog.test/
CRAWL
    intruded '</html>' sh "$work/crawl.sh"
    check "$who: a server gets nowhere in crawl but to other servers" all_refused open-a-socket ask-a-name-server
    check "$who: the run says so" grep -q '"sandbox": "whole"' "$c"/runs/*.json
    intruded '</html>' sh "$work/crawl.sh" --no-sandbox --recheck all
    check "$who: without the sandbox it would get everywhere" all_done
    check "$who: which --no-sandbox warns of" grep -q "WARNING: --no-sandbox" "$work/out"
    cat "$c"/archive/*.warc.gz | gzip -dc >"$work/home/copy.warc"
    cp "$site"/blog/index.html "$work/home/page.html" 2>/dev/null || find "$site" -name '*.html' -exec cp {} "$work/home/page.html" \; -quit
    for reading in "verify $work/home/copy.warc" "index $work/home/copy.warc" "links $work/home/page.html"; do
        # shellcheck disable=SC2086
        intruded '</html>' "$WARCCAP" $reading
        check "$who: a file gets nowhere in ${reading%% *}" all_refused
        # shellcheck disable=SC2086
        intruded '</html>' "$WARCCAP" $reading --no-sandbox
        check "$who: and everywhere without the sandbox" all_done
    done
    intruded 'SQLite format 3' "$WARCCAP" why "$c" http://blog.test/
    check "$who: nor in why" all_refused
    intruded 'SQLite format 3' "$WARCCAP" why --no-sandbox "$c" http://blog.test/
    check "$who: and everywhere without the sandbox" all_done
}
intruder_gets_nowhere "$(id -un)"
as="setpriv --reuid=65534 --regid=65534 --clear-groups"
if $as test -x "$WARCCAP" -a -r "$intruder" -a -w /dev/null 2>/dev/null && $as test -x "$work" 2>/dev/null; then
    intruder_gets_nowhere nobody
else
    echo "skipped: no other user can be had here, or he cannot reach the program"
fi
as=

# --- it is in nobody's way ---
c=$work/moved/collection
mkdir -p "$work/disk1" "$work/disk2" "$work/moved" "$work/tmp"
crawl() { site_crawl "$c" "$@" >"$work/out" 2>&1; }
linked_parts() {
    crawl --page-limit 3
    mv "$c/archive" "$work/disk1/" && ln -s "$work/disk1/archive" "$c/archive" &&
        mv "$c/state" "$work/disk2/" && ln -s ../../disk2/state "$c/state" &&
        for file in "$work"/disk1/archive/*.warc.gz; do mv "$file" "$work/disk2/" && ln -s "$work/disk2/$(basename "$file")" "$file"; done
    crawl && "$WARCCAP" verify -q --strict "$c" && "$WARCCAP" verify -q --strict "$work/moved" && "$WARCCAP" index -q "$c" && "$WARCCAP" why "$c" http://blog.test/ >/dev/null ||
        { cat "$work/out"; false; }
}
check "parts and files of a collection may be on other disks" linked_parts
rebuilt() { rm -r "$work"/disk2/state/*; crawl -q && "$WARCCAP" verify -q --strict "$c"; }
check "also while it is rebuilt from there" rebuilt
relative() { (cd "$work/tmp" && site_crawl ../moved/../relative >"$work/out" 2>&1 && "$WARCCAP" verify -q ../relative && cd ../relative && "$WARCCAP" verify -q .); }
check "a collection can be named from anywhere" relative
without_index() {
    mkdir "$work/bare" && cp "$work"/relative/archive/*.warc.gz "$work/bare/" && : >"$work/out" &&
        TMPDIR=$work/tmp "$WARCCAP" verify "$work/bare" >"$work/out" && grep -q '^Complete' "$work/out" && [ -z "$(ls "$work/tmp")" ] ||
        { cat "$work/out"; ls "$work/tmp"; false; }
}
check "files without an index are checked for completeness, and nothing is left behind" without_index
check "a file that the shell opened is read" sh -c '"$0" links /dev/stdin <"$1" | grep -q . && "$0" links - <"$1" | grep -q .' \
    "$WARCCAP" "$(find "$site" -name '*.html' | head -1)"
listed() { echo http://blog.test/ >"$work/outside/seeds" && "$WARCCAP" crawl -q -o "$work/listed" --contact t@example.org --wait 0 --page-limit 2 \
    -i "$work/outside/seeds" --header-file "$work/outside/fields" --resolve "*:80:$address" 2>/dev/null; [ $? = 14 ]; }
echo "X-Some: words" >"$work/outside/fields"
check "lists and header lines are read from elsewhere" listed
told() { rm -f "$work/outside/told"; crawl -q --notify "cat >$work/outside/told" && grep -q '"sandbox": "whole"' "$work/outside/told"; }
check "--notify runs a program, which is outside" told
fails() { crawl -q --notify 'exit 3'; grep -q "ended with exit 3" "$work/out"; }
check "and what becomes of it is told" fails

# --- another list of name servers ---
# replaced WAY: while a run goes on, /etc/resolv.conf is moved away for a new one, or written again in its place.  In a place of
# our own, where nobody else sees it.
replaced() {
    rm -rf "$work/etc" "$work/names" && mkdir "$work/etc" && cp -L /etc/resolv.conf /etc/hosts /etc/passwd "$work/etc/"
    unshare --mount sh -c 'mount --bind "$1/etc" /etc || exit 77
        case $2 in
            moved) (sleep 1.5 && cp /etc/resolv.conf /etc/new && mv /etc/new /etc/resolv.conf) & ;;
            written) (sleep 1.5 && cat "$1/etc/hosts" >>/etc/resolv.conf) & ;;
        esac
        shift 2
        "$@"' sh "$work" "$1" "$WARCCAP" crawl -o "$work/names" --contact t@example.org --wait 0.1 --time-limit 4 \
        --resolve "*:80:$address" --no-check-certificate http://blog.test/ >"$work/out" 2>&1
}
if unshare --mount true 2>/dev/null; then
    stopped() { replaced moved; [ $? = 11 ] && grep -q "/etc/resolv.conf was replaced" "$work/out" || { cat "$work/out"; return 1; }; }
    check "a run that may not read the new name servers stops, and says why" stopped
    goes_on() { replaced written; [ $? = 15 ] || { cat "$work/out"; return 1; }; }
    check "one that may read them goes on" goes_on
else
    echo "skipped: no file system of our own can be had here"
fi

# --- systems without it ---
# lacks WHAT OPTIONS...
lacks() {
    what=$1
    shift
    "$lacking" "$what" "$WARCCAP" crawl -o "$work/lacks-$what" --contact t@example.org --wait 0 --page-limit 2 --resolve "*:80:$address" \
        "$@" http://blog.test/ >"$work/out" 2>&1
    [ $? = 14 ] || { cat "$work/out"; return 1; }
}
on_terminal() { python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$@" >"$work/out" </dev/null; }
says() { grep -q "cannot restrict the run .*$1" "$work/out"; }
for what in landlock seccomp both; do
    check "a crawl goes on without $what" lacks $what
    case $what in landlock) check "which is told" says Landlock ;; seccomp) check "which is told" says seccomp ;; both) check "which is told" says "Landlock.*seccomp" ;; esac
    check "and recorded" grep -q '"sandbox": "partial"' "$work/lacks-$what"/runs/*.json
    check "the next night" lacks $what
    check "it is not told again" sh -c '! grep -q "cannot restrict" "$1"' sh "$work/out"
    quiet() { rm -rf "$work/lacks-$what"; lacks $what -q && ! grep -q "cannot restrict" "$work/out"; }
    check "nor with --quiet" quiet
    reads() { "$lacking" $what "$WARCCAP" verify "$c" >"$work/out" 2>"$work/err" && [ ! -s "$work/err" ]; }
    check "verify goes on too, and fills no mailbox" reads
    on_terminal "$lacking" $what "$WARCCAP" verify "$c"
    check "on a terminal it is told" grep -q "cannot restrict the command" "$work/out"
    on_terminal "$lacking" $what "$WARCCAP" verify --quiet "$c"
    check "but not with --quiet" [ ! -s "$work/out" ]
done
site_verdict
