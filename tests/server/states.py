#!/usr/bin/env python3
"""A small blog whose pages answer in the ways that a URL can be kept, gone, refused and broken.

    states.py --address A --port P --log FILE --facts FILE STATE...

The front page lists one page for each STATE, as pages of its pagination would be, and five that are sound.  With --usual-sitemap
it names none, and the sitemap in the usual place, which nothing names, lists them."""
import argparse
import gzip
import http.server
import json
import random

import local_server

WORDS = {n: "Page %d has words of its own: %s." % (n, " ".join("word%d" % (n * 100 + i) for i in range(40))) for n in range(20)}


def page(number, more=""):
    return ("<!DOCTYPE html><title>%d</title><p>%s</p>%s" % (number, WORDS[number], more)).encode()


class Handler(local_server.Handler):
    states = []

    def do_GET(self):
        path = self.path
        with open(arguments.log, "a") as log:
            print("GET", path, file=log)
        if path == "/" and arguments.usual_sitemap:
            return self.give(200, page(0))
        if path == "/sitemap.xml" and arguments.usual_sitemap:
            urls = ["/sound/%d" % n for n in range(5)] + ["/is/" + state for state in self.states]
            return self.give(200, ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</urlset>" % "".join(
                "<url><loc>http://states.test%s</loc></url>" % url for url in urls)).encode())
        if path == "/":
            links = ["/sound/%d" % n for n in range(5)] + ["/is/" + state for state in self.states]
            return self.give(200, page(0, "".join("<a href='%s'>%s</a> " % (link, link) for link in links) + "<a rel=next href='/page/2'>Older posts</a>"))
        if path == "/page/2":
            return self.give(200, page(1, "".join("<a href='/is/%s'>x</a>" % state for state in self.states)))
        if path.startswith("/sound/"):
            return self.give(200, page(2 + int(path[7:])))
        turns = {"/is/circle": "/turn/1", "/turn/1": "/turn/2", "/turn/2": "/is/circle", "/is/members": "/login?back=%2Fis%2Fmembers",
                 "/is/blog": "/wp-login.php?redirect_to=%2Fis%2Fblog", "/is/portal": "http://accounts.states.test/start",
                 "/is/to-403": "/end/403", "/is/to-500": "/end/500", "/is/to-404": "/end/404", "/is/far": "/far/1", "/far/1": "/far/2",
                 "/far/2": "/sound/2"}
        if path in turns:
            return self.give(302, b"", ("Location", turns[path]))
        if path.startswith("/end/"):
            return self.give(int(path[5:]), b"<p>An error page.")
        state = path[4:]
        if state.isdigit() and state != "206":
            return self.give(int(state), b"<p>An error page.")
        if state == "206":
            return self.give(206, page(8)[:100], ("Content-Range", "bytes 0-99/9000"))
        if state == "undecodable":
            return self.give(200, gzip.compress(page(9))[:60], ("Content-Encoding", "gzip"))
        if state == "coding":
            return self.give(200, random.Random(10).randbytes(900), ("Content-Encoding", "zpaq"))
        if state == "no-coding":  # nobody knows it, but the page is there to be read
            return self.give(200, page(10), ("Content-Encoding", "zpaq"))
        if state == "self":
            return self.give(302, b"", ("Location", path))
        if state == "there":
            return self.give(302, b"", ("Location", "/is/back"))
        if state == "back":
            return self.give(302, b"", ("Location", "/is/there"))
        if state == "nowhere":
            return self.give(302)
        if state == "moved":
            return self.give(301, b"", ("Location", "/sound/1"))
        self.give(404, b"none")


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
parser.add_argument("--usual-sitemap", action="store_true")
parser.add_argument("states", nargs="*")
arguments = parser.parse_args()
Handler.states = arguments.states
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
json.dump({}, open(arguments.facts, "w"))
server.serve_forever()
