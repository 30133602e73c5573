#!/bin/sh
# Each WACZ file of make-wacz.py is judged as wacz.tsv says; `index` prints the lines that its own index has; and standard input is
# read as a file is.
top=${TOP_SRCDIR:-.}
warccap=${WARCCAP:-${TOP_BUILDDIR:-.}/warccap}
command -v python3 >/dev/null || { echo "python3 is missing: the files can't be made"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/warccap-wacz.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
python3 "$top/fixtures/collections/make-wacz.py" "$work/made" || exit 99
mkdir "$work/tmp"
TMPDIR=$work/tmp
export TMPDIR

for file in "$work"/made/*.wacz; do
    "$warccap" verify --json "$file" >"$work/findings" 2>"$work/said"
    code=$?
    rules=$(sed -n 's/^{"level": "\([a-z]*\)", "rule": "\([^"]*\)".*/\2:\1/p' "$work/findings" | LC_ALL=C sort -u | paste -sd, -)
    case $code:$rules in 0:*:error*) rules="$rules exit 0" ;; 0:* | 9:*:error*) ;; *) rules="$rules exit $code" ;; esac
    name=${file##*/}
    printf '%s\t%s\n' "${name%.wacz}" "${rules:--}"
done | LC_ALL=C sort >"$work/found.tsv"
if [ "$1" = --print ]; then # to begin a new wacz.tsv from, each new line of which must be looked at
    cat "$work/found.tsv"
    exit 0
fi
grep -v '^#' "$top/fixtures/collections/wacz.tsv" | LC_ALL=C sort >"$work/expected.tsv"
diff "$work/expected.tsv" "$work/found.tsv" || { echo "above: < expected, > found"; exit 1; }
[ -z "$(ls "$work/tmp")" ] || { echo "verify left behind: $(ls "$work/tmp")"; exit 1; }
[ ! -e "$work/elsewhere.json" ] && [ ! -e "$work/tmp/elsewhere.json" ] || { echo "a name led elsewhere"; exit 1; }
echo "$(wc -l <"$work/found.tsv") WACZ files are judged as expected, and nothing is left behind"

# A finding names the member, not where it was unpacked.
"$warccap" verify "$work/made/record-altered.wacz" | grep -q '^  record-altered.wacz/archive/a.warc.gz:' || { echo "the member is not named"; exit 1; }

"$warccap" index "$work/made/sound.wacz" >"$work/lines" || { echo "index cannot read it"; exit 1; }
python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("indexes/index.cdx"))' "$work/made/sound.wacz" >"$work/own"
cmp "$work/lines" "$work/own" || { echo "index gives other lines"; exit 1; }
[ -z "$(ls "$work/tmp")" ] || { echo "index left behind: $(ls "$work/tmp")"; exit 1; }
echo "index prints the same lines"

# ---- standard input ----
python3 "$top/fixtures/warcs/make-warcs.py" "$work/warcs" || exit 99
for file in good/event.warc.gz good/plain.warc bad/block-digest-wrong/file.warc.gz bad/cut-in-block/file.warc bad/garbage-between/file.warc.gz bad/empty-file/file.warc; do
    "$warccap" verify --json "$work/warcs/$file" 2>&1 | sed -n 's/.*"rule": "\([^"]*\)".*/\1/p' >"$work/from-file"
    cat "$work/warcs/$file" | "$warccap" verify --json - 2>&1 | sed -n 's/.*"rule": "\([^"]*\)".*/\1/p' >"$work/from-pipe"
    cmp "$work/from-file" "$work/from-pipe" || { echo "$file: standard input is judged otherwise"; exit 1; }
done
printf '\050\265\057\375 and more' | "$warccap" verify - | grep -q 'compressed with zstd' || { echo "zstd from standard input is not told"; exit 1; }
echo "standard input is judged as the file is"

# A file that is still written has no end that could be judged. It grows all the time; verify may still be done between two steps.
cp "$work/warcs/bad/cut-in-data/file.warc.gz" "$work/grows.warc.gz"
(while [ -e "$work/grows.warc.gz" ]; do printf 0 >>"$work/grows.warc.gz"; done) 2>/dev/null &
writer=$!
tries=0
until "$warccap" verify "$work/grows.warc.gz" >"$work/said"; grep -q 'file-grows' "$work/said"; do
    tries=$((tries + 1))
    cp "$work/warcs/bad/cut-in-data/file.warc.gz" "$work/grows.new" && mv "$work/grows.new" "$work/grows.warc.gz"
    [ "$tries" -lt 50 ] || { kill "$writer"; cat "$work/said"; echo "nothing is said of a file that grows"; exit 1; }
done
mv "$work/grows.warc.gz" "$work/grown" && wait "$writer"
echo "the end of a file that grows is not judged"

# What is lost is told with its range, and what could be read of it.
"$warccap" verify "$work/warcs/bad/data-damaged/file.warc.gz" | grep -q 'bytes 548 to 934 are lost' || { echo "the range that is lost is not told"; exit 1; }
"$warccap" verify "$work/warcs/bad/cut-in-block/file.warc" | grep -q 'of the [0-9]* bytes of its block can be read' || { echo "what could be read is not told"; exit 1; }
echo "what is lost is told with its range"
