#!/usr/bin/env python3
"""A host with some thirty good pages among the traps that catch crawlers.

    traps.py --address IP [--port 80] [--host traps.example] [--endless-bytes 200000000] [--log FILE] [--facts FILE]

listens on a loopback address until SIGTERM.  Every trap hangs on one link of the start page or of a good page, and what is
good within a trap (the first pages of a pager, say) is good still.  What would never end stops after --endless-bytes.

--log    one line a request: METHOD HOST PATH STATUS, written when the answer begins
--facts  JSON, written once the server listens: "good": addresses that a capture must hold; "never": regular expressions
         of what must not be asked for; "bounds": [regular expression, most requests for what matches] of the traps whose
         first steps anyone may take
"""
import calendar
import html
import http.server
import random
import re
import signal
import struct
import sys
import threading
import time
import urllib.parse
import zlib

import local_server

ARTICLES = 12
LAST_PAGE = 3           # of both pagers
FORUM_TOPICS = 4
GOODS = 4               # in the shop
TOKEN_PAGES = 3
BOMB_SIZE = 1 << 30
COLOURS, SIZES, SORTS = ("red", "green", "blue", "grey"), ("s", "m", "l"), ("name", "price", "date")

NEVER = [
    r"^http://elsewhere\.example",
    r"[?&](replytocom|share|print|action=login)=?", r"/(login|reply|share|print)(/|\?|$)",
    r"[?&]C=[NMSD]", r"/loop/(a/b/){6}", r"/deeper/(a/){8}",
    r"/events/(19|20[3-9]|2[1-9])", r"[?&]month=\d\d-(19|20[3-9]|2[1-9])",
    r"&amp;", r"javascript:",
]
BOUNDS = [
    [r"/events/\d", 60], [r"/calendar/\?month=", 60], [r"/day/", 60], [r"/news/\?page=", LAST_PAGE + 8],
    [r"/list/page/", LAST_PAGE + 4], [r"/forum/", 4 * (FORUM_TOPICS + 1)], [r"/shop/\?", 40], [r"/loop/", 12], [r"/deeper/", 12],
    [r"/months/", 200], [r"/token/", 60 * TOKEN_PAGES], [r"/hashed/", 60 * TOKEN_PAGES], [r"/any/", 60], [r"/mixed/", 90],
    [r"/soft/", 150], [r"/choose/", 3000], [r"/mix/", 3000], [r"/grow/", 250], [r"/feed\.xml", 6], [r"/maps/", 12], [r"/hop/", 24], [r"/frames/", 200],
    [r"mode=reply", 3], [r"/round/", 4], [r"/same/", 1], [r"/bomb$", 1], [r"/slow$", 3], [r"/stream$", 3], [r"/radio$", 3], [r"/short$", 3],
]


def page(title, body, head=""):
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%s</title>%s</head>\n<body><p><a href=\"/\">Start</a></p>\n" \
        "<h1>%s</h1>\n%s</body></html>\n" % (html.escape(title), head, html.escape(title), body)


def link(address, text=None, more=""):
    return "<a href=\"%s\"%s>%s</a>\n" % (html.escape(address), more, html.escape(text or address))


def chance():
    return "%016x" % random.SystemRandom().getrandbits(64)


def next_month(year, month, step):
    return divmod(year * 12 + month - 1 + step, 12)[0], divmod(year * 12 + month - 1 + step, 12)[1] + 1


class Site:
    """Answers (status, type or new address, body) by path; what is more than a body stands in Handler."""

    def __init__(self, origin):
        self.origin = origin
        self.bomb = make_bomb()

    # -- the good pages --

    def start(self, path, query):
        traps = ["/articles/1.html", "/events/2026-11/", "/calendar/?month=11-2026", "/news/", "/list/", "/forum/", "/shop/", "/files/",
                 "/loop/a/", "/deeper/", "/day/2026/11/23/", "/blog/post.html", "/long-line.html", "/slow", "/stream", "/radio", "/bomb",
                 "/months/2026/11/", "/token/page-1", "/hashed/", "/any/", "/mixed/",
                 "/soft/lost", "/choose/", "/mix/", "/grow/?back=/", "/hop/0", "/frames/0",
                 "/round/1", "/chain/1", "/same/", "/deep.html", "/short", "http://elsewhere.example/", "//elsewhere.example/2"]
        return page("Start", "".join(link(trap) for trap in traps),
                    "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed.xml\">")

    def article(self, path, query):
        number = int(re.search(r"\d+", path)[0])
        if not 1 <= number <= ARTICLES:
            return None
        links = [link("/articles/%d.html" % n, more=rel) for n, rel in ((number - 1, " rel=\"prev\""), (number + 1, " rel=\"next\""))
                 if 1 <= n <= ARTICLES]
        links += [link("/login?return=" + path, "Log in"), link("http://elsewhere.example/share?u=" + path, "Share"),
                  link(path + "?print=1", "Print"), link(path + "?share=mail", "Mail this"),
                  link("/reply?to=%d" % number, "Reply", " rel=\"nofollow\"")]
        return page("Article %d" % number, "<p>Words of article %d.</p>\n%s" % (number, "".join(links)))

    def comments(self, path, query):
        replies = "".join(link("/blog/post.html?replytocom=%d#respond" % n, "Reply", " rel=\"nofollow\" class=\"comment-reply-link\"")
                          for n in range(100, 150))
        return page("A post with comments", replies)

    def directory(self, path, query):
        """A listing that can be sorted: the same files in eight orders."""
        orders = "".join(link("?C=%s;O=%s" % (column, order)) for column in "NMSD" for order in "AD")
        return page("Index of /files/", orders + link("/", "Parent Directory") + link("one.txt") + link("two.txt"))

    # -- time without end --

    def events(self, path, query):
        found = re.fullmatch(r"/events/(\d{4})-(\d\d)/", path)
        if not found or not 1 <= int(found[2]) <= 12:
            return None
        at = int(found[1]), int(found[2])
        return page("Events %d-%02d" % at, "<p>No events.</p>" + link("/events/%d-%02d/" % next_month(*at, -1), "Previous", " rel=\"prev\"")
                    + link("/events/%d-%02d/" % next_month(*at, 1), "Next", " rel=\"next\""))

    def calendar(self, path, query):
        found = re.fullmatch(r"(\d\d)-(\d{4})", query.get("month", "11-2026"))
        if not found or not 1 <= int(found[1]) <= 12:
            return None
        at = int(found[2]), int(found[1])
        around = [next_month(*at, step)[::-1] for step in (-12, -1, 1, 12)]
        return page("Calendar %02d-%d" % at[::-1], "".join(link("/calendar/?month=%02d-%d" % one, "%s" % text) for one, text in
                                                           zip(around, ("« Year", "‹ Prev", "Next ›", "Year »"))))

    def months(self, path, query):
        """A calendar's months and all their days, for ever, with the month's name on each page."""
        found = re.fullmatch(r"/months/(\d{4})/(\d\d)/(?:(\d\d)/)?", path)
        if not found or not 1 <= int(found[2]) <= 12:
            return None
        at = int(found[1]), int(found[2])
        title = "%s %s %d" % (found[3] or "", calendar.month_name[at[1]], at[0])
        if found[3]:
            return page(title, "<p>Nothing on this day.</p>" + link("/months/%d/%02d/" % at, "The month"))
        return page(title, "".join(link("/months/%d/%02d/" % next_month(*at, step), text) for step, text in ((-1, "«"), (1, "»")))
                    + "".join(link("/months/%d/%02d/%02d/" % (*at, day), str(day)) for day in range(1, 29)))

    def day(self, path, query):
        """Days on which nothing was, one after another."""
        found = re.fullmatch(r"/day/(\d{4})/(\d\d)/(\d\d)/", path)
        if not found:
            return None
        number = (int(found[1]) * 12 + int(found[2]) - 1) * 28 + int(found[3]) - 1
        days = [(n // 336, n // 28 % 12 + 1, n % 28 + 1) for n in (number - 1, number + 1)]
        return page("Day " + path[5:-1], "<p>Nothing.</p>" + "".join(link("/day/%04d/%02d/%02d/" % one, text) for one, text in
                                                                      zip(days, ("Previous day", "Next day"))))

    # -- pagers without end --

    def news(self, path, query):
        """Beyond its end it shows the last page again, which has a next page too."""
        number = int(query["page"]) if query.get("page", "").isdigit() else 1
        shown = min(number, LAST_PAGE)
        items = "".join("<h2>%s</h2>" % link("/news/item-%d.html" % n) for n in range(2 * shown - 1, 2 * shown + 1))
        return page("News", items + link("/news/?page=%d" % (number + 1), "Next", " rel=\"next\""))

    def plain(self, path, query):
        return page(path, "<p>This is %s.</p>" % path)

    def listing(self, path, query):
        """Its last pages link on; beyond the end it sends one back to the first."""
        found = re.fullmatch(r"/list/(?:page/(\d+)/)?", path)
        number = int(found[1] or 1) if found else 0
        if number > LAST_PAGE:
            return 302, self.origin + "/list/"
        return page("List", "<h2>%s</h2>" % link("/list/entry-%d.html" % number)
                    + link("/list/page/%d/" % (number + 1), "Older entries", " class=\"next page-numbers\""))

    # -- the same in many spellings --

    def forum(self, path, query):
        """Every answer has new session ids, in the three ways they are written."""
        session = "%032x" % random.SystemRandom().getrandbits(128)
        ways = ["/forum/topic-%%d.html?sid=%s" % session, "/forum/topic-%%d.html;jsessionid=%s" % session.upper(),
                "/forum/topic-%%d.html?PHPSESSID=%s" % session[:26]]
        links = "".join(link(way % n) for n in range(1, FORUM_TOPICS + 1) for way in ways)
        return page("Forum", links + link("/forum/?sid=" + session, "Index") + link("/forum/posting?mode=reply&sid=" + session, "Reply"))

    def token(self, path, query):
        """A new token in all links of every answer, under a name that says nothing."""
        token = "%016x" % random.SystemRandom().getrandbits(64)
        return page("Token", "<p>Words of %s.</p>" % path[-6:] + "".join(link("/token/page-%d?visit=a1%s" % (n, token)) for n in range(1, TOKEN_PAGES + 1)))

    def hashed(self, path, query):
        """The same in the path."""
        token = "%030x" % random.SystemRandom().getrandbits(120)
        return page("Hashed", "<p>Words.</p>" + "".join(link("/hashed/a1%s/page-%d" % (token, n)) for n in range(1, TOKEN_PAGES + 1)))

    def any_path(self, path, query):
        """Whatever is asked for is there, with links that lead deeper."""
        return page("Any", "".join(link(name) for name in ("about/", "blog/", "shop/", "news/")))

    def mixed(self, path, query):
        """A row without end whose pages show goods that are known, in another order each time."""
        number = int(query["page"]) if query.get("page", "").isdigit() else 1
        return page("Mixed", "".join(link("/shop/thing-%d.html" % random.SystemRandom().randint(1, GOODS)) for _ in range(6))
                    + link("/mixed/?page=%d" % (number + 1), "Next", " rel=\"next\""))

    def shop(self, path, query):
        """Each choice can be joined to all that were made before, in any order."""
        chosen = urllib.parse.urlencode(urllib.parse.parse_qsl(query[""])[-8:])
        chosen = chosen + "&" if chosen else ""
        facets = [("color", c) for c in COLOURS] + [("size", s) for s in SIZES] + [("sort", s) for s in SORTS] + \
                 [("order", "asc"), ("order", "desc"), ("f[]", "new"), ("f[]", "sale")]
        return page("Shop", "".join(link("/shop/thing-%d.html" % n) for n in range(1, GOODS + 1))
                    + "".join(link("/shop/?%s%s" % (chosen, urllib.parse.urlencode([facet]))) for facet in facets))

    def loop(self, path, query):
        return page("Loop", link("b/" if path.endswith("a/") else "a/"))

    def deeper(self, path, query):
        return page("Deeper", link("a/"))

    # -- made up as it is asked for --

    def soft(self, path, query):
        """Nothing is there, said with a 200 and more links."""
        links = "".join(link("/soft/%s" % chance(), text) for text in ("Back", "Search", "Map"))
        return page("Not found", "<p>The page %s was not found.</p>%s" % (path, links))

    def choose(self, path, query):
        """Choices as directories, joined in whatever order."""
        chosen = path.split("/")[2:-1]
        others = [one for one in COLOURS + ("wool", "silk", "linen", "new", "used") if one not in chosen]
        return page("Goods, %s" % ", ".join(chosen), "".join(link("%s%s/" % (path, one), one) for one in others))

    def mix(self, path, query):
        """The same, where the order of two choices makes a difference."""
        chosen = path.split("/")[2:-1]
        others = [one for one in COLOURS + ("cotton", "jute", "felt", "old", "rented") if one not in chosen]
        return page("Mixed, %s" % ", ".join(chosen), "".join(link("%s%s/" % (path, one), one) for one in others) +
                    link("/articles/%d.html" % (1 if chosen[-2:] == sorted(chosen[-2:]) else 2), "See also"))

    def grow(self, path, query):
        """Each address holds the one before."""
        return page("Sign up", "<p>Then you come back.</p>" + link("/grow/?back=" + urllib.parse.quote("%s?%s" % (path, query[""]), safe=""), "Why?"))

    def frames(self, path, query):
        """Frame in frame, and what scripts name, for ever."""
        token = chance()
        return page("Frames", "<iframe src=\"/frames/a%s\"></iframe><script>var next = \"/frames/%s.js\";</script>" % (token, token))

    def feed(self, path, query):
        """Its next page is itself, each time by another name."""
        entries = "".join("<entry><title>%d</title><link href=\"%s/articles/%d.html\"/></entry>" % (n, self.origin, n) for n in (1, 2, 3))
        return "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"next\" href=\"%s/feed.xml?at=%s\"/>%s</feed>" % (
            self.origin, chance(), entries)

    def maps(self, path, query):
        """A list of sitemaps that names itself, and a new one each time."""
        names = ["/maps/index.xml", "/maps/%s.xml" % chance()]
        return "<?xml version=\"1.0\"?><sitemapindex>%s</sitemapindex>" % "".join(
            "<sitemap><loc>%s%s</loc></sitemap>" % (self.origin, name) for name in names)

    # -- odd pages --

    def long_line(self, path, query):
        filler = "<b>x</b>" * 1250000
        return "<!DOCTYPE html><title>Long</title>" + link("/long/begin.html").strip() + filler + \
            link("/long/end.html").strip() + "<img src=\"/long/end.png\">"

    def same(self, path, query):
        return page("Same", "".join("<a href=\"/same/#%d\">%d</a>" % (n, n) for n in range(100000)))

    def deep(self, path, query):
        return page("Deep", "<div>" * 100000 + link("/deep/bottom.html") + "</div>" * 100000)

    ROUTES = [
        (r"/", start), (r"/articles/\d+\.html", article), (r"/blog/post\.html", comments), (r"/files/", directory),
        (r"/events/.*", events), (r"/calendar/", calendar), (r"/day/.*", day), (r"/months/.*", months),
        (r"/token/page-\d", token), (r"/hashed/(\w+/page-\d)?", hashed), (r"/any/.*", any_path), (r"/mixed/", mixed), (r"/news/", news), (r"/list/(page/\d+/)?", listing),
        (r"/forum/(topic-\d\.html(;.*)?|posting)?", forum), (r"/shop/", shop), (r"/loop/.*", loop), (r"/deeper/.*", deeper),
        (r"/soft/.*", soft), (r"/choose/.*", choose), (r"/mix/.*", mix), (r"/grow/", grow), (r"/frames/\w+", frames),
        (r"/long-line\.html", long_line), (r"/same/", same), (r"/deep\.html", deep),
        (r"/(news/item-[1-6]|list/entry-[1-3]|shop/thing-\d|long/(begin|end)|deep/bottom|chain-end)\.html|/(login|reply)", plain),
    ]

    def answer(self, path, raw_query):
        query = dict(urllib.parse.parse_qsl(raw_query, keep_blank_values=True))
        query[""] = raw_query
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nCrawl-delay: 0\nDisallow:\nSitemap: %s/maps/index.xml\n" % self.origin
        if path == "/long/end.png" or path == "/favicon.ico":
            return 200, "image/png", b"\x89PNG\r\n\x1a\n"
        if path in ("/files/one.txt", "/files/two.txt"):
            return 200, "text/plain", path
        if path in ("/round/1", "/round/2"):
            return 302, self.origin + "/round/%d" % (3 - int(path[-1])), ""
        if path.startswith("/hop/"):
            return 302, self.origin + "/hop/" + chance(), link("/hop/" + chance())
        if path == "/feed.xml" or path.startswith("/maps/"):
            return 200, "application/xml", self.feed(path, query) if path == "/feed.xml" else self.maps(path, query)
        if re.fullmatch(r"/frames/\w+\.js", path):
            return 200, "text/javascript", "var next = \"/frames/%s.js\";" % chance()
        step = re.fullmatch(r"/chain/(\d+)", path)
        if step:
            return 302, self.origin + ("/chain/%d" % (int(step[1]) + 1) if int(step[1]) < 30 else "/chain-end.html"), ""
        for pattern, method in self.ROUTES:
            if re.fullmatch(pattern, path):
                body = method(self, path, query)
                if isinstance(body, tuple):
                    return body + ("",)
                if body is not None:
                    return 200, "text/html; charset=utf-8", body
        return 404, "text/html; charset=utf-8", page("Nothing here", "")

    def facts(self):
        good = ["/", "/blog/post.html", "/files/", "/files/one.txt", "/files/two.txt", "/news/", "/list/", "/shop/", "/long-line.html",
                "/long/begin.html", "/long/end.html", "/long/end.png", "/same/", "/deep.html", "/deep/bottom.html"]
        good += ["/articles/%d.html" % n for n in range(1, ARTICLES + 1)]
        good += ["/news/?page=%d" % n for n in range(2, LAST_PAGE + 1)] + ["/news/item-%d.html" % n for n in range(1, 2 * LAST_PAGE + 1)]
        good += ["/list/page/%d/" % n for n in range(2, LAST_PAGE + 1)] + ["/list/entry-%d.html" % n for n in range(1, LAST_PAGE + 1)]
        good += ["/shop/thing-%d.html" % n for n in range(1, GOODS + 1)]
        return {"good": [self.origin + path for path in good], "never": NEVER, "bounds": BOUNDS,
                "topics": [r"/forum/topic-%d\.html" % n for n in range(1, FORUM_TOPICS + 1)]}


def make_bomb():
    """A gigabyte of zeros in about a megabyte: one packed piece, again and again, is a stream too."""
    packer, zeros, check = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1 << 20), 0
    piece = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(BOMB_SIZE // len(zeros)):
        check = zlib.crc32(zeros, check)
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return head + piece * (BOMB_SIZE // len(zeros)) + b"\x03\0" + struct.pack("<II", check, BOMB_SIZE)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site = log = host = endless = None
    lock = threading.Lock()

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0].lower()
        path, _, query = self.path.partition("?")
        special = {"/slow": self.slow, "/stream": self.stream, "/radio": self.stream,
                   "/bomb": self.give_bomb, "/short": self.short}.get(path)
        status, kind, body = self.site.answer(path, query) if host == self.host else (404, "text/plain", "not this host")
        if host == self.host and special:
            status = 200
        if self.log:
            with self.lock:
                self.log.write("%s %s %s %d\n" % (self.command, host, self.path, status))
                self.log.flush()
        if status == 200 and special:
            return special()
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.give(body, len(body))

    def give(self, body, length):
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def slow(self):
        """One byte a second: no silence is ever long enough to be called a timeout."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(self.endless):
            self.wfile.write(b"1\r\n \r\n")
            time.sleep(1)

    def stream(self):
        """A radio, as fast as can be; the status line of one kind is not even HTTP's."""
        self.wfile.write(b"%s 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n" % (b"ICY" if self.path == "/stream" else b"HTTP/1.0"))
        for _ in range(self.endless // 65536):
            self.wfile.write(b"\xff\xfb" * 32768)
        self.close_connection = True

    def give_bomb(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.give(self.site.bomb, len(self.site.bomb))

    def short(self):
        """It promises more than it sends."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.give(page("Short", "").encode(), 100000)
        self.close_connection = True

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser("Serve traps for crawlers.")
    parser.add_argument("--host", default="traps.example")
    parser.add_argument("--endless-bytes", type=int, default=200000000, help="where what never ends stops after all")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.site = Site("http://" + options.host + ("" if options.port == 80 else ":%d" % options.port))
    Handler.host, Handler.endless = options.host, options.endless_bytes
    Handler.log = open(options.log, "a", encoding="utf-8") if options.log else None
    server = local_server.Server((options.address, options.port), Handler)
    local_server.tell(options.facts, Handler.site.facts())
    server.serve_forever()


if __name__ == "__main__":
    main()
