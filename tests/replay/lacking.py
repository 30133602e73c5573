"""Takes parts of pages out of a capture, and compares what verify and a browser say of it.

    lacking.py thin DIR                    every third part is taken out; prints its URL
    lacking.py agree SAID LACKS OUT PLAYER SAID: verify --json; LACKS: proof.mjs --lacks; OUT: what `thin` printed
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'server'))
from warcread import leave_out  # noqa: E402

ENDS = ('.css', '.js', '.png', '.gif', '.jpg', '.woff2')


def thin(directory):
    with open(os.path.join(directory, 'indexes', 'index.cdxj'), encoding='utf-8') as index:
        urls = sorted({json.loads(line.split(' ', 2)[2])['url'] for line in index})
    for url in [url for url in urls if url.endswith(ENDS)][::3]:
        assert leave_out(os.path.join(directory, 'archive'), url), url
        print(url)


def agree(said, lacks, out, player):
    with open(said, encoding='utf-8') as file:
        findings = [json.loads(line) for line in file]
    named = {one['url'] for one in findings if one.get('rule') in ('missing-requisite', 'revisit-unresolved')}
    with open(lacks, encoding='utf-8') as file:
        seen = json.load(file)
    with open(out, encoding='utf-8') as file:
        taken = set(file.read().split())
    missed, asked = set(seen[player]), set(seen['live'])
    for url in sorted(missed - named):
        print('Chromium misses it, verify does not name it:', url)
    for url in sorted((named & asked) - missed):
        print('verify names it, Chromium has it:', url)
    for url in sorted(named - asked):
        print('named, but no page that was looked at asks for it in this browser:', url)
    print(len(taken), 'taken out,', len(named), 'named,', len(missed), 'missed by Chromium')
    return bool(missed - named) or bool((named & asked) - missed) or len(missed) < 4


if __name__ == '__main__':
    sys.exit(thin(sys.argv[2]) if sys.argv[1] == 'thin' else agree(*sys.argv[2:]))
