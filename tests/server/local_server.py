"""
What the test servers share: their options, a server that many can ask at once, responses of a known length, and the file of facts
that says that a server is ready.
"""
import argparse
import http.server
import json
import os
import sys


def parser(description=None):
    """--address --port --log --facts, as tests/server/serve.sh gives them; only loopback addresses are served."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--address", required=True, type=loopback)
    options.add_argument("--port", type=int, default=80)
    options.add_argument("--log", metavar="FILE")
    options.add_argument("--facts", metavar="FILE")
    return options


def loopback(address):
    if not address.startswith("127."):
        raise argparse.ArgumentTypeError("only loopback addresses are served")
    return address


def tell(path, facts):
    """Writes the facts, all at once: tests wait for the file."""
    if path:
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(facts, file, indent=1)
        os.replace(path + ".new", path)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):      # a client may hang up
            super().handle_error(request, client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    media_type = "text/html"

    def log_message(self, *_):
        pass

    def give(self, status, body=b"", *headers):
        self.send_response(status)
        self.send_header("Content-Type", self.media_type)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
