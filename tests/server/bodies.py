#!/usr/bin/env python3
"""Bodies that are long, cut, or coded in ways that cannot be undone.

    bodies.py --address A --port P --log FILE --facts FILE

/ links to the others.  /long has 20 MB, and a link behind them; /longer 65 MiB in chunks, with a link before and one behind
them.  The sitemap has 49 MB before its URL, /packed.xml.gz the same as a gzip file.  /broken is gzip that is damaged after some
octets, /cut gzip that ends early, /unknown has a coding that nobody knows.  /film is 65 MiB of a film in chunks.  --log: "GET
HOST PATH STATUS"; --facts: an empty file, once it listens.
"""
import gzip
import http.server
import random

import local_server

HOST = "http://bodies.test"
PIECE = b"<p>all work and no play makes this a dull page</p>\n" * 20000
MIB = 1 << 20


def page(links):
    return ("<!doctype html><title>A page</title>" + "".join('<a href="/%s">%s</a>' % (link, link) for link in links)).encode()


def padding(length):
    return (PIECE * (length // len(PIECE) + 1))[:length]


def sitemap(path):
    comment = b"<!-- " + b"x" * 995 + b" -->\n"
    return (b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + comment * 49000
            + b"<url><loc>%s/%s</loc></url></urlset>" % (HOST.encode(), path.encode()))


def noise_page():
    """Does not shrink, so that damage in the middle hits the middle."""
    chance = random.Random(7)
    words = " ".join("%08x" % chance.getrandbits(32) for _ in range(20000))
    return page(["before-the-damage"]) + words.encode() + page(["behind-the-damage"])


def broken():
    octets = bytearray(gzip.compress(noise_page()))
    middle = len(octets) // 2
    octets[middle:middle + 64] = b"\xff" * 64
    return bytes(octets)


def answers():
    html, packed = [("Content-Type", "text/html")], [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    cut = gzip.compress(noise_page())
    return {
        "/robots.txt": ([("Content-Type", "text/plain")], ("User-agent: *\nSitemap: %s/sitemap.xml\nSitemap: %s/packed.xml.gz\n"
                                                          % (HOST, HOST)).encode()),
        "/": (html, page(["long", "longer", "broken", "cut", "unknown", "film"])),
        "/long": (html, page([]) + padding(20000000) + page(["behind-20-megabytes"])),
        "/longer": (html, page(["before-65-mebibytes"]) + padding(65 * MIB) + page(["behind-65-mebibytes"])),
        "/sitemap.xml": ([("Content-Type", "application/xml")], sitemap("behind-49-megabytes")),
        "/packed.xml.gz": ([("Content-Type", "application/gzip")], gzip.compress(sitemap("packed-behind-49-megabytes"), 1)),
        "/broken": (packed, broken()),
        "/cut": (packed, cut[:len(cut) // 2]),
        "/unknown": ([("Content-Type", "text/html"), ("Content-Encoding", "sdch")], page(["in-an-unknown-coding"])),
        "/film": ([("Content-Type", "video/mp4")], padding(65 * MIB)),
    }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        fields, body = self.server.answers.get(self.path, ([("Content-Type", "text/html")], page([])))
        with open(self.server.log, "a") as file:
            file.write("GET %s %s 200\n" % (self.headers["Host"], self.path))
        self.send_response(200)
        for name, value in fields:
            self.send_header(name, value)
        if self.path in ("/longer", "/film", "/broken"):
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), MIB):
                piece = body[at:at + MIB]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log, server.answers = arguments.log, answers()
    open(arguments.log, "w").close()
    open(arguments.facts, "w").close()
    server.serve_forever()


if __name__ == "__main__":
    main()
