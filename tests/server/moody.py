#!/usr/bin/env python3
"""A small site that refuses as it is told to.

    moody.py --address A --port P --log FILE --facts FILE --moods FILE

FILE of --moods holds one mood a line; each request takes the first one off, the last one stays:
"ok", "slow SECONDS" (ok, but not at once), "fill FILE" (pages end with what is in FILE), "STATUS", "STATUS SECONDS" (Retry-After), "STATUS +SECONDS" (Retry-After as a date).  A mood with a path before it,
"/a 503", is for that path alone and always stays.  The log has "SECONDS PATH STATUS" a request.
"""
import argparse
import email.utils
import http.server
import json
import threading
import time

taking_moods = threading.Lock()


def page(path):
    links = "".join("<a href='/%s'>%s</a> " % (name, name) for name in "abcde") if path == "/" else ""
    return ("<!DOCTYPE html><title>%s</title><p>This is %s. %s" % (path, path, links)).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def mood(self):
        with taking_moods: # requests come side by side
            lines = [line.split() for line in open(self.server.moods) if line.strip()]
            own = [line for line in lines if line[0] == self.path]
            if own:
                return own[0][1:]
            general = [line for line in lines if not line[0].startswith("/")]
            if len(general) > 1:
                with open(self.server.moods, "w") as file:
                    file.writelines(" ".join(line) + "\n" for line in lines if line is not general[0])
            return general[0]

    def do_GET(self):
        mood = self.mood()
        filler = open(mood[1], "rb").read() if mood[0] == "fill" else b""
        if mood[0] == "slow":
            time.sleep(float(mood[1]))
        mood = ["ok"] if filler or mood[0] == "slow" else mood
        status = 200 if mood[0] == "ok" else int(mood[0])
        body = b"" if status != 200 else b"User-agent: *\nDisallow:\n" if self.path == "/robots.txt" else page(self.path) + filler
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html")
        if len(mood) > 1:
            wait = int(mood[1])
            self.send_header("Retry-After", email.utils.formatdate(time.time() + wait, usegmt=True) if mood[1][0] == "+"
                             else str(wait))
        self.end_headers()
        self.wfile.write(body)
        with open(self.server.log, "a") as file:
            file.write("%.2f %s %d\n" % (time.monotonic(), self.path, status))

    def log_message(self, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts", "moods"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log, server.moods = arguments.log, arguments.moods
    open(arguments.log, "w").close()
    with open(arguments.facts, "w") as file:
        json.dump({}, file)
    server.serve_forever()


if __name__ == "__main__":
    main()
