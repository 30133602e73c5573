#!/bin/sh
# Each collection of fixtures/collections is judged as expected.tsv says. And the table of rules is neither too short nor too long: every
# rule that is reported of any fixture is in it, and every rule in it is reported of some.
top=${TOP_SRCDIR:-.}
warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
command -v python3 >/dev/null || { echo "python3 is missing: the collections can't be made"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-collections.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/collections/make-collections.py" "$work/made" || exit 99

# One line per collection: name, and each rule with its level.
for collection in "$work"/made/*; do
    "$warccap" verify --json --notes "$collection" >"$work/findings" 2>"$work/said"
    code=$?
    rules=$(sed -n 's/^{"level": "\([a-z]*\)", "rule": "\([^"]*\)".*/\2:\1/p' "$work/findings" | LC_ALL=C sort -u | paste -sd, -)
    case $code:$rules in 0:*:error*) rules="$rules exit 0" ;; 0:* | 9:*:error*) ;; *) rules="$rules exit $code" ;; esac
    printf '%s\t%s\n' "${collection##*/}" "${rules:--}"
done | LC_ALL=C sort >"$work/found.tsv"
if [ "$1" = --print ]; then # to begin a new expected.tsv from, each new line of which must be looked at
    cat "$work/found.tsv"
    exit 0
fi
grep -v '^#' "$top/fixtures/collections/expected.tsv" | LC_ALL=C sort >"$work/expected.tsv"
diff "$work/expected.tsv" "$work/found.tsv" || { echo "above: < expected, > found"; exit 1; }
echo "$(wc -l <"$work/found.tsv") collections are judged as expected"
if grep '^sound' "$work/found.tsv" | grep ':\(error\|warning\)'; then
    echo "these are sound"
    exit 1
fi

"$warccap" verify --rules --json | sed -n 's/^{"rule": "\([^"]*\)".*/\1/p' | LC_ALL=C sort >"$work/rules"
[ "$(wc -l <"$work/rules")" -gt 100 ] || { echo "verify --rules lists too little"; exit 1; }
[ -z "$(uniq -d "$work/rules")" ] || { echo "two rules have one name: $(uniq -d "$work/rules")"; exit 1; }
{
    grep -v '^#' "$top/fixtures/warcs/expected.tsv" | cut -f 2 | tr ',' '\n'
    grep -v '^#' "$top/fixtures/warcs/expected.tsv" | cut -f 6 | tr ',' '\n'
    cut -f 2 "$work/found.tsv" | tr ',' '\n'
    grep -v '^#' "$top/fixtures/collections/wacz.tsv" | cut -f 2 | tr ',' '\n'
    echo file-grows # test_wacz.sh lets a file grow
    echo body-undecodable # only an error in a decoder ends its process; tests/cli/jail.sh kills it
    "$warccap" verify --json --manifest "$(printf '%064d' 0)" "$work/made/sound-two-runs" | sed -n 's/^{"level": "error", "rule": "\([^"]*\)".*/\1/p'
} | cut -d: -f1 | grep -v '^-$' | LC_ALL=C sort -u >"$work/reported"
LC_ALL=C comm -13 "$work/rules" "$work/reported" | sed 's/$/ is reported, and is not in the table/' >"$work/wrong"
LC_ALL=C comm -23 "$work/rules" "$work/reported" | sed 's/$/ is in the table, and no fixture breaks it/' >>"$work/wrong"
cat "$work/wrong"
[ ! -s "$work/wrong" ] || exit 1
echo "every rule is broken by a fixture, and every rule reported is in the table"
