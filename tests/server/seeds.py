#!/usr/bin/env python3
"""A site with pages that are good and bad beginnings of a crawl.

    seeds.py --address A --port P --log FILE --facts FILE
"""
import argparse
import http.server
import json

import local_server


def page(title, more=""):
    return ("<!DOCTYPE html><title>%s</title><p>%s: %s</p>%s" % (title, title, " ".join("word%d" % i for i in range(40)), more)).encode()


TURNS = {"/moved": "/one", "/other-host": "http://www.seeds.test/one", "/members": "/login?back=%2Fmembers", "/turn": "/turn/2",
         "/turn/2": "/turn/3", "/turn/3": "/turn",
         "/suspended": "http://provider.test/stopped", "/parked": "/parked/2", "/parked/2": "http://parking.test/?from=seeds",
         "/new-home": "http://home.test/", "/short": "http://articles.test/one", "/to-error": "http://provider.test/none"}
ERRORS = {"/gone": 404, "/gone-for-good": 410, "/forbidden": 403, "/broken": 500}


class Handler(local_server.Handler):
    @property
    def media_type(self):
        return "text/plain" if self.path == "/robots.txt" else "text/html"

    def do_GET(self):
        path, host = self.path, self.headers.get("Host")
        if path == "/robots.txt":
            return self.give(200, b"User-agent: *\nDisallow: /closed/\n")
        if (host, path) in (("provider.test", "/stopped"), ("parking.test", "/?from=seeds")):
            return self.give(200, page("This account has been suspended"))
        if (host, path) == ("home.test", "/"):
            return self.give(200, page("home", "<h2><a href='/one'>One</a></h2>"))
        if host in ("provider.test", "parking.test"):
            return self.give(404, b"none")
        if path in TURNS:
            return self.give(302, b"", ("Location", TURNS[path]))
        if path in ERRORS:
            return self.give(ERRORS[path], b"<p>An error page.")
        if path == "/part":
            return self.give(206, page("part")[:50], ("Content-Range", "bytes 0-49/900"))
        if path == "/":
            return self.give(200, page("front", "<h2><a href='/one'>One</a></h2>"))
        if path == "/one" or path.startswith("/login"):
            return self.give(200, page(path))
        return self.give(404, b"none")


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
open(arguments.log, "w").close()
json.dump({}, open(arguments.facts, "w"))
server.serve_forever()
