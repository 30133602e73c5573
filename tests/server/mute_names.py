#!/usr/bin/env python3
"""A name server that knows one site, and never answers for any other name.

    mute_names.py --address A --port P --log FILE --facts FILE

blog.test is at A.  It has PAGES pages, each with pictures of its own and with pictures on HOSTS hosts whose names nobody answers for,
and /slow: a picture that comes a piece every quarter of a second for SECONDS seconds.  --log: "METHOD HOST PATH STATUS" and
"DNS NAME"; --facts: an empty file, once it listens.
"""
import http.server
import socket
import struct
import threading
import time

import local_server

PAGES, HOSTS, SECONDS = 10, 20, 16


def log(path, line):
    with open(path, "a") as file:
        file.write(line + "\n")


def serve_names(address, path):
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind((address, 53))

    def serve():
        while True:
            query, peer = names.recvfrom(4096)
            labels, at = [], 12
            while query[at]:
                labels.append(query[at + 1:at + 1 + query[at]].decode().lower())
                at += 1 + query[at]
            name, kind = ".".join(labels), struct.unpack(">H", query[at + 1:at + 3])[0]
            log(path, "DNS " + name)
            if name != "blog.test":
                continue
            records = [b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 300, 4) + socket.inet_aton(address)] if kind == 1 else []
            names.sendto(query[:2] + struct.pack(">HHHHH", 0x8580, 1, len(records), 0, 0) + query[12:at + 5] + b"".join(records), peer)
    threading.Thread(target=serve, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def page(self, number):
        links = "".join('<a href="/page/%d">page</a>' % n for n in range(PAGES))
        pictures = '<img src="/p/%d.png">' % number + ('<img src="/slow">' if not number else "")
        for host in range(HOSTS):
            pictures += '<img src="http://mute-%d.test/%d.png">' % (host, number)
        return "<!doctype html><title>page %d</title>%s%s" % (number, links, pictures)

    def do_GET(self):
        name = self.path.strip("/").rpartition("/")[2]
        body, kind, status = b"", "image/png", 200
        if self.path == "/" or self.path.startswith("/page/"):
            body, kind = self.page(int(name or 0)).encode(), "text/html"
        elif self.path.startswith("/p/"):
            body = b"\x89PNG " + name.encode()
        elif self.path != "/slow":
            status = 404
        log(self.server.log, "GET %s %s %d" % (self.headers["Host"], self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(SECONDS * 4 * 1000 if self.path == "/slow" else len(body)))
        self.end_headers()
        self.wfile.write(body)
        try:
            for _ in range(SECONDS * 4 if self.path == "/slow" else 0):
                self.wfile.write(b"x" * 1000)
                time.sleep(0.25)
        except OSError:
            self.close_connection = True
            log(self.server.log, "CUT %s" % self.path)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    serve_names(arguments.address, arguments.log)
    open(arguments.facts, "w").close()
    server.serve_forever()


if __name__ == "__main__":
    main()
