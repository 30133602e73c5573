#!/usr/bin/env python3
"""Answers to HTTP/1.1 requests as no server should send them, octet for octet.

    odd.py --address A --port P --log FILE --facts FILE [--certificate PEM --key PEM] [--worse]

/NAME of each row below sends its answer and closes; /open/NAME sends it and leaves the connection open for the next request,
where the answer has an end of its own.  "/" links to all of them.  With a certificate the same over TLS on port 443.

--facts  JSON, written once it listens: {NAME: {"interim", "message", "behind": base64, "kind", "cut", "note"}}: the octets
         of interim answers, those of the message, those behind its end; what an archive is to make of it
--log    one JSON line a request: {"path", "tls", "request": base64, "port": of the client}
"""
import argparse
import base64
import gzip
import html
import json
import os
import random
import socket
import ssl
import struct
import threading
import time

OK = b"HTTP/1.1 200 OK\r\n"
TEXT = b"Content-Type: text/plain\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
HELLO = b"Content-Length: 5\r\n\r\nhello"


def chunks(body, size=1000):
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def row(name, message, interim=b"", behind=b"", kind="response", cut=None, ends=True, note="", interim_told=None, **way):
    return name, dict(message=message, interim=interim, interim_told=interim_told or interim, behind=behind, kind=kind, cut=cut,
                      ends=ends, note=note, way=way)


def many_fields(count):
    return OK + b"".join(b"X-Field-%05d: %s\r\n" % (i, b"v" * 22) for i in range(count)) + HELLO


def rows():
    packed = gzip.compress(b"hello, hello, hello", mtime=0)
    noise = random.Random(56).randbytes(1 << 20)
    close = dict(ends=False) # the end of the connection is that of the message
    return dict([
        row("plain", OK + TEXT + HELLO),
        row("field-case-and-blanks", OK + b"cOnTeNt-TyPe:text/plain\r\nX-B:   two  blanks  \r\nX-A:\t tab\r\n" + HELLO),
        row("chunked", OK + TEXT + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n\r\n"),
        row("chunk-extensions", OK + CHUNKED + b"\r\n0005;a=b;c=\"d e\"\r\nhello\r\nA ; x\r\n0123456789\r\n000;y=z\r\n\r\n"),
        row("chunked-trailers", OK + CHUNKED + b"Trailer: X-Sum, X-B\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n"),
        row("chunked-bare-lf", OK + CHUNKED + b"\r\n5\nhello\n0\n\n"),
        row("chunk-size-bad", OK + CHUNKED + b"\r\n5\r\nhello\r\nxyz\r\nhello\r\n0\r\n\r\n", ends=False, note="broken framing"),
        row("chunk-cut", OK + CHUNKED + b"\r\n5\r\nhello\r\nff\r\nhello", cut="disconnect", ends=False),
        row("chunked-without-last", OK + CHUNKED + b"\r\n5\r\nhello\r\n", cut="disconnect", ends=False),
        row("gzip", OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed),
        row("gzip-chunked", OK + b"Content-Encoding: gzip\r\n" + CHUNKED + b"\r\n" + chunks(packed, 10)),
        row("te-gzip-chunked", OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks(packed)),
        row("length-and-chunked", OK + b"Content-Length: 99\r\n" + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n\r\n"),
        row("chunked-and-length", OK + CHUNKED + b"Content-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        row("continue-100", OK + TEXT + HELLO, interim=b"HTTP/1.1 100 Continue\r\n\r\n"),
        row("early-hints-103", OK + TEXT + HELLO, interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
            b"HTTP/1.1 103 Early Hints\r\nlink: </b.css>; rel=preload\r\n\r\n"),
        row("folded-field", OK + b"X-Long: one\r\n two\r\n\tthree\r\n" + HELLO),
        row("bare-lf", b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
        row("mixed-line-ends", b"HTTP/1.1 200 OK\r\nX-A: b\nContent-Length: 5\n\r\nhello"),
        row("no-reason", b"HTTP/1.1 200\r\n" + HELLO),
        row("status-two-blanks", b"HTTP/1.1  200  OK\r\n" + HELLO),
        row("status-lower-case", b"http/1.1 200 ok\r\n" + HELLO),
        row("http-1.2", b"HTTP/1.2 200 OK\r\n" + HELLO),
        row("http-2-status-line", b"HTTP/2 200\r\n" + HELLO),
        row("status-four-digits", b"HTTP/1.1 2000 OK\r\n" + HELLO, kind="resource", ends=False),
        row("status-999", b"HTTP/1.1 999 No Way\r\n" + HELLO),
        row("icy", b"ICY 200 OK\r\nicy-name: radio\r\n\r\nhello", kind="resource", ends=False),
        row("crlf-before-status", b"\r\n" + OK + TEXT + HELLO, kind="resource", ends=False),
        row("http-0.9", b"<p>hello from 0.9", kind="resource", ends=False),
        row("http-1.0-close", b"HTTP/1.0 200 OK\r\n" + TEXT + b"\r\nhello", **close),
        row("http-1.0-chunked", b"HTTP/1.0 200 OK\r\n" + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n\r\n"),
        row("field-without-colon", OK + b"this is no field\r\n" + TEXT + HELLO),
        row("blank-before-colon", OK + b"Content-Length : 5\r\n\r\nhello", ends=False),
        row("nul-in-field", OK + b"X-A: a\0b\r\n" + TEXT + HELLO),
        row("field-beyond-ascii", OK + "X-A: größe\r\n".encode() + b"X-B: gr\xf6\xdfe\r\n" + HELLO),
        row("length-twice", OK + b"Content-Length: 5\r\n" + HELLO),
        row("lengths-differ", OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", ends=False),
        row("length-list", OK + b"Content-Length: 5, 5\r\n\r\nhello"),
        row("length-negative", OK + b"Content-Length: -5\r\n\r\nhello", **close),
        row("length-plus", OK + b"Content-Length: +5\r\n\r\nhello", ends=False),
        row("length-no-number", OK + b"Content-Length: five\r\n\r\nhello", **close),
        row("length-overflow", OK + b"Content-Length: 99999999999999999999\r\n\r\nhello", **close),
        row("body-short", OK + b"Content-Length: 50\r\n\r\nhello", cut="disconnect", ends=False),
        row("body-long", OK + HELLO, behind=b"more!"),
        row("no-content-with-body", b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n", behind=b"hello"),
        row("not-modified-unasked", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n"),
        row("redirect-with-body", b"HTTP/1.1 301 Moved\r\nLocation: /plain\r\n" + HELLO),
        row("switching-101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\1\2\3", ends=False),
        row("line-90-kb", OK + b"X-A: " + b"a" * 90000 + b"\r\n" + HELLO),
        row("line-150-kb", OK + b"X-A: " + b"a" * 150000 + b"\r\n" + HELLO),
        row("fields-2000", many_fields(2000)),
        row("fields-12000", many_fields(12000)),
        row("megabyte-chunked", OK + b"Content-Type: application/octet-stream\r\n" + CHUNKED + b"\r\n" + chunks(noise, 4000)),
        row("no-fields", OK + b"\r\nhello", **close),
        row("status-line-only", OK, cut="disconnect", ends=False),
        row("no-answer", b"", kind="nothing", ends=False),
    ])


def chunk(size, data=b"hello"):
    return OK + CHUNKED + b"\r\n" + size + b"\r\n" + data + b"\r\n0\r\n\r\n"


def worse():
    """Not among the 56: of more malice.  `way` says how the octets are sent: one by one, up to a reset, in TLS without an end
    ("unknown": that of the message is not known then) ..."""
    everything = OK + CHUNKED + b"\r\n5;a=\"b\"\r\nhello\r\n00\r\nX-Sum: 1\r\n\r\n"
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    close = dict(ends=False)
    return dict([
        row("dribbled", everything, interim=hints, dribble=True),
        row("dribbled-1.2", b"HTTP/1.2 200 OK\r\n" + everything[17:], interim=hints, dribble=True),
        row("dribbled-0.9", b"HTT<p>hello from 0.9", kind="resource", ends=False, dribble=True),
        row("interim-2000", OK + TEXT + HELLO, interim=b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
        row("interim-of-20-kinds", OK + TEXT + HELLO, interim=b"".join(b"HTTP/1.1 1%02d X\r\nX-N: %d\r\n\r\n" % (n, n) for n in range(2, 22))),
        row("interim-beyond-ascii", OK + TEXT + HELLO, interim="HTTP/1.1 103 Größe\r\n".encode() + b"X-A: gr\xf6\xdfe\1\r\n\r\n",
            interim_told="HTTP/1.1 103 Größe\r\nX-A: gr%F6%DFe%01".encode()),
        row("interim-then-1.2", b"HTTP/1.2 200 OK\r\n" + HELLO, interim=hints),
        row("interim-only", b"", interim=hints, kind="nothing", ends=False),
        row("chunk-size-2-to-63", chunk(b"8000000000000000"), ends=False, note="broken framing"),
        row("chunk-size-2-to-64", chunk(b"10000000000000005"), ends=False, note="broken framing"),
        row("chunk-size-negative", chunk(b"-5"), ends=False, note="broken framing"),
        row("chunk-size-0x", chunk(b"0x5"), ends=False, note="broken framing"),
        row("chunk-size-none", chunk(b""), ends=False, note="broken framing"),
        row("chunk-size-zeros", chunk(b"0" * 40 + b"5"), note="many zeros"),
        row("chunk-extension-200-kb", chunk(b"5;a=" + b"b" * 200000)),
        row("chunk-longer-than-said", chunk(b"5", b"hello!"), ends=False, note="broken framing"),
        row("trailers-400-kb", OK + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n" + b"X-T: %s\r\n" % (b"t" * 90) * 4000 + b"\r\n"),
        row("trailer-without-colon", OK + CHUNKED + b"\r\n5\r\nhello\r\n0\r\nno field\r\n\r\n"),
        row("chunked-twice", OK + CHUNKED + CHUNKED + b"\r\n5\r\nhello\r\n0\r\n\r\n"),
        row("chunked-not-last", OK + b"Transfer-Encoding: chunked, gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n", **close),
        row("te-unknown", OK + b"Transfer-Encoding: sponge\r\nContent-Length: 2\r\n\r\nhello", **close),
        row("te-identity", OK + b"Transfer-Encoding: identity\r\n" + HELLO, ends=False),
        row("no-content-chunked", b"HTTP/1.1 204 No Content\r\n" + CHUNKED + b"\r\n", behind=b"5\r\nhello\r\n0\r\n\r\n"),
        row("not-modified-with-body", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", behind=b"hello"),
        row("reset-content-with-body", b"HTTP/1.1 205 Reset Content\r\n" + HELLO),
        row("length-0-with-body", OK + b"Content-Length: 0\r\n\r\n", behind=b"hello"),
        row("field-without-name", OK + b": no name\r\n" + TEXT + HELLO),
        row("nul-in-status-line", b"HTTP/1.1 200 O\0K\r\n" + HELLO),
        row("bare-cr-in-field", OK + b"X-A: a\rb\r\n" + TEXT + HELLO),
        row("blank-line-of-blanks", OK + b" \r\n" + TEXT + HELLO),
        row("head-of-2-mb", OK + b"X-A: %s\r\n" % (b"a" * 1000) * 2100 + HELLO, cut="length", ends=False, note="head"),
        row("head-cut", OK + b"Content-Type: te", cut="disconnect", ends=False),
        row("head-cut-at-cr", OK + TEXT + b"\r", cut="disconnect", ends=False),
        row("reset-in-length", OK + b"Content-Length: 50\r\n\r\nhello", cut="disconnect", ends=False, reset=True),
        row("reset-in-chunks", OK + CHUNKED + b"\r\nff\r\nhello", cut="disconnect", ends=False, reset=True),
        row("reset-before-close", OK + TEXT + b"\r\nhello", cut="disconnect", ends=False, reset=True),
        row("reset-before-close-1.2", b"HTTP/1.2 200 OK\r\n\r\nhello", cut="disconnect", ends=False, reset=True),
        row("length-met-then-reset", OK + HELLO, ends=False, reset=True),
        row("close-without-notify", OK + TEXT + b"\r\nhello", ends=False, rude="unknown"),
        row("close-without-notify-1.2", b"HTTP/1.2 200 OK\r\n\r\nhello", ends=False, rude="unknown"),
        row("length-met-then-rude", OK + HELLO, ends=False, rude=True),
        row("length-missed-then-rude", OK + b"Content-Length: 50\r\n\r\nhello", cut="disconnect", ends=False, rude=True),
        row("interim-without-end", b"", interim=b"HTTP/1.1 100 Continue\r\n\r\n", kind="nothing", ends=False, endless=True),
        row("poison-at-once", OK + HELLO, behind=OK + b"Content-Length: 6\r\n\r\npoison"),
    ])


def send(stream, octets, way):
    if not way.get("dribble"):
        stream.sendall(octets)
        while way.get("endless"):
            stream.sendall(octets * 100)
        return
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for i in range(len(octets)):
        stream.sendall(octets[i:i + 1])
        time.sleep(0.001)


def reset(stream):
    time.sleep(0.2) # or the other side loses what it has not read yet
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Server:
    def __init__(self, arguments):
        self.rows = worse() if arguments.worse else rows()
        self.log, self.lock = open(arguments.log, "a"), threading.Lock()

    def front_page(self):
        names = list(self.rows) + ["open/" + name for name, row in self.rows.items() if row["ends"]]
        body = "".join('<a href="/%s">%s</a>\n' % (html.escape(name), html.escape(name)) for name in names).encode()
        return OK + b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    def note(self, path, request, tls, port):
        with self.lock:
            json.dump({"path": path, "tls": tls, "request": base64.b64encode(request).decode(), "port": port}, self.log)
            self.log.write("\n")
            self.log.flush()

    def answer(self, path):
        """The octets, whether the connection stays open behind them, and how they are sent."""
        if path == "/":
            return self.front_page(), True, {}
        row = self.rows.get(path[6:] if path.startswith("/open/") else path[1:])
        if not row:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", True, {}
        return row["interim"] + row["message"] + row["behind"], path.startswith("/open/"), row["way"]

    def serve(self, connection, port, tls):
        try:
            with (tls.wrap_socket(connection, server_side=True) if tls else connection) as stream:
                stream.settimeout(60)
                waiting, stays = b"", True
                while stays:
                    while b"\r\n\r\n" not in waiting:
                        piece = stream.recv(65536)
                        if not piece:
                            return
                        waiting += piece
                    request, _, waiting = waiting.partition(b"\r\n\r\n")
                    path = request.split(b" ")[1].decode()
                    self.note(path, request + b"\r\n\r\n", bool(tls), port)
                    octets, stays, way = self.answer(path)
                    send(stream, octets, way)
                if way.get("reset"):
                    reset(stream)
                elif tls and not way.get("rude"):
                    stream.unwrap()
        except (OSError, ValueError):
            pass # the other side left

    def listen(self, address, port, tls=None):
        listener = socket.create_server((address, port), backlog=100)

        def accept():
            while True:
                connection, peer = listener.accept()
                threading.Thread(target=self.serve, args=(connection, peer[1], tls), daemon=True).start()
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        return thread


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--worse", action="store_true", help="the other table")
    arguments = parser.parse_args()
    server = Server(arguments)
    thread = server.listen(arguments.address, arguments.port)
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
        server.listen(arguments.address, 443, context)
    facts = {name: {key: base64.b64encode(value).decode() if isinstance(value, bytes) else value for key, value in row.items()}
             for name, row in server.rows.items()}
    with open(arguments.facts + ".new", "w") as file:
        json.dump(facts, file)
    os.rename(arguments.facts + ".new", arguments.facts)
    thread.join()


if __name__ == "__main__":
    main()
