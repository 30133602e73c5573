#!/usr/bin/env python3
"""Public hosts that lead to private ones; what is reachable there; and a proxy that goes anywhere.

    guarded.py --address A --port P --log FILE --facts FILE

It answers every host on the ports 80 and 81 of A, as a page of its own and with what the path says:
    /to/URL       a redirect to URL
    /parts/A,B    a page with the pictures A and B
    /pages/A,B    a page with links to A and B
    anything else a page without links
Requests in absolute form are those to a proxy, and are answered likewise.  --log: "METHOD HOST PATH STATUS".
"""
import http.server
import os
import threading
import urllib.parse

import local_server


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host, path = self.headers["Host"], self.path
        if path.startswith("http://"):
            host, _, path = path[7:].partition("/")
            path, host = "/" + path, "proxied:" + host
        kind, _, rest = path[1:].partition("/")
        words = urllib.parse.unquote(rest)
        status = 302 if kind == "to" else 404 if path == "/robots.txt" else 200
        tags = {"parts": '<img src="%s">', "pages": '<a href="%s">x</a>'}
        body = "".join(tags[kind] % one for one in words.split(",")) if kind in tags else "a page"
        with open(self.server.log, "a") as file:
            file.write("GET %s %s %d\n" % (host, path, status))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", words)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_CONNECT(self):
        with open(self.server.log, "a") as file:
            file.write("CONNECT %s - 502\n" % self.path)
        self.send_error(502)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    servers = [http.server.ThreadingHTTPServer((arguments.address, arguments.port + more), Handler) for more in (0, 1)]
    for server in servers:
        server.log = arguments.log
    threading.Thread(target=servers[1].serve_forever, daemon=True).start()
    with open(arguments.facts + ".new", "w") as file:
        file.write("{}")
    os.rename(arguments.facts + ".new", arguments.facts)
    servers[0].serve_forever()


if __name__ == "__main__":
    main()
