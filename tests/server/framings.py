#!/usr/bin/env python3
"""Answers whose framing is wrong in every way that numbers, lines and ends can be: what a crawl makes of them, verify has to accept.

    framings.py --address A --port P --log FILE --facts FILE [--seed N --random COUNT]

"/" links to all of them.  --random adds answers that are put together, cut and changed by chance.
"""
import argparse
import gzip
import os
import random
import socketserver
import zlib

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
PAGE = b"<p>a page <a href='/plain'>x</a>"


def chunk(body, size=7):
    return b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + size]), body[i:i + size]) for i in range(0, len(body), size))


def lengths():
    """Declared lengths of a body of 32 bytes that ends with the connection."""
    numbers = [0, 1, 31, 32, 33, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 32, 2**53, 2**62, 2**63 - 1, 2**63, 2**63 + 32, 2**64 - 1, 2**64,
               2**64 + 32, 10**12, 10**30]
    words = [b"%d" % number for number in numbers]
    words += [b"-1", b"-0", b"+32", b"0x20", b"32.0", b"3 2", b"", b" ", b"32,32", b"32, 33", b"32;q=1", b"000032", b"\t32\t", b"\xd9\xa3\xd9\xa2", b"NaN",
              b"9" * 5000, b"32\r\nContent-Length: 32", b"32\r\nContent-Length: 9", b"32\r\n 1", b"32\rX", b"32\0"]
    return {"length-%d" % i: OK + b"Content-Length: " + word + b"\r\n\r\n" + PAGE for i, word in enumerate(words)}


def chunks():
    """Bodies in chunks, with each kind of line end, extension, trailer and end."""
    whole, found = chunk(PAGE), {}
    ends = [b"0\r\n\r\n", b"0\r\n\r", b"0\r\n", b"0\r", b"0", b"", b"0\n\n", b"0\n", b"0\r\n\n", b"0\n\r\n", b"00000\r\n\r\n", b"0;x\r\n\r\n", b"0 \r\n\r\n",
            b"-0\r\n\r\n", b"0\r\nX: y\r\n\r\n", b"0\r\nX: y\r\n", b"0\r\nX: y", b"0\r\nX\r\n\r\n", b"0\r\n\r\nmore", b"0\r\n\r\n0\r\n\r\n", b"\r\n0\r\n\r\n",
            b"0\r\n" + b"X: " + b"y" * 100000 + b"\r\n\r\n", b"0\r\n" + b"X: y\r\n" * 20000 + b"\r\n", b"7fffffffffffffff\r\nx", b"8000000000000000\r\nx",
            b"ffffffffffffffff\r\nx", b"10000000000000000\r\nx", b"g\r\nx", b"\r\n", b"\n", b"1\r\nx", b"1\r\nx\r", b"1\r\nxy\r\n0\r\n\r\n", b"1\r\nx\n0\n\n",
            b"5;" + b"e" * 20000 + b"\r\nhello\r\n0\r\n\r\n", b"0x5\r\nhello\r\n0\r\n\r\n", b" 5\r\nhello\r\n0\r\n\r\n", b"5 \t\r\nhello\r\n0\r\n\r\n", b"\0"]
    for i, end in enumerate(ends):
        found["chunks-%d" % i] = OK + CHUNKED + b"\r\n" + whole + end
    for i, end in enumerate(ends[:24]):
        found["chunks-only-%d" % i] = OK + CHUNKED + b"\r\n" + end
    return found


def codings():
    """Every declaration of a coding against every kind of body."""
    packed, raw = gzip.compress(PAGE * 50, mtime=0), zlib.compress(PAGE * 50)
    bodies = [PAGE, packed, packed[:-1], packed[:-8], packed[:20], packed[:10], packed[:1], b"", packed + packed, packed + b"more", raw, raw[2:-4],
              packed[:30] + b"\xff\xff" + packed[32:], b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x0b\x02\x80x\x03"]
    names = [b"gzip", b"x-gzip", b"deflate", b"br", b"zstd", b"identity", b"gzip, gzip", b"gzip, identity", b"GZIP", b"sponge", b"", b"gzip;q=1", b",", b"a" * 3000]
    found = {}
    for i, name in enumerate(names):
        for j, body in enumerate(bodies if i < 6 else bodies[:4]):
            head = OK + b"Content-Encoding: " + name + b"\r\n"
            found["coding-%d-%d" % (i, j)] = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
            if j % 3 == 0:
                found["coding-chunks-%d-%d" % (i, j)] = head + CHUNKED + b"\r\n" + chunk(body) + b"0\r\n\r\n"
                found["coding-short-%d-%d" % (i, j)] = head + b"Content-Length: %d\r\n\r\n" % (len(body) + 5) + body
    return found


def heads():
    """Status lines and fields."""
    hello = b"Content-Length: 5\r\n\r\nhello"
    lines = [b"HTTP/1.1 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 ", b"HTTP/1.1  200 OK", b"HTTP/1.1\t200\tOK", b"http/1.1 200 OK", b"HTTP/1.0 200 OK",
             b"HTTP/1.2 200 OK", b"HTTP/1.10 200 OK", b"HTTP/1 200 OK", b"HTTP/2 200", b"HTTP/2.0 200 OK", b"HTTP/3 200", b"HTTP/0.9 200 OK", b"HTTP/9.9 200 OK",
             b"HTTP/1.1 000 X", b"HTTP/1.1 099 X", b"HTTP/1.1 100 X", b"HTTP/1.1 101 X", b"HTTP/1.1 199 X", b"HTTP/1.1 204 X", b"HTTP/1.1 205 X", b"HTTP/1.1 206 X",
             b"HTTP/1.1 226 X", b"HTTP/1.1 299 X", b"HTTP/1.1 300 X", b"HTTP/1.1 304 X", b"HTTP/1.1 305 X", b"HTTP/1.1 399 X", b"HTTP/1.1 400 X", b"HTTP/1.1 407 X",
             b"HTTP/1.1 416 X", b"HTTP/1.1 418 X", b"HTTP/1.1 451 X", b"HTTP/1.1 499 X", b"HTTP/1.1 600 X", b"HTTP/1.1 999 X", b"HTTP/1.1 1000 X", b"HTTP/1.1 2x0 X",
             b"HTTP/1.1 -200 X", b"HTTP/1.1 20 X", b"HTTP/1.1 200OK", b"HTTP/1.1200 OK", b"HTTP 200 OK", b"HTTPS/1.1 200 OK", b"ICY 200 OK", b"RTSP/1.0 200 OK",
             b"HTTP/1.1 200 " + b"x" * 200000, b"HTTP/1.1 200 \0", b"HTTP/1.1 200 \xff\xfe", b" HTTP/1.1 200 OK", b"\r\nHTTP/1.1 200 OK", b"\nHTTP/1.1 200 OK", b"\xef\xbb\xbfHTTP/1.1 200 OK"]
    fields = [b"", b": x\r\n", b"X\r\n", b"X \r\n", b"X : y\r\n", b" X: y\r\n", b"X: y\r\n z\r\n", b"X:\r\n", b"X: \0\r\n", b"X: a\rb\r\n", b"\0: x\r\n", b"X: \xff\r\n", b"X" * 9000 + b": y\r\n",
              b"X: " + b"y" * 150000 + b"\r\n", b"X: y\r\n" * 5000, b"Content-Type\r\n", b"Content-Type: text/html; charset=\"\r\n", b"Content-Type: " + b"/" * 5000 + b"\r\n",
              b"Content-Length: 5\r\n", b"Content-Length: 6\r\n", CHUNKED, b"Transfer-Encoding: gzip\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"Transfer-Encoding: chunked, chunked\r\n",
              b"Transfer-Encoding: chunked, identity\r\n", b"Transfer-Encoding:\r\n", b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding: \x0bchunked\r\n", b"Transfer-Encoding : chunked\r\n",
              b"Transfer-Encoding: \"chunked\"\r\n", b"Transfer-Encoding: chunked;x=y\r\n", b"Location: /plain\r\n", b"Location:\r\n", b"Location: http://[::1\r\n", b"ETag: \"\xff\"\r\n",
              b"Last-Modified: never\r\n", b"Connection: close\r\nConnection: keep-alive\r\n", b"Upgrade: h2c\r\nConnection: Upgrade\r\n", b"Trailer: X\r\n", b"Content-Range: bytes 0-1/2\r\n",
              b"X: y\n", b"X: y\r", b"X: y\n\n"]
    found = {"status-%d" % i: line + b"\r\n" + hello for i, line in enumerate(lines)}
    found.update({"status-lf-%d" % i: line + b"\n" + hello.replace(b"\r\n", b"\n") for i, line in enumerate(lines[:12])})
    found.update({"field-%d" % i: b"HTTP/1.1 200 OK\r\n" + field + hello for i, field in enumerate(fields)})
    found.update({"field-alone-%d" % i: b"HTTP/1.1 200 OK\r\n" + field + b"\r\nhello" for i, field in enumerate(fields)})
    found.update({"field-moved-%d" % i: b"HTTP/1.1 302 Moved\r\n" + field + hello for i, field in enumerate(fields)})
    return found


def cuts():
    """One answer, cut at every byte of its head and framing."""
    answer = OK + CHUNKED + b"ETag: \"x\"\r\n\r\n4\r\n<p>x\r\n0\r\nX: y\r\n\r\n"
    plain = OK + b"Content-Length: 5\r\n\r\nhello"
    found = {"cut-%d" % i: answer[:i] for i in range(0, len(answer))}
    found.update({"cut-plain-%d" % i: plain[:i] for i in range(len(OK) - 3, len(plain))})
    return found


def interims():
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    plain = OK + b"Content-Length: 5\r\n\r\nhello"
    found = {"interim-%d" % i: hint * i + plain for i in (1, 2, 50)}
    found.update({"interim-alone": hint, "interim-cut": hint + plain[:30], "interim-half": hint[:20], "interim-0.9": hint + b"hello", "interim-1.0": hint + plain.replace(b"1.1", b"1.0"),
                  "interim-body": hint.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\nhello") + plain, "interim-chunks": hint + OK + CHUNKED + b"\r\n" + chunk(PAGE) + b"0\r\n\r\n",
                  "interim-101": b"HTTP/1.1 101 Switching\r\n\r\n" + plain, "interim-continue": b"HTTP/1.1 100\r\n\r\n" + plain, "behind": plain + plain, "behind-0.9": plain + b"<p>more"})
    return found


def by_chance(seed, count):
    chance, parts = random.Random(seed), list({**lengths(), **chunks(), **codings(), **heads(), **cuts(), **interims()}.values())
    found = {}
    for i in range(count):
        one, other = chance.choice(parts)[:20000], chance.choice(parts)[:20000]
        answer = bytearray(one if chance.random() < 0.5 else one[:chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1):])
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            if answer:
                at = chance.randrange(len(answer))
                if chance.random() < 0.4:
                    del answer[at:at + chance.choice((1, 1, 2, 8))]
                else:
                    answer[at:at + chance.randrange(2)] = chance.choice((b"\r", b"\n", b"\r\n", b"0", b"\0", b" ", b":", b"f", b"\xff", b"HTTP/1.1 "))
        found["chance-%d" % i] = bytes(answer)
    return found


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            path = self.rfile.readline().split(b" ")[1].decode()
            while self.rfile.readline() not in (b"\r\n", b""):
                pass
            with self.server.lock, open(self.server.log, "a") as file:
                file.write("GET framings.test %s -\n" % path)
            self.wfile.write(self.answer(path))
        except (OSError, IndexError): # the client has had enough
            pass

    def answer(self, path):
        if path == "/":
            body = b"".join(b'<a href="/%s">x</a> ' % name.encode() for name in self.server.answers)
            return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body
        if path == "/plain":
            return OK + b"Content-Length: 5\r\n\r\n<p>ok"
        return self.server.answers.get(path[1:], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 100


def main():
    import threading
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts"):
        parser.add_argument("--" + name)
    for name in ("port", "seed", "random"):
        parser.add_argument("--" + name, type=int, default=0)
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    server = Server((arguments.address, arguments.port), Handler)
    server.log, server.lock = arguments.log, threading.Lock()
    server.answers = {**lengths(), **chunks(), **codings(), **heads(), **cuts(), **interims(), **by_chance(arguments.seed, arguments.random)}
    with open(arguments.facts + ".new", "w") as file:
        file.write("%d\n" % len(server.answers))
    os.rename(arguments.facts + ".new", arguments.facts)
    server.serve_forever()


if __name__ == "__main__":
    main()
