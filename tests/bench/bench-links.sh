#!/bin/sh
# Speed of link extraction on the saved front page, or on the pages that PAGES names, beside the SAX parser of libxml2 where
# that is installed.
front=$TOP_SRCDIR/fixtures/sites/front-page/blogger-front-page.html
libxml=
if pkg-config --exists libxml-2.0; then
    libxml=$TOP_BUILDDIR/tests/bench/bench_libxml
    ${CC:-cc} -O2 $(pkg-config --cflags libxml-2.0) -o "$libxml" "$TOP_SRCDIR/tests/bench/bench_libxml.c" \
        $(pkg-config --libs libxml-2.0) || exit 1
else
    echo "libxml2 is not installed"
fi
for page in ${PAGES:-"$front"}; do
    [ -z "$PAGES" ] || echo "$page"
    "$TOP_BUILDDIR/tests/bench/bench_links" "$page" http://ai.googleblog.com/ || exit 1
    [ -z "$libxml" ] || "$libxml" "$page"
done
