#!/usr/bin/env python3
"""A name server and a web server in one, for the hosts below test.

    names.py --address A --port P --log FILE --facts FILE

The same pages are at [::1], where that can be had.  blog.test is at A for 300 seconds, www.blog.test an alias of it; any other name does not exist.  Over http every host has one
pages, which link to both.  --log: "METHOD HOST PATH STATUS" and "DNS NAME TYPE"; --facts: the port at [::1], once it listens.
"""
import http.server
import os
import socket
import struct
import threading

import local_server

TYPE_A, TYPE_CNAME, NO_SUCH_NAME = 1, 5, 3


def log(path, line):
    with open(path, "a") as file:
        file.write(line + "\n")


def encoded(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def record(name, kind, ttl, data):
    return encoded(name) + struct.pack(">HHIH", kind, 1, ttl, len(data)) + data


def answer(query, address, path):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode().lower())
        at += 1 + query[at]
    name, kind = ".".join(labels), struct.unpack(">H", query[at + 1:at + 3])[0]
    log(path, "DNS %s %d" % (name, kind))
    records = []
    if name == "www.blog.test":
        records.append(record(name, TYPE_CNAME, 60, encoded("blog.test")))
    if name in ("blog.test", "www.blog.test") and kind == TYPE_A:
        records.append(record("blog.test", TYPE_A, 300, socket.inet_aton(address)))
    code = 0 if name in ("blog.test", "www.blog.test") else NO_SUCH_NAME
    return query[:2] + struct.pack(">HHHHH", 0x8580 | code, 1, len(records), 0, 0) + query[12:at + 5] + b"".join(records)


def serve_names(address, path):
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind((address, 53))

    def serve():
        while True:
            query, peer = names.recvfrom(4096)
            names.sendto(answer(query, address, path), peer)
    threading.Thread(target=serve, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        log(self.server.log, "GET %s %s 200" % (self.headers["Host"], self.path))
        body = b'<a href="http://blog.test/page">1</a> ' + b"".join(
            b'<a href="http://www.blog.test/%d">2</a>' % number for number in range(9))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Six(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


def serve_six(path):
    try:
        server = Six(("::1", 0), Handler)
    except OSError:
        return ""
    server.log = path
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return str(server.server_address[1])


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    serve_names(arguments.address, arguments.log)
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    port = serve_six(arguments.log)
    with open(arguments.facts + ".new", "w") as file:
        file.write(port)
    os.rename(arguments.facts + ".new", arguments.facts)
    server.serve_forever()


if __name__ == "__main__":
    main()
