#!/bin/sh
# Exit codes are written by their names: the numbers stand in report/exit_code.h alone.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin exit_codes

# by_name ROOT: nothing in cmd or report returns, ends with, or keeps as a result a number that is an exit code
by_name() {
    (
        cd "$1/src" || exit 2
        codes=$(sed -n 's/^    EXIT_[A-Z_]* = \([0-9]*\),.*/\1/p' report/exit_code.h | grep -vx '[01]' | tr '\n' '|')
        grep -nE "((return|result =|code =|_?exit\\(|\\?|:) *)(${codes%|})( :|;|\\))" cmd/*.c report/*.c |
            grep -v 'exit_code_worse'
    ) >"$work/bare"
    sed 's/^/  /' "$work/bare"
    [ ! -s "$work/bare" ]
}
check "exit codes are written by their names" by_name "$TOP_SRCDIR"
house_copy
echo 'int planted(int a) { return a ? 75 : 0; }' >>"$planted/src/cmd/main.c"
check "a bare one is found" finds 'planted' by_name "$planted"
house_copy
echo 'int planted(void) { return 3; }' >>"$planted/src/cmd/main.c"
check "also as a return" finds 'planted' by_name "$planted"

# Man page and README tell the numbers that are there.
"${WARCCAP:-warccap}" --man-page >"$work/man"
in_man() {
    for code in $(sed -n 's/^    EXIT_[A-Z_]* = \([0-9]*\),.*/\1/p' "$TOP_SRCDIR/src/report/exit_code.h"); do
        grep -qx "\.B $code" "$work/man" || { echo "  $code is not in the man page"; return 1; }
    done
}
check "the man page has every one" in_man
house_verdict
