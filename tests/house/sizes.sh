#!/bin/sh
# Code stays small: functions of at most 60 lines, files of at most 700, of the program and of its tests; structs of at most 20
# members, contracts of at most 10 operations.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin sizes

sizes() { python3 "$house/sizes.py" "$@"; }
check "functions, files and structs are small" sizes "$TOP_SRCDIR" "$house/exceptions"

# plant WHAT N: a function of N lines, a file of N lines, a struct of N members, a contract of N operations
plant() {
    rm -rf "$work/planted"
    mkdir -p "$work/planted/src/base" "$work/planted/include"
    case $1 in
    function)
        echo "int planted(int first,"
        echo "            int second)"
        echo "{"
        seq $(($2 - 5)) | sed 's/.*/    first += second;/'
        echo "    return first;"
        echo "}"
        ;;
    file) seq "$2" | sed 's|.*|/* a line */|' ;;
    struct)
        echo "struct planted {"
        echo "    int a, *b; /* two; of which this comment is none */"
        echo "    union { int c; char d[2]; } e;"
        echo "    void (*call)(int x, int y);"
        seq $(($2 - 5)) | sed 's/.*/    int m&;/'
        echo "};"
        ;;
    contract)
        echo "struct planted_ops {"
        seq "$2" | sed 's/.*/    int (*m&)(struct planted *planted, int x, void (*each)(void *context, int y));/'
        echo "};"
        ;;
    esac >"$work/planted/src/base/planted.c"
}
: >"$work/none"
for limit in function:60:lines file:700:lines contract:10:operations struct:20:members; do
    kind=${limit%%:*} rest=${limit#*:}
    most=${rest%:*} unit=${rest#*:}
    plant "$kind" "$most"
    check "a $kind of $most $unit is small" sizes "$work/planted" "$work/none"
    plant "$kind" $((most + 1))
    check "one more is found" finds "has $((most + 1)) $unit, not at most $most" sizes "$work/planted" "$work/none"
done
plant file 701
mkdir "$work/planted/tests" && mv "$work/planted/src/base/planted.c" "$work/planted/tests/test_planted.c"
check "in tests, too" finds "tests/test_planted.c has 701 lines" sizes "$work/planted" "$work/none"
plant struct 21
echo "struct planted 21 a record as the wire has it" >"$work/some"
check "an exception is one" sizes "$work/planted" "$work/some"
plant struct 22
check "up to its own number" finds "has 22 members, not at most 21" sizes "$work/planted" "$work/some"
plant struct 20
check "and told when it is one no more" finds "planted is small enough" sizes "$work/planted" "$work/some"
plant struct 21
echo "struct planted 25 a record as the wire has it" >"$work/some"
check "or when its number could be lower" finds "has 21, not 25" sizes "$work/planted" "$work/some"
echo "struct planted 21" >"$work/some"
check "and it has a reason" finds "and the reason" sizes "$work/planted" "$work/some"
house_verdict
