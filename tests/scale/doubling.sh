#!/bin/sh
# Twice the input costs twice the work, and not four times: of hosts, records, links.  Valgrind counts instructions, which are the same
# on a busy machine.  SCALE=all tries every kind of tests/scale/doubling.py, and not only those that once grew with the square.
. "$TOP_SRCDIR/tests/server/serve.sh"
failures=0
if ! command -v valgrind >/dev/null; then
    echo "SKIP: valgrind counts the instructions, and is not installed"
    exit 77
fi
mkdir -p "$TOP_BUILDDIR/tests/tmp"
work=$(mktemp -d "$TOP_BUILDDIR/tests/tmp/doubling.XXXXXX")
trap 'rm -rf "$work"' EXIT

# counts COMMAND...: how many instructions it executes
counts() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>"$work/valgrind" >/dev/null
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/valgrind"
}
# grows FIRST COMMAND...: the work for FIRST, twice and four times as much grows evenly.  What does not depend on the input drops out.
grows() {
    first=$1
    shift
    one=$("$@" "$first") two=$("$@" $((2 * first))) four=$("$@" $((4 * first)))
    [ -n "$four" ] || { cat "$work/valgrind"; return 1; }
    tenths=$(((four - two) * 10 / (two - one + 1)))
    echo "  $one $two $four: the second doubling costs $tenths tenths of the first"
    [ "$tenths" -le 27 ]
}
of_hosts() { counts "$TOP_BUILDDIR/tests/scale/hosts" "$1"; }
of_rules() { counts "$TOP_BUILDDIR/tests/scale/rules" "$1"; }
of_seeds() { counts "$TOP_BUILDDIR/tests/scale/seeds" "$1"; }
of_input() {
    case $kind in *.*) file=$work/$kind ;; plain*) file=$work/a.warc ;; *) file=$work/a.warc.gz ;; esac
    python3 "$TOP_SRCDIR/tests/scale/doubling.py" "$kind" "$1" >"$file"
    case $kind in *.*) counts "$WARCCAP" links --base http://a.test/ "$file" ;; *) counts "$WARCCAP" verify -q "$file" ;; esac
}

if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: valgrind cannot run a program with sanitizers"
    exit 77
fi
check "hosts" grows 1000 of_hosts
check "rules of a robots.txt" grows 6000 of_rules
check "seeds" grows 1000 of_seeds
kinds="segments redirects-in-a-row plain-open-headers plain-beyond-the-file plain-into-the-next links.html same-links.html"
[ "${SCALE:-}" != all ] || kinds=$(python3 "$TOP_SRCDIR/tests/scale/doubling.py")
for kind in $kinds; do
    check "$kind" grows 1500 of_input
done
site_verdict
