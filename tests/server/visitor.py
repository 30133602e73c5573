#!/usr/bin/env python3
"""Sites that want of their visitors what browsers do: to send cookies back, to say where they come from, to leave alone what ends
a session; and that write headers which only browsers understand.

    visitor.py --address A --port P --log FILE --facts FILE [--certificate PEM --key PEM] [--sitemap NAME]

--log: a JSON object a line, {"url", "status", "fields"}.
"""
import gzip
import http.server
import json
import os
import random
import re
import ssl
import threading
import urllib.parse

import local_server

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")
WEB = {}


def words(seed):
    chance = random.Random(str(seed))
    return " ".join("".join(chance.choice("aeioulmnrst") for _ in range(chance.randint(3, 8))) for _ in range(40))


def page(request, body, head="", status=200, **fields):
    text = "<!DOCTYPE html><html><head><title>%s</title>%s</head><body>%s<p>%s</body></html>" % (request.url, head, body, words(request.url))
    return status, dict({"Content-Type": "text/html; charset=utf-8"}, **fields), text.encode()


def to(where, *cookies, status=302):
    return status, [("Location", where), *(("Set-Cookie", cookie) for cookie in cookies)], b""


def links(*names):
    return "".join('<h2><a href="%s">%s</a></h2>' % (name, name) for name in names)


def at(pattern):
    return lambda function: WEB.setdefault(re.compile(pattern), function) and function


# ---- cookies ----

@at(r"http://wall\.test/(a|b)?$")
def wall(request):
    """Every page leads to itself until the visitor sends what it sets."""
    return page(request, links("/a", "/b")) if "seen=1" in request.cookies else to(request.path, "seen=1; Path=/")


@at(r"http://each\.test/.*")
def wall_of_each(request):
    """So does every page for itself."""
    name = "p" + request.path.strip("/")
    return page(request, links("/a", "/b", "/c")) if name + "=1" in request.cookies else to(request.path, name + "=1; Path=" + request.path)


@at(r"http://twice\.test/(a)?$")
def wall_in_two_steps(request):
    for name in ("one", "two"):
        if name + "=x" not in request.cookies:
            return to(request.path, name + "=x; Path=/")
    return page(request, links("/a"))


@at(r"http://way\.test/(a|b)?$")
def wall_on_the_way(request):
    """Every page leads to a check that sets the cookie and leads back."""
    return page(request, links("/a", "/b")) if "checked=yes" in request.cookies else to("/check?to=" + request.path)


@at(r"http://way\.test/check\?to=(.*)")
def check_on_the_way(request):
    return to(request.query["to"][0], "checked=yes; Path=/")


@at(r"http://long\.test/(a|b)?$")
def wall_on_a_long_way(request):
    """The check is on another host, whose own cookie stays there."""
    return page(request, links("/a", "/b")) if "checked=yes" in request.cookies else to("http://sso.test/set?to=" + request.path)


@at(r"http://sso\.test/set\?to=(.*)")
def check_elsewhere(request):
    return to("http://long.test/back?to=" + request.query["to"][0], "sso=mine; Path=/")


@at(r"http://long\.test/back\?to=(.*)")
def come_back(request):
    return to(request.query["to"][0], "checked=yes; Path=/")


@at(r"http://never\.test/closed/?.*")
def wall_that_never_opens(request):
    return to(request.path, "n=%d; Path=/" % random.randrange(10**9))


@at(r"http://never\.test/round.*")
def circle_that_never_opens(request):
    return to("/round2" if request.path == "/round" else "/round", "n=%d; Path=/" % random.randrange(10**9))


@at(r"http://never\.test/$")
def not_open(request):
    return page(request, links("/closed", "/round", "/open"))


@at(r"http://session\.test/.*")
def session(request):
    """The home page begins a session, and no other page is shown without one."""
    if request.path == "/":
        return page(request, links("/a", "/b"), **{"Set-Cookie": "sid=s%d; Path=/; HttpOnly" % random.randrange(10**9)})
    return page(request, "") if any(one.startswith("sid=s") for one in request.cookies) else page(request, "Your session has ended.", status=403)


@at(r"http://choice\.test/(\?lang=de|de|\?theme=dark|currency/eur)$")
def choice(request):
    value = {"/?lang=de": "lang=de", "/de": "lang=de", "/?theme=dark": "theme=dark", "/currency/eur": "money=EUR"}[request.path]
    return page(request, "", **{"Set-Cookie": value + "; Path=/; Max-Age=99999"}) if "/currency" not in request.path else to("/", value + "; Path=/")


@at(r"http://choice\.test/([a-d])?$")
def in_a_language(request):
    if any(name in request.cookies for name in ("lang=de", "theme=dark", "money=EUR")):
        return page(request, "auf Deutsch, dunkel, in Euro")
    return page(request, links("/?lang=de", "/de", "/?theme=dark", "/currency/eur", "/a", "/b", "/c", "/d"), **{"Set-Cookie": "visit=first; Path=/"})


@at(r"http://flood\.test/.*")
def flood(request):
    """Four hundred cookies with every page."""
    if request.path == "/sitemap.xml":
        return page(request, "nothing", status=404)
    number = int(request.path.strip("/") or 0)
    fields = [("Content-Type", "text/html")] + [("Set-Cookie", "c%d-%d=%s; Path=/x" % (number, i, "v" * 200)) for i in range(400)]
    return 200, fields, page(request, links("/%d" % (number + 1)) if number < 40 else "")[2]


@at(r"http://(www\.)?mine\.test/.*|http://other\.test/.*")
def sets_for_others(request):
    """A page and a picture of another host set cookies, also for hosts that are not theirs."""
    other = "mine.test" if request.host == "other.test" else "other.test"
    cookies = [("Set-Cookie", cookie + "; Path=/") for cookie in ("own=" + request.host, "test=all; Domain=test", "stolen=x; Domain=" + other)]
    if "mine.test" in request.host:
        cookies.append(("Set-Cookie", "shared=y; Path=/; Domain=mine.test"))
    if request.path.endswith(".png"):
        return 200, [("Content-Type", "image/png"), *cookies], PICTURE
    return 200, [("Content-Type", "text/html"), *cookies], page(
        request, links("/a", "http://www.mine.test/w") + '<img src="http://other.test/p%d.png"><img src="/own%d.png">' % ((len(request.path),) * 2))[2]


# ---- members ----

LEAVES = ("/users/sign_out", "/signout?t=1", "/logoff", "/index.php?route=account/logout", "/konto/abmelden", "/d%C3%A9connexion",
          "/w/index.php?title=Special:UserLogout", "/go/away")
OPAQUE = "/index.php?x=17"
ARTICLES = ("/how-to-log-out", "/help/logout.html", "/checkout-guide", "/?p=2")


@at(r"http://members\.test/.*")
def members(request):
    """Whoever has the key sees the pages, until a link ends the session.  /go/away leads to such a link."""
    session = members.__dict__.setdefault("ended", set())
    key = next((one for one in request.cookies if one.startswith("key=")), request.headers.get("Authorization", ""))
    if request.path in LEAVES:
        if request.path == "/go/away":
            return to("/abmelden")
        session.add(key)
    if request.path in ("/abmelden", OPAQUE):
        session.add(key)
    if request.path == "/entrance":
        return page(request, "Who are you?")
    if not key or key in session:
        return to("/entrance") if request.path != "/" else page(request, links("/entrance", *LEAVES))
    return page(request, '<a href="%s"><b>Log out</b></a><a href="/how-to-log-out">How to log out</a>' % OPAQUE +
                links(*LEAVES, *ARTICLES, *("/m/%d" % i for i in range(6))) if request.path == "/" else "")


# ---- where a visitor comes from ----

def picture(request, shown=True):
    return (200, {"Content-Type": "image/png"}, PICTURE + request.url.encode()) if shown else page(request, "Not here.", status=403)


@at(r"http://(pictures|cdn)\.test/guarded/.*")
def guarded(request):
    """Only for who comes from a page of the site."""
    if request.path == "/guarded/moved.png":
        return to("/guarded/moved-to.png")
    return picture(request, re.match("http://(pictures.test/|elsewhere)", request.headers.get("Referer", "")))


@at(r"http://shy\.test/.*")
def shy(request):
    """Only for who does not say where he comes from: so pages show what other sites keep for their own."""
    return picture(request, "Referer" not in request.headers)


@at(r"https?://(pictures|safe)\.test/[^/]*\.png")
def any_picture(request):
    return picture(request)


@at(r"http://pictures\.test/sheet\.css")
def sheet(request):
    return 200, {"Content-Type": "text/css"}, b"body { background: url(/guarded/sheet.png) }"


@at(r"http://pictures\.test/(next|header|meta|origin|unsaid)?")
def with_pictures(request):
    image = '<img src="%s">'
    if request.path == "/next":
        return page(request, image % "/guarded/next.png")
    if request.path == "/header":
        return page(request, image % "/of-header.png", **{"Referrer-Policy": "no-referrer"})
    if request.path == "/meta":
        return page(request, image % "/of-meta.png" + image % "http://shy.test/d.png", head='<meta name="referrer" content="no-referrer">',
                    **{"Referrer-Policy": "unsafe-url"})
    if request.path == "/origin":
        return page(request, image % "/of-origin.png", **{"Referrer-Policy": "unsafe-url, origin, some-new-one"})
    if request.path == "/unsaid":
        return page(request, "")
    return page(request, links("/next", "/header", "/meta", "/origin") + '<a rel="nofollow noreferrer" href="/unsaid">x</a>' +
                "".join(image % one for one in ("/guarded/a.png", "http://cdn.test/guarded/b.png", "/guarded/moved.png")) +
                '<img referrerpolicy="no-referrer" src="http://shy.test/c.png"><img src="/by-element.png" referrerpolicy="origin">' +
                '<iframe referrerpolicy=NO-REFERRER src="http://shy.test/e.png"></iframe>', head='<link rel="stylesheet" href="/sheet.css">')


@at(r"https://safe\.test/")
def safe(request):
    return page(request, '<img src="/i.png"><img src="http://pictures.test/i.png">')


# ---- headers that browsers understand ----

CODINGS = {"utf-8": "UTF-8", "none": "none", "binary": "binary", "8bit": "8bit", "type": "text/html", "list": "gzip, utf-8", "other-list": "utf-8, gzip",
           "parameter": "gzip;q=1", "packed": "UTF-8", "packed-list": "gzip, none", "plain-gzip": "gzip", "identity": "identity", "sdch": "sdch"}


@at(r"http://codings\.test/.*")
def coded(request):
    """Each page says that it is coded in some way; those called "packed" are gzip."""
    name = request.path[1:]
    if name not in CODINGS:
        return page(request, links(*("/" + one for one in CODINGS)) if not name else "")
    status, fields, body = page(request, links("/behind-" + name))
    return status, dict(fields, **{"Content-Encoding": CODINGS[name]}), gzip.compress(body) if name.startswith("packed") else body


@at(r"http://choices\.test/.*")
def choices(request):
    """300 with a choice of the server's, with one that is the page itself, and without; Location beside other statuses means nothing."""
    location = {"/both": "/both.en", "/itself": "/itself", "/header": "/header.en", "/fine": "/never-1", "/lost": "/never-2"}
    body = {"/both": "/both.fr", "/list": "/list.fr", "/itself": "/itself.fr"}.get(request.path)
    status = {"/fine": 200, "/lost": 404}.get(request.path, 300)
    if request.path == "/":
        return page(request, links("/both", "/itself", "/list", "/header", "/fine", "/lost"))
    if "." in request.path:
        return page(request, "")
    fields = {"Location": location[request.path]} if request.path in location else {}
    return page(request, links(body) if body else "", status=status, **fields)


@at(r"http://octets\.test/.*")
def octets(request):
    """Locations in latin1, in UTF-8, escaped, and with a blank."""
    where = {"/1": b"/caf\xe9?x=\xe9", "/2": "/th\u00e9?x=\u00e9".encode(), "/3": b"/caf%E9?y=%e9", "/4": b"/a b", "/5": b"/\x81\x8d\xff"}
    return to(where[request.path]) if request.path in where else page(request, links(*where) if request.path == "/" else "")


# ---- the largest sitemap that the protocol allows ----

ENTRIES, BYTES = 50000, 52428800


def largest():
    """Fifty thousand entries in fifty megabytes, to the last byte."""
    head, foot = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", b"</urlset>"
    entries = [b"<url><loc>http://big.test/post-%05d.html</loc><!-- %%s --></url>" % number for number in range(ENTRIES)]
    room = BYTES - len(head) - len(foot) - sum(len(entry) - 2 for entry in entries)
    each, more = divmod(room, ENTRIES)
    return head + b"".join(entry % (b"x" * (each + (number < more))) for number, entry in enumerate(entries)) + foot


@at(r"http://big\.test/.*")
def big(request):
    if request.path == "/sitemap.xml":
        return 200, {"Content-Type": "application/xml"}, largest()
    if request.path == "/sitemap.xml.gz":
        return 200, {"Content-Type": "application/gzip"}, gzip.compress(largest(), 1)
    return page(request, "")


# ---- the server ----

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.host = self.headers["Host"]
        self.url = ("https://" if self.server.server_port == 443 else "http://") + self.host + self.path
        self.query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        self.cookies = [one.strip() for one in self.headers.get("Cookie", "").split(";")]
        site = next((function for pattern, function in WEB.items() if pattern.fullmatch(self.url)), None)
        status, fields, body = site(self) if site and self.path != "/robots.txt" else page(self, "nothing", status=404)
        if self.path == "/robots.txt" and self.host.startswith("big"):
            status, fields, body = 200, {"Content-Type": "text/plain"}, b"Sitemap: http://big.test/" + self.server.sitemap.encode()
        fields = list(fields.items()) if isinstance(fields, dict) else fields
        with open(self.server.log, "a") as file:
            file.write(json.dumps({"url": self.url, "status": status, "fields": list(self.headers.items())}) + "\n")
        head = "HTTP/1.1 %d X\r\nContent-Length: %d\r\n" % (status, len(body))
        self.wfile.write(head.encode() + b"".join(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
                                                  for name, value in fields) + b"\r\n" + body)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    parser.add_argument("--certificate")
    parser.add_argument("--sitemap", default="sitemap.xml")
    parser.add_argument("--key")
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    servers = [http.server.ThreadingHTTPServer((arguments.address, port), Handler) for port in [arguments.port] + [443] * bool(arguments.certificate)]
    for server in servers:
        server.log, server.sitemap = arguments.log, arguments.sitemap
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
        servers[1].socket = context.wrap_socket(servers[1].socket, server_side=True)
        threading.Thread(target=servers[1].serve_forever, daemon=True).start()
    with open(arguments.facts + ".new", "w") as file:
        file.write("{}")
    os.rename(arguments.facts + ".new", arguments.facts)
    servers[0].serve_forever()


if __name__ == "__main__":
    main()
