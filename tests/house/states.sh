#!/bin/sh
# One list of states: the manual and the README have every state of the table, with its sentence, and what makes "Complete".
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin states

"${WARCCAP:-warccap}" --man-page >"$work/man"
sed -n 's/^    ROW([A-Z_]*, "\([a-z ]*\)", "[a-z_]*", [a-z]*, "\(.*\)").*/\1|\2/p' "$TOP_SRCDIR/src/web/url_state.h" >"$work/states"
six_states() { [ "$(wc -l <"$work/states")" = 6 ]; }
# told FILE FORM: has each state in that form, %s for its name and its sentence
told() {
    while IFS='|' read -r state sentence; do
        # shellcheck disable=SC2059
        printf "$2" "$state" "$sentence" >"$work/wanted"
        python3 -c 'import sys; sys.exit(open(sys.argv[1]).read() not in open(sys.argv[2]).read())' "$work/wanted" "$1" ||
            { echo "  $state is not in $1 with its sentence"; return 1; }
    done <"$work/states"
}
check "the table has six states" six_states
check "the manual has them, as they are" told "$work/man" '.B %s\n%s\n'
check "and says what is called complete" grep -q '^A capture is called complete when' "$work/man"
check "the README has them" told "$TOP_SRCDIR/README.md" '| %s | %s |\n'
sed 's/| gone |/| lost |/' "$TOP_SRCDIR/README.md" >"$work/readme"
check "one with another name is found" finds 'gone is not in' told "$work/readme" '| %s | %s |\n'
house_verdict
