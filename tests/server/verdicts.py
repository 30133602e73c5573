#!/usr/bin/env python3
"""One small blog per host name, NAME.verdicts.test.  Most fail in one way; the others only look odd.

    verdicts.py --address A --port P --log FILE --facts FILE

Each has a front page that lists eight posts over two pages of pagination, and one picture.  What differs is in WAYS, by name:
path -> what to do there; more_ways.py has more.  --facts: the names."""
import argparse
import gzip
import http.server
import json
import socket
import time
import zlib

import more_ways


def body(name, number, more=""):
    words = " ".join("%sword%d" % (name, number * 50 + i) for i in range(30))
    return ("<!DOCTYPE html><title>%d</title><p>%s.</p>%s" % (number, words, more)).encode()


def status(code, text=b"An error page."):
    return lambda h: h.give(code, text)


def to(target, code=302):
    return lambda h: h.give(code, b"", location=target)


def coded(coding, data):
    return lambda h: h.give(200, data, extra=[("Content-Encoding", coding)])


def raw(data):
    """These bytes, and the end of the connection."""
    def act(h):
        h.wfile.write(data)
        h.wfile.flush()
        h.close_connection = True
        h.connection.shutdown(socket.SHUT_RDWR)
    return act


def silent(h):
    time.sleep(8)
    h.close_connection = True


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = body("x", 77)
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</urlset>"
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</sitemapindex>"
XML = "application/xml"


def robots(*lines):
    return lambda h: h.give(200, "\n".join(("User-agent: *",) + lines).encode(), "text/plain")


def sitemap(*paths):
    return lambda h: h.give(200, (SITEMAP % "".join("<url><loc>http://%s%s</loc></url>" % (h.host, p) for p in paths)).encode(), XML)


def sitemap_index(*paths):
    return lambda h: h.give(200, (INDEX % "".join("<sitemap><loc>http://%s%s</loc></sitemap>" % (h.host, p) for p in paths)).encode(), XML)


def named(*acts):
    return {"/robots.txt": lambda h: h.give(200, ("User-agent: *\nSitemap: http://%s/map.xml\n" % h.host).encode(), "text/plain"),
            "/map.xml": acts[0]}


def banned(after, code):
    """As usual for so many requests, then always this."""
    return lambda h: h.usual() if sum(times for (host, _), times in h.met.items() if host == h.host) <= after else h.give(code, b"No more.")


def once(act):
    """So at first, then a page."""
    return lambda h: act(h) if h.times(h.path) == 1 else h.give(200, PAGE)


POST = "/post/3"
FAIL = {
    # the response
    "page-402": {POST: status(402)}, "page-405": {POST: status(405)}, "page-418": {POST: status(418)}, "page-407": {POST: status(407)},
    "page-408": {POST: status(408)}, "page-501": {POST: status(501)}, "page-530": {POST: status(530)}, "page-599": {POST: status(599)},
    "length-cut": {POST: raw(HEAD + b"Content-Length: 5000\r\n\r\n" + PAGE[:100])},
    "chunks-cut": {POST: raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n40\r\n" + PAGE[:64] + b"\r\n")},
    "chunks-bad": {POST: raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + PAGE)},
    "reset": {POST: raw(b"")}, "resets": {"/post/%d" % n: raw(b"") for n in range(8)}, "head-cut": {POST: raw(b"HTTP/1.1 200 OK\r\nContent-Ty")}, "silent": {POST: silent},
    "gzip-cut": {POST: coded("gzip", gzip.compress(PAGE)[:50])},
    "deflate-bad": {POST: coded("deflate", b"\x00\x01\x02\x03" * 20)}, "br-bad": {POST: coded("br", b"\xff\xfe" * 50)},
    "oversize": {POST: lambda h: h.give(200, PAGE * 2000)},
    # redirects
    "to-dead-port": {POST: to("http://dead-port.verdicts.test:9/x")},
    "circle-of-three": {POST: to("/r/1"), "/r/1": to("/r/2"), "/r/2": to("/r/3"), "/r/3": to("/r/1")},
    "to-500": {POST: to("/r/end", 301), "/r/end": status(500)}, "no-location": {POST: lambda h: h.give(302)},
    "to-login": {POST: to("/account/login?next=%2Fpost%2F3"), "/account/login?next=%2Fpost%2F3": lambda h: h.give(200, PAGE)},
    # lists
    "page2-500": {"/page/2": status(500)}, "page2-403": {"/page/2": status(403)}, "page2-circle": {"/page/2": to("/page/2")},
    "sitemap-500": named(status(500)), "sitemap-403": named(status(403)),
    "sitemap-cut": named(raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 9000\r\n\r\n<urlset>")),
    "sitemap-names-403": dict(named(sitemap("/only/1", "/only/2")), **{"/only/1": lambda h: h.give(200, body("only", 1)), "/only/2": status(403)}),
    "index-half": dict(named(sitemap_index("/a.xml", "/b.xml")), **{"/a.xml": sitemap("/post/1"), "/b.xml": status(503)}),
    # the whole site
    "all-403": {"*": status(403)}, "all-500": {"*": status(500)}, "seed-to-login": {"/": to("/login?to=%2F"), "/login?to=%2F": lambda h: h.give(200, PAGE)},
    "seed-cut": {"/": raw(HEAD + b"Content-Length: 5000\r\n\r\n" + PAGE[:100])}, "robots-500": {"/robots.txt": status(500)},
    "closed": {"/robots.txt": robots("Disallow: /")}, "front-closed": {"/robots.txt": robots("Disallow: /$")},
    "wall-by-redirect": dict({"/wall": lambda h: h.give(200, PAGE)}, **{"/post/%d" % n: to("/wall") for n in range(8)}),
    "wall-by-body": {"/post/%d" % n: lambda h: h.give(200, b"<title>Stop</title><p>Please wait until you are let in.") for n in range(8)},
    "banned-at-4": {"*": banned(4, 403)}, "banned-at-9": {"*": banned(9, 429)}, "failing-at-6": {"*": banned(6, 500)},
    # what no list names, and parts
    "loose-500": {"/post/1": lambda h: h.give(200, body("x", 1, "<a href='/about'>About</a>")), "/about": status(500)},
    "picture-206": {"/i.png": status(206)}, "page-206": {POST: status(206)},
    "picture-circle": {"/i.png": to("/j.png"), "/j.png": to("/k.png"), "/k.png": to("/i.png")}, "picture-to-itself": {"/i.png": to("/i.png")},
    "picture-to-nowhere": {"/i.png": lambda h: h.give(302)}, "picture-to-mail": {"/i.png": to("mailto:a@b.test")},
    "picture-far": dict({"/i.png": to("/far/0.png")}, **{"/far/%d.png" % n: to("/far/%d.png" % (n + 1)) for n in range(40)}),
    "picture-silent": {"/i.png": silent}, "picture-on-dead-port": {"/": lambda h: h.front("<img src='http://dead-port.verdicts.test:9/i.png'>")},
    "picture-to-dead-port": {"/i.png": to("http://dead-port.verdicts.test:9/i.png")}, "picture-to-500": {"/i.png": to("/j.png"), "/j.png": status(500)},
    "picture-500": {"/i.png": status(500)}, "picture-cut": {"/i.png": raw(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 900\r\n\r\n\x89PNG")},
}
SIMILAR = {"/post/%d" % n: lambda h, n=n: h.give(200, b"<title>A list</title><p>Entry number " + b"abcdefgh"[n:n + 1] * 3) for n in range(8)}
SOUND = {
    "plain": {},
    "www": {"*": lambda h: h.give(301, b"", location="http://www.%s%s" % (h.host, h.path)) if not h.host.startswith("www.") else h.usual()},
    "slashes": {"/post/%d" % n: to("/post/%d/" % n, 301) for n in range(8)},
    "login-link": {"/": lambda h: h.front("<a href='/login'>Log in</a>"), "/login": lambda h: h.give(200, b"<form><input type=password></form>")},
    "member-links": {POST: lambda h: h.give(200, body("x", 3, "<a href='/reply?p=3'>Reply</a>")), "/reply?p=3": to("/login?back=%2Freply%3Fp%3D3")},
    "captcha-words": {"/post/%d" % n: lambda h, n=n: h.give(200, body("x", n, "<h1>Access denied</h1><p>Are you human? Solve the captcha, Cloudflare says.</p>"))
                      for n in range(3)},
    "similar": SIMILAR,
    "small": {"/post/%d" % n: lambda h, n=n: h.give(200, b"p%d" % n) for n in range(8)},
    "some-equal": {"/post/%d" % n: lambda h: h.give(200, b"<p>This post is private.") for n in range(3)},
    "gzip": {POST: coded("gzip", gzip.compress(PAGE))}, "gzip-twice": {POST: coded("gzip, gzip", gzip.compress(gzip.compress(PAGE)))},
    "deflate": {POST: coded("deflate", zlib.compress(PAGE))}, "identity": {POST: coded("identity", PAGE)},
    "gzip-in-name": {POST: coded("gzip", PAGE)}, # as some servers do, and readers take it
    "chunked": {POST: raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))},
    "until-close": {POST: raw(HEAD + b"Connection: close\r\n\r\n" + PAGE)},
    "gone": {POST: status(404)}, "gone-for-good": {POST: status(410)}, "to-gone": {POST: to("/r/end"), "/r/end": status(404)},
    "moved-far": {POST: to("/r/1"), "/r/1": to("/r/2", 301), "/r/2": to("/r/3", 307), "/r/3": to("/r/4", 308), "/r/4": lambda h: h.give(200, PAGE)},
    "merged": {"/post/%d" % n: to("/post/5") for n in range(3)},
    "no-content": {POST: lambda h: h.give(200, b"")},
    "large": {POST: lambda h: h.give(200, PAGE * 300)},
    "slow": {POST: lambda h: (time.sleep(1), h.give(200, PAGE))},
    "picture-to-403": {"/i.png": to("/j.png"), "/j.png": status(403)}, "picture-to-404": {"/i.png": to("/j.png"), "/j.png": status(404)},
    "picture-to-login": {"/i.png": to("/login?back=%2Fi.png"), "/login?back=%2Fi.png": lambda h: h.give(200, b"<form><input type=password></form>")},
    "picture-moved-far": dict({"/i.png": to("/far/0.png"), "/far/9.png": lambda h: h.picture()}, **{"/far/%d.png" % n: to("/far/%d.png" % (n + 1)) for n in range(9)}),
    "pictures-to-one": {"/i.png": to("/j.png"), "/j.png": lambda h: h.picture(), POST: lambda h: h.give(200, body("x", 3, "".join("<img src='/m/%d.png'>" % n for n in range(20)))),
                        **{"/m/%d.png" % n: to("/j.png") for n in range(20)}},
    "picture-403": {"/i.png": status(403)}, "picture-404": {"/i.png": status(404)}, "picture-moved": {"/i.png": to("/j.png"), "/j.png": lambda h: h.picture()},
    "dead-link": {POST: lambda h: h.give(200, body("x", 3, "<a href='http://dead-port.verdicts.test:9/'>x</a> <a href='/none'>y</a>"))},
    "away": {POST: lambda h: h.give(200, body("x", 3, "<a href='/go/1'>x</a>")), "/go/1": to("http://plain.verdicts.test/")},
    "last-page": {"/page/2": lambda h: h.second("<a rel=next href='/page/3'>Older</a>"), "/page/3": status(404)},
    "sitemap": named(sitemap("/post/1", "/only/1")), "sitemap-404": named(status(404)),
    "sitemap-names-gone": named(sitemap("/post/1", "/none")),
    "sitemap-gz": named(lambda h: h.give(200, gzip.compress((SITEMAP % ("<url><loc>http://%s/post/1</loc></url>" % h.host)).encode()), "application/gzip")),
    "index": dict(named(sitemap_index("/a.xml", "/b.xml")), **{"/a.xml": sitemap("/post/1"), "/b.xml": sitemap("/only/1")}),
    "feed-empty": {"/": lambda h: h.front("<link rel=alternate type='application/rss+xml' href='/feed'>"),
                   "/feed": lambda h: h.give(200, b"<rss version='2.0'><channel><title>x</title></channel></rss>", "application/rss+xml")},
    "robots-404": {"/robots.txt": status(404)}, "robots-unlinked": {"/robots.txt": robots("Disallow: /admin/")},
    "print": {POST: lambda h: h.give(200, body("x", 3, "<a href='/post/3?print=1'>Print</a>")), "/post/3?print=1": lambda h: h.give(200, body("x", 3))},
    "choices": {POST: lambda h: h.give(300, PAGE)},
    "flaky": {POST: once(status(503, b"Later."))}, "flaky-500": {POST: once(status(500))}, "flaky-429": {POST: once(status(429))},
    "flaky-reset": {POST: once(raw(b""))}, "flaky-cut": {POST: once(raw(HEAD + b"Content-Length: 5000\r\n\r\n" + PAGE[:100]))},
    "flaky-picture": {"/i.png": lambda h: h.give(500) if h.times("/i.png") == 1 else h.picture()},
    "cookie-wall": {POST: once(lambda h: h.give(302, b"", location=POST, extra=[("Set-Cookie", "seen=1; Path=/")]))},
    "page-203": {POST: lambda h: h.give(203, PAGE)}, "http-1.0": {POST: raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)},
    "no-reason": {POST: raw(b"HTTP/1.1 200\r\ncontent-type:text/html\r\nconnection:close\r\n\r\n" + PAGE)},
    "hints": {POST: raw(b"HTTP/1.1 103 Early Hints\r\nLink: </i.png>; rel=preload\r\n\r\n" + HEAD + b"Connection: close\r\n\r\n" + PAGE)},
    "trailers": {POST: raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x;a=b\r\n%s\r\n0\r\nX-End: yes\r\n\r\n" % (len(PAGE), PAGE))},
    "utf-16": {POST: lambda h: h.give(200, PAGE.decode().encode("utf-16"))}, "xhtml": {POST: lambda h: h.give(200, PAGE, "application/xhtml+xml")},
    "sitemap-text": named(lambda h: h.give(200, b"http://%s/post/1\n" % h.host.encode(), "text/plain")),
    "sitemap-of-others": named(lambda h: h.give(200, (SITEMAP % "<url><loc>http://plain.verdicts.test/post/1</loc></url>").encode(), XML)),
    "robots-moved": {"/robots.txt": to("/r.txt"), "/r.txt": robots("Disallow: /admin/")}, "robots-page": {"/robots.txt": lambda h: h.give(200, PAGE)},
}
MORE_FAIL, MORE_SOUND = more_ways.ways(globals())
WAYS = {**FAIL, **SOUND, **MORE_FAIL, **MORE_SOUND}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    met = {}

    def log_message(self, *_):
        pass

    def times(self, path):
        return self.met.get((self.host, path), 0)

    def give(self, code, text=b"", kind="text/html", location="", extra=()):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        for field, value in extra:
            self.send_header(field, value)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def picture(self):
        self.give(200, b"\x89PNG\r\n\x1a\n" + self.host.encode(), "image/png")

    def front(self, more=""):
        posts = "".join("<h2><a href='/post/%d'>Post %d</a></h2>" % (n, n) for n in range(4))
        self.give(200, body("front", 90, posts + "<img src='/i.png'><a rel=next href='/page/2'>Older</a>" + more))

    def second(self, more=""):
        self.give(200, body("second", 91, "".join("<h2><a href='/post/%d'>Post %d</a></h2>" % (n, n) for n in range(4, 8)) + more))

    def usual(self):
        path = self.path.rstrip("/") or "/"
        if path == "/":
            return self.front()
        if path == "/page/2":
            return self.second()
        if path == "/i.png":
            return self.picture()
        if path.startswith(("/post/", "/only/")) and path[6:].isdigit():
            return self.give(200, body(path[1:5], int(path[6:])))
        return self.give(404, b"none")

    def do_GET(self):
        self.host = self.headers["Host"]
        self.met[self.host, self.path] = self.times(self.path) + 1
        name = self.host.replace("www.", "").replace(".verdicts.test", "")
        way = WAYS.get(name, {})
        act = way.get(self.path)
        if not act and "*" in way and self.path != "/robots.txt":
            act = way["*"]
        return act(self) if act else self.usual()


parser = argparse.ArgumentParser()
for option in ("address", "log", "facts"):
    parser.add_argument("--" + option, required=True)
parser.add_argument("--port", type=int, required=True)
arguments = parser.parse_args()
open(arguments.log, "w").close()
server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
json.dump({"fail": sorted(FAIL), "sound": sorted(SOUND), "more-fail": sorted(MORE_FAIL), "more-sound": sorted(MORE_SOUND)}, open(arguments.facts, "w"))
server.serve_forever()
