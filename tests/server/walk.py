#!/usr/bin/env python3
"""Walks a site by its links, as a reader would who never tires, and holds a crawl against it.

    walk.py ADDRESS HOST COLLECTION ACCESS-LOG [INSIDE...]

Asks the web server at ADDRESS (port 80) for http://HOST/ and for all that can be come to from there by links within HOST and
the INSIDE hosts, with an HTML parser of Python's own, and no knowledge of pagers, archives or traps.  Then every page
that answered with 200 must be in the collection, and the access log ("METHOD SCHEME://HOST/PATH STATUS", what the crawl asked
for; the walk must be logged elsewhere or cut off) must name no address twice, and of other hosts nothing but what
the pages need to be shown.  Prints what is wrong, with numbers, and ends with 1.
"""
import collections
import glob
import html.parser
import http.client
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from warcread import records

WAYS = {"a": "href", "area": "href", "frame": "src", "iframe": "src"}
PARTS = {"img": "src", "script": "src", "embed": "src", "iframe": "src", "frame": "src", "source": "src"}
LINKED = {"next", "prev", "start", "contents", "index", "archives", "alternate"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ways, self.parts, self.base = [], [], None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag in WAYS and values.get(WAYS[tag]) is not None:
            self.ways.append(values[WAYS[tag]])
        if tag in PARTS and values.get(PARTS[tag]):
            self.parts.append(values[PARTS[tag]])
        if tag == "base" and self.base is None:
            self.base = values.get("href")
        rel = set((values.get("rel") or "").lower().split())
        if tag == "link" and values.get("href"):
            (self.ways if rel & LINKED else self.parts).append(values["href"])
        if tag == "option" and re.match(r"\.{0,2}/|https?:", values.get("value") or ""):
            self.ways.append(values["value"])
        if tag == "meta" and (values.get("http-equiv") or "").lower() == "refresh":
            found = re.search(r"url\s*=\s*['\"]?([^'\"]+)", values.get("content") or "", re.I)
            self.ways += [found[1]] if found else []

    handle_startendtag = handle_starttag


def name_of(url):
    """One name for all spellings of an address: escapes decoded, no scheme."""
    parts = urllib.parse.urlsplit(url)
    return "%s%s%s" % (parts.hostname, urllib.parse.unquote(parts.path or "/"),
                       "?" + urllib.parse.unquote(parts.query) if parts.query else "")


def asked_as(url):
    parts = urllib.parse.urlsplit(url)
    path, query = (urllib.parse.quote(text, safe="/%:@!$&'()*+,;=~-._?") for text in (parts.path or "/", parts.query))
    return path + ("?" + query if query else "")


def walk(address, host, inside):
    """What can be come to: names of pages with 200, of all that was met, and of what pages need to be shown."""
    server = http.client.HTTPConnection(address, 80, timeout=10)
    met, pages, parts, waiting = set(), set(), set(), collections.deque(["http://%s/" % host])
    while waiting:
        url = waiting.popleft()
        if name_of(url) in met:
            continue
        met.add(name_of(url))
        server.request("GET", asked_as(url), headers={"Host": urllib.parse.urlsplit(url).hostname})
        answer = server.getresponse()
        body, kind, moved = answer.read(), answer.getheader("Content-Type") or "", answer.getheader("Location")
        if answer.status in (301, 302, 303, 307, 308):
            waiting.append(urllib.parse.urljoin(url, moved))
        if answer.status != 200 or not kind.startswith("text/html"):
            continue
        pages.add(name_of(url))
        page = Page()
        page.feed(body.decode("utf-8", "replace"))
        base = urllib.parse.urljoin(url, page.base or "")
        for links, is_way in ((page.ways, True), (page.parts, False)):
            for link in links:
                target = urllib.parse.urldefrag(urllib.parse.urljoin(base, link.strip()))[0]
                parts_of = urllib.parse.urlsplit(target)
                if parts_of.scheme in ("http", "https") and not is_way:
                    parts.add(name_of(target))
                elif parts_of.scheme in ("http", "https") and parts_of.hostname in inside:
                    waiting.append(target)
    return pages, met, parts


def complain(bad, total, what):
    for line in sorted(bad)[:10]:
        print("  " + line)
    if bad:
        print("  %d of %d %s" % (len(bad), total, what))
    return bool(bad)


def main():
    address, host, collection, log, *more = sys.argv[1:]
    inside = {host, *more}
    with open(log) as file:
        # Whoever started the server asked it by its address whether it answers.
        asked = [line.split(" ")[1] for line in file if "://%s/" % address not in line]
    pages, met, parts = walk(address, host, inside)
    have = set()
    for path in glob.glob(os.path.join(collection, "archive", "*.warc.gz*")):
        for header, block in records(path):
            if header["warc-type"] in ("response", "revisit") and int(block.split(b" ", 2)[1]) == 200:
                have.add(name_of(header["warc-target-uri"]))
    counts = collections.Counter(name_of(url) for url in asked)
    # A host that answers many URLs alike is probed, to see whether it shuts us out.
    with open(os.path.join(collection, "logs", "crawl.log")) as log:
        probes = [name_of(line.split()[3]) for line in log if line.rstrip().endswith(" probe")]
    counts.subtract(probes)
    strange = [url for url in asked if urllib.parse.urlsplit(url).hostname not in inside and name_of(url) not in parts]
    print("  %d pages can be come to, %d requests" % (len(pages), len(asked)))
    wrong = complain(pages - have, len(pages), "pages are missing")
    wrong |= complain([url for url in counts if counts[url] > 1], len(counts), "addresses were asked for more than once")
    wrong |= complain(probes if len(probes) > 4 + len(pages) // 25 else [], len(asked), "requests were probes")
    wrong |= complain(strange, len(asked), "requests went to strangers")
    # The site's own files beside its pages: what is shown in them, feeds, sitemaps, robots.txt.
    vain = {url for url in counts if url not in met and url not in parts and not re.search(r"/robots\.txt$|\.xml$|/favicon", url)}
    wrong |= complain(vain, len(counts), "addresses that no page links to were asked for")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
