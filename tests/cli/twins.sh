#!/bin/sh
# The same payload is stored once, whatever its URL, within a run and across runs. What only seems to be the same is stored
# separately: other codings, parts, cut responses, and an invented SHA-1 collision.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin twins "$@"
site_simulate twins

crawl() {
    directory=$1
    shift
    "$WARCCAP" crawl -q -o "$work/$directory" --contact test@example.org --robots off --wait 0 --connections 1 -t 1 \
        --resolve "*:80:$address" "$@" http://twins.test/ >"$work/said" 2>&1
    # Parts and bodies that cannot be decoded are stored, but their pages are not kept: 4.
    [ $? = 4 ] || { cat "$work/said"; return 1; }
}
# PATH TYPE PATH-REFERRED-TO|-  of what the newest file of a collection holds
kept() {
    python3 - "$TOP_SRCDIR/tests/server" "$work/$1" <<'PY'
import glob, sys
sys.path.insert(0, sys.argv[1])
from warcread import records, responses
paths = sorted(glob.glob(sys.argv[2] + '/archive/*.warc.gz'))
for header, block in records(paths[-1]):
    if header['warc-type'] in ('response', 'revisit'):
        print(*(name.replace('http://twins.test', '') for name in (header['warc-target-uri'], header['warc-type'],
              header.get('warc-refers-to-target-uri', '-'))))
list(responses(sys.argv[2])) # fails when a revisit does not agree with what it refers to
PY
}
# are DIRECTORY "PATH TYPE PATH"...: rows that the newest file holds
are() {
    kept "$1" >"$work/list" || return 1
    shift
    for row in "$@"; do
        grep -qx "$row" "$work/list" || { echo "  no $row in:"; cat "$work/list"; return 1; }
    done
}
revisits() { kept "$1" | grep -c revisit; }

check "a crawl, one address at a time" crawl c
check "what is the same is a revisit of the first; other codings, parts and nothing at all are not" are c \
    "/text response -" "/text-again revisit /text" "/text-in-chunks response -" "/text-packed response -" \
    "/text-packed-again revisit /text-packed" "/packed-without-word response -" "/not-found response -" \
    "/not-found-either revisit /not-found" "/part response -" "/empty response -" "/empty-again response -" \
    "/long-again revisit /long" "/other response -"
check "and so it is in the next run, whose revisits refer to responses" crawl c --recheck all --no-if-modified-since
check "never to revisits" are c "/text revisit /text" "/text-again revisit /text" "/text-in-chunks revisit /text-in-chunks" \
    "/text-packed-again revisit /text-packed" "/part response -" "/empty response -" "/other revisit /other"
rm -rf "$work/c/state"
check "without the state it had, the archive tells" crawl c --recheck all
check "what it holds" are c "/text-again revisit /text" "/text-packed-again revisit /text-packed" "/other revisit /other"
check "verify finds nothing" "$WARCCAP" verify -q --strict "$work/c"

check "--no-dedup" crawl whole --no-dedup
check "keeps everything" [ "$(revisits whole)" = 0 ]

crawl cut --url-size-limit 50k
check "what was cut refers to nothing, nor anything to it" are cut "/long response -" "/long-again response -" "/text-again revisit /text"
check "in the next run neither" crawl cut
check "which takes it whole" are cut "/long response -" "/long-again revisit /long"

# Two bodies with one SHA-1 are known, but are nobody's to hand on.  The next best thing: the state believes that a body of another
# SHA-256 has the SHA-1 of /other, as it would had such a body been there.
check "a crawl" crawl collision
python3 - "$work/collision/state/payloads.db" "$TOP_SRCDIR/tests/server" <<'PY'
import hashlib, sqlite3, struct, sys
sys.path.insert(0, sys.argv[2])
import twins
one, other = (hashlib.sha1(body).digest() for body in (twins.TEXT, twins.OTHER))
db = sqlite3.connect(sys.argv[1])
db.execute('DELETE FROM payload WHERE sha1 = ?', (other,))
changed = db.execute('UPDATE payload SET sha1 = ?, prefix = ? WHERE sha1 = ? AND framing = ?',
                     (other, struct.unpack('=q', other[:8])[0], one, '')).rowcount
db.commit()
assert changed == 1, changed
PY
check "and one that meets a SHA-1 that is another body's" crawl collision --recheck all --no-if-modified-since
check "keeps the body" are collision "/other response -"
check "and tells of it" sh -c 'zcat "$0"/archive/*.warc.gz | grep -a -q "^sha1CollisionWith: .*Z http://twins.test/text"' "$work/collision"
check "verify finds nothing" "$WARCCAP" verify -q "$work/collision"
site_verdict
