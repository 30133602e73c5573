#!/bin/sh
# Each broken file is repaired as expected.tsv says, and every copy verifies without errors.  What needs no mending comes out with
# the same bytes.
top=${TOP_SRCDIR:-.}
list=${TOP_BUILDDIR:-.}/tests/repair/list_repairs
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }

work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-repairs.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-warcs.py" "$work" || exit 99
python3 "$top/tests/repair/make-broken.py" "$work/broken" || exit 99
mkdir "$work/copies"
cd "$work" || exit 99
case $list in /*) ;; *) list=$OLDPWD/$list ;; esac
before=$(find good bad broken -type f -exec sha256sum {} + | LC_ALL=C sort)
# shellcheck disable=SC2046 # none of the names has a blank
{
    "$list" copies $(find good bad broken -type f | LC_ALL=C sort)
    "$list" --brackets copies broken/brackets.warc.gz broken/brackets.warc bad/uri-in-brackets/file.warc.gz good/as-wget.warc.gz |
        sed 's/^/--brackets /'
} >found.tsv || exit 1
if [ "$1" = --print ]; then # to begin a new expected.tsv from, each new line of which must be looked at
    cat found.tsv
    exit 0
fi
[ "$before" = "$(find good bad broken -type f -exec sha256sum {} + | LC_ALL=C sort)" ] || { echo "a source was changed"; exit 1; }
[ -z "$(ls copies)" ] || { echo "something is left beside the copies:"; ls copies; exit 1; }
awk -F '\t' '$2 != "nothing" && $4 != "0" { print "the copy has errors: " $0; bad = 1 } END { exit bad }' found.tsv || exit 1
awk -F '\t' '($2 == "sound") != ($5 == "same") { print "sound and the same are not one: " $0; bad = 1 } END { exit bad }' found.tsv || exit 1
case $top in /*) ;; *) top=$OLDPWD/$top ;; esac
grep -v '^#' "$top/tests/repair/expected.tsv" | diff - found.tsv || { echo "above: < expected, > found"; exit 1; }
echo "$(wc -l <found.tsv) files are repaired as expected"
