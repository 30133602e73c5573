#!/usr/bin/env python3
"""Numbered rows, one per host name, NAME.rows.test.  Of some, the members are pages by themselves; the others are pagination.

    rows.py --address A --port P --log FILE --facts FILE --state FILE

FILE of --state has one number, the night: 1 adds a member to each row, 2 takes one out of the middle, 3 changes the text of another.
--facts: the names, and what each night changes on them."""
import os

import local_server


def word(number):
    """A word of letters alone: numbers are no difference between pages."""
    return "".join(chr(ord("a") + number * factor % 26) for factor in (1, 3, 5, 7, 11, 17)) + "abcdefghijklm"[number // 61 % 13]


def text(number, words=40):
    return "<p>%s.</p>" % " ".join(word(number * 61 + i) for i in range(words))


class Row:
    """`url`: the path of member n.  `next`, `prev`: their links.  `menu`, `own`: what else a member has; `front`: what leads to it."""

    def __init__(self, url="/p%d.html", following="<a href='%s'>next</a>", previous="", menu="", own="", front="first", renumber=False, text=True):
        self.url, self.next, self.prev, self.menu, self.own = url, following, previous, menu, own
        self.front, self.renumber, self.text = front, renumber, text

    def members(self, night):
        """(number in the URL, number of the text) of each."""
        texts = [n for n in range(1, 10 if night else 9) if night < 2 or n != 4]
        return list(enumerate(texts, 1)) if self.renumber else [(n, n) for n in texts]

    def page(self, night, path):
        members = self.members(night)
        links = ["<a href='%s'>%s</a>" % (self.url % n, n if self.front == "numbers" else word(t + 700)) for n, t in members]
        links = {"first": links[:1], "last": links[-1:], "all": links, "numbers": links, "ends": [links[0], links[-1]]}[self.front]
        if path == "/":
            return "<title>Front</title><p>All begins here.</p>" + self.menu + " ".join(links)
        for at, (number, content) in enumerate(members):
            if path != self.url % number:
                continue
            around = self.prev % (self.url % members[at - 1][0]) if at and self.prev else ""
            around += self.next % (self.url % members[at + 1][0]) if at + 1 < len(members) and self.next else ""
            said = text(content + (300 if night >= 3 and content == 6 else 0)) if self.text else ""
            return "<title>%s</title>" % word(content + 700) + self.menu + said + self.own.replace("#", str(content)) + around
        return None


MENU = "<a href='/about'>About</a> <a href='/'>Home</a> "
RELS = {"following": "<a rel=next href='%s'>Next</a>", "previous": "<a rel=prev href='%s'>Previous</a> "}
# A list: each of its pages names two entries of its own.
ENTRIES = "<h2><a href='/entry/#a'>First</a></h2><h2><a href='/entry/#b'>Second</a></h2>"
PAGES = {
    "bare": Row(following=None, front="all"), "bare-numbers": Row(following=None, front="numbers"),
    "next-only": Row(), "prev-only": Row(following=None, previous="<a href='%s'>previous</a>", front="last"),
    "both": Row(previous="<a href='%s'>previous</a> "), "rels": Row(**RELS), "rels-menu": Row(menu=MENU, **RELS),
    "rels-all": Row(front="all", **RELS), "rels-ends": Row(front="ends", **RELS),
    "rel-next-only": Row(following="<a rel=next href='%s'>on</a>"), "link-element": Row(following="<link rel=next href='%s'>"),
    "comic": Row(url="/comic/%d", own="<img src='/strip/#.png'>", **RELS),
    "comic-menu": Row(url="/comic/%d/", menu=MENU, own="<a href='/comic/#/comments'>Comments</a>", **RELS),
    "chapters": Row(url="/story/chapter-%d.html", menu="<a href='/about'>About</a>"), "chapters-bare": Row(url="/story/chapter-%d.html"),
    "gallery": Row(url="/gallery/%d.html", own="<a href='/large/#.jpg'><img src='/small/#.jpg'></a>", **RELS),
    "gallery-menu": Row(url="/gallery/img%d.html", menu=MENU, own="<img src='/small/#.jpg'>", previous="<a href='%s'>&lt;</a> ", following="<a href='%s'>&gt;</a>"),
    "query": Row(url="/view.php?id=%d", **RELS), "issue": Row(url="/issue/%d", menu=MENU, following="<a href='%s'>Next issue</a>"),
    "day": Row(url="/day%d.html", following="<a href='%s'>&raquo;</a>", previous="<a href='%s'>&laquo;</a>"),
    "outward": Row(url="/c/%d", own="<a href='http://elsewhere.test/#'>A friend</a>", **RELS),
    "renumbered": Row(url="/tale/%d", renumber=True, **RELS), "renumbered-menu": Row(url="/tale/%d.html", renumber=True, menu=MENU, **RELS),
    "renumbered-bare": Row(renumber=True),
}
LISTS = {
    "page-n": Row(url="/page/%d", own=ENTRIES, **RELS), "query-page": Row(url="/?page=%d", own=ENTRIES, menu=MENU, **RELS),
    "news-n": Row(url="/news/%d", own=ENTRIES, **RELS), "news-n-menu": Row(url="/news/%d", own=ENTRIES, menu=MENU, **RELS),
    "p-n": Row(own=ENTRIES), "p-n-both": Row(own=ENTRIES, previous="<a href='%s'>previous</a> "), "p-n-rels": Row(own=ENTRIES, text=False, **RELS),
    "archive-n": Row(url="/archive/%d.html", own=ENTRIES, menu=MENU, **RELS), "one-each": Row(url="/blog/%d/", own="<h2><a href='/entry/#a'>Only</a></h2>", menu=MENU, **RELS),
    "thread": Row(url="/thread?page=%d", menu=MENU, **RELS), "thread-bare": Row(url="/thread?start=%d", **RELS),
    "offset": Row(url="/list?offset=%d", own=ENTRIES, **RELS), "seite": Row(url="/liste/seite-%d", own=ENTRIES, **RELS),
    "index-n": Row(url="/index%d.html", own=ENTRIES, menu=MENU, **RELS), "numbered-links": Row(url="/browse/%d", own=ENTRIES, front="numbers", **RELS),
    "renumbered-list": Row(url="/news/%d", own=ENTRIES, renumber=True, **RELS),
}
ROWS = dict(PAGES, **LISTS)


class Handler(local_server.Handler):
    def do_GET(self):
        with open(arguments.log, "a") as log:
            log.write("GET %s %s\n" % (self.headers["Host"], self.path))
        row = ROWS.get(self.headers["Host"].split(".")[0])
        night = int(open(arguments.state).read() or 0) if os.path.exists(arguments.state) else 0
        page = row and row.page(night, self.path)
        if not page and self.path == "/about":
            page = "<title>About</title>" + text(990)
        if not page and self.path.startswith("/entry/"):
            page = "<title>Entry</title>" + text(sum(map(ord, self.path)))
        if not page and self.path.endswith("/comments"):
            page = "<title>Comments</title><p>%s</p>" % word(sum(map(ord, self.path)))
        self.media_type = "image/png" if self.path.endswith((".png", ".jpg")) else "text/html"
        if page:
            return self.give(200, ("<!DOCTYPE html>" + page).encode())
        if self.path.endswith((".png", ".jpg")):
            return self.give(200, b"\x89PNG\r\n\x1a\n" + self.path.encode())
        return self.give(404, b"none")


def differences(name):
    """What nights 1, 2 and 3 change: new, changed and gone pages of the row."""
    row, nights = PAGES[name], []
    for night in 1, 2, 3:
        before, now = dict(row.members(night - 1)), dict(row.members(night))
        if night == 3:
            changed = [n for n, content in now.items() if content == 6]
        else:
            changed = [n for n in now if n in before and before[n] != now[n]]
        nights.append({"new": [row.url % n for n in now if n not in before], "changed": [row.url % n for n in changed],
                       "gone": [row.url % n for n in before if n not in now]})
    return nights


arguments = None
if __name__ == "__main__":
    options = local_server.parser(__doc__)
    options.add_argument("--state", required=True)
    arguments = options.parse_args()
    server = local_server.Server((arguments.address, arguments.port), Handler)
    open(arguments.log, "w").close()
    local_server.tell(arguments.facts, {"pages": {name: differences(name) for name in PAGES}, "lists": {name: ROWS[name].url for name in LISTS}})
    server.serve_forever()
