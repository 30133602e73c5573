#!/bin/sh
# What other programs write, and what the standard allows but few do, is no error: neither a lone file nor one of a collection.
top=${TOP_SRCDIR:-.}
warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-sound.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/warcs/make-sound.py" "$work/made" || exit 99

# errors PATH: the rules that are broken so
errors() { "$warccap" verify --json "$1" 2>&1 | sed -n 's/^{"level": "error", "rule": "\([^"]*\)".*/\1/p' | LC_ALL=C sort -u | paste -sd, -; }

# What is missing around an excerpt may be in another file; in a collection that is an error, as it should be.
wrong=0 files=0
for file in "$work"/made/*; do
    name=${file##*/} files=$((files + 1))
    found=$(errors "$file")
    [ -z "$found" ] || { echo "$name: $found"; wrong=1; }
    case $name in excerpt-*) continue ;; esac
    rm -rf "$work/collection"
    mkdir -p "$work/collection/archive"
    cp "$file" "$work/collection/archive/"
    "$warccap" index -q "$work/collection" >"$work/said" 2>&1 || { echo "$name cannot be indexed:"; cat "$work/said"; wrong=1; }
    found=$(errors "$work/collection")
    [ -z "$found" ] || { echo "$name in a collection: $found"; wrong=1; }
done
[ "$files" -gt 80 ] || { echo "there are only $files files"; wrong=1; }
[ "$wrong" = 0 ] && echo "$files sound files are called sound"
exit "$wrong"
