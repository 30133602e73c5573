#!/usr/bin/env python3
"""Sites that show one page for every URL, and healthy ones that look a little like it.

    walls.py --address A --port P --log FILE --facts FILE KIND

KIND is one of:
    redirect   every listed page leads to /notice
    home       every listed page leads to the front page
    body       every listed page is the same page, with 200
    members    every listed page leads to a login, each with a way back of its own
    merged     sound; four of twelve listed pages lead to one other
    copies     sound; three of twelve listed pages are the same to the last byte
    forum      sound; each topic has links to reply and to vote, the front page one to a new topic: all lead to a login
    small      sound; one of the three links of the front page shows it again
"""
import argparse
import http.server
import json

import local_server

PAGES = 12


def words(number):
    return " ".join("word%d" % (number * 100 + i) for i in range(40))


def page(number, more=""):
    return ("<!DOCTYPE html><title>%s</title><p>%s.</p>%s" % (number, words(number), more)).encode()


class Handler(local_server.Handler):
    kind = ""

    def to(self, target):
        self.give(302, b"", ("Location", target))

    def front(self):
        links = "".join("<h2><a href='/post/%d'>Post %d</a></h2>" % (n, n) for n in range(PAGES))
        if self.kind == "small":
            links = "<h2><a href='/index.html'>a</a></h2><h2><a href='/a'>b</a></h2><h2><a href='/b'>c</a></h2>"
        if self.kind == "forum":
            links += "<a href='/posting?mode=newtopic'>New topic</a>"
        return self.give(200, page(50, links))

    def post(self, number):
        if self.kind == "redirect":
            return self.to("/notice")
        if self.kind == "home":
            return self.to("/")
        if self.kind == "body":
            return self.give(200, page(99))
        if self.kind == "members":
            return self.to("/enter/login?back=%%2Fpost%%2F%d" % number)
        if self.kind == "merged" and number < 4:
            return self.to("/post/9")
        if self.kind == "copies" and number < 3:
            return self.give(200, page(98))
        more = ""
        if self.kind == "forum":
            more = "".join("<a href='/%s?topic=%d'>%s</a>" % (action, number, action) for action in ("answer", "applaud"))
        return self.give(200, page(number, more))

    def do_GET(self):
        path = self.path
        with open(arguments.log, "a") as log:
            print("GET", path, file=log)
        if path == "/":
            return self.front()
        if path.startswith("/post/"):
            return self.post(int(path[6:]))
        if path.startswith(("/answer", "/applaud", "/posting")):
            return self.to("/login?back=" + path.replace("/", "%2F").replace("?", "%3F"))
        if path == "/notice":
            return self.give(200, page(97))
        if path in ("/index.html", "/a", "/b"):
            return self.front() if path == "/index.html" else self.give(200, page(60 if path == "/a" else 61))
        return self.give(404, b"none")


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
parser.add_argument("kind")
arguments = parser.parse_args()
Handler.kind = arguments.kind
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
json.dump({}, open(arguments.facts, "w"))
server.serve_forever()
