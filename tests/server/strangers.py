#!/usr/bin/env python3
"""Answers with what a terminal would obey, and with what would add a line to the next request.

    strangers.py --address A --port P --log FILE --facts FILE

"/" links to all of them; "/fine" is as it should be.  --log: each request as it came, and a blank line.

    strangers.py --check FILE...    fails when one of the files has a control character (but TAB and LF), one that changes the
                                    direction of writing, or bytes that are not UTF-8
"""
import os
import socketserver
import sys

import local_server

ESCAPES = "\x1b]0;owned\x07 \x1b[31mred \x9b2J\u202ecod\u2066.\u2028".encode() + b"\x9b\xff"
FORGED = b"2026-01-01T00:00:00.000Z 200 1 http://forged.test/"
DATE = b"Last-Modified: Mon, 30 Nov 2020 10:00:00 GMT"
ANSWERS = {
    "/fine": (b"200 OK", [b'ETag: "fine"', DATE]),
    "/etag-cr": (b"200 OK", [b'ETag: "a\rX-Injected: 1"']),
    "/etag-folded": (b"200 OK", [b'ETag: "b"\r\n X-Injected: 2']),
    "/etag-escape": (b"200 OK", [b'ETag: "\x1b[31m"']),
    "/etag-nul": (b"200 OK", [b'ETag: "a\x00b"']),
    "/modified-cr": (b"200 OK", [DATE + b"\rX-Injected: 3"]),
    "/moved-cr": (b"301 Moved", [b"Location: /there\rX-Injected: 4"]),
    "/moved-coded": (b"301 Moved", [b"Location: /there%0d%0aX-Injected:%205?a=%0d%0aX-Injected:%206"]),
    "/moved-escape": (b"301 Moved", [b"Location: /there" + ESCAPES]),
    "/moved-blank": (b"302 Moved", [b"Location: http://blog.test /x HTTP/1.1 X-Injected: 7"]),
    "/cookie-cr": (b"200 OK", [b"Set-Cookie: a=b\rX-Injected: 8", b"Set-Cookie: c\r=d; path=/", b"Set-Cookie: good=1; path=/"]),
    "/type": (b"200 OK", [b"Content-Type: text/html" + ESCAPES + b" - - " + FORGED]),
    "/reason": (b"200 " + ESCAPES, []),
    "/gone": (b"404 " + ESCAPES, []),
    "/coding": (b"200 OK", [b"Content-Encoding: " + ESCAPES]),
    "/transfer": (b"200 OK", [b"Transfer-Encoding: " + ESCAPES]),
    "/length": (b"200 OK", [b"Content-Length: " + ESCAPES]),
    "/field": (b"200 OK", [b"X-" + ESCAPES + b": " + ESCAPES, ESCAPES]),
    "/robots-tag": (b"200 OK", [b"X-Robots-Tag: noindex " + ESCAPES]),
}
RAW = {
    "/version": b"HTTP/7.3" + ESCAPES + b" 200 OK\r\n\r\n",
    "/no-http": ESCAPES + b"\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n" + ESCAPES + b"\r\n\r\nx",
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + ESCAPES + b"\r\nx\r\n",
}


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.answer()
        except OSError: # the client has had enough
            pass

    def answer(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return
            head += line
        with open(self.server.log, "ab") as file:
            file.write(head)
        path = head.split(b" ")[1].decode("latin-1")
        if path in RAW:
            self.wfile.write(RAW[path])
            return
        status, fields = ANSWERS.get(path, (b"200 OK", []))
        body = b"<p>a page of its own: " + path.encode()
        if path == "/robots.txt":
            status, body = b"404 Not Found", b""
        elif path == "/":
            names = [name.encode() for name in [*ANSWERS, *RAW]] + [b"/x" + ESCAPES.replace(b'"', b""), b"/y\nX-Injected: 9"]
            body = b"".join(b'<a href="%s">x</a>' % name for name in names)
        known = b"".join(fields).lower()
        if b"content-type" not in known:
            fields = fields + [b"Content-Type: text/html"]
        if b"content-length" not in known and b"transfer-encoding" not in known:
            fields = fields + [b"Content-Length: %d" % len(body)]
        self.wfile.write(b"HTTP/1.1 " + status + b"\r\nConnection: close\r\n" + b"".join(f + b"\r\n" for f in fields) + b"\r\n" + body)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def check(paths):
    forbidden = {0x7f, 0x61c, 0x200e, 0x200f, *range(0x80, 0xa0), *range(0x2028, 0x202f), *range(0x2066, 0x206a)}
    for path in paths:
        with open(path, "rb") as file:
            text = file.read().decode() # not UTF-8: fails
        found = sorted({c for c in text if (c < " " and c not in "\n\t") or ord(c) in forbidden})
        if found:
            sys.exit("%s has %s" % (path, found))


def main():
    if sys.argv[1] == "--check":
        return check(sys.argv[2:])
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    server = Server((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    with open(arguments.facts + ".new", "w") as file:
        file.write("{}")
    os.rename(arguments.facts + ".new", arguments.facts)
    server.serve_forever()


if __name__ == "__main__":
    main()
