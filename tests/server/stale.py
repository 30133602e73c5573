#!/usr/bin/env python3
"""A server that answers one request on a connection, keeps it open, and hangs up when a second one comes.

    stale.py --address A --port P --log FILE --facts FILE

"/" names eight pages, which are answered together, so that as many connections are kept; each of them names /last, and
has words of its own: pages that are alike would be asked for again.
The log has "PATH" for each request that was answered.
"""
import argparse
import json
import socket
import threading

PAGES = ["/p%d" % i for i in range(8)]
WORDS = dict(zip(PAGES, "ash birch cedar elm fir larch maple oak".split()))


class Server:
    def __init__(self, arguments):
        self.together = threading.Barrier(len(PAGES), timeout=20)
        self.log, self.lock = open(arguments.log, "w"), threading.Lock()

    def body(self, path):
        if path == "/robots.txt":
            return "User-agent: *\nDisallow:\n"
        named = PAGES if path == "/" else ["/last"] if path in PAGES else []
        return "<!DOCTYPE html><title>%s</title>%s" % (path, WORDS.get(path, "")) + "".join("<a href='%s'>%s</a>" % (name, name) for name in named)

    def serve(self, connection):
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            path = request.split(b" ")[1].decode()
            if path in PAGES:
                self.together.wait()
            body = self.body(path).encode()
            with self.lock:
                print(path, file=self.log, flush=True)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/%s\r\nContent-Length: %d\r\n\r\n%s" % (
                b"plain" if path == "/robots.txt" else b"html", len(body), body))
            connection.recv(1)


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    server = Server(arguments)
    listener = socket.create_server((arguments.address, arguments.port), backlog=100)
    with open(arguments.facts, "w") as file:
        json.dump({}, file)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=server.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
