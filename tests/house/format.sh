#!/bin/sh
# All C code looks as .clang-format has it.  `make format` makes it so.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin format
command -v "${CLANG_FORMAT:-clang-format}" >/dev/null || { echo "SKIP: no clang-format"; exit 77; }

check "the code is formatted" sh "$house/format-code" --check "$TOP_SRCDIR"
house_copy
cp "$TOP_SRCDIR/.clang-format" "$planted"
echo 'static int  planted( void ) { return 0 ; }' >>"$planted/src/base/text.c"
check "what is not is named" finds 'src/base/text.c' sh "$house/format-code" --check "$planted"
sh "$house/format-code" "$planted"
check "and set right by make format" sh "$house/format-code" --check "$planted"
house_verdict
