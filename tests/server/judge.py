#!/usr/bin/env python3
"""Judges a crawl of a simulated site by what the server says of itself and by what it was asked for.

    judge.py captured FACTS COLLECTION KIND...   every address of these lists of the facts has an answer in the archive
    judge.py once LOG [COLLECTION]               nothing was asked for twice, but for a few probes of the collection's log
    judge.py never LOG FACTS [REGEX...]          nothing was asked for that matches the facts' "never", or a REGEX
    judge.py economy LOG FACTS FACTOR KIND...    no more requests than FACTOR times the addresses of these lists
    judge.py bounds LOG FACTS                    no trap of the facts' "bounds" was asked for more often than it says
    judge.py topics FACTS COLLECTION             each of the facts' "topics" is there in one of its spellings
    judge.py whole COLLECTION SHARE AT...        a crawl cut off when it had AT (0.5: half) of its answers would have no smaller
                                                 SHARE of its pages whole, with all that they need to be shown

Prints what is wrong, with numbers, and ends with 1; prints nothing when all is well.
"""
import collections
import glob
import json
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from walk import Page, name_of
from warcread import body_of, folded, records


def listed(facts, kinds):
    with open(facts) as file:
        facts = json.load(file)
    return {url for kind in kinds for url in facts[kind]}


def asked(log):
    """The addresses in the server's log, as often as they were asked for."""
    with open(log) as file:
        return ["http://%s%s" % tuple(line.split(" ")[1:3]) for line in file]


def statuses(collection):
    """Address -> the best status that the archive has for it."""
    best = {}
    for path in glob.glob(os.path.join(collection, "archive", "*.warc.gz*")):
        for header, block in records(path):
            if header["warc-type"] in ("response", "revisit"):
                url, status = folded(header["warc-target-uri"]), int(block.split(b" ", 2)[1])
                best[url] = min(status, best.get(url, 999))
    return best


def complain(bad, total, what):
    for line in sorted(bad)[:10]:
        print("  " + line)
    if bad:
        print("  %d of %d %s" % (len(bad), total, what))
    return bool(bad)


def captured(facts, collection, *kinds):
    have, wrong = statuses(collection), False
    for kind in kinds:
        wanted = listed(facts, [kind])
        wrong |= complain([url for url in wanted if have.get(url) != 200], len(wanted), kind + " are missing")
    return wrong


def once(log, collection=None):
    counts = collections.Counter(asked(log))
    probes = []
    if collection: # a host that answers many URLs alike is probed, to see whether it shuts us out
        with open(os.path.join(collection, "logs", "crawl.log")) as file:
            probes = [line.split()[3] for line in file if line.rstrip().endswith(" probe")]
    counts.subtract(probes)
    if len(probes) > 4 + len(counts) // 25:
        return complain(probes, len(counts), "requests were probes")
    return complain([url for url in counts if counts[url] > 1], len(counts), "addresses were asked for more than once")


def never(log, facts, *more):
    urls, patterns = set(asked(log)), [re.compile(one) for one in [*listed(facts, ["never"]), *more]]
    return complain([url for url in urls if any(one.search(url) for one in patterns)], len(urls),
                    "addresses should never have been asked for")


def economy(log, facts, factor, *kinds):
    requests, needed = len(asked(log)), len(listed(facts, kinds))
    if requests > float(factor) * needed:
        print("  %d requests where %d are needed: %.2f times" % (requests, needed, requests / needed))
    return requests > float(factor) * needed


def bounds(log, facts):
    urls = asked(log)
    with open(facts) as file:
        rows = [(pattern, most, sum(bool(re.search(pattern, url)) for url in urls))
                for pattern, most in json.load(file)["bounds"]]
    return complain(["%s was asked for %d times, at most %d will do" % (pattern, count, most)
                     for pattern, most, count in rows if count > most], len(rows), "traps caught the crawler")


def topics(facts, collection):
    have, wanted = [url for url, status in statuses(collection).items() if status == 200], listed(facts, ["topics"])
    return complain([one for one in wanted if not any(re.search(one, url) for url in have)], len(wanted), "topics are missing")


def answers(collection):
    """In the order in which they were kept: name, and of a page the names of what it needs to be shown, else None."""
    for path in sorted(glob.glob(os.path.join(collection, "archive", "*.warc.gz*"))):
        for header, block in records(path):
            if header["warc-type"] not in ("response", "revisit"):
                continue
            url, needs = header["warc-target-uri"], None
            if header["warc-type"] == "response" and b"text/html" in block[:1000].lower() and body_of(block)[0] == 200:
                page = Page()
                page.feed(body_of(block)[1].decode("utf-8", "replace"))
                needs = {name_of(urllib.parse.urljoin(url, part)) for part in page.parts if not part.startswith("data:")}
            yield name_of(url), needs


def whole(collection, share, *cuts):
    kept, wrong = list(answers(collection)), []
    there = {name for name, _ in kept}
    for cut in cuts:
        first = kept[:int(float(cut) * len(kept))]
        have, pages = {name for name, _ in first}, [needs & there for _, needs in first if needs is not None]
        count = sum(needs <= have for needs in pages)
        print("  cut at %s: %d of %d pages are whole" % (cut, count, len(pages)))
        if not pages or count < float(share) * len(pages):
            wrong.append(cut)
    return complain(wrong, len(cuts), "cuts leave a heap of halves")


if __name__ == "__main__":
    sys.exit({"captured": captured, "once": once, "never": never, "economy": economy, "bounds": bounds,
              "topics": topics, "whole": whole}[sys.argv[1]](*sys.argv[2:]))
