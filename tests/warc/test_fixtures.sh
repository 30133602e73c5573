#!/bin/sh
# Each file of fixtures/warcs is read as expected.tsv says: the rules told, and the number of records that are good,
# flawed and lost.
top=${TOP_SRCDIR:-.}
list=${TOP_BUILDDIR:-.}/tests/warc/list_flaws
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }

work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-fixtures.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-warcs.py" "$work" || exit 99

# One line a file: name, rules in the order of the alphabet without repetition, good, flawed, lost.
(cd "$work" && find good bad -type f | LC_ALL=C sort) | while read -r name; do
    "$list" path "$work/$name" >"$work/told" || echo "failed	$name"
    rules=$(awk -F '\t' '$1 == "flaw" { print $2 }' "$work/told" | LC_ALL=C sort -u | paste -sd, -)
    awk -F '\t' -v name="$name" -v rules="${rules:--}" '
        $1 == "record" { count[$2]++ }
        END { printf "%s\t%s\t%d\t%d\t%d\n", name, rules, count["ok"], count["flawed"], count["lost"] }' "$work/told"
done >"$work/found.tsv"

if [ "$1" = --print ]; then # to begin a new expected.tsv from, each new line of which must be looked at
    cat "$work/found.tsv"
    exit 0
fi
grep -v '^#' "$top/fixtures/warcs/expected.tsv" | LC_ALL=C sort >"$work/expected.tsv"
LC_ALL=C sort -o "$work/found.tsv" "$work/found.tsv"
diff "$work/expected.tsv" "$work/found.tsv" || { echo "above: < expected, > found"; exit 1; }
echo "$(wc -l <"$work/found.tsv") files are read as expected"

# From wherever the octets come, the same is told.
(cd "$work" && find good bad -type f) | while read -r name; do
    "$list" path "$work/$name" >"$work/told"
    for way in fd memory pipe octets; do
        cat "$work/$name" | "$list" $way "$work/$name" >"$work/told-$way"
        cmp "$work/told" "$work/told-$way" || { diff "$work/told" "$work/told-$way"; echo "$name: $way tells something else"; exit 1; }
    done
done || exit 1
echo "and so they are from a descriptor, from memory, from a pipe, and octet by octet"
