#!/usr/bin/env python3
"""Fetches every captured address through a replay server and compares the bytes with the capture's.

    replayed.py http://127.0.0.1:PORT/COLLECTION DIR [MANIFEST]

In raw mode (id_) the decoded body must be the captured one; pages are asked for in reading mode (mp_) too and must come
with status 200, hold their own <title>, and must not hold the title of another.  With a manifest every address of it
that has a body must be among them.
"""
import concurrent.futures
import gzip
import hashlib
import http.client
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'server'))
from warcread import folded, read_manifest, responses  # noqa: E402


def fetch(server, path):
    connection = http.client.HTTPConnection(server, timeout=60)
    connection.request('GET', path, headers={'Accept-Encoding': 'gzip'})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.getheader('Content-Encoding') == 'gzip' and body[:2] == b'\x1f\x8b':
        body = gzip.decompress(body)
    return answer.status, body


def title_of(body):
    """The page's title, and the mark by which a page of the fixture blog says which one it is."""
    found = re.search(rb'<title>\s*(.*?)\s*</title>', body, re.S)
    mark = re.search(rb'data-page="([^"]*)"', body)
    return (found.group(1), mark and mark.group(1)) if found else None


def main():
    base, directory = sys.argv[1:3]
    prefix = urllib.parse.urlsplit(base)
    captured = {url: (status, body) for url, status, body in responses(directory)}
    complaints, pages = [], 0

    def replay(item):
        url, (status, body) = item
        wrong = []
        path = '%s/2id_/%s' % (prefix.path, url)
        if 300 <= status < 400:
            return wrong, 0
        got, replayed = fetch(prefix.netloc, path)
        if got != status or replayed != body:
            wrong.append('%s: %d, %d bytes; captured %d, %d bytes' % (url, got, len(replayed), status, len(body)))
        title = title_of(body)
        if status != 200 or not title or not body.lstrip().lower().startswith(b'<!doctype html'):
            return wrong, 0
        got, replayed = fetch(prefix.netloc, '%s/2mp_/%s' % (prefix.path, url))
        if got != 200 or title_of(replayed) != title:
            wrong.append('%s is not shown: status %d, title %r' % (url, got, title_of(replayed)))
        return wrong, 1

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for wrong, shown in pool.map(replay, captured.items()):
            complaints += wrong
            pages += shown
    if len(sys.argv) > 3:
        digests = {folded(url): hashlib.sha1(body).hexdigest() for url, (_, body) in captured.items()}
        for url, (kind, status, _, digest) in read_manifest(sys.argv[3]).items():
            if digest and digests.get(url) != digest:
                complaints.append('%s (%s) was never captured as served' % (url, kind))
    print(*complaints[:20], sep='\n')
    print('%d addresses replayed, %d pages shown, %d complaints' % (len(captured), pages, len(complaints)))
    return bool(complaints) or not pages


if __name__ == '__main__':
    sys.exit(main())
