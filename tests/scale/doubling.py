#!/usr/bin/env python3
"""Inputs of any size that are made to cost more than they should: doubling.py KIND N >FILE"""
import gzip
import sys
import uuid

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nx"
DIGEST = "WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"
REVISIT = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n" + DIGEST


def record(kind, number, block, fields=""):
    head = "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n" % (
        kind, uuid.UUID(int=number + 1, version=4))
    head += "WARC-Target-URI: http://a.test/%d\r\n%sContent-Type: application/http;msgtype=response\r\n" % (number, fields)
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def records(count, of):
    return b"".join(gzip.compress(of(n), 1) for n in range(count))


KINDS = {
    # WARC files that verify reads
    "records": lambda n: records(n, lambda i: record("response", i, RESPONSE)),
    "same-id": lambda n: records(n, lambda i: record("response", 0, RESPONSE)),
    "segments": lambda n: records(n, lambda i: record("continuation" if i else "response", i, b"x", "WARC-Segment-Number: %d\r\n%s" % (
        i + 1, "WARC-Segment-Origin-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n" if i else ""))),
    "revisits-in-a-row": lambda n: records(n, lambda i: record("revisit", i, b"HTTP/1.1 200 OK\r\n\r\n", REVISIT +
        "WARC-Refers-To-Target-URI: http://a.test/%d\r\nWARC-Refers-To-Date: 2026-01-01T00:00:00Z\r\n" % (i + 1))),
    "redirects-in-a-row": lambda n: records(n, lambda i: record("response", i, b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % (i + 1))),
    "empty-members": lambda n: records(1, lambda i: record("response", i, RESPONSE)) + gzip.compress(b"") * n,
    "one-member": lambda n: gzip.compress(b"".join(record("response", i, RESPONSE) for i in range(n)), 1),
    "split-members": lambda n: b"".join(gzip.compress(bytes([c]), 1) for c in record("response", 0, RESPONSE * (n // 50))),
    "open-headers-in-a-member": lambda n: gzip.compress(b"WARC/1.0\r\nA: b\r\n" * n, 1),
    "plain-version-lines": lambda n: b"WARC/1.0\r\n" * n,
    "plain-open-headers": lambda n: b"WARC/1.0\r\nA: b\r\n" * n,
    "plain-beyond-the-file": lambda n: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999999999\r\n\r\n" * n,
    "plain-into-the-next": lambda n: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % (n * 20) * n,
    # pages that links reads
    "nested.html": lambda n: b"<div>" * n + b"<a href=/x>x</a>",
    "nested-mixed.html": lambda n: b"<b><i><p><table><td>" * n + b"<a href=/x>x</a>",
    "attributes.html": lambda n: b"<a " + b"".join(b"a%d=/x " % i for i in range(n)) + b"href=/y>",
    "links.html": lambda n: b"".join(b"<a href=/%d>x</a>" % i for i in range(n)),
    "same-links.html": lambda n: b"<a href=/x>x</a>" * n,
    "open-tags.html": lambda n: b"<a href='" * n,
    "open-comments.html": lambda n: b"<!--" * n,
    "open-scripts.html": lambda n: b"<script>" * n,
    "bases.html": lambda n: b"<base href=/x/>" * n + b"<a href=y>y</a>" * n,
    "forms.html": lambda n: b"<form action=/f><select name=a>" + b"".join(b"<option value=%d>" % i for i in range(n)) + b"</select></form>",
    "open-forms.html": lambda n: b"<form action=/f><input name=a value=b>" * n,
    "srcset.html": lambda n: b"<img srcset='" + b"".join(b"/%d.png %dw, " % (i, i) for i in range(n)) + b"'>",
    "pager.html": lambda n: b"".join(b"<a href=/page/%d>%d</a>" % (i, i) for i in range(n)),
    "json.html": lambda n: b"<script type=application/json>" + b"[" * n + b'"/x"' + b"]" * n + b"</script>",
    "script.html": lambda n: b"<script>" + b"".join(b"var a%d='/x/%d.png';" % (i, i) for i in range(n)) + b"</script>",
    "quotes.html": lambda n: b"<script>" + b"a='" * n + b"</script>",
    "style.css": lambda n: b"".join(b"a{b:url(/%d.png)}" % i for i in range(n)),
    "open.css": lambda n: b"url(" * n,
    "imports.css": lambda n: b"@import '/x';" * n,
    "feed.xml": lambda n: b"<rss><channel>" + b"".join(b"<item><link>http://a.test/%d</link></item>" % i for i in range(n)) + b"</channel></rss>",
    "sitemap.xml": lambda n: b"<urlset>" + b"".join(b"<url><loc>http://a.test/%d</loc></url>" % i for i in range(n)) + b"</urlset>",
    "robots.txt": lambda n: b"User-agent: *\n" + b"".join(b"Disallow: /*%d*x\n" % i for i in range(n)),
}

if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("\n".join(KINDS))
    else:
        sys.stdout.buffer.write(KINDS[sys.argv[1]](int(sys.argv[2])))
