#!/usr/bin/env python3
"""A story in twelve numbered chapters, each with rel=next and rel=prev.

    chapters.py --address A --port P --log FILE --facts FILE --state FILE

FILE of --state has numbers: 13 adds a chapter at the end, any other takes that chapter out of the row.
"""
import argparse
import http.server
import json
import os


def row():
    numbers = open(arguments.state).read().split() if os.path.exists(arguments.state) else []
    return [n for n in range(1, 14 if "13" in numbers else 13) if str(n) not in numbers or n == 13]


def word(number):
    """A word of letters alone: numbers are no difference between pages."""
    return "".join(chr(ord("a") + number * factor % 26) for factor in (1, 3, 5, 7, 11, 17)) + "abcdefghijklm"[number // 61 % 13]


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
            return self.give(200, "<!DOCTYPE html><title>A story</title><p>It begins.</p><a rel=next href='/chapter/1'>Next</a>")
        name = self.path[9:] if self.path.startswith("/chapter/") else ""
        if not name.isdigit() or int(name) not in chapters:
            return self.give(404, "none")
        at = chapters.index(int(name))
        links = "" if at == 0 else "<a rel=prev href='/chapter/%d'>Previous</a> " % chapters[at - 1]
        links += "" if at + 1 == len(chapters) else "<a rel=next href='/chapter/%d'>Next</a>" % chapters[at + 1]
        words = " ".join(word(int(name) * 61 + i) for i in range(60))
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
