#!/bin/sh
# index: files, standard input, and records that players cannot reach.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin index "$@"
python3 "$TOP_SRCDIR/fixtures/warcs/make-warcs.py" "$work/warcs" || exit 99
cd "$work" || exit 99
index() { "$WARCCAP" index "$@" >"$work/out" 2>"$work/errors"; code=$?; }
exits() { [ "$code" = "$1" ] || { echo "  exit $code, not $1"; cat "$work/errors"; return 1; }; }
same_lines() { sed 's/"filename": "-"/"filename": "several-events.warc.gz"/' out | cmp - wanted; }

index warcs/good/several-events.warc.gz
check "a file" exits 0
cp out wanted
check "has lines" [ "$(wc -l <wanted)" -ge 2 ]
index - <warcs/good/several-events.warc.gz
check "standard input" exits 0
check "has the same lines" same_lines
cat warcs/good/several-events.warc.gz | "$WARCCAP" index - >out 2>errors
check "so has a pipe" same_lines
index - </dev/null
check "one that is empty is an error" exits 9
mkdir temporary
TMPDIR=$work/temporary "$WARCCAP" index - warcs/good/event.warc.gz <warcs/good/event.warc.gz >out 2>errors
check "nothing is left of what was read" [ -z "$(ls -A temporary)" ]

# Players go to the offset of a gzip member, and find its first record.
index warcs/bad/member-of-two-records/file.warc.gz
check "two records in one member" exits 9
check "are told" grep -q "1 record cannot be reached by players.*warccap repair" errors
check "and the second has no line" [ ! -s out ]
mkdir -p shared/archive
cp warcs/bad/member-of-two-records/file.warc.gz shared/archive/
index -q shared
check "also in a collection" exits 9
"$WARCCAP" verify --json shared >out 2>&1
check "verify reports the member" grep -q '"rule": "member-shared"' out
check "and misses no line" [ "$(grep -c '"rule": "cdxj' out)" = 0 ]

# What does not fit into memory is sorted in parts.
python3 - >many.warc <<'PY'
import sys
for i in range(60000):
    sys.stdout.write("WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Target-URI: "
                     "http://x.test/%d/%s\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n\r\n\r\n" % (i, i * 7919 % 60000, "a" * 300))
PY
index many.warc
check "more lines than fit into memory" exits 0
check "are all there" [ "$(wc -l <out)" = 60000 ]
check "and in order" env LC_ALL=C sort -c out
site_verdict
