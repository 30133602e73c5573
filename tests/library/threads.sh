#!/bin/sh
# Uses handles in several threads at once, under ThreadSanitizer. The sources of the library are compiled for it too, so that it
# sees a race inside the library.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin threads "$@"
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "a build with sanitizers of its own"
    exit 77
fi
echo 'int main(void) { return 0; }' >"$work/empty.c"
tsan="-fsanitize=thread -g -O1"
alone=$(command -v setarch >/dev/null && echo "setarch $(uname -m) -R") # TSan wants the usual layout of memory
if ! ${CC:-cc} $tsan -o "$work/empty" "$work/empty.c" 2>/dev/null || ! $alone "$work/empty" 2>/dev/null; then
    echo "no ThreadSanitizer here"
    exit 77
fi
needs=$(sed -n 's/^Libs.private: //p' "$TOP_BUILDDIR/libwarccap.pc")
compile() {
    ${CC:-cc} -std=gnu11 $tsan -I"$TOP_SRCDIR/src" -I"$TOP_SRCDIR/include" -I"$TOP_BUILDDIR" -o "$work/threads" "$TOP_SRCDIR/tests/library/threads.c" \
        "$TOP_SRCDIR"/src/warc/*.c "$TOP_SRCDIR"/src/http/*.c "$TOP_SRCDIR"/src/base/*.c $needs -pthread
}
check "the library compiles with ThreadSanitizer" compile
python3 "$TOP_SRCDIR/fixtures/warcs/make-warcs.py" "$work/warcs"
mkdir "$work/written"
check "threads with their own handles do not race" \
    env TSAN_OPTIONS=halt_on_error=1 $alone "$work/threads" "$work/written" "$work"/warcs/good/* "$work"/warcs/bad/length-*/*
site_verdict
