#!/bin/sh
# warcio's check has nothing to say of our files but for chunked answers, whose payload digest it takes over the framing.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/venv.sh"
[ -n "${SITE_INSIDE:-}" ] || venv_make warcio
site_begin warcio "$@"
venv=$TOP_BUILDDIR/tests/venv-warcio
site_make 300
site_serve gzip
check "the blog is crawled" site_crawl "$work/c" -q
only_chunked() {
    "$venv/bin/warcio" check "$work"/c/archive/*.warc.gz >"$work/said" 2>&1
    python3 - "$work"/c/archive/*.warc.gz "$work/said" <<'PY'
import os, re, sys
sys.path.insert(0, os.environ['TOP_SRCDIR'] + '/tests/server')
from warcread import records
chunked, all_ids = set(), set()
for path in sys.argv[1:-1]:
    for header, block in records(path):
        all_ids.add(header['warc-record-id'])
        if re.search(rb'(?im)^transfer-encoding: chunked', block.partition(b'\r\n\r\n')[0]):
            chunked.add(header['warc-record-id'])
said = open(sys.argv[-1]).read()
named = set(re.findall(r'<urn:uuid:[^>]*>', said))
other = [line for line in said.splitlines() if line.strip() and not re.search(r'WARC-Record-ID|payload digest failed|\.warc\.gz$', line)]
print(len(all_ids), 'records,', len(named), 'complaints, of chunked answers', len(named & chunked))
print(*other[:5], sep='\n')
sys.exit(bool(named - chunked or other or not all_ids))
PY
}
check "no complaint but of chunked answers" only_chunked
site_stop
site_serve
check "the blog without chunks is crawled" site_crawl "$work/d" -q
check "no complaint at all" "$venv/bin/warcio" check "$work"/d/archive/*.warc.gz
site_verdict
