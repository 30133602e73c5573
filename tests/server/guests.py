#!/usr/bin/env python3
"""Any host: each page names pages of other hosts and, below /deep/, one above it; each answer sets a cookie.

    guests.py --address A --port P --log FILE --facts FILE

The log has "HOST PATH COOKIES" a request, "-" for no cookies.
"""
import http.server
import json

import local_server

LINKS = ["/deep/", "/deep/a", "/above", "http://friend.test/a", "http://sub.friend.test/a", "http://stranger.test/a"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        robots = self.path == "/robots.txt"
        body = (b"User-agent: *\nDisallow:\n" if robots else
                ("<!DOCTYPE html><title>%s</title>" % self.path + "".join("<a href='%s'>%s</a> " % (u, u) for u in LINKS)).encode())
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if robots else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "given=%s; Path=/" % self.headers["Host"])
        self.end_headers()
        self.wfile.write(body)
        with open(self.server.log, "a") as file:
            file.write("%s %s %s\n" % (self.headers["Host"], self.path, self.headers["Cookie"] or "-"))

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    open(arguments.log, "w").close()
    with open(arguments.facts, "w") as file:
        json.dump({}, file)
    server.serve_forever()


if __name__ == "__main__":
    main()
