#!/usr/bin/env python3
"""Says whether a collection holds what it should.  Exits with 0 when it does; else prints what is wrong, at most 20 lines.

    judge.py complete [--once] MANIFEST COLLECTION   every line of the manifest is archived, with its bytes (once: and
                                                     nothing, on the manifest or not, is there twice)
    judge.py asked LOG NEVER                         the server was asked nothing twice, and nothing that NEVER names
    judge.py index COLLECTION                        the CDXJ is sorted, and has one true line for every capture
    judge.py tidy COLLECTION RUNS                    nothing is left open; RUNS summaries of runs are there and are JSON
"""
import glob
import hashlib
import json
import os
import sys

import warcread
from warcread import folded


def manifest(path):
    """CLASS, URL, STATUS, BYTES, SHA-1 of each line."""
    with open(path, encoding="ascii") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def complete(words):
    once = words[0] == "--once"
    path, collection = words[once:]
    archive = warcread.Archive(collection)
    rows = manifest(path)
    for kind, url, status, size, digest in rows:
        found = archive.by_url.get(folded(url), [])
        if not found:
            yield "%s is not in the archive: %s" % (kind, url)
        elif once and len(found) != 1:
            yield "%s is in the archive %d times: %s" % (kind, len(found), url)
        for record in found:
            if record.http()[0] not in (int(status), 304):
                yield "%s has status %d, not %s: %s" % (kind, record.http()[0], status, url)
            elif digest != "-":
                body = archive.body(record)
                if len(body) != int(size) or hashlib.sha1(body).hexdigest() != digest:
                    yield "%s has other bytes than the server sent (%d, not %s): %s" % (kind, len(body), size, url)
    listed = {folded(row[1]) for row in rows}
    for url, found in sorted(archive.by_url.items()):
        if url not in listed:
            print("note: not on the manifest, but archived: %s (%d)" % (url, found[0].http()[0]))
        if once and url not in listed and len(found) != 1:
            yield "in the archive %d times: %s" % (len(found), url)
    print("%d addresses looked up, %d archived" % (len(rows), len(archive.by_url)))


def asked(words):
    log, never = words
    seen = {}
    with open(log, encoding="ascii") as file:
        for line in file:
            _, url, status = line.split()
            # Each scheme has a robots.txt of its own (RFC 9309 section 2.3).
            key = url if url.endswith("/robots.txt") else folded(url)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] == 2:
                yield "asked twice: %s %s" % (url, status)
    with open(never, encoding="ascii") as file:
        rules = [folded(line.strip()) for line in file]
    exact = {rule for rule in rules if not rule.endswith("*")}
    begins = tuple(rule[:-1] for rule in rules if rule.endswith("*"))
    for url in sorted(seen):
        if (folded(url) in exact or folded(url).startswith(begins)) and not url.endswith("/robots.txt"):
            yield "should never be asked for: %s" % url
    if not seen:
        yield "nothing was asked for at all"
    print("%d requests for %d addresses" % (sum(seen.values()), len(seen)))


def index(words):
    collection, = words
    with open(os.path.join(collection, "indexes", "index.cdxj"), "rb") as file:
        lines = file.read().splitlines()
    if lines != sorted(lines):
        yield "the index is not sorted"
    places = {}
    for line in lines:
        key, stamp, text = line.decode().split(" ", 2)
        entry = json.loads(text)
        places[entry["filename"], int(entry["offset"])] = (stamp, entry)
    if len(places) != len(lines):
        yield "%d lines of the index for %d places" % (len(lines), len(places))
    for record in warcread.captures(collection):
        stamp, entry = places.pop((os.path.basename(record.file), record.offset), (None, None))
        if entry is None:
            yield "not in the index: %s at %s:%d" % (record.url, record.file, record.offset)
            continue
        date = "".join(c for c in record["WARC-Date"] if c.isdigit())[:14]
        status = str(record.http()[0])
        true = {"url": record.url, "length": str(record.length), "digest": record["WARC-Payload-Digest"],
                "status": entry.get("status") if record.type == "revisit" else status}
        for name, value in true.items():
            if entry.get(name) != value:
                yield "the index says %s %s, the record %s: %s" % (name, entry.get(name), value, record.url)
        if stamp != date:
            yield "the index says %s, the record %s: %s" % (stamp, date, record.url)
    for (name, offset), (_, entry) in places.items():
        yield "the index names %s:%d (%s), where no capture is" % (name, offset, entry["url"])
    print("%d lines in the index" % len(lines))


def tidy(words):
    collection, runs = words
    for path in glob.glob(os.path.join(collection, "archive", "*")):
        if not path.endswith(".warc.gz"):
            yield "left behind: %s" % path
    if not warcread.files(collection):
        yield "there is no WARC file"
    found = glob.glob(os.path.join(collection, "runs", "*.json"))
    if len(found) != int(runs):
        yield "%d summaries of runs, not %s" % (len(found), runs)
    for path in found:
        with open(path, encoding="utf-8") as file:
            json.load(file)
    for name in ("state/warccap.db", "logs/crawl.log", "metadata.yaml"):
        if not os.path.isfile(os.path.join(collection, name)):
            yield "there is no %s" % name


JUDGES = {"complete": complete, "asked": asked, "index": index, "tidy": tidy}


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in JUDGES:
        sys.exit(__doc__)
    wrong = 0
    try:
        for words in JUDGES[sys.argv[1]](sys.argv[2:]):
            wrong += 1
            if wrong <= 20:
                print("  " + words)
    except (warcread.Broken, OSError, ValueError) as error:
        wrong += 1
        print("  %s" % error)
    if wrong > 20:
        print("  and %d more" % (wrong - 20))
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
