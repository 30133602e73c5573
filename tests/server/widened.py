#!/usr/bin/env python3
"""A small site on which each option of a crawl leaves something out.

    widened.py --address A --port P --log FILE --facts FILE

Every page has words of its own, so that none is taken for a copy of another."""
import argparse
import http.server
import json
import random

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")

# PATH of site.test, or HOST/PATH: what it links to ("img:" embeds, "->" redirects).
PAGES = {
    "/": ["/a", "/b/one", "/dir/", "/away", "/closed/page", "/big", "/a?print=1", "/a?action=markasread", "http://sub.site.test/s",
          "http://friend.test/f", "img:/pic.png", "img:/closed/pic.png", "img:/parts/p.png"],
    "/a": ["/a/deep", "/b/two"],
    "/a/deep": ["/a/deeper"],
    "/a/deeper": [],
    "/a?print=1": [],
    "/a?action=markasread": [],
    "/b/one": ["/b/three"],
    "/b/two": [],
    "/b/three": [],
    "/dir/": ["/dir/pre/", "/above", "/dir/x"],
    "/dir/x": ["/b/one"],
    "/dir/pre/": ["/dir/pre/page", "/dir/x"],
    "/dir/pre/page": [],
    "/above": [],
    "/away": ["->/landing"],
    "/landing": ["/landing/next"],
    "/landing/next": [],
    "/closed/page": ["/closed/next"],
    "/closed/next": [],
    "/big": ["/big/after"],
    "/big/after": [],
    "/forum/": ["/forum/a", "/forum/a?action=markasread", "/forum/b?action=markasread", "/forum/c?action=markasread"],
    "/forum/a": [],
    "/forum/a?action=markasread": [],
    "/forum/b?action=markasread": [],
    "/forum/c?action=markasread": [],
    "/posts/": ["/posts/1", "/posts/2", "next:/posts/page/2", "/cat/"],
    "/posts/page/2": ["/posts/3", "/posts/4"],
    "/cat/": ["/posts/1", "/posts/2", "next:/cat/page/2"],
    "/cat/page/2": ["/posts/3", "next:/cat/page/3"],
    "/cat/page/3": ["/posts/4"],
    "/posts/1": [], "/posts/2": [], "/posts/3": [], "/posts/4": [],
    "sub.site.test/s": [],
    "friend.test/f": [],
}


def words(path):
    chance = random.Random(path)
    return " ".join("".join(chance.choice("aeioulmnrst") for _ in range(chance.randint(3, 8))) for _ in range(60))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def give(self, status, kind, body, *headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        host = self.headers["Host"]
        name = self.path if host == "site.test" else host + self.path
        with open(arguments.log, "a") as log:
            print("GET", host, self.path, file=log)
        if self.path == "/robots.txt":
            return self.give(200, "text/plain", b"User-agent: *\nDisallow: /closed/\n")
        if self.path.endswith(".png"):
            return self.give(200, "image/png", PNG + self.path.encode())
        if self.path.startswith("/tree/"):  # the same two links at each path, down to the fifth floor
            links = ["a/", "b/"] if self.path.count("/") < 7 else []
        elif self.path.startswith("/row/page/"):  # pages without end that say the same
            name = "/row/"
            links = ["next:/row/page/%d" % (int(self.path[10:]) + 1)] if int(self.path[10:]) < 12 else []
        elif name not in PAGES:
            return self.give(404, "text/plain", b"none")
        else:
            links = PAGES[name]
        if links and links[0].startswith("->"):
            return self.give(302, "text/html", b"", ("Location", links[0][2:]))
        body = "<!DOCTYPE html><title>%s</title><p>%s</p>" % (name, words(name))
        if name == "/big":
            body += "<!-- %s -->" % ("x" * 50000)
        for link in links:
            if link.startswith("next:"):
                body += "<p><a rel='next' href='%s'>Older posts</a>" % link[5:]
            else:
                body += "<img src='%s'>" % link[4:] if link.startswith("img:") else "<p><a href='%s'>%s</a>" % (link, link)
        return self.give(200, "text/html", body.encode())


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
json.dump({}, open(arguments.facts, "w"))
server.serve_forever()
