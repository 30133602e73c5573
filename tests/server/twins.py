#!/usr/bin/env python3
"""Bodies that are alike, or seem so.

    twins.py --address A --port P --log FILE --facts FILE

"/" links to all the rest.  --log: "METHOD HOST PATH STATUS"; --facts: an empty file, once it listens.
"""
import gzip
import http.server

import local_server

TEXT = b"This stands at two addresses, word for word. " * 20
OTHER = b"This is as long as the other text, but it is not. " * 18
OTHER = OTHER[:len(TEXT)]
PACKED = gzip.compress(TEXT, mtime=0)

# Path -> status, fields, body; chunked where the fields say so.
ANSWERS = {
    "/text": (200, {}, TEXT),
    "/text-again": (200, {"X-Other": "field"}, TEXT),
    "/text-in-chunks": (200, {"Transfer-Encoding": "chunked"}, TEXT),
    "/text-packed": (200, {"Content-Encoding": "gzip"}, PACKED),
    "/text-packed-again": (200, {"Content-Encoding": "gzip"}, PACKED),
    "/packed-without-word": (200, {}, PACKED),
    "/not-found": (404, {}, b"Nothing is here." * 10),
    "/not-found-either": (404, {}, b"Nothing is here." * 10),
    "/part": (206, {"Content-Range": "bytes 0-899/5000"}, TEXT),
    "/empty": (200, {}, b""),
    "/empty-again": (200, {}, b""),
    "/long": (200, {}, TEXT * 100),
    "/long-again": (200, {}, TEXT * 100),
    "/other": (200, {}, OTHER),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        page = "".join('<a href="%s">.</a>' % path for path in ANSWERS).encode()
        status, fields, body = {"/": (200, {"Content-Type": "text/html"}, page), **ANSWERS}.get(self.path, (404, {}, b"no"))
        with open(self.server.log, "a") as file:
            file.write("GET %s %s %d\n" % (self.headers["Host"], self.path, status))
        self.send_response(status)
        for name, value in {"Content-Type": "text/plain", **fields}.items():
            self.send_header(name, value)
        if "Transfer-Encoding" in fields:
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    server.handle_error = lambda *arguments: None
    for path in (arguments.log, arguments.facts):
        open(path, "w").close()
    server.serve_forever()


if __name__ == "__main__":
    main()
