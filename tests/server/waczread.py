#!/usr/bin/env python3
"""Reads a WACZ file as players do, and says what is wrong with it.

usage: waczread.py FILE.wacz [COLLECTION]

Every entry is stored; datapackage.json lists each with its digest; each line of the index points to a record of its URL
and date; each page has a line; nothing is listed twice.  With COLLECTION, the WARC files are those of its archive/, bit by
bit, and the index has exactly its lines.  Prints "LINES PAGES FILES", and exits with 1 when anything is wrong.
"""
import gzip
import hashlib
import json
import os
import sys
import zipfile
import zlib

wrong = []


def claim(holds, *words):
    if not holds:
        wrong.append(' '.join(str(word) for word in words))


def listed(package):
    described = json.loads(package.read('datapackage.json'))
    digest = json.loads(package.read('datapackage-digest.json'))
    claim(described['profile'] == 'data-package' and described['wacz_version'] == '1.1.1', 'profile and version')
    claim(digest['hash'] == 'sha256:' + hashlib.sha256(package.read('datapackage.json')).hexdigest(), 'digest of datapackage.json')
    claim(described['title'] and described['software'].startswith('warccap '), 'title and software')
    names = {entry['path']: entry for entry in described['resources']}
    claim(len(names) == len(described['resources']), 'a resource is listed twice')
    inside = [name for name in package.namelist() if not name.startswith('datapackage')]
    claim(sorted(names) == sorted(inside), 'entries that are not listed:', set(names) ^ set(inside))
    for name, entry in names.items():
        data = package.read(name)
        claim(entry['bytes'] == len(data), name, 'length')
        claim(entry['hash'] == 'sha256:' + hashlib.sha256(data).hexdigest(), name, 'digest')
    return described


def index_lines(package):
    names = package.namelist()
    if 'indexes/index.cdx' in names:
        return package.read('indexes/index.cdx').decode().splitlines()
    blocks, lines = package.read('indexes/index.cdx.gz'), []
    head, *keys = package.read('indexes/index.idx').decode().splitlines()
    claim(head.startswith('!meta 0 {'), 'first line of index.idx')
    for key in keys:
        at = json.loads(key[key.index('{'):])
        block = gzip.decompress(blocks[at['offset']:at['offset'] + at['length']]).decode().splitlines()
        claim(block[0].startswith(key[:key.index(' {')]), 'first line of the block', key)
        lines += block
    return lines


def record_at(package, entry):
    with package.open('archive/' + entry['filename']) as file:
        file.seek(int(entry['offset']))
        data = file.read(int(entry['length']))
    try:
        data = zlib.decompressobj(31).decompress(data)
    except zlib.error:
        pass
    head = data.partition(b'\r\n\r\n')[0].decode('utf-8', 'replace').split('\r\n')
    return dict(line.split(': ', 1) for line in head[1:])


def check_index(package, lines):
    captures = set()
    claim(lines == sorted(set(lines), key=lambda line: line.encode()), 'the index is not sorted, or has a line twice')
    for line in lines:
        _, date, members = line.split(' ', 2)
        entry = json.loads(members)
        fields = record_at(package, entry)
        claim(fields.get('WARC-Target-URI') == entry['url'], line, 'points to', fields.get('WARC-Target-URI'))
        claim(''.join(c for c in fields['WARC-Date'] if c.isdigit())[:14] == date, line, 'has another date')
        captures.add((entry['url'], date))
    return captures


def check_pages(package, captures):
    head, *pages = package.read('pages/pages.jsonl').decode().splitlines()
    claim(json.loads(head)['format'] == 'json-pages-1.0', 'head of pages.jsonl')
    pages = [json.loads(page) for page in pages]
    claim(len({page['id'] for page in pages}) == len(pages), 'two pages with one id')
    for page in pages:
        claim(page['title'], page, 'has no title')
        claim((page['url'], ''.join(c for c in page['ts'] if c.isdigit())) in captures, page, 'is not in the index')
    return pages


def check_collection(package, collection, lines):
    archive = os.path.join(collection, 'archive')
    for name in package.namelist():
        if name.startswith('archive/'):
            with open(os.path.join(archive, name[len('archive/'):]), 'rb') as file:
                claim(file.read() == package.read(name), name, 'is another file')
    with open(os.path.join(collection, 'indexes', 'index.cdxj'), encoding='utf-8') as file:
        claim(set(file.read().splitlines()) == set(lines), 'the index is not that of the collection')


def main():
    with zipfile.ZipFile(sys.argv[1]) as package:
        claim(package.testzip() is None, 'CRC')
        claim(all(entry.compress_type == zipfile.ZIP_STORED for entry in package.infolist()), 'an entry is compressed')
        described, lines = listed(package), index_lines(package)
        captures = check_index(package, lines)
        pages = check_pages(package, captures)
        if described.get('mainPageUrl'):
            claim(any(page['url'] == described['mainPageUrl'] for page in pages), 'the main page is not listed')
        if len(sys.argv) > 2:
            check_collection(package, sys.argv[2], lines)
        print(len(lines), len(pages), sum(name.startswith('archive/') for name in package.namelist()))
    print('\n'.join(wrong[:10]), file=sys.stderr)
    sys.exit(bool(wrong))


main()
