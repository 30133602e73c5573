#!/usr/bin/env python3
"""Large and slow answers.

    large.py --address A --port P --log FILE --facts FILE --bytes N

/whole has N octets and says so, /chunks has the same in chunks, /twin is /whole once more, and so is /whole?ANYTHING; /endless
sends a kilobyte every 20 ms for ever, /head a field of its head every 50 ms.  --log: "GET HOST PATH STATUS" when an answer
begins; --facts: an empty file, once it listens.

    large.py --sum N        prints the SHA-1 of the N octets in base32
"""
import argparse
import base64
import hashlib
import http.server
import time

PIECE = 1 << 20
LINE = b"%020d all work and no play makes this a dull body to read\n"


def body(length):
    """Numbered lines: they shrink well, and no piece is like another."""
    number = 0
    while length > 0:
        lines = b"".join(LINE % number for number in range(number, number + 64))
        piece = (lines * (PIECE // len(lines)))[:length]
        number += 64
        length -= len(piece)
        yield piece


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        status = 200 if path in ("/whole", "/twin", "/chunks", "/endless", "/head") else 404
        with open(self.server.log, "a") as file:
            file.write("GET %s %s %d\n" % (self.headers["Host"], path, status))
        if path == "/head":
            self.drip()
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/octet-stream")
        if path in ("/whole", "/twin"):
            self.send_header("Content-Length", str(self.server.bytes))
        elif path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
        elif path == "/endless":
            self.send_header("Content-Length", str(1 << 40))
        else:
            self.send_header("Content-Length", "0")
        self.end_headers()
        try:
            while path == "/endless":
                self.wfile.write(b"x" * 1000)
                time.sleep(0.02)
            for piece in body(self.server.bytes if status == 200 else 0):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if path == "/chunks" else piece)
            if path == "/chunks":
                self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True # the other side has had enough

    def drip(self):
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-Field: x\r\n")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts"):
        parser.add_argument("--" + name)
    for name in ("port", "bytes", "sum"):
        parser.add_argument("--" + name, type=int)
    arguments = parser.parse_args()
    if arguments.sum:
        sha1 = hashlib.sha1()
        for piece in body(arguments.sum):
            sha1.update(piece)
        print(base64.b32encode(sha1.digest()).decode())
        return
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log, server.bytes = arguments.log, arguments.bytes
    server.handle_error = lambda *arguments: None # clients that leave are what this is about
    open(arguments.log, "w").close()
    open(arguments.facts, "w").close()
    server.serve_forever()


if __name__ == "__main__":
    main()
