#!/usr/bin/env python3
"""Sites whose addresses look like traps and are none, and sites whose addresses look harmless and never end.

    evidence.py --address IP [--port 80] [--log FILE] [--facts FILE]

listens on a loopback address until SIGTERM. Each site has a host of its own below evidence.example.

--log    one line a request: METHOD HOST PATH STATUS
--facts  JSON, written once the server listens: for each host the addresses that a capture must hold
"""
import html
import http.server
import random
import re
import signal
import sys
import threading
import urllib.parse

import local_server

ORIGIN = "http://%s.evidence.example"


def words(count, seed):
    chance = random.Random(seed)
    return " ".join("".join(chance.choice("aeioulmnrst") for _ in range(chance.randint(3, 8))) for _ in range(count))


def page(title, body, head=""):
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%s</title>%s</head>\n<body><h1>%s</h1>\n%s</body></html>\n" % (
        html.escape(title), head, html.escape(title), body)


def link(address, text=None, more=""):
    return "<a href=\"%s\"%s>%s</a>\n" % (html.escape(address), more, html.escape(text or address))


def content(address):
    return page("About", "<p>%s</p>" % words(60, address))


class Pages:
    """Pages of a fixed number, with words of their own, linked from the start page."""
    def __init__(self, *addresses):
        self.addresses = addresses

    def answer(self, path, query):
        whole = path + ("?" + query if query else "")
        if path == "/":
            return page("Start", "".join("<h2>%s</h2>" % link(address, "On " + words(2, address)) for address in self.addresses))
        return content(whole) if whole in self.addresses else None

    def good(self):
        return ["/", *self.addresses]


class Members:
    """A list that is only linked in an order and a page size of its own."""
    pages = 4

    def answer(self, path, query):
        if path == "/":
            return page("Start", link("/members/?sort=name", "Members"))
        found = re.fullmatch(r"/members/(?:page/(\d)/)?", path)
        if found and query == "sort=name":
            number = int(found[1] or 1)
            more = link("/members/page/%d/?sort=name" % (number + 1), "Next", " rel=\"next\"") if number < self.pages else ""
            return page("Members", "".join("<p>%s</p>" % link("/m/%d%d" % (number, n), words(2, number * 10 + n)) for n in range(5)) + more)
        return content(path) if re.fullmatch(r"/m/\d\d", path) else None

    def good(self):
        return ["/", "/members/?sort=name", *["/members/page/%d/?sort=name" % n for n in range(2, self.pages + 1)],
                *["/m/%d%d" % (n, m) for n in range(1, self.pages + 1) for m in range(5)]]


class Views:
    """Articles that are offered in views of known words: to be printed, on a telephone, with words marked, in other orders."""
    count = 30

    def answer(self, path, query):
        orders = "".join(link("/?sort=" + order, order) for order in ("name", "date", "size", "rank", "votes", "place"))
        if path == "/" and (not query or query.startswith("sort=")):
            numbers = list(range(self.count))
            random.Random(query).shuffle(numbers)
            return page("Start", orders + "".join("<p>%s</p>" % link("/a/%d" % n, words(3, n)) for n in numbers))
        found = re.fullmatch(r"/a/(\d+)", path)
        if not found or int(found[1]) >= self.count:
            return None
        views = ["format=print", "m=1", "highlight=rain", "diff=1"]
        return page("An article", "<p>%s</p>" % words(60, path) + "".join(link(path + "?" + view, view[:6]) for view in views))

    def good(self):
        return ["/", *["/a/%d" % n for n in range(self.count)]]


class Listed:
    """A list whose posts are offered for printing, by URLs of their own that all show the same.  `same`: they do; otherwise each
    shows something else."""
    pages, count = 2, 10

    def __init__(self, same):
        self.same = same

    def answer(self, path, query):
        found = re.fullmatch(r"/(?:page/(\d)/)?", path)
        if found and not query and int(found[1] or 1) <= self.pages:
            number = int(found[1] or 1)
            return page("Posts", "".join("<h2>%s</h2><p>%s</p>%s" % (link("/p/%d%d.html" % (number, n), words(3, n)), words(9, n), link(
                "/sheet%d%d?print=1" % (number, n), "on paper")) for n in range(self.count)) + (
                    link("/page/%d/" % (number + 1), "Older posts", " rel=\"next\"") if number < self.pages else ""))
        if re.fullmatch(r"/sheet[12]\d", path) and query == "print=1":
            return content("a sheet" if self.same else path)
        return content(path) if re.fullmatch(r"/p/[12]\d\.html", path) else None

    def good(self):
        posts = ["%d%d" % (n, m) for n in range(1, self.pages + 1) for m in range(self.count)]
        return ["/", "/page/2/", *["/p/%s.html" % post for post in posts], *([] if self.same else ["/sheet%s?print=1" % post for post in posts])]


class Tokens:
    """A dozen pages, all linked from each, by URLs with another token in each response."""
    def __init__(self, where, letters, length, count=12):
        self.where, self.letters, self.length, self.count = where, letters, length, count
        self.chance = random.Random(where)
        self.pattern = re.compile(re.escape(where).replace("TOKEN", "[%s]+" % letters).replace("PAGE", r"(\d+)"))

    def answer(self, path, query):
        whole = path + ("?" + query if query else "")
        found = self.pattern.fullmatch(whole)
        if path != "/" and not (found and int(found[1]) < self.count):
            return None
        token = lambda: "".join(self.chance.choice(self.letters) for _ in range(self.length))
        return page("Page " + (found[1] if found else "first"), "<p>%s</p>" % words(60, found[1] if found else "") + "".join(
            link(self.where.replace("TOKEN", token()).replace("PAGE", str(n)), "On " + words(1, n)) for n in range(self.count)))

    def good(self):
        return ["/"]

    def needed(self):
        return self.count + 1


class Shop:
    """Goods, and choices among them that can be joined in any order, each with a part of the goods."""
    goods = 40
    choices = {"color": ("red", "green", "blue", "grey"), "size": ("small", "medium", "large"), "stuff": ("wool", "silk", "felt"),
               "for": ("men", "women", "children"), "year": ("old", "new")}

    def fits(self, number, name, value):
        values = self.choices[name]
        return random.Random("%s %d" % (name, number)).choice(values) == value

    def answer(self, path, query):
        if re.fullmatch(r"/thing/\d+", path) and int(path[7:]) < self.goods:
            return content(path)
        if path != "/":
            return None
        chosen = dict(urllib.parse.parse_qsl(query))
        if not set(chosen) <= set(self.choices):
            return None
        goods = [n for n in range(self.goods) if all(self.fits(n, *one) for one in chosen.items())]
        others = "".join(link("/?" + urllib.parse.urlencode({**chosen, name: value}), value)
                         for name, values in self.choices.items() if name not in chosen for value in values)
        return page("Shop", "".join("<p>%s</p>" % link("/thing/%d" % n, words(3, n)) for n in goods) + others)

    def good(self):
        return ["/", *["/thing/%d" % n for n in range(self.goods)]]


class Tags:
    """Posts with tags of their own: many tags name the same post, and each tag page is a page."""
    posts, tags = 4, 60

    def answer(self, path, query):
        found = re.fullmatch(r"/tag/([a-z]+)", path)
        names = {words(1, "tag %d" % n): n for n in range(self.tags)}
        widget = "".join(link("/tag/" + name, name) for name in names)
        if path == "/":
            return page("Start", "".join("<h2>%s</h2>" % link("/post/%d" % n, words(3, n)) for n in range(self.posts)) + widget)
        if found and found[1] in names:
            return page("Tagged " + found[1], "<h2>%s</h2>" % link("/post/%d" % (names[found[1]] % self.posts), words(3, names[found[1]] % self.posts)) + widget)
        return page("A post", "<p>%s</p>" % words(60, path) + widget) if re.fullmatch(r"/post/[0-3]", path) else None

    def good(self):
        return ["/", *["/post/%d" % n for n in range(self.posts)], *["/tag/" + words(1, "tag %d" % n) for n in range(self.tags)]]


class Orphans:
    """Pages that only a sitemap names, which stands in the usual place, or on another host by the word of robots.txt."""
    def __init__(self, map_at=None):
        self.map_at = map_at
        self.addresses = ["/orphan/%d" % n for n in range(4)]

    def answer(self, path, query):
        if path == "/robots.txt" and self.map_at:
            return "User-agent: *\nDisallow: /nothing\nSitemap : %s\n" % self.map_at
        if path == "/sitemap.xml" and not self.map_at:
            return sitemap(ORIGIN % "usual", self.addresses)
        return page("Start", "<p>%s</p>" % words(40, "start")) if path == "/" else content(path) if path in self.addresses else None

    def good(self):
        return ["/", *self.addresses]


class Maps:
    """A host for the sitemaps of another."""
    def answer(self, path, query):
        if path == "/index.xml":
            return "<br />\n<b>Warning</b>: x in y.php<br />\n<sitemapindex><sitemap>%s/one.xml</sitemap></sitemapindex>" % (ORIGIN % "maps")
        return sitemap(ORIGIN % "elsewhere", SITES["elsewhere"].addresses) if path == "/one.xml" else content(path)

    def good(self):
        return []


def sitemap(origin, addresses):
    return "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" + "".join(
        "<url><loc>%s%s</loc></url>" % (origin, address) for address in addresses) + "<url><loc>%s/beyond</loc></url></urlset>" % (ORIGIN % "maps")


SITES = {
    "usual": Orphans(),
    "elsewhere": Orphans("http://maps.evidence.example/index.xml"),
    "maps": Maps(),
    "digits": Tokens("/p/PAGE?random_num=TOKEN", "0123456789", 6),
    "letters": Tokens("/p/PAGE?ref=TOKEN", "abcdefghijklmnopqrstuvwxyz", 7),
    "hex": Tokens("/p/PAGE?x=TOKEN", "0123456789abcdef", 12),
    "inpath": Tokens("/TOKEN/page-PAGE", "abcdefghijklmnopqrstuvwxyz", 9),
    "digitpath": Tokens("/v/TOKEN/page-PAGE", "0123456789", 9),
    "shop": Shop(),
    "tags": Tags(),
    "ids": Pages(*["/show?id=%d" % n for n in range(40)]),
    "numbers": Pages(*["/post/%d/" % n for n in range(2020, 2041)]),
    "months": Pages(*["/run/%d/0%d/" % (n, n % 9 + 1) for n in range(2100, 2112)]),
    "words": Pages(*["/go?destination=%s" % words(1, n) for n in range(12)], *["/docs/%s/embed" % words(1, n) for n in range(12)],
                   *["/colours?diff=%d" % n for n in range(12)], *["/%s?m=1" % words(1, n) for n in range(12)],
                   *["/toys?share=%s" % words(1, n) for n in range(12)], *["/tools/%s/login" % words(1, n) for n in range(6)],
                   *["/catalogue?print=poster%d" % n for n in range(8)], *["/lesson/%d/trackback" % n for n in range(8)]),
    "members": Members(),
    "views": Views(),
    "papers": Listed(same=True),
    "prints": Listed(same=False),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    log = None
    lock = threading.Lock()

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0].lower()
        site = SITES.get(host.partition(".")[0])
        path, _, query = self.path.partition("?")
        given = site.answer(path, query) if site else None
        status, body = (200, given) if given is not None else (404, page("Nothing here", ""))
        if self.log:
            with self.lock:
                self.log.write("%s %s %s %d\n" % (self.command, host, self.path, status))
                self.log.flush()
        body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser("Serve sites that look like traps, and traps that do not.")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.log = open(options.log, "a", encoding="utf-8") if options.log else None
    server = local_server.Server((options.address, options.port), Handler)
    local_server.tell(options.facts, {name: [ORIGIN % name + path for path in site.good()] for name, site in SITES.items()} |
                      {"needed": {name: site.needed() if hasattr(site, "needed") else len(site.good()) for name, site in SITES.items()}})
    server.serve_forever()


if __name__ == "__main__":
    main()
