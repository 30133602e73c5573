#!/bin/sh
# Each file of fixtures/warcs is read as expected.tsv says: the broken rules, those of digests included; the number of good, flawed
# and lost records; and what verify finds beyond that.
top=${TOP_SRCDIR:-.}
list=${TOP_BUILDDIR:-.}/tests/warc/list_flaws
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }

work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-fixtures.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-warcs.py" "$work" || exit 99

warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
# The findings of verify beyond those of the reader, by level. Its exit code must match its findings.
judge() {
    "$warccap" verify --json --notes --no-replay "$1" >"$work/findings"
    code=$?
    sed -n 's/^{"level": "\([a-z]*\)", "rule": "\([^"]*\)".*/\2 \1/p' "$work/findings" | LC_ALL=C sort -u >"$work/judged"
    case $code:$(grep -c ' error$' "$work/judged") in 0:0 | 9:[1-9]*) ;; *) echo "verify exited with $code" ;; esac
    awk -F '\t' '$1 == "flaw" { print $2 }' "$work/told" | LC_ALL=C sort -u |
        LC_ALL=C join -v 2 - "$work/judged" | sed 's/ /:/' | paste -sd, -
}

# One line per file: name, broken rules in alphabetical order without repetition, good, flawed, lost, findings of verify alone.
(cd "$work" && find good bad -type f | LC_ALL=C sort) | while read -r name; do
    "$list" path "$work/$name" >"$work/told" || echo "failed	$name"
    rules=$(awk -F '\t' '$1 == "flaw" { print $2 }' "$work/told" | LC_ALL=C sort -u | paste -sd, -)
    more=$(judge "$work/$name")
    awk -F '\t' -v name="$name" -v rules="${rules:--}" -v more="${more:--}" '
        $1 == "record" { count[$2]++ }
        END { printf "%s\t%s\t%d\t%d\t%d\t%s\n", name, rules, count["ok"], count["flawed"], count["lost"], more }' "$work/told"
done >"$work/found.tsv"

if [ "$1" = --print ]; then # to begin a new expected.tsv from, each new line of which must be looked at
    cat "$work/found.tsv"
    exit 0
fi
grep -v '^#' "$top/fixtures/warcs/expected.tsv" | LC_ALL=C sort >"$work/expected.tsv"
LC_ALL=C sort -o "$work/found.tsv" "$work/found.tsv"
diff "$work/expected.tsv" "$work/found.tsv" || { echo "above: < expected, > found"; exit 1; }
echo "$(wc -l <"$work/found.tsv") files are read as expected"

# For everything that any validator checks there is a file.
grep -v '^#' "$top/fixtures/warcs/checks.tsv" | while IFS='	' read -r check files; do
    [ -n "$files" ] || { echo "no file for: $check"; exit 1; }
    for file in $files; do
        cut -f 1 "$work/expected.tsv" | grep -q "^$file\(/.*\)*$" || { echo "$check: there is no $file"; exit 1; }
    done
done || exit 1
echo "$(grep -vc '^#' "$top/fixtures/warcs/checks.tsv") checks of validators have their files"

# verify gets to the end of each file also when it is the file of a crawl, whose pages are looked up too.
for directory in "$work"/bad/*; do
    "$warccap" verify -q --json "$directory" >"$work/whole" 2>&1
    case $? in 0 | 9) ;; *) cat "$work/whole"; echo "$directory: verify did not finish"; exit 1 ;; esac
done
echo "and verify finishes with all"

# Skipping blocks instead of reading them gives the same records. Damage in a block is only seen when the block is read.
(cd "$work" && find good bad -type f) | while read -r name; do
    "$list" path "$work/$name" >"$work/told"
    "$list" unchecked "$work/$name" >"$work/told-unchecked"
    ! LC_ALL=C grep -aq '^flaw	\(block\|payload\)-digest	' "$work/told" || continue
    LC_ALL=C grep -av '^flaw	\(digest-unknown\|payload-digest-raw\)	' "$work/told" >"$work/told-frame"
    cmp -s "$work/told-frame" "$work/told-unchecked" || { diff "$work/told-frame" "$work/told-unchecked"; echo "$name: skipping gives another result"; exit 1; }
done || exit 1

# The result is the same for every source of bytes.
(cd "$work" && find good bad -type f) | while read -r name; do
    "$list" path "$work/$name" >"$work/told"
    for way in fd memory pipe octets; do
        cat "$work/$name" | "$list" $way "$work/$name" >"$work/told-$way"
        cmp "$work/told" "$work/told-$way" || { diff "$work/told" "$work/told-$way"; echo "$name: $way gives another result"; exit 1; }
    done
done || exit 1
echo "and so they are from a descriptor, from memory, from a pipe, and byte by byte"
