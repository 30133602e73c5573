#!/usr/bin/env python3
"""A story in twelve numbered chapters, each with rel=next and rel=prev.

    chapters.py --address A --port P --log FILE --facts FILE --state FILE

FILE of --state has numbers: 13 adds a chapter at the end, any other takes that chapter out of the row.  "t7" gives chapter 7 another text.
Beside it are a blog of numbered pages, whose URLs do not say so, and a thread with ?page=2; "p" adds four posts to each.
"""
import argparse
import http.server
import json
import os


def row():
    numbers = open(arguments.state).read().split() if os.path.exists(arguments.state) else []
    numbers = [number for number in numbers if number.isdigit()]
    return [n for n in range(1, 14 if "13" in numbers else 13) if str(n) not in numbers or n == 13]


def word(number):
    """A word of letters alone: numbers are no difference between pages."""
    return "".join(chr(ord("a") + number * factor % 26) for factor in (1, 3, 5, 7, 11, 17)) + "abcdefghijklm"[number // 61 % 13]


def has(mark):
    return os.path.exists(arguments.state) and mark in open(arguments.state).read().split()


MENU = "<a href='/about'>About</a> <a href='/chapter/1'>First</a> <a href='/'>Home</a> "


def listed(at, posts, each):
    """A page of pagination: links to its posts, and to its neighbours."""
    last = (posts + each - 1) // each
    names = [posts - 1 - n for n in range((at - 1) * each, min(at * each, posts))]
    links = "".join("<h2><a href='/post/%d'>%s</a></h2>" % (n, word(n + 900)) for n in names)
    links += "" if at == 1 else "<a rel=prev href='%s'>Newer</a> " % ("/" if at == 2 else "/news/%d" % (at - 1))
    return links + ("" if at == last else "<a rel=next href='/news/%d'>Older</a>" % (at + 1)), last


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def give(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        chapters = row()
        if self.path == "/":
            return self.give(200, "<!DOCTYPE html><title>A story</title><p>It begins.</p>" + listed(1, 24 if has("p") else 20, 5)[0] +
                             "<a href='/thread?page=1'>Talk</a> <a rel=next href='/thread?page=2'>2</a> <a rel=next href='/chapter/1'>Next</a>")
        posts, part = 24 if has("p") else 20, self.path.replace("=", "/").split("/")[-1]
        if self.path == "/about":
            return self.give(200, "<!DOCTYPE html><title>About</title><p>%s</p>" % word(800))
        if self.path.startswith("/post/") and part.isdigit() and int(part) < posts:
            return self.give(200, "<!DOCTYPE html><title>%s</title><p>%s</p>" % (word(int(part) + 900), " ".join(word(int(part) * 7 + i) for i in range(40))))
        if self.path.startswith("/news/") and part.isdigit():
            links, last = listed(int(part), posts, 5)
            return self.give(200, "<!DOCTYPE html><title>News</title>" + MENU + links) if 2 <= int(part) <= last else self.give(404, "none")
        if self.path.startswith("/thread?page=") and part.isdigit() and 1 <= int(part) <= (4 if has("p") else 3):
            at, last = int(part), 4 if has("p") else 3
            said = "".join("<p>%s</p>" % " ".join(word(at * 300 + n * 30 + i) for i in range(20)) for n in range(4 if at < last else 2))
            links = "".join("<a rel=%s href='/thread?page=%d'>%s</a> " % (way, to, way) for way, to in (("prev", at - 1), ("next", at + 1)) if 1 <= to <= last)
            return self.give(200, "<!DOCTYPE html><title>Talk</title>" + MENU + said + links)
        name = self.path[9:] if self.path.startswith("/chapter/") else ""
        if not name.isdigit() or int(name) not in chapters:
            return self.give(404, "none")
        at = chapters.index(int(name))
        links = MENU if at == 0 else MENU + "<a rel=prev href='/chapter/%d'>Previous</a> " % chapters[at - 1]
        links += "" if at + 1 == len(chapters) else "<a rel=next href='/chapter/%d'>Next</a>" % chapters[at + 1]
        words = " ".join(word(int(name) * 61 + i + (30 if has("t" + name) else 0)) for i in range(60))
        return self.give(200, "<!DOCTYPE html><title>Chapter %s</title><p>%s.</p>%s" % (name, words, links))


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts", "state"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
open(arguments.log, "w").close()
json.dump({}, open(arguments.facts, "w"))
server.serve_forever()
