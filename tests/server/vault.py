#!/usr/bin/env python3
"""A site that shows parts of other hosts and redirects to them; it notes every request with all its fields.

    vault.py --address A --port P --log FILE --facts FILE [--certificate PEM --key PEM]

Any host answers, over http on the ports 80 and 81 of A, with a certificate over https on port 443.  "/" shows parts of third.test
and of other ports and schemes of the same host; /out redirects to third.test, /back there and back.  --log: a JSON line a request:
{"url", "fields": {NAME: VALUE}}.
"""
import argparse
import http.server
import json
import os
import ssl
import threading

PAGE = """<a href="/a">a</a> <a href="/out">out</a> <a href="/back">back</a> <a href="/set">set</a> <a href="http://www.blog.test/w">w</a>
<img src="http://third.test/pic.png"> <img src="http://sub.blog.test/pic.png"> <img src="http://blog.test:81/pic.png">
<img src="http://blog.test/clear.png"> <img src="http://api.test/pic.png"> <img src="http://blog.test.third.test/pic.png">"""
REDIRECTS = {"/out": "http://third.test/landed", "/back": "http://third.test/return", "/return": "http://blog.test/returned"}
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = "%s://%s%s" % (self.server.scheme, self.headers["Host"], self.path)
        with lock, open(self.server.log, "a") as file:
            file.write(json.dumps({"url": url, "fields": dict(self.headers.items())}) + "\n")
        status = 404 if self.path == "/robots.txt" else 302 if self.path in REDIRECTS else 200
        body = PAGE if self.path == "/" else "a page: " + url
        self.send_response(status)
        if status == 302:
            self.send_header("Location", REDIRECTS[self.path])
        if self.path == "/set":
            self.send_header("Set-Cookie", "session=of-the-site; path=/")
        self.send_header("Content-Type", "image/png" if self.path.endswith(".png") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts", "certificate", "key"):
        parser.add_argument("--" + name)
    parser.add_argument("--port", type=int)
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    ports = [(arguments.port, "http"), (arguments.port + 1, "http")] + ([(443, "https")] if arguments.certificate else [])
    for port, scheme in ports:
        server = http.server.ThreadingHTTPServer((arguments.address, port), Handler)
        server.log, server.scheme = arguments.log, scheme
        if scheme == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(arguments.certificate, arguments.key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(arguments.facts + ".new", "w") as file:
        file.write("{}")
    os.rename(arguments.facts + ".new", arguments.facts)
    threading.Event().wait()


if __name__ == "__main__":
    main()
