#!/bin/sh
# A new platform or trap detector touches one file and one row: nothing else in src/ knows one by name.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin tables

tables() { python3 "$house/tables.py" "$1"; }
check "platforms and detectors are known by their rows only" tables "$TOP_SRCDIR"
# tested TABLE MACRO-PREFIX TESTS: a unit test names each row
tested() {
    for row in $(grep -o "ROW($2_[a-z_]*)" "$1" | sed 's/ROW(//; s/)//'); do
        grep -q "\b$row\b" "$TOP_SRCDIR"/tests/"$3"/test_*.c || { echo "  no test in tests/$3 names $row"; return 1; }
    done
}
check "each platform has a unit test" tested "$TOP_SRCDIR/src/platform/platforms.h" platform platform
check "and each detector" tested "$TOP_SRCDIR/src/traps/detectors.h" detector traps
printf '    ROW(detector_unseen)\n' >"$work/rows.h"
check "one without is found" finds 'no test in tests/traps names detector_unseen' tested "$work/rows.h" detector traps
house_copy
printf 'const struct platform *guess(void) { return &platform_ghost; }\n' >>"$planted/src/crawl/follow_response.c"
check "code that knows one platform is found" finds 'follow_response.c: names platform_ghost' tables "$planted"
house_copy
printf 'static const void *last = &detector_path_echo;\n' >>"$planted/src/traps/trap_rules.c"
check "and code that knows one detector" finds 'trap_rules.c: names detector_path_echo' tables "$planted"
house_copy
sed 's/platform_ghost/platform_lemur/; s/Ghost/Lemur/g' "$planted/src/platform/platform_ghost.c" >"$planted/src/platform/platform_lemur.c"
check "and a platform without a row" finds 'platform_lemur has no row' tables "$planted"
sed -i 's/^    ROW(platform_ghost) .*/&\n    ROW(platform_lemur) \\/' "$planted/src/platform/platforms.h"
check "a file and a row are all that a new one takes" tables "$planted"
house_verdict
