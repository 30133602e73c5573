#!/usr/bin/env python3
"""Asks two CDX servers for the same, and compares the lines.

    cdx_agree.py PYWB OWN       both are URLs of the API; the collection is that of tests/server/served.py

pywb adds members of its own, and falls back to like URLs, which is turned off.  Where it ends with an error of its own, a clear
refusal is right."""
import json
import sys
import urllib.error
import urllib.request

ADDED = ('source', 'source-coll', 'access')
QUERIES = r'''
url=a.test/old
url=http://a.test/old
url=https://www.a.test/only-www/
url=A.TEST/OLD
url=a.test
url=nowhere.test/
url=a.test/?page=2
url=a.test/?page%3D2
url=a.test/Case
url=http%3A%2F%2Fa.test%2F%253Cb%253E%2522%26
url=http%3A%2F%2Fa.test%2F%253Cb%253E%2522%26&output=json
url=a.test/old&output=json
url=a.test/old&unknown=1
url=a.test/*
url=a.test/old/*
url=a.test/?*
url=a.test/c*&output=json
url=*.a.test
url=*.test
url=a.test/old*&matchType=exact
url=a.test/old*&matchType=prefix
url=a.test/case&matchType=exact
url=a.test/ol&matchType=prefix
url=a.test/&matchType=prefix
url=a.test&matchType=host
url=b.test:8443&matchType=host
url=test&matchType=domain
url=a.test&matchType=domain
url=a.test/*&limit=3&fl=urlkey,timestamp,status,foo
url=a.test/*&limit=3&fields=status,urlkey&output=json
url=a.test/*&fl=u&limit=2
url=a.test/old&limit=1&output=json
url=a.test/old&limit=100000
url=a.test/old&sort=reverse
url=a.test/old&reverse=1&limit=2
url=a.test/old&reverse=true&limit=1
url=a.test/*&sort=reverse&limit=5
url=a.test/old&closest=20210601000000
url=a.test/old&closest=20210601000000&limit=2
url=a.test/old&closest=2019&sort=closest&limit=1
url=a.test/old&closest=20300101000000
url=a.test/old&closest=19900101&limit=2
url=a.test/old&from=2020
url=a.test/old&to=2021
url=a.test/old&from=2020&to=2021
url=a.test/old&from=20190101000000&to=20210101000000
url=a.test/old&from=20190101000001
url=a.test/old&from=201901&to=202101
url=a.test/*&filter=status:404
url=a.test/*&filter==status:404
url=a.test/*&filter=!=status:200
url=a.test/*&filter=!status:2
url=a.test/*&filter=mime:html
url=a.test/*&filter=~mime:text/.*
url=a.test/*&filter=~mime:.*html
url=a.test/*&filter=~mime:html
url=a.test/*&filter=!~status:(2|3)\d\d
url=a.test/*&filter=~status:[23].{2}
url=a.test/*&filter=~url:.*(?:C|c)ase
url=a.test/*&filter=status:200&filter=!mime:html
url=a.test/*&filter=urlkey:case
url=a.test/*&filter=k:case
url=a.test/*&filter=timestamp:2019
url=a.test/*&filter=nosuch:x
url=a.test/*&filter=!nosuch:x&limit=2
url=a.test/*&filter=case
url=a.test/*&filter==mime:warc/revisit
url=a.test/old&filter=!mime:warc/revisit
url=
foo=bar
url=a.test/old&matchType=foo
url=a.test/old&limit=x
url=a.test/old&filter=~status:(bad
'''.split()


def ask(base, query):
    try:
        with urllib.request.urlopen(base + '?' + query) as answer:
            return answer.status, answer.headers['Content-Type'], [plain(line) for line in answer.read().decode().splitlines()]
    except urllib.error.HTTPError as error:
        return 400 if error.code == 500 else error.code, '', []


def plain(line):
    key, _, members = line.partition('{')
    return key, [(name, value) for name, value in json.loads('{' + members).items() if name not in ADDED]


def main():
    pywb, own = sys.argv[1:]
    differing = listed = 0
    for query in QUERIES:
        theirs, ours = ask(pywb, query + '&allowFuzzy=false'), ask(own, query)
        listed += len(theirs[2])
        if theirs != ours:
            differing += 1
            print('FAILED: %s\n  pywb: %s\n  own:  %s' % (query, theirs, ours))
    print('%d queries, %d lines, %d differ' % (len(QUERIES), listed, differing))
    return differing > 0 or listed < 300


if __name__ == '__main__':
    sys.exit(main())
