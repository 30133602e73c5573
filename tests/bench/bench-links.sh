#!/bin/sh
# Speed of link extraction on the saved front page, beside the SAX parser of libxml2 where that is installed.
page=$TOP_SRCDIR/fixtures/sites/front-page/blogger-front-page.html
"$TOP_BUILDDIR/tests/bench/bench_links" "$page" http://ai.googleblog.com/ || exit 1
if ! pkg-config --exists libxml-2.0; then
    echo "libxml2 is not installed"
    exit 0
fi
${CC:-cc} -O2 $(pkg-config --cflags libxml-2.0) -o "$TOP_BUILDDIR/tests/bench/bench_libxml" \
    "$TOP_SRCDIR/tests/bench/bench_libxml.c" $(pkg-config --libs libxml-2.0) || exit 1
"$TOP_BUILDDIR/tests/bench/bench_libxml" "$page"
