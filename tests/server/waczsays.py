#!/usr/bin/env python3
"""What a WACZ file says of itself, a line each.

usage: waczsays.py WHAT FILE.wacz

WHAT is a member of datapackage.json, or "titles" or "words" of its pages, or "publicKey" of its signature; with "orphans", those revisits of its index are
printed whose original is not in it, and the exit code is 1 if there are any.
"""
import json
import sys
import zipfile
import zlib


def revisits(package):
    for line in package.read('indexes/index.cdx').decode().splitlines():
        entry = json.loads(line.split(' ', 2)[2])
        if entry['mime'] == 'warc/revisit':
            yield entry


def original(package, entry):
    data = package.read('archive/' + entry['filename'])[int(entry['offset']):][:int(entry['length'])]
    head = zlib.decompressobj(31).decompress(data).partition(b'\r\n\r\n')[0].decode().split('\r\n')
    fields = dict(line.split(': ', 1) for line in head[1:])
    return fields['WARC-Refers-To-Target-URI'], ''.join(c for c in fields['WARC-Refers-To-Date'] if c.isdigit())[:14]


def orphans(package):
    captures = set()
    for line in package.read('indexes/index.cdx').decode().splitlines():
        _, date, members = line.split(' ', 2)
        captures.add((json.loads(members)['url'], date))
    found = list(revisits(package))
    assert found, 'there are no revisits'
    return [entry for entry in found if original(package, entry) not in captures]


what, path = sys.argv[1:]
with zipfile.ZipFile(path) as opened:
    pages = [json.loads(line) for line in opened.read('pages/pages.jsonl').decode().splitlines()[1:]]
    if what == 'orphans':
        lost = orphans(opened)
        print(*lost[:5], sep='\n')
        sys.exit(bool(lost))
    if what == 'titles':
        print(*(page['title'] for page in pages), sep='\n')
    elif what == 'words':
        print(*(page.get('text', '') for page in pages), sep='\n')
    elif what == 'publicKey':
        print(json.loads(opened.read('datapackage-digest.json'))['signedData'][what])
    else:
        print(json.loads(opened.read('datapackage.json')).get(what, ''))
