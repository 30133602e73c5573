#!/bin/sh
# What HTTP/2 has and HTTP/1.1 has not (interim answers beside, fields behind a body, streams that are reset) is kept in the words
# of HTTP/1.1, or told beside; against a server made of the package h2 of PyPI.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
[ -n "${SITE_INSIDE:-}" ] || venv_make h2
site_begin http2 "$@"
site_certify DNS:two.test
"$TOP_BUILDDIR/tests/venv-h2/bin/python" "$TOP_SRCDIR/tests/server/http2.py" --address "$address" --facts "$work/facts" \
    --certificate "$work/site.pem" --key "$work/site.key" &
nginx_pid=$! # stopped with the test
for _ in $(seq 1200); do [ -e "$work/facts" ] && break; sleep 0.05; done
"$WARCCAP" crawl -q -o "$work/c" --http2 --contact test@example.org --robots off --wait 0 -t 2 --ca-certificate "$ca" \
    --resolve "*:443:$address" https://two.test/ >"$work/said" 2>&1
check "the crawl lists what was reset" [ $? = 4 ]
holds() {
    python3 - "$TOP_SRCDIR/tests/server" "$work/c" <<'PY'
import glob, sys
sys.path.insert(0, sys.argv[1])
from warcread import records
HEAD = b'HTTP/1.1 200 \r\ncontent-type: text/plain\r\nx-twice: 1\r\nx-twice: 2\r\nx-odd: gr\xf6\xdfe\r\n\r\n'
# Path -> block, WARC-Truncated, lines of metadata that begin so.
wanted = {'/plain': (HEAD + b'hello from /plain', None, []),
          '/trailers': (HEAD + b'hello from /trailers', None, ['trailer: x-sum: 1', 'trailer: x-more: 2']),
          '/hints': (HEAD + b'hello from /hints', None, ['interim: HTTP/1.1 103', 'interim: link: </a.css>']),
          '/empty': (HEAD, None, []),
          '/reset': (HEAD + b'hello from /reset', 'disconnect', ['error: ']),
          '/never': (None, None, ['error: '])}
kept = {path: (None, None, []) for path in wanted}
wrong = []
for name in glob.glob(sys.argv[2] + '/archive/*.warc.gz'):
    for header, block in records(name):
        path = header.get('warc-target-uri', '').replace('https://two.test', '')
        if path not in wanted:
            continue
        if header['warc-type'] == 'response':
            kept[path] = (block, header.get('warc-truncated'), kept[path][2])
            if header['all'].get('warc-protocol') != ['h2', 'tls/1.3']:
                wrong.append((path, header))
        if header['warc-type'] == 'request' and not block.startswith(b'GET %s HTTP/1.1\r\nHost: two.test\r\n' % path.encode()):
            wrong.append((path, block))
        if header['warc-type'] == 'metadata':
            kept[path][2].extend(line for line in block.decode().split('\r\n') if line.startswith(('trailer', 'interim', 'error')))
for path, (block, cut, lines) in wanted.items():
    if kept[path][:2] != (block, cut) or len(lines) != len(kept[path][2]) or \
            not all(line.startswith(start) for line, start in zip(kept[path][2], lines)):
        wrong.append((path, kept[path]))
print(*wrong, sep='\n')
sys.exit(bool(wrong))
PY
}
check "each answer is kept, and what is beside it told" holds
check "verify finds nothing" "$WARCCAP" verify -q "$work/c"
site_verdict
