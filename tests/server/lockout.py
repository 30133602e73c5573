#!/usr/bin/env python3
"""Blogs that shut their visitors out, or only look as if they did.

    lockout.py --address A --port P --log FILE --facts FILE --sites DIR

DIR has a file for each site: NAME.test holds "KIND AFTER FOR SECTION...".  From the AFTERth request on, FOR requests (0: all; 3s: as
many as come within three seconds) get the refusal KIND; "none": none does; "anew-...": none is refused, but the site is laid out anew.  The file is read anew for each request, and a changed one begins to count afresh.  Sections
are what a healthy site may have, of SIZE pages each: "members:50"; the last list names those of "members:50:last".  Pictures are also on cdn.NAME.test.  The log has
"HOST/PATH STATUS" a request, and "BANNED" behind what was refused."""
import argparse
import email.utils
import http.server
import json
import os
import random
import socket
import struct
import threading
import time

POSTS, LIST = 30, 6
# What services that guard sites send in the place of a page: fields of the head, and the body.
GUARDS = {
    "cloudflare": ([("Server", "cloudflare"), ("cf-mitigated", "challenge")], "<title>Just a moment...</title><script>window._cf_chl_opt = {};</script>"),
    "old-cloudflare": ([("Server", "cloudflare")], "<title>Just a moment...</title><p class='cf-browser-verification'>Checking your browser"),
    "ddos-guard": ([("Server", "ddos-guard")], "<title>DDoS-Guard</title><script src='/.well-known/ddos-guard/js-challenge/index.js'></script>"),
    "sucuri": ([("Server", "Sucuri/Cloudproxy")], "<script>var s={},u,sucuri_cloudproxy_js='',S='cz0i';</script>"),
    "anubis": ([], "<title>Making sure you're not a bot!</title><script id='anubis_challenge' type='application/json'>{}</script>"),
    "aws": ([("x-amzn-waf-action", "challenge")], ""),
    "perimeterx": ([], "<script>window._pxAppId = 'PX1';</script><div id='px-captcha'></div>"),
    "datadome": ([("X-DD-B", "2")], "<p>Please enable JS<script src='https://ct.captcha-delivery.com/c.js'></script>"),
    "akamai": ([("Server", "AkamaiGHost")], "<title>Access Denied</title><h1>Access Denied</h1>Reference #18.2d1"),
    "incapsula": ([("X-Iinfo", "1-2-3")], "<iframe id='main-iframe' src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful.</iframe>"),
}
ARTICLE = "<p>It sets window._cf_chl_opt, has cf-browser-verification, anubis_challenge, px-captcha and _pxAppId. Access Denied. Reference #18."
lock = threading.Lock()
states = {}


def words(seed, count=40):
    chance = random.Random(seed)
    return " ".join("".join(chance.choice("aeioulmnrst") for _ in range(chance.randint(3, 9))) for _ in range(count))


def page(path, links=(), more=""):
    return ("<!DOCTYPE html><title>%s</title><link rel=stylesheet href=/style.css><p>%s</p>%s%s" % (
        words(path + "t", 3), words(path), "".join("<p><a href='%s'>%s</a>" % (link, words(link, 2)) for link in links), more)).encode()


def wall(text):
    return ("<!DOCTYPE html><title>Stop</title><h1>%s</h1>" % text).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_):
        pass

    def give(self, status, body=b"", headers=(), kind="text/html"):
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        self.send_header("Content-Type", kind)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.status = status

    def to(self, where, status=302):
        self.give(status, b"", [("Location", where)])

    def refuse(self, kind):
        """What a visitor gets who is shut out."""
        self.mark = " BANNED"
        path, number = self.path, self.state["n"]
        if kind.isdigit():
            return self.give(int(kind), wall("Error %s" % kind))
        if kind.startswith("retry-"):  # retry-403-SECONDS
            return self.give(int(kind[6:9]), wall("Later"), [("Retry-After", kind[10:])])
        if kind.startswith(("after-", "date-", "past-", "words-", "negative-")):  # WAY-STATUS-SECONDS: Retry-After
            way, status, seconds = kind.split("-")
            value = {"after": seconds, "words": "soon", "negative": "-5", "past": "Mon, 01 Jan 2001 00:00:00 GMT"}.get(way) or \
                email.utils.formatdate(time.time() + int(seconds), usegmt=True)
            return self.give(int(status), wall("Later"), [("Retry-After", value)])
        if kind.startswith("guard-"):  # guard-SERVICE-STATUS
            service, status = kind[6:].rsplit("-", 1)
            head, body = GUARDS[service]
            return self.give(int(status), body.encode(), head)
        if kind == "mixed":
            return self.give((403, 429, 503)[number % 3], wall("No"))
        if kind == "wall":
            return self.give(200, wall("Please prove that you are human"))
        if kind == "tagged-wall":
            if self.headers.get("If-None-Match") == '"wall"':
                return self.give(304, b"", [("ETag", '"wall"')])
            return self.give(200, wall("Please prove that you are human"), [("ETag", '"wall"')])
        if kind == "ray":
            return self.give(200, wall("You asked for %s at %s. Ray ID: %016x" % (path, time.asctime(), random.getrandbits(64) | 1 << 60)))
        if kind == "challenge-403":
            return self.give(403, wall("Just a moment. Ray ID: %x" % random.getrandbits(64)))
        if kind == "challenge-503":
            return self.give(503, wall("Just a moment. Ray ID: %x" % random.getrandbits(64)))
        if kind == "empty":
            return self.give(200)
        if kind == "gone":
            return self.give(404, wall("Not found"))
        if kind == "to-wall":
            return self.give(200, wall("Stop")) if path == "/stop" else self.to("/stop")
        if kind == "to-wall-back":
            return self.give(200, wall("Stop")) if path.startswith("/stop") else self.to("/stop?back=" + path)
        if kind == "to-login":
            return self.give(200, wall("Who are you?")) if path.startswith("/login") else self.to("/login?back=" + path)
        if kind == "to-front":
            return self.serve("/") if path == "/" else self.to("/")
        if kind == "to-itself":
            return self.to(self.path)
        if kind == "to-elsewhere":
            return self.to("http://guard.test/")
        if kind == "close":
            self.close_connection = True
            self.status = 0
            return None
        if kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.status = 0
            self.connection.close()
            return None
        if kind == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "90000")
            self.end_headers()
            self.wfile.write(b"<p>Half")
            self.close_connection = True
            self.status = 200
            return None
        raise SystemExit("no such kind: " + kind)

    def serve_anew(self, kind, path):
        """A site that its owner has changed, and that shuts nobody out."""
        parts, new = path.strip("/").split("/"), ["/new/%d" % n for n in range(POSTS)]
        if kind == "anew-front-gone" and path == "/":
            return self.give(404, wall("No such page"))
        if kind == "anew-front-moved" and path == "/":
            return self.to("/page/2", 301)
        if kind == "anew-splash" and path == "/":
            return self.give(200, wall("Welcome"))
        if kind in ("anew-moved", "anew-built") and path == "/":
            return self.to("/home", 301)
        if path == "/home":
            return self.give(200, page(path, new))
        if kind == "anew-moved" and parts[0] in ("post", "page"):
            return self.to("/new/%s" % parts[1], 301)
        if kind == "anew-built" and parts[0] in ("post", "page"):
            return self.give(404, wall("No such page"))
        return self.serve(path)

    def lasts(self, how_long, number):
        """Whether a ban still lasts at its request of this number."""
        if not how_long.endswith("s"):
            return how_long == "0" or number <= int(how_long)
        self.state["since"] = self.state["since"] or time.monotonic()
        return time.monotonic() - self.state["since"] < int(how_long[:-1])

    def is_banned(self):
        """The refusal that this request gets, or None."""
        name = self.headers.get("Host", "").removeprefix("cdn.")
        with lock:
            words_of_site = open(os.path.join(self.server.sites, name)).read().split()
            ban, sections = words_of_site[:3], words_of_site[3:]
            self.state = states.setdefault(name, {"ban": None, "tries": {}})
            if ban != self.state["ban"]:
                self.state.update(ban=ban, n=0, times=[], since=None)
            self.state["n"] += 1
            self.sections = {word.split(":")[0]: int(word.split(":")[1]) for word in sections}
            self.last_sections = {word.split(":")[0] for word in sections if word.endswith(":last")}
            kind, after = ban[0], int(ban[1])
            if kind == "rate":  # at most AFTER requests a second
                now = time.monotonic()
                self.state["times"] = [then for then in self.state["times"] if then > now - 1]
                if len(self.state["times"]) >= after:
                    return "429"
                self.state["times"].append(now)
                return None
            banned = kind != "none" and self.state["n"] > after and self.lasts(ban[2], self.state["n"] - after)
        is_part = self.path.endswith((".png", ".css"))
        if kind.startswith("pages-"):
            return kind[6:] if banned and not is_part else None
        if kind.startswith("parts-"):
            return kind[6:] if banned and is_part else None
        return kind if banned else None

    def serve_section(self, name, number):
        if name == "members":
            return self.give(403, wall("Members only"))
        if name == "login":
            return self.to("/account?back=" + self.path)
        if name == "gate":
            return self.give(401, wall("Who are you?"), [("WWW-Authenticate", "Basic realm=x")])
        if name == "old":
            return self.to("/", 301)
        if name == "moved":
            return self.to("/new/%d" % number, 301)
        if name == "tag":
            return self.give(200, page("/tag", ["/"]))
        if name == "same":
            return self.give(200, wall("Nothing here yet"))
        if name == "article":  # about such services, on a site that one of them guards
            return self.give(200, wall("How we passed") + ARTICLE.encode(), [("Server", "cloudflare"), ("CF-RAY", "8f-FRA")])
        if name == "form":
            return self.give(200, wall("Write to us %d" % number) + b"<form action='/send'><div class='cf-turnstile'></div><div class='g-recaptcha'></div></form>")
        if name == "guarded":  # this part of the site only
            return self.give(403, GUARDS["cloudflare"][1].encode(), GUARDS["cloudflare"][0])
        if name == "dead":
            return self.give(404, wall("No such page"))
        if name == "gone":
            return self.give(410, wall("Gone"))
        if name == "broken":
            return self.give(500, wall("Database error"))
        if name == "hang":
            self.connection.recv(1)  # until the client goes away
            self.close_connection = True
            return None
        if name == "numbered":
            return self.give(200, wall("Photo %d" % number))
        if name == "flaky":
            with lock:
                tries = self.state["tries"].setdefault(self.path, 0)
                self.state["tries"][self.path] += 1
            return self.give(503, wall("Busy")) if tries == 0 else self.give(200, page(self.path))
        raise SystemExit("no such section: " + name)

    def do_GET(self):
        self.mark, path, self.status = "", self.path, 0
        banned = self.is_banned()
        if banned and banned.startswith("anew-"):
            self.serve_anew(banned, path)
        elif banned and path != "/robots.txt":
            self.refuse(banned)
        else:
            self.serve(path)
        with lock, open(self.server.log, "a") as log:
            print("%s%s %d%s" % (self.headers.get("Host", ""), path, self.status, self.mark), file=log)

    def serve(self, path):
        sections = [("/%s/%d" % (name, n)) for name, size in self.sections.items() for n in range(size) if name not in ("barred", "blank")]
        late = [link for link in sections if link.split("/")[1] in self.last_sections]
        parts = path.strip("/").split("/")
        if path == "/robots.txt":
            return self.give(404, b"none", kind="text/plain")
        if path in ("/", "/page/1") or (parts[0] == "page" and parts[1].isdigit()):
            at = int(parts[1]) if parts[0] == "page" else 1
            last = POSTS // LIST
            posts = ["/post/%d" % n for n in range((at - 1) * LIST, at * LIST)]
            more = "<a rel=next href='/page/%d'>Older</a>" % (at + 1) if at < last else ""
            # The front page leads to all the others.  A ban that comes in between leaves many pages out, whatever comes first.  But what the
            # last list names shall come last.
            if at == 1 and not self.last_sections:
                more += "".join("<a href='/page/%d'>%d</a>" % (n, n) for n in range(2, last + 1))
            named = [link for link in sections if link not in late] if at == 1 else late if at == last else []
            return self.give(200, page(path, posts + named, more))
        if parts[0] == "post":
            images = "".join("<img src='http://%s/%d.png'>" % (host, int(parts[1])) for host in (self.headers.get("Host"), "cdn." + self.headers.get("Host")))
            for name in ("barred", "blank"):
                images += "".join("<img src='/%s/%d-%s.png'>" % (name, n, parts[1]) for n in range(self.sections.get(name, 0)))
            return self.give(200, page(path, ["/"], images))
        if path.endswith(".css"):
            return self.give(200, b"p { color: red }", kind="text/css")
        if parts[0] == "barred":
            return self.give(403, wall("No hot links"))
        if parts[0] == "blank":
            return self.give(200, b"GIF89a blank", kind="image/gif")
        if path.endswith(".png"):
            return self.give(200, b"\x89PNG\r\n\x1a\n" + path.encode(), kind="image/png")
        if parts[0] in ("account", "new", "about"):
            return self.give(200, page(path))
        if parts[0] in self.sections:
            return self.serve_section(parts[0], int(parts[1]))
        return self.give(404, wall("No such page"))


def main():
    parser = argparse.ArgumentParser()
    for name in ("address", "log", "facts", "sites"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    http.server.ThreadingHTTPServer.request_queue_size = 64
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.handle_error = lambda *_: None  # connections that were broken on purpose
    server.log, server.sites = arguments.log, arguments.sites
    with open(arguments.facts + ".new", "w") as file:
        json.dump({"posts": POSTS}, file)
    os.rename(arguments.facts + ".new", arguments.facts)
    server.serve_forever()


if __name__ == "__main__":
    main()
