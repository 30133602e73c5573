#!/bin/sh
# A result that is ignored is a warning: every function that a header declares with one has MUST_CHECK.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin must_check

# unchecked ROOT: declarations without; those that only give back what they are given are left out
unchecked() {
    ! grep -nE '^(static inline )?enum (warc_)?result( [a-z_0-9]+\(|$)' "$1"/src/*/*.h "$1"/include/warccap/*.h | grep -vE 'result trouble_say(_os)?\('
}
check "every result must be checked" unchecked "$TOP_SRCDIR"
house_copy
echo 'enum result planted_open(struct planted *planted);' >>"$planted/src/base/text.h"
check "a declaration without is found" finds 'planted_open' unchecked "$planted"
CC=${CC:-$(sed -n 's/^CC = //p' "$TOP_BUILDDIR/Makefile")}
ignores() {
    printf '#include "base/disk.h"\nvoid ignore(void);\nvoid ignore(void)\n{\n    disk_sync(1, "", 0);\n}\n' >"$work/ignores.c"
    $CC -Werror=unused-result -I"$TOP_SRCDIR/src" -c -o "$work/ignores.o" "$work/ignores.c"
}
check "the compiler refuses to ignore one" finds 'unused-result\|ignoring' ignores
house_verdict
