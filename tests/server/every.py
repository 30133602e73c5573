#!/usr/bin/env python3
"""A small blog with URLs in every state that there is: pages, feeds and sitemaps, and the parts of pages.

    every.py --address A --port P --log FILE --facts FILE

--facts: how many URLs of each group are in which state, counted by hand for a crawl with --exclude /skip/."""
import argparse
import http.server
import json

LISTED = ["/post/%d" % n for n in range(1, 7)] + [
    "/gone", "/gone-for-good", "/refused", "/unauthorized", "/member", "/broken", "/partial", "/self", "/there", "/moved", "/far", "/to-gone",
    "/to-broken", "/closed/1", "/skip/1"]
STATUS = {"/gone": 404, "/gone-for-good": 410, "/refused": 403, "/unauthorized": 401, "/broken": 500, "/end/gone": 404, "/end/broken": 500,
          "/loose/broken": 502, "/loose/gone": 404, "/i/gone.png": 404, "/i/refused.png": 403, "/i/broken.png": 500}
TARGETS = {"/member": "/login?back=%2Fmember", "/self": "/self", "/there": "/back", "/back": "/there", "/moved": "/post/1", "/far": "/far/1",
           "/far/1": "/post/2", "/to-gone": "/end/gone", "/to-broken": "/end/broken", "/rss": "/feed", "/i/moved.png": "/i/kept.png",
           "/loose/away": "http://elsewhere.test/"}
PARTS = ["/i/kept.png", "/i/gone.png", "/i/refused.png", "/i/broken.png", "/i/moved.png", "/closed/i.png", "http://every.test:9/dead.png"]
# By hand.  A redirect is counted where it leads; a circle is broken as many times as it has URLs.
FACTS = {
    # /, /page/2, six posts, /loose/kept; five that are gone, one of them elsewhere; /refused, /unauthorized, /member; /broken, /partial, /self, /there,
    # /back, /to-broken, /end/broken, /loose/broken; /closed/1
    "pages": {"kept": 9, "gone": 5, "refused": 3, "broken": 8, "left_out": 1},
    "lists": {"kept": 2}, # /feed, /sitemap.xml
    # kept.png, large.jpg; gone.png; refused.png; broken.png, dead.png; i.png
    "parts": {"kept": 2, "gone": 1, "refused": 1, "broken": 2, "left_out": 1},
    "listed": {"kept": 8, "gone": 3, "refused": 3, "broken": 5, "left_out": 2},
}


def page(number, more=""):
    words = " ".join("word%d" % (number * 100 + i) for i in range(40))
    return ("<!DOCTYPE html><title>%d</title><p>%s.</p>%s" % (number, words, more)).encode()


def links(urls):
    return "".join("<p><a href='%s'>%s</a>" % (url, url) for url in urls)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def give(self, status, body=b"", kind="text/html", *headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        with open(arguments.log, "a") as log:
            print("GET", self.headers["Host"], path, file=log)
        if self.headers["Host"] != "every.test":
            return self.give(404, b"none")
        if path == "/robots.txt":
            return self.give(200, b"User-agent: *\nDisallow: /closed/\nSitemap: http://every.test/sitemap.xml\n", "text/plain")
        if path == "/":
            head = "<link rel=alternate type='application/rss+xml' href='/feed'><link rel=alternate type='application/rss+xml' href='/rss'>"
            return self.give(200, page(0, head + links(LISTED[:10]) + "<a rel=next href='/page/2'>Older posts</a>"))
        if path == "/page/2":
            return self.give(200, page(1, links(LISTED[10:])))
        if path == "/sitemap.xml":
            urls = "".join("<url><loc>http://every.test%s</loc></url>" % url for url in LISTED[:14])
            return self.give(200, ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</urlset>" % urls).encode(), "application/xml")
        if path == "/feed":
            items = "".join("<item><title>x</title><link>http://every.test%s</link></item>" % url for url in LISTED[:3])
            return self.give(200, ("<rss version='2.0'><channel><title>x</title>%s</channel></rss>" % items).encode(), "application/rss+xml")
        if path in STATUS:
            return self.give(STATUS[path], b"An error page.")
        if path in TARGETS:
            return self.give(302, b"", "text/html", ("Location", TARGETS[path]))
        if path == "/partial":
            return self.give(206, page(8)[:100], "text/html", ("Content-Range", "bytes 0-99/9000"))
        if path == "/post/1":
            return self.give(200, page(11, links(["/loose/kept", "/loose/broken", "/loose/gone", "/loose/away", "/large.jpg"])))
        if path == "/post/2":
            return self.give(200, page(12, "".join("<img src='%s'>" % part for part in PARTS)))
        if path.startswith("/post/"):
            return self.give(200, page(10 + int(path[6:])))
        if path == "/loose/kept":
            return self.give(200, page(20))
        if path in ("/i/kept.png", "/large.jpg"):
            return self.give(200, b"\x89PNG\r\n\x1a\n" + path.encode(), "image/png" if path.startswith("/i/") else "image/jpeg")
        self.give(404, b"none")


parser = argparse.ArgumentParser()
for name in ("address", "log", "facts"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
json.dump(FACTS, open(arguments.facts, "w"))
server.serve_forever()
