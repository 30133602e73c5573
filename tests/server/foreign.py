"""Serves the site of fixtures/warcs/make-foreign.py, as it was when it was archived.  Arguments: --address A --port P --log FILE
--facts FILE --fixture SCRIPT."""
import argparse
import http.server
import importlib.util

arguments = argparse.ArgumentParser()
for name in ("address", "port", "log", "facts", "fixture"):
    arguments.add_argument("--" + name)
given = arguments.parse_args()
spec = importlib.util.spec_from_file_location("foreign", given.fixture)
foreign = importlib.util.module_from_spec(spec)
spec.loader.exec_module(foreign)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        with open(given.log, "a") as log:
            log.write(self.path + "\n")
        if self.path in foreign.SITE:
            self.wfile.write(b"".join(foreign.http(self.path)))
        else:
            self.wfile.write(b"HTTP/1.1 404 X\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer((given.address, int(given.port)), Handler)
open(given.facts, "w").close()
server.serve_forever()
