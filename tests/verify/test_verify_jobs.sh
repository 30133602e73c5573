#!/bin/sh
# verify says the same for any number of threads, to the byte; and of a file that it divides among them, what the reader says of the
# file as a whole.
top=${TOP_SRCDIR:-.}
warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
list=${TOP_BUILDDIR:-.}/tests/warc/list_flaws
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-jobs.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-warcs.py" "$work/warcs" || exit 99
python3 "$top/fixtures/collections/make-collections.py" "$work/collections" >/dev/null || exit 99
python3 "$top/tests/verify/make-divided.py" "$work/divided.warc.gz" || exit 99
failures=0
# same WHAT PATH... : one, two and four threads
same() {
    what=$1
    shift
    for jobs in 1 2 4; do
        for form in --json --verbose; do
            "$warccap" verify --jobs "$jobs" $form --notes --no-replay "$@" >>"$work/said-$jobs" 2>&1
        done
        cmp -s "$work/said-1" "$work/said-$jobs" && continue
        echo "$what: $jobs threads say something else"
        diff "$work/said-1" "$work/said-$jobs" | head -5
        failures=$((failures + 1))
    done
    grep -q '"records": [1-9]' "$work/said-1" || { echo "$what: nothing was read"; failures=$((failures + 1)); }
    rm -f "$work"/said-*
}
# shellcheck disable=SC2046 # none of the names has a blank
same "all files together" $(find "$work/warcs" -type f | LC_ALL=C sort)
same "all collections together" "$work"/collections/*
same "a divided file" "$work/divided.warc.gz"

# Each flaw that the reader tells is found once.
"$list" path "$work/divided.warc.gz" >"$work/told"
awk -F '\t' '$1 == "flaw" { print $2 }' "$work/told" | LC_ALL=C sort | uniq -c >"$work/by-reader"
awk -F '\t' '$1 == "flaw" { print $2 }' "$work/told" | LC_ALL=C sort -u >"$work/rules"
"$warccap" verify --jobs 3 --json --notes --no-replay "$work/divided.warc.gz" >"$work/verified"
sed -n 's/^{"level": "[a-z]*", "rule": "\([^"]*\)".*/\1/p' "$work/verified" | LC_ALL=C sort | LC_ALL=C join - "$work/rules" |
    uniq -c >"$work/by-verify"
[ "$(wc -l <"$work/rules")" -gt 6 ] || { echo "the file has too few flaws to prove anything"; failures=$((failures + 1)); }
diff "$work/by-reader" "$work/by-verify" || { echo "above: < the reader's flaws, > verify's"; failures=$((failures + 1)); }
records=$(awk -F '\t' '$1 == "record" && $2 != "lost"' "$work/told" | wc -l) # none of them has a block digest
[ "$(grep -c '"rule": "block-digest-missing"' "$work/verified")" = "$records" ] ||
    { echo "verify does not check the $records records of the reader"; failures=$((failures + 1)); }
[ "$failures" = 0 ] && echo "the same for any number of threads"
