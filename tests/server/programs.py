#!/usr/bin/env python3
"""A host on which the programs run that have more addresses than pages: wikis, forums, repositories.

    programs.py --address IP [--port 80] [--host programs.example] [--log FILE] [--facts FILE]

Each is a few pages in the manner of the real one, with the links that stand on all its pages.  Listens on a loopback address until
SIGTERM.

--log    one line a request: METHOD HOST PATH STATUS
--facts  JSON, written once the server listens: "good": addresses that a capture must hold; "never": regular expressions of what
         must not be asked for, "bounds": [regular expression, most requests for what matches]
"""
import hashlib
import html
import http.server
import re
import signal
import sys
import time
import urllib.parse

import local_server

ARTICLES, REVISIONS, HISTORY = 12, 9, 4         # a page of a history has four lines
REPORT, REPORT_PAGE = 10, 4
NOTES = 8
TOPICS, ANSWERS, ANSWERS_PAGE = 6, 6, 3
COMMITS, FILES = 8, 3
START_PAGES = 3
CHOICES = ["red", "blue", "small", "large", "wool", "silk", "new"]
GOODS = 12
LANGUAGES, WORDS = ["english", "german", "latin"], ["water", "fire"]
# With no rule there were 7 + 42 + 210 + 840 ... pages of choices.
BOUNDS = [[r"/goods/", 1 + 7 + 42 + 5 * 42], [r"/print\.php", 3]]

NEVER = [
    r"/robots\.txt/\?page=",
    r"RecentChanges&(days|limit|from|hide)", r"action=(edit|raw|login)", r"oldid=", r"diff=", r"feed=atom&action=history", r"dir=prev",
    r"limit=(2|20)\b", r"Special:(Log|Search|WhatLinksHere|MyTalk)", r"/api\.php",
    r"/dw/doku\.php\?id=note.*do=(index|recent)", r"do=(edit|$)", r"taskrunner",
    r"/user/login", r"/accounts/", r"/like/\d+\?",
    r"/(tree|plain|blame|diff|log)/.*id=", r"/commit/.+\?id=", r"a=(blob|tree|blobdiff)", r"/commit/\?h=.*&id=",
    r"action=(printpage|profile|post|register)", r"sort=",
    r"/share\?", r"/sendto_form", r"/comment/reply/",
    r"rest_route=/wp/v2/", r"/\?p=\d+$",
]


def page(title, body, head=""):
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%s</title>%s</head>\n<body><h1>%s</h1>\n%s</body></html>\n" % (
        html.escape(title), head, html.escape(title), body)


def link(address, text=None, more=""):
    return "<a href=\"%s\"%s>%s</a>\n" % (html.escape(address), more, html.escape(text or address))


def commit(number):
    return hashlib.sha1(b"commit %d" % number).hexdigest()


def start(number):
    parts = ["/wiki/Main_Page", "/dw/doku.php", "/members/", "/repo/", "/gitweb?p=a.git;a=summary", "/board/index.php", "/on/rain/", "/goods/", "/dict/"]
    return page("Start %d" % number, "".join(link(part) for part in parts) + (link("?page=%d" % (number + 1), "Older", " rel=\"next\"")
                                                                            if number < START_PAGES else ""))


# -- a wiki in the manner of MediaWiki --

def article(number):
    name = "Article_%d" % number if number else "Main_Page"
    here = "/index.php?title=%s" % name
    tools = [here + "&action=edit", here + "&action=history", here + "&oldid=77", here + "&printable=yes", "/wiki/Special:WhatLinksHere/" + name,
             "/wiki/Special:RecentChanges", "/wiki/Special:LongPages", "/wiki/Special:MyTalk", "/index.php?title=Special:Search",
             "/index.php?title=Special:Log&page=" + name, "/api.php?action=help"]
    return page(name, "".join(link("/wiki/Article_%d" % n) for n in range(1, ARTICLES + 1)) + "".join(link(tool) for tool in tools))


def history(query):
    """Newest first, or from the oldest on, in pages of four or of as many as one likes."""
    name, offset = query["title"], int(query.get("offset", 0))
    here = "/index.php?title=%s&action=history" % name
    last = min(offset + HISTORY, REVISIONS)
    more = [here + "&dir=prev", here + "&limit=20", here + "&limit=2", "/index.php?title=%s&feed=atom&action=history" % name]
    lines = "".join("<li>%s %s</li>" % (link("/index.php?title=%s&oldid=%d" % (name, n), "change %d" % n),
                                        link("/index.php?title=%s&diff=%d&oldid=%d" % (name, n, n - 1), "prev")) for n in range(offset, last))
    older = link(here + "&offset=%d" % last, "older 4", " class=\"mw-nextlink\" rel=\"next\"") if last < REVISIONS else ""
    return page("History of " + name, "<ul>%s</ul>" % lines + older + "".join(link(one) for one in more))


def report(query):
    """A special page: from its short address to its long one, in pages of any size."""
    size, offset = int(query.get("limit", REPORT_PAGE)), int(query.get("offset", 0))
    long = "/index.php?title=Special:LongPages"
    sizes = "".join(link(long + "&limit=%d&offset=%d" % (n, offset), str(n)) for n in (2, REPORT_PAGE, 20))
    further = link(long + "&limit=%d&offset=%d" % (size, offset + size), "next %d" % size, " class=\"mw-nextlink\"") if offset + size < REPORT else ""
    return page("Long pages", "".join("<li>%s</li>" % link("/wiki/Article_%d" % (n + 1)) for n in range(offset, min(offset + size, REPORT)))
                + sizes + further)


def changes(query):
    now = time.strftime("%Y%m%d%H%M%S") + "%06d" % (time.monotonic_ns() // 1000 % 1000000)
    ways = ["limit=50", "days=3", "from=" + now, "hideminor=1", "limit=250&days=7"]
    given = urllib.parse.urlencode([one for one in query.items() if one[0] in ("limit", "days")])
    return page("Recent changes", "".join(link("/index.php?title=Special:RecentChanges&%s%s" % (way, "&" + given if given else "")) for way in ways))


# -- a wiki in the manner of DokuWiki, whose start page is called "home" --

def note(query):
    name, do = query.get("id", "home"), query.get("do", "")
    here = "/dw/doku.php?id=" + name
    tools = [here + "&do=" + one for one in ("index", "recent", "edit", "")]
    body = "".join(link("/dw/doku.php?id=note%d" % n) for n in range(1, NOTES)) if name == "home" else "<p>Words of %s.</p>" % name
    if do == "index":                                              # only this names the last one
        body = "".join(link("/dw/doku.php?id=note%d" % n) for n in range(1, NOTES + 1))
    return page("%s %s" % (name, do), body + "".join(link(tool) for tool in tools)
                + "<img src=\"/dw/lib/exe/taskrunner.php?id=%s&amp;%d\" width=\"2\" height=\"1\" alt=\"\">" % (name, time.time()))


# -- a forum with pages for members --

def members(path, query):
    number = int(query.get("page", 1)) if query.get("page", "1").isdigit() else 1
    here = path + ("?page=%d" % number if number > 1 else "")
    login = link("/user/login/?next=" + urllib.parse.quote(here, safe="/"), "Log in")
    topic = re.fullmatch(r"/members/topic/(\d+)/", path)
    if path == "/members/":
        return page("Members", login + "".join(link("/members/topic/%d/" % n) for n in range(1, TOPICS + 1)))
    if not topic or number > ANSWERS // ANSWERS_PAGE:
        return None
    first = (number - 1) * ANSWERS_PAGE + 1
    answers = "".join("<p id=\"c%d\">Answer %s-%d %s %s</p>" % (n, topic[1], n, link("/answer/%s%d/" % (topic[1], n), "Reply"),
                                                               link("/like/%s%d?next=%s" % (topic[1], n, here), "Like"))
                      for n in range(first, first + ANSWERS_PAGE))
    return page("Topic %s" % topic[1], login + answers + "<ul class=\"pagination\">%s</ul>" % "".join(
        link("?page=%d" % n, str(n)) for n in range(1, ANSWERS // ANSWERS_PAGE + 1)))


def login(target):
    """It leads back to where one came from: to itself, if that was itself."""
    return page("Who are you?", link("/user/login/?next=" + urllib.parse.quote(target, safe="/"), "Log in") + link("/members/"))


def board(query):
    """Parameters are parted by semicolons, list and offset are one."""
    asked = dict(part.partition("=")[::2] for part in query.split(";") if part)
    topic, offset = (asked.get("topic", "") + ".0").split(".")[:2]
    tools = ["action=profile;u=%d" % n for n in range(3)] + ["action=post;topic=%s.0" % topic, "action=printpage;topic=%s.0" % topic, "action=register"]
    if not topic:
        body = "".join(link("/board/index.php?topic=%d.0" % n) for n in range(1, 4)) + link("/board/index.php?board=1.0;sort=subject", "Subject")
    else:
        body = "<p>Post %s in %s.</p>" % (offset, topic) + link("/board/index.php?topic=%s.15" % topic, "2", " class=\"navPages\"")
    return page("Board " + query, body + "".join(link("/board/index.php?" + tool) for tool in tools))


# -- repositories in the manner of cgit and gitweb --

def repository(path, query):
    here = query.get("id", "")
    views = "".join(link("/repo/%s/f%d.c%s" % (view, n, "?id=" + here if here else "")) for view in ("tree", "plain", "blame", "diff", "log")
                    for n in range(FILES))
    offset = int(query.get("ofs", 0))
    commits = "".join(link("/repo/commit/?id=" + commit(n)) + link("/repo/commit/?h=master&id=" + commit(n)) + link("/repo/tree/?id=" + commit(n))
                      for n in range(offset, min(offset + 4, COMMITS))) if path == "/repo/log/" else ""
    further = "<ul class=\"pager\"><li>%s</li></ul>" % link("/repo/log/?ofs=%d" % (offset + 4), "[next]") if commits and offset + 4 < COMMITS else ""
    return page("%s %s %d" % (path, here, offset), link("/repo/log/") + views + commits + further + (
        "".join(link("/repo/commit/f%d.c?id=%s" % (n, here)) for n in range(FILES)) if here else ""))


def gitweb(query):
    asked = dict(part.partition("=")[::2] for part in query.split(";"))
    states = "".join(link("/gitweb?p=a.git;a=commit;h=" + commit(n)) + link("/gitweb?p=a.git;a=tree;h=%s;hb=%s" % (commit(n + 100), commit(n)))
                     + link("/gitweb?p=a.git;a=blobdiff;f=a.c;h=%s;hp=%s" % (commit(n), commit(n + 1))) for n in range(COMMITS))
    return page("%s %s" % (asked.get("a"), asked.get("h", "")), states if asked.get("a") == "summary" else "<p>Words.</p>" + states)


# -- goods that can be chosen from in any order, and a dictionary, where the order counts --

def goods(chosen):
    shown = [n for n in range(GOODS) if all((n + 1) * (CHOICES.index(one) + 1) % 3 for one in chosen)]
    here = "/goods/" + "".join(one + "/" for one in chosen)
    return page("Goods: " + ", ".join(sorted(chosen)), "".join(link("/goods/thing-%d.html" % n) for n in shown)
                + "".join(link(here + one + "/") for one in CHOICES if one not in chosen)
                + "".join(link("/goods/" + "".join(two + "/" for two in chosen if two != one), "not " + one) for one in chosen))


def dictionary(parts):
    here = "/dict/" + "".join(part + "/" for part in parts)
    below = WORDS if len(parts) == 2 else [one for one in LANGUAGES if one not in parts] if len(parts) < 2 else []
    return page(" ".join(parts), "<p>From %s.</p>" % " to ".join(parts) + "".join(link(here + one + "/") for one in below))


# -- a post that can be shared, printed and answered --

def post():
    ways = ["/share?url=http://programs.example/on/rain/", "/print.php?id=7", "/on/rain/sendto_form", "/comment/reply/7/1"]
    return page("On rain", "".join(link(way) for way in ways),
                "<link rel=\"shortlink\" href=\"/?p=7\"><link rel=\"alternate\" type=\"application/json\" href=\"/index.php?rest_route=/wp/v2/posts/7\">")


class Site:
    def __init__(self, origin):
        self.origin = origin

    def answer(self, target):
        path, _, raw = target.partition("?")
        query = dict(urllib.parse.parse_qsl(raw, keep_blank_values=True))
        if path == "/robots.txt":
            return 301, self.origin + "/robots.txt/"
        if path in ("/", "/robots.txt/"):                          # whatever is not there is the start page
            return 200, start(int(query.get("page", 1)))
        if path.startswith("/wiki/Special:RecentChanges") or query.get("title") == "Special:RecentChanges":
            return 200, changes(query)
        if path == "/wiki/Special:LongPages" or query.get("title") == "Special:LongPages":
            return 200, report(query)
        if query.get("action") == "history":
            return 200, history(query)
        name = re.fullmatch(r"/wiki/(?:Main_Page|Article_(\d+))", path)
        if name:
            return 200, article(int(name[1] or 0))
        if path == "/dw/doku.php":
            return 200, note(query)
        if path.startswith("/members/"):
            body = members(path, query)
            return (200, body) if body else (404, page("No", ""))
        if path.startswith(("/answer/", "/like/")):
            return 302, self.origin + "/user/login/?next=" + urllib.parse.quote(target, safe="/")
        if path == "/user/login/":
            return 200, login(target)
        if path == "/board/index.php":
            return 200, board(raw)
        if path.startswith("/repo/"):
            return 200, repository(path, query)
        if path == "/gitweb":
            return 200, gitweb(raw)
        parts = [part for part in path.split("/")[2:] if part]
        if path.startswith("/goods/") and all(part in CHOICES for part in parts):
            return 200, goods(parts)
        if path.startswith("/dict/") and path.endswith("/"):
            return 200, dictionary(parts)
        if path == "/on/rain/":
            return 200, post()
        return 200, page(target, "<p>%s</p>" % html.escape(target))

    def facts(self):
        wiki = ["Main_Page"] + ["Article_%d" % n for n in range(1, ARTICLES + 1)]
        good = ["/"] + ["/?page=%d" % n for n in range(2, START_PAGES + 1)] + ["/on/rain/"]
        good += ["/wiki/" + name for name in wiki] + ["/index.php?title=%s&action=history" % name for name in wiki]
        good += ["/index.php?title=%s&action=history&offset=%d" % (name, n) for name in wiki for n in range(HISTORY, REVISIONS, HISTORY)]
        good += ["/wiki/Special:RecentChanges", "/wiki/Special:LongPages"]
        good += ["/index.php?title=Special:LongPages&limit=4&offset=%d" % n for n in range(REPORT_PAGE, REPORT, REPORT_PAGE)]
        good += ["/dw/doku.php", "/dw/doku.php?id=home&do=index", "/dw/doku.php?id=home&do=recent"]
        good += ["/dw/doku.php?id=note%d" % n for n in range(1, NOTES + 1)]
        good += ["/members/"] + ["/members/topic/%d/%s" % (n, more) for n in range(1, TOPICS + 1) for more in ("", "?page=2")]
        good += ["/board/index.php"] + ["/board/index.php?topic=%d.%d" % (n, at) for n in range(1, 4) for at in (0, 15)]
        good += ["/repo/", "/repo/log/", "/repo/log/?ofs=4"] + ["/repo/commit/?id=" + commit(n) for n in range(COMMITS)]
        good += ["/repo/%s/f%d.c" % (view, n) for view in ("tree", "plain", "blame", "diff", "log") for n in range(FILES)]
        good += ["/gitweb?p=a.git;a=summary"] + ["/gitweb?p=a.git;a=commit;h=" + commit(n) for n in range(COMMITS)]
        good += ["/goods/"] + ["/goods/%s/" % one for one in CHOICES] + ["/goods/thing-%d.html" % n for n in range(GOODS)]
        pairs = ["%s/%s/" % (one, two) for one in LANGUAGES for two in LANGUAGES if one != two]
        good += ["/dict/"] + ["/dict/%s/" % one for one in LANGUAGES] + ["/dict/" + pair for pair in pairs]
        good += ["/dict/%s%s/" % (pair, word) for pair in pairs for word in WORDS]
        return {"bounds": BOUNDS, "good": [self.origin + path for path in good], "never": NEVER}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site = log = host = None

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0].lower()
        status, given = self.site.answer(self.path) if host == self.host else (404, page("not this host", ""))
        if self.log:
            self.log.write("%s %s %s %d\n" % (self.command, host, self.path, status))
            self.log.flush()
        body = b"" if status in (301, 302) else given.encode()
        self.send_response(status)
        self.send_header("Location" if not body else "Content-Type", "text/html; charset=utf-8" if body else given)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser("Serve programs with more addresses than pages.")
    parser.add_argument("--host", default="programs.example")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.site, Handler.host = Site("http://" + options.host), options.host
    Handler.log = open(options.log, "a", encoding="utf-8") if options.log else None
    server = local_server.Server((options.address, options.port), Handler)
    local_server.tell(options.facts, Handler.site.facts())
    server.serve_forever()


if __name__ == "__main__":
    main()
