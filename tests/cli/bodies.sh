#!/bin/sh
# Links are read from long pages and from sitemaps of 50 MB; the run, the archive and verify say how much of a body could not be
# read.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bodies "$@"
site_simulate bodies

crawl() {
    python3 - "$work/peak" "$WARCCAP" crawl -o "$work/all" --contact test@example.org --wait 0 --resolve "*:80:$address" \
        http://bodies.test/ >"$work/said" 2>&1 <<'PY'
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], 'w').write('%d\n' % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
PY
}
asked() { grep -q " /$1 " "$work/asked.log"; }
not_asked() { ! asked "$1"; }
# body_error PATH NAME: the metadata record of the page says so.
body_error() {
    python3 - "$work/all/archive" "http://bodies.test/$1" <<'PY' | grep -q "^bodyError: $2"
import glob, gzip, sys
octets = b"".join(gzip.open(name).read() for name in sorted(glob.glob(sys.argv[1] + "/*.warc.gz")))
for record in octets.split(b"WARC/1.1\r\n"):
    if b"WARC-Type: metadata" in record and ("WARC-Target-URI: %s\r\n" % sys.argv[2]).encode() in record:
        sys.stdout.write(record.split(b"\r\n\r\n", 1)[1].decode("utf-8", "replace").replace("\r", ""))
PY
}
no_body_error() { ! body_error "$1" ""; }
found() { grep "\"$1\"" "$work/found" | grep -q "bodies.test/$2\""; }

crawl
check "a site of long and of damaged bodies: the damaged ones are not kept" [ $? = 4 ]
echo "peak memory of the crawler: $(cat "$work/peak") MB"
check "links behind 20 MB of a page" asked behind-20-megabytes
check "links before 65 MiB" asked before-65-mebibytes
check "but not behind them" not_asked behind-65-mebibytes
check "which the archive says" body_error longer "too-long 67108864"
check "a sitemap of 49 MB" asked behind-49-megabytes
check "and one that is a gzip file" asked packed-behind-49-megabytes
check "links before damage" asked before-the-damage
check "gzip that is damaged" body_error broken coding-broken
check "gzip that ends early" body_error cut ends-early
check "a coding that nobody knows" body_error unknown "coding-unknown 0"
check "leads nowhere" not_asked in-an-unknown-coding
check "a whole page lacks nothing" no_body_error long
check "a long film lacks no links" no_body_error film
check "the summary counts what was read in part" grep -q "^4 bodies were not read whole" "$work/said"
check "and so does its JSON" grep -q '"read_in_part": 4' "$work"/all/runs/2*.json
"$WARCCAP" verify --json "$work/all" >"$work/found"
check "verify tells of what is too long" found body-too-long longer
check "of damage" found body-coding-broken broken
check "of what ends early" found body-ends-early cut
check "and of the unknown" found body-coding-unknown unknown
check "four times in all" [ "$(grep -c '"body-' "$work/found")" = 4 ]
if ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    check "memory is bounded" [ "$(cat "$work/peak")" -lt 400 ]
fi
site_verdict
