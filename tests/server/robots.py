#!/usr/bin/env python3
"""Hosts that differ in what comes of their robots.txt.  "/" of each links to /a and /closed/x, and shows /pic.png.

    robots.py --address A --port P --log FILE --facts FILE

    SAME-NNN...       status NNN, whatever it is
    flaky...          two times 500, then the rules
    cut, cut-chunks, cut-gzip, silent, babble
                      the rules, but the response is not whole: in its body, chunks, or coding; nothing at all; no HTTP
    missing-cut       404, and cut
    no-coding, no-gzip
                      the rules, with a coding that nobody knows, and with one that they do not have
    hops-N...         N redirects on this host, then the rules
    way-N             a redirect to the host way-(N-1); way-0 has the rules
    late              a redirect to the host late-rules, whose first response takes its time
    endless           a redirect to a host of another name each time, for ever
    circle            a redirect to itself
    big               rules, then 8 MB of lines that allow, then a line that closes everything
    parts             a page with pictures on same-500 and rules
    anything else     the rules: /closed/ is closed
--log: "METHOD HOST PATH STATUS"
"""
import gzip
import os
import socketserver
import time

import local_server

RULES = b"User-agent: *\nDisallow: /closed/\n"


class Handler(socketserver.StreamRequestHandler):
    def send(self, status, body=b"", kind="text/html", *fields, length=None):
        with open(self.server.log, "a") as file:
            file.write("GET %s %s %s\n" % (self.host, self.path, status))
        head = "HTTP/1.1 %s X\r\nContent-Type: %s\r\n" % (status, kind)
        if length is not False:
            head += "Content-Length: %d\r\n" % (len(body) if length is None else length)
        self.wfile.write((head + "".join(field + "\r\n" for field in fields) + "\r\n").encode() + body)

    def robots(self):
        name, count = self.host.split(".")[0], self.server.asked.get(self.host, 0)
        self.server.asked[self.host] = count + 1
        kind, _, number = name.partition("-")
        if kind == "same":
            self.send(int(number), b"User-agent: *\nAllow: /\n", "text/plain")
        elif kind == "flaky" and count < 2:
            self.send(500)
        elif name == "cut":
            self.send(200, RULES[:20], "text/plain", length=len(RULES))
        elif name == "cut-chunks":
            self.send(200, b"5\r\nUser-\r\n", "text/plain", "Transfer-Encoding: chunked", length=False)
        elif name == "cut-gzip":
            self.send(200, gzip.compress(RULES)[:-12], "text/plain", "Content-Encoding: gzip")
        elif name == "missing-cut":
            self.send(404, b"no", "text/plain", length=99)
        elif name == "no-coding":
            self.send(200, RULES, "text/plain", "Content-Encoding: UTF-8")
        elif name == "no-gzip":
            self.send(200, RULES, "text/plain", "Content-Encoding: gzip")
        elif name == "silent":
            with open(self.server.log, "a") as file:
                file.write("GET %s %s -\n" % (self.host, self.path))
        elif name == "babble":
            with open(self.server.log, "a") as file:
                file.write("GET %s %s -\n" % (self.host, self.path))
            self.wfile.write(b"no HTTP at all\n")
        elif kind == "way" and number != "0":
            self.send(301, b"", "text/html", "Location: http://way-%d.test/robots.txt" % (int(number) - 1))
        elif name == "late":
            self.send(301, b"", "text/html", "Location: http://late-rules.test/robots.txt")
        elif name == "late-rules" and count == 0:
            time.sleep(5)
        elif name == "endless":
            self.server.hosts += 1
            self.send(302, b"", "text/html", "Location: http://e%d.test/robots.txt" % self.server.hosts)
        elif name[0] == "e" and name[1:].isdigit():
            self.server.hosts += 1
            self.send(302, b"", "text/html", "Location: http://e%d.test/robots.txt" % self.server.hosts)
        elif name == "circle":
            self.send(302, b"", "text/html", "Location: /robots.txt")
        elif kind == "hops" and not self.path.endswith("?" + number):
            at = int(self.path.partition("?")[2] or 0) + 1
            self.send(301, b"", "text/html", "Location: /robots.txt?%d" % at)
        elif name == "big":
            self.send(200, RULES + b"Allow: /nothing/at/all\n" * 350000 + b"Disallow: /\n", "text/plain")
        else:
            self.send(200, RULES, "text/plain")

    def handle(self):
        try:
            self.answer()
        except OSError: # the client has had enough
            pass

    def answer(self):
        line = self.rfile.readline().decode()
        while line:
            self.path, self.host = line.split()[1], ""
            for field in iter(self.rfile.readline, b"\r\n"):
                if field.lower().startswith(b"host:"):
                    self.host = field[5:].strip().decode()
            if self.path.startswith("/robots.txt"):
                self.robots()
            elif self.path == "/" and self.host.startswith("parts"):
                self.send(200, b"".join(b'<img src="http://same-500.test/%d.png">' % n for n in range(40)) + b'<a href="/a">a</a>')
            elif self.path == "/":
                self.send(200, b'<a href="/a">a</a> <a href="/closed/x">x</a> <img src="/pic.png">')
            elif self.path.endswith(".png"):
                self.send(200, b"\x89PNG\r\n\x1a\n", "image/png")
            else:
                self.send(200, b"<p>a page of its own: " + self.path.encode())
            if self.host.split(".")[0] in ("cut", "cut-chunks", "missing-cut", "silent", "babble"):
                return
            line = self.rfile.readline().decode()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    server = Server((arguments.address, arguments.port), Handler)
    server.log, server.asked, server.hosts = arguments.log, {}, 0
    with open(arguments.facts + ".new", "w") as file:
        file.write("{}")
    os.rename(arguments.facts + ".new", arguments.facts)
    server.serve_forever()


if __name__ == "__main__":
    main()
