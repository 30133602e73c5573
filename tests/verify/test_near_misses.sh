#!/bin/sh
# For each rule there is a fixture that nearly breaks it, and verify does not report the rule of it: files of their own for the rules
# about records (make-near.py), sound collections for the others (near.tsv).
top=${TOP_SRCDIR:-.}
warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-near.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-near.py" "$work/near" || exit 99
python3 "$top/fixtures/collections/make-collections.py" "$work/collections" || exit 99
python3 "$top/fixtures/collections/make-wacz.py" "$work/wacz" || exit 99

# not_reported RULE PATH
not_reported() {
    [ -e "$2" ] || { echo "$1: there is no $2"; return 1; }
    "$warccap" verify --json --notes "$2" >"$work/findings" 2>&1
    case $? in 0 | 9) ;; *) echo "$1: verify failed with $2:"; cat "$work/findings"; return 1 ;; esac
    ! grep -q "\"rule\": \"$1\"" "$work/findings" || { echo "$1 is reported of $2"; return 1; }
}

wrong=0
for file in "$work"/near/*; do
    rule=${file##*/} rule=${rule%.gz} rule=${rule%.warc}
    echo "$rule" >>"$work/tried"
    not_reported "$rule" "$file" || wrong=1
done
grep -v '^#' "$top/fixtures/warcs/near.tsv" >"$work/table"
while IFS='	' read -r rule fixture; do
    echo "$rule" >>"$work/tried"
    case $fixture in
    -) continue ;;
    wacz/*) path=$work/wacz/${fixture#wacz/}.wacz ;;
    *) path=$work/collections/$fixture ;;
    esac
    not_reported "$rule" "$path" || wrong=1
done <"$work/table"

"$warccap" verify --rules --json | sed -n 's/^{"rule": "\([^"]*\)".*/\1/p' | LC_ALL=C sort >"$work/rules"
LC_ALL=C sort "$work/tried" >"$work/sorted"
diff "$work/rules" "$work/sorted" || { echo "above: < a rule without a fixture that nearly breaks it, > one that is not a rule, or that stands there twice"; exit 1; }
[ "$wrong" = 0 ] && echo "$(wc -l <"$work/rules") rules are not reported of what nearly breaks them"
exit "$wrong"
