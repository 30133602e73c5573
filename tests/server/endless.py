#!/usr/bin/env python3
"""A small healthy site with one thing on its front page that does not end.

    endless.py --address A --port P --log FILE --facts FILE [WHAT...]

The front page names WHAT first, then twenty pages /p/N with a picture each.  WHAT is a path of the table below; without one the
site is healthy.  --log: "GET HOST PATH STATUS" when a request comes; --facts: an empty file, once it listens.
"""
import argparse
import http.server
import itertools
import os
import signal
import time

PICTURE = b"GIF89a" + b"\0" * 400


def head(handler, *fields, status=b"200 OK"):
    handler.wfile.write(b"HTTP/1.1 " + status + b"\r\n" + b"".join(field + b"\r\n" for field in fields) + b"\r\n")


def picture(handler):
    """Without a length, as fast as it goes."""
    head(handler, b"Content-Type: image/png", b"Connection: close")
    while True:
        handler.wfile.write(b"x" * (1 << 16))
        time.sleep(0.005)


def vast(handler):
    """A terabyte, at two kilobytes a second."""
    head(handler, b"Content-Type: video/mp4", b"Content-Length: 1000000000000")
    while True:
        handler.wfile.write(b"x" * 500)
        time.sleep(0.25)


def drip(handler):
    """A page without a length, at two kilobytes a second."""
    head(handler, b"Content-Type: text/html", b"Connection: close")
    while True:
        handler.wfile.write(b"<p>again " * 55)
        time.sleep(0.25)


def interim(handler):
    while True:
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </p/1>; rel=preload\r\n\r\n" * 100)


def fields(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in itertools.count():
        handler.wfile.write(b"X-Field-%d: more\r\n" % number)


def trailers(handler):
    head(handler, b"Content-Type: text/plain", b"Transfer-Encoding: chunked")
    handler.wfile.write(b"5\r\nhello\r\n0\r\n")
    for number in itertools.count():
        handler.wfile.write(b"X-Trailer-%d: more\r\n" % number * 100)
        time.sleep(0.001)


def large(handler):
    """Three hundred megabytes that do not compress well."""
    import random
    piece = random.Random(1).randbytes(1 << 20)
    head(handler, b"Content-Type: video/mp4", b"Content-Length: %d" % (300 << 20))
    for number in range(300):
        handler.wfile.write(b"%8d" % number + piece[8:])


def page(handler, body):
    head(handler, b"Content-Type: text/html", b"Content-Length: %d" % len(body))
    handler.wfile.write(body)


def parts(handler):
    page(handler, b"".join(b'<img src="/part/%d.gif">' % number for number in range(5200)))


def hosts(handler):
    page(handler, b"".join(b'<img src="http://h%d.other.test/a.gif">' % number for number in range(3000)))


def base(handler):
    page(handler, b'<base href="http://endless.test/' + b"b" * 65000 + b'/">' +
         b"".join(b'<a href="%d">x</a>' % number for number in range(20000)))


def redirects(handler):
    """Each leads to ten more."""
    number = int(handler.path.rpartition("/")[2] or 0) if handler.path != "/redirects" else 0
    head(handler, b"Location: /redirects/%d" % (number + 1), b"Content-Length: 0", status=b"302 Found")


def answers(handler):
    """Pages that lead on for ever, none of which is there."""
    number = int(handler.path.rpartition("/")[2]) if handler.path != "/answers" else 0
    body = b"".join(b'<a href="/answers/%d">on</a>' % (number * 3 + i) for i in (1, 2, 3))
    head(handler, b"Content-Type: text/html", b"Content-Length: %d" % len(body), status=b"404 Not Found")
    handler.wfile.write(body)


def bounces(handler):
    """Sixty links, each of which redirects to a page."""
    number = handler.path.rpartition("/")[2]
    if number == "bounces":
        page(handler, b"".join(b'<a href="/bounces/%d">x</a>' % number for number in range(60)))
    else:
        head(handler, b"Location: /landed/" + number.encode(), b"Content-Length: 0", status=b"302 Found")


def landed(handler):
    page(handler, b"<p>Landed at %s." % handler.path.encode())


def rules(handler):
    """What /robots.txt has when it is named first: more than anybody reads."""
    page(handler, b"<p>See /robots.txt.")


def halting(handler):
    """The crawler, whose process is named beside the log, stands still while the response comes."""
    name = handler.server.log + ".process"
    while not (os.path.exists(name) and os.path.getsize(name)):
        time.sleep(0.01)
    with open(name) as file:
        process = int(file.read())
    head(handler, b"Content-Type: text/html", b"Content-Length: 16")
    os.kill(process, signal.SIGSTOP)
    handler.wfile.write(b"<p>All the same.")
    time.sleep(5)
    os.kill(process, signal.SIGCONT)


THINGS = {"/" + thing.__name__: thing for thing in (picture, vast, drip, interim, fields, trailers, large, parts, hosts, base,
                                                    redirects, answers, bounces, landed, rules, halting)}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(self.server.log, "a") as file:
            file.write("GET %s %s 200\n" % (self.headers["Host"], self.path))
        try:
            self.answer()
        except OSError:
            self.close_connection = True

    def answer(self):
        thing = THINGS.get("/" + self.path.split("/")[1])
        if self.path == "/":
            named = "".join('<a href="%s">x</a><img src="%s?picture">' % (what, what) if what == "/picture" else
                            '<a href="%s">x</a>' % what for what in self.server.what)
            page(self, (named + "".join('<a href="/p/%d">p</a>' % number for number in range(20))).encode())
        elif self.path == "/robots.txt" and "/rules" in self.server.what:
            body = b"User-agent: *\n" + b"Disallow: /nothing/of/this\n" * 40000
            head(self, b"Content-Type: text/plain", b"Content-Length: %d" % len(body))
            self.wfile.write(body)
        elif thing:
            thing(self)
        elif self.path.endswith(".gif"):
            head(self, b"Content-Type: image/gif", b"Content-Length: %d" % len(PICTURE))
            self.wfile.write(PICTURE)
        elif self.path.startswith("/p/"):
            page(self, b'<p>A page.</p><img src="%s.gif">' % self.path.encode())
        else:
            head(self, b"Content-Length: 0", status=b"404 Not Found")

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    for name in ("--address", "--log", "--facts"):
        parser.add_argument(name, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("what", nargs="*")
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer((options.address, options.port), Handler)
    server.daemon_threads = True
    server.log, server.what = options.log, options.what
    open(options.facts, "w").close()
    server.serve_forever()


main()
