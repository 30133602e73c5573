#!/usr/bin/env python3
"""A simulated Blogger blog, with the rules that make the real ones hard to capture whole.

    blogger.py --address IP [--port 80] [--posts 500] [--host blog.example] [--robots blogger|none] [--log FILE]
               [--facts FILE]

listens on a loopback address until SIGTERM.  Pagination is by cursors in time, and any cursor is answered; pages show
fewer posts than they were asked for; the lists of big months walk on to the beginning of the blog; the months of the
archive are empty until a script fills them; every page has a second copy for telephones; no two answers have the same
bytes.  The same options always give the same blog, apart from the token in each page.

--log    one line a request: METHOD HOST PATH STATUS
--facts  JSON: every address that a capture can be judged by, and as "never" the regular expressions of the traps.
         Written once the server listens, so that its being there says that requests are answered.
"""
import bisect
import calendar
import datetime
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

FIRST_YEAR, YEARS = 2010, 9
ZONE = datetime.timezone(datetime.timedelta(hours=5, minutes=30))   # its "+" must be written %2B in an address
HOME_ASKS, LIST_ASKS = 10, 20       # what max-results says on the home page, and on archives and labels
HOME_SIZE = 72                      # how much a page of whole posts may hold; a post takes 10 to 14 of it
FEED_DEFAULT, FEED_MOST = 25, 100   # entries in a feed: unasked, and however many are asked for
SITEMAP_MOST = 150
PAGE_NAMES = ("updated-max", "max-results", "start", "by-date", "reverse-paginate")     # what its own links keep of a query
BLOG_ID = "7043258160294812736"
LABELS = ["field notes", "maps", "C++", "birds", "Baker's", "v2.0", "R&D", "caf\u00e9", "tools", "weather", "index", "paper"]
WORDS = """amber basin cedar delta ember fjord grove heath inlet juniper kelp ledge marsh north oxbow pebble quarry ridge
spruce tarn upland vale willow yarrow zenith""".split()
NEVER = [r"[?&]toggle(open)?=", r"reverse-paginate", r"showComment=", r"[?&]m=[01]\b", r"^http://www\.blogger\.com/", r"&amp;", r"/feeds/\d+/comments/",
         r"javascript:"]


def attribute(text):
    return html.escape(text, quote=True)


def png(name, side):
    """A grey square of noise: a valid picture, always the same for the same name."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    chance = random.Random(name)
    rows = b"".join(b"\0" + chance.randbytes(side) for _ in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def posts_of_months(total, chance):
    """(year, month, number of posts): some months are empty, a few have more posts than one archive page shows."""
    months = [(FIRST_YEAR + i // 12, 1 + i % 12) for i in range(12 * YEARS)]
    weights = [0 if chance.random() < 0.15 else chance.randrange(1, 8) for _ in months]
    for heavy in chance.sample(range(6, len(months) - 6), 5):
        weights[heavy] = 28
    weights[0] = weights[-1] = 3
    bounds = [0]
    for weight in weights:
        bounds.append(bounds[-1] + weight)
    for i, (year, month) in enumerate(months):
        yield year, month, bounds[i + 1] * total // bounds[-1] - bounds[i] * total // bounds[-1]


class Post:
    def __init__(self, blog, when, serial):
        chance = random.Random("post %d" % serial)
        self.time, self.serial = when, serial
        self.stamp = when.isoformat()
        self.title = "%s %s & the %s" % tuple(w.title() for w in chance.sample(WORDS, 3))
        slug = re.sub("[^a-z]+", "-", self.title.lower()) + ("_%d" % serial if serial % 4 == 0 else "-%d" % serial)
        self.path = "/%04d/%02d/%s.html" % (when.year, when.month, slug)
        self.url = blog.origin + self.path
        self.id = str(6100000000000000000 + serial * 7919)
        self.labels = sorted({LABELS[int(len(LABELS) * chance.random() ** 2)] for _ in range(2)})
        self.size = chance.randrange(10, 15)
        self.pictures = ["/-%s%04d/AAAAAAAA%d/s%%d/figure%d.png" % (chance.choice(WORDS), serial, i, i)
                         for i in range(1 + serial % 2)]
        self.text = "".join("<p>%s.</p>\n" % " ".join(chance.choices(WORDS, k=40)) for _ in range(self.size - 5))

    def body(self, blog):
        figures = "".join(
            "<div class=\"separator\" style=\"clear: both;\"><a href=\"%s\" imageanchor=\"1\"><img border=\"0\" "
            "height=\"240\" src=\"%s\" width=\"320\" /></a></div>\n" % (blog.images + p % 1600, blog.images + p % 320)
            for p in self.pictures)
        return figures + self.text


class Blog:
    def __init__(self, host, images_host, port, total, robots):
        suffix = "" if port == 80 else ":%d" % port
        self.host, self.images_host, self.robots = host, images_host, robots
        self.origin, self.images = "http://" + host + suffix, "http://" + images_host + suffix
        chance = random.Random("blog of %d" % total)
        self.posts, self.by_month, self.by_year, self.by_label = [], {}, {}, {}
        for year, month, count in posts_of_months(total, chance):
            seconds = calendar.monthrange(year, month)[1] * 86400
            for i in range(count):
                when = datetime.datetime(year, month, 1, tzinfo=ZONE) + datetime.timedelta(
                    seconds=int(seconds * (i + chance.random() * 0.9) / count))
                self.posts.insert(0, Post(self, when, len(self.posts)))
        for post in self.posts:     # the newest first, here and in all lists
            self.by_month.setdefault((post.time.year, post.time.month), []).append(post)
            self.by_year.setdefault(post.time.year, []).append(post)
            for label in post.labels:
                self.by_label.setdefault(label, []).append(post)
        self.by_path = {post.path: i for i, post in enumerate(self.posts)}
        self.picture_sides = {p % size: side for post in self.posts for p in post.pictures
                              for size, side in ((320, 24), (1600, 60))}
        self.picture_sides["/ui/logo.png"] = 16
        self.archive_widget = self.make_archive_widget()

    # -- lists: each gives (posts shown, address of the older ones, of the newer ones) --

    @staticmethod
    def cursor(post):
        return post.stamp.replace("+", "%2B")

    def label_path(self, label):
        return "/search/label/" + urllib.parse.quote(label, safe="")

    def paged(self, posts, path, query):
        """What lies before the cursor.  Any cursor is answered, also one that no page names."""
        moment = self.moment(query.get("updated-max"))
        most = query.get("max-results", "")
        most = min(int(most), 500) if most.isdigit() and most != "0" else LIST_ASKS if path != "/search" else HOME_ASKS
        start = int(query["start"]) if query.get("start", "").isdigit() else 0
        first = bisect.bisect_right([-p.time.timestamp() for p in posts], -moment) if moment is not None else 0
        if query.get("reverse-paginate") == "true" and moment is not None:
            first = max(0, bisect.bisect_left([-p.time.timestamp() for p in posts], -moment) - most)
        shown = posts[first:first + most]
        if most <= HOME_ASKS:       # whole posts: the page is cut where it would become too big
            room = HOME_SIZE
            for count, post in enumerate(shown):
                room -= post.size
                if room < 0:
                    shown = shown[:count]
                    break
        older = newer = None
        if first + len(shown) < len(posts) and shown:
            counted = "&start=%d&by-date=false" % (start + most) if moment is not None or most > HOME_ASKS else ""
            older = "%s%s?updated-max=%s&max-results=%d%s" % (self.origin, path, self.cursor(shown[-1]), most, counted)
        if first and shown:
            newer = "%s%s?updated-max=%s&max-results=%d&reverse-paginate=true" % (self.origin, path, self.cursor(shown[0]), most)
        return shown, older, newer

    @staticmethod
    def moment(text):
        try:
            return datetime.datetime.fromisoformat(text.replace(" ", "+")).timestamp()
        except (AttributeError, TypeError, ValueError):
            return None

    def archive(self, posts):
        """A month or year.  Its older link knows nothing of the period: it goes on to the beginning of the blog, and is there
        also when the whole period is shown."""
        shown = posts[:LIST_ASKS]
        older = "%s/search?updated-max=%s&max-results=%d&start=%d&by-date=false" % (
            self.origin, self.cursor(shown[-1]), LIST_ASKS, LIST_ASKS)
        return shown, older if shown[-1] is not self.posts[-1] else None, None

    def chain(self, posts, path, first_query=""):
        """The addresses that older links give, one after another, from the first page on."""
        older = self.paged(posts, path, dict(urllib.parse.parse_qsl(first_query)))[1]
        while older:
            yield older
            older = self.paged(posts, path, dict(urllib.parse.parse_qsl(older.partition("?")[2])))[1]

    def inside(self, posts):
        """The addresses to which an archive's older links lead as long as the posts are of its period."""
        older = self.archive(posts)[1]
        while older:
            shown, further, _ = self.paged(self.posts, "/search", dict(urllib.parse.parse_qsl(older.partition("?")[2])))
            if not shown or shown[0].time < posts[-1].time:
                break
            yield older
            older = further

    # -- pages --

    def make_archive_widget(self):
        """@HERE@ stands for the address of the page: the links that open a year there are old Blogger's."""
        def count(posts):
            return "<span class='post-count' dir='ltr'>(%d)</span>" % len(posts)

        def link(path, text):
            return "<a class='post-count-link' href='%s%s'>%s</a>" % (self.origin, path, text)
        out = []
        for year in sorted(self.by_year, reverse=True):
            begin = int(datetime.datetime(year, 1, 1, tzinfo=ZONE).timestamp() * 1000)
            toggle = "javascript:void(0)" if year % 2 else "@HERE@widgetType=BlogArchive&amp;widgetId=BlogArchive1&amp;" \
                "action=toggle&amp;dir=open&amp;toggle=YEARLY-%d&amp;toggleopen=MONTHLY-%d" % (begin, begin)
            out.append("<ul class='hierarchy'><li class='archivedate collapsed'><a class='toggle' href='%s'><span class='zippy'>"
                       "&#9658;&#160;</span></a> %s %s" % (toggle, link("/%d/" % year, year), count(self.by_year[year])))
            for month in range(12, 0, -1):
                posts = self.by_month.get((year, month))
                if posts:
                    titles = "".join("<li><a href='%s'>%s</a></li>" % (p.url, html.escape(p.title)) for p in posts)
                    out.append("<ul class='hierarchy'><li class='archivedate'><a class='toggle' href='javascript:void(0)'>&#9658;"
                               "</a> %s %s<ul class='posts'>%s</ul></li></ul>"     # only the newest month is open
                               % (link("/%d/%02d/" % (year, month), calendar.month_name[month]), count(posts),
                                  titles if posts[0] is self.posts[0] else ""))
            out.append("</li></ul>")
        return "\n".join(out)

    def entry(self, post, alone):
        labels = ", ".join("<a href='%s' rel='tag'>%s</a>" % (self.origin + self.label_path(x), html.escape(x)) for x in post.labels)
        share = "".join("<a class='goog-inline-block share-button sb-%s' href='http://www.blogger.com/share-post.g?blogID=%s&amp;"
                        "postID=%s&amp;target=%s' target='_blank'>%s</a>" % (x, BLOG_ID, post.id, x, x) for x in ("email", "twitter"))
        comments = "<a class='comment-link' href='%s#comment-form'>No comments:</a>" % post.url
        if alone and post.serial % 3 == 0:
            comments = "".join("<p class='comment-timestamp'><a href='%s?showComment=%d#c%d'>a comment</a></p>" % (
                post.url, 1400000000000 + n, n) for n in range(post.serial, post.serial + 2))
        return "<div class='post hentry'><h3 class='post-title entry-title'><a href='%s'>%s</a></h3>\n<div class='post-body'>%s</div>" \
            "<a class='timestamp-link' href='%s' rel='bookmark'><abbr title='%s'>then</abbr></a> %s %s Labels: %s</div>\n" % (
                post.url, html.escape(post.title), post.body(self), post.url, post.stamp, share, comments, labels)

    def pager(self, older, newer, kind):
        link = "<span id='blog-pager-%s-link'><a class='blog-pager-%s-link' href='%s' id='Blog1_blog-pager-%s-link' title='%s %s'>" \
               "%s %s</a></span>\n"
        return "<div class='blog-pager' id='blog-pager'>%s%s<a class='home-link' href='%s/'>Home</a></div>" % (
            link % ("newer", "newer", attribute(newer), "newer", "Newer", kind, "Newer", kind) if newer else "",
            link % ("older", "older", attribute(older), "older", "Older", kind, "Older", kind) if older else "", self.origin)

    def page(self, here, title, main):
        """`here`: path and query.  Attributes stand in single quotes and scripts hold bare ampersands, as Blogger writes."""
        join = attribute(self.origin + here) + ("&amp;" if "?" in here else "?")
        labels = "".join("<li><a dir='ltr' href='%s%s'>%s</a></li>" % (self.origin, self.label_path(x), html.escape(x))
                         for x in sorted(self.by_label))
        return """<!DOCTYPE html>
<html class='v2' dir='ltr' lang='en' xmlns='http://www.w3.org/1999/xhtml' xmlns:b='http://www.google.com/2005/gml/b'>
<head><link href='%(origin)s/css/bundle.css' rel='stylesheet' type='text/css'/>
<meta content='text/html; charset=UTF-8' http-equiv='Content-Type'/><meta content='blogger' name='generator'/>
<link href='%(origin)s/favicon.ico' rel='icon' type='image/x-icon'/>
<link rel="alternate" type="application/atom+xml" title="Upland - Atom" href="%(origin)s/feeds/posts/default" />
<link rel="alternate" type="application/rss+xml" title="Upland - RSS" href="%(origin)s/feeds/posts/default?alt=rss" />
<link rel="service.post" type="application/atom+xml" title="Upland - Atom" href="http://www.blogger.com/feeds/%(id)s/posts/default" />
<title>%(title)s</title></head>
<body class='loading'><div class='Header'><a href='%(origin)s/'><img alt='Upland' src='%(images)s/ui/logo.png'/></a></div>
<div class='widget Blog' id='Blog1'>
%(main)s
</div>
<div class='widget PageList'><a href='%(origin)s/p/about.html'>About</a> <a href='%(origin)s/p/contact.html'>Contact</a></div>
<div class='widget Label' id='Label1'><ul>%(labels)s</ul></div>
<div class='widget BlogArchive' id='BlogArchive1'><div id='BlogArchive1_ArchiveList'>
%(archive)s
</div><a class='quickedit' href='//www.blogger.com/rearrange?blogID=%(id)s&amp;widgetType=BlogArchive&amp;action=editWidget'>edit</a></div>
<div class='mobile-link-button'><a href='%(here)sm=1'>View mobile version</a> <a href='%(here)sm=0'>View web version</a></div>
<script type='text/javascript'>
window['__wavt'] = '%(token)s:%(now)d';_WidgetManager._Init('//www.blogger.com/rearrange?blogID=%(id)s&x=1','//%(host)s%(raw)s','%(id)s');
_WidgetManager._SetDataContext([{'name': 'blog', 'data': {'blogId': '%(id)s', 'homepageUrl': '%(origin)s/', 'feedLinks':
'\\x3clink rel\\x3d\\x22alternate\\x22 href\\x3d\\x22%(origin)s/feeds/posts/default\\x22 /\\x3e', 'a&b': true && false}}]);
</script></body></html>
""" % {"origin": self.origin, "images": self.images, "host": self.host, "id": BLOG_ID, "title": html.escape(title), "main": main,
       "labels": labels, "archive": self.archive_widget.replace("@HERE@", join), "here": join, "raw": here,
       "token": "%032x" % random.SystemRandom().getrandbits(128), "now": int(time.time() * 1000)}

    def list_page(self, here, title, shown_older_newer):
        shown, older, newer = shown_older_newer
        return self.page(here, title, "".join(self.entry(p, False) for p in shown) + self.pager(older, newer, "Posts"))

    def post_page(self, here, index):
        post = self.posts[index]
        newer = self.posts[index - 1].url if index else None
        older = self.posts[index + 1].url if index + 1 < len(self.posts) else None
        comments = "<link rel='alternate' type='application/atom+xml' href='%s/feeds/%d/comments/default'/>" % (self.origin, 8000000000 + index)
        return self.page(here, "Upland: " + post.title, comments + self.entry(post, True) + self.pager(older, newer, "Post"))

    def titles(self, address):
        """What the archive widget's script asks for when a year or month is opened."""
        found = re.search(r"/(\d{4})/(?:(\d\d)/)?$", address.rstrip("/") + "/")
        year, month = (int(found[1]), found[2]) if found else (0, None)
        posts = self.by_month.get((year, int(month)), []) if month else self.by_year.get(year, [])
        rows = ", ".join("{'title': '%s', 'url': '%s'}" % (p.title.replace("&", "\\x26amp;"), p.url) for p in posts)
        return "try {\n_WidgetManager._HandleControllerResult('BlogArchive1', 'getTitles',{'path': '%s', 'posts': [%s]});\n} " \
            "catch (e) { if (typeof log != 'undefined') { log(e); } }\n" % (address, rows)

    def feed(self, path, query):
        start = max(1, int(query["start-index"])) if query.get("start-index", "").isdigit() else 1
        most = int(query["max-results"]) if query.get("max-results", "").isdigit() else FEED_DEFAULT
        posts = self.posts[start - 1:start - 1 + min(most, FEED_MOST)]
        if query.get("alt") == "rss":
            return "application/rss+xml", "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Upland</title>" \
                "<link>%s/</link>%s</channel></rss>" % (self.origin, "".join("<item><guid isPermaLink='false'>post-%s</guid><title>%s"
                "</title><link>%s</link></item>" % (p.id, html.escape(p.title), p.url) for p in posts))
        following = start + len(posts)
        after = "<link rel='next' type='application/atom+xml' href='%s%s?start-index=%d&amp;max-results=%d'/>" % (
            self.origin, path, following, most) if posts and following <= len(self.posts) else ""
        entries = "".join("<entry><id>tag:blogger.com,1999:blog-%s.post-%s</id><published>%s</published><title type='text'>%s</title>"
                          "<content type='html'>%s</content><link rel='edit' href='http://www.blogger.com/feeds/%s/posts/default/%s'/>"
                          "<link rel='alternate' type='text/html' href='%s'/></entry>\n"
                          % (BLOG_ID, p.id, p.stamp, html.escape(p.title), "" if "summary" in path else html.escape(p.body(self)),
                             BLOG_ID, p.id, p.url) for p in posts)
        return "application/atom+xml", "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' " \
            "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'><title>Upland</title><link rel='alternate' href='%s/'/>%s" \
            "<openSearch:totalResults>%d</openSearch:totalResults><openSearch:startIndex>%d</openSearch:startIndex>" \
            "<openSearch:itemsPerPage>%d</openSearch:itemsPerPage>%s</feed>" % (self.origin, after, len(self.posts), start, most, entries)

    def sitemap(self, path, query):
        start = "<?xml version='1.0' encoding='UTF-8'?>\n<%s xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</%s>\n"
        count = -(-len(self.posts) // SITEMAP_MOST)
        if path == "/sitemap.xml" and "page" not in query and count > 1:
            return start % ("sitemapindex", "".join("<sitemap><loc>%s/sitemap.xml?page=%d</loc></sitemap>" % (self.origin, i + 1)
                                                    for i in range(count)), "sitemapindex")
        if path == "/sitemap-pages.xml":
            urls = ["%s/p/%s.html" % (self.origin, name) for name in ("about", "contact")]
        else:
            page = int(query["page"]) if query.get("page", "").isdigit() else 1
            urls = [p.url for p in self.posts[(page - 1) * SITEMAP_MOST:page * SITEMAP_MOST]]
        return start % ("urlset", "".join("<url><loc>%s</loc></url>" % url for url in urls), "urlset")

    # -- the answer to an address: (status, type, body), the type being the new address for a redirect --

    def answer(self, host, target):
        raw_path, _, raw_query = target.partition("?")
        path, query = urllib.parse.unquote(raw_path), dict(urllib.parse.parse_qsl(raw_query, keep_blank_values=True))
        if host == self.images_host:
            side = self.picture_sides.get(path)
            return (200, "image/png", png(path, side)) if side else (404, "text/plain", b"nothing here")
        if host != self.host:
            return 404, "text/plain", b"not this host"
        if query.get("action") == "getTitles":
            return 200, "text/javascript; charset=UTF-8", self.titles(query.get("path", "")).encode()
        if path in ("/atom.xml", "/rss.xml"):
            return 302, self.origin + "/feeds/posts/default" + ("?alt=rss" if path == "/rss.xml" else ""), b""
        if path in ("/feeds/posts/default", "/feeds/posts/summary"):
            kind, text = self.feed(path, query)
            return 200, kind + "; charset=UTF-8", text.encode()
        if path in ("/sitemap.xml", "/sitemap-pages.xml"):
            return 200, "text/xml; charset=UTF-8", self.sitemap(path, query).encode()
        if path == "/robots.txt" and self.robots == "blogger":
            return 200, "text/plain", b"User-agent: Mediapartners-Google\nDisallow: /\n\nUser-agent: *\nDisallow: /search\nAllow: /\n\n" \
                b"Sitemap: %s/sitemap.xml\n" % self.origin.encode()
        if path == "/css/bundle.css":
            return 200, "text/css", b"body { margin: 0; } .post { padding: 8px; }\n"
        if path == "/favicon.ico":
            return 200, "image/x-icon", png("favicon", 16)
        kept = [part for part in raw_query.split("&") if part.partition("=")[0] in PAGE_NAMES]
        text = self.web_page(raw_path + ("?" + "&".join(kept) if kept else ""), path, query)
        if text is None:
            return 404, "text/html; charset=UTF-8", self.page(raw_path, "Upland", "<p>No such page.</p>").encode()
        if query.get("m") == "1":   # the copy for telephones links to other such copies only
            text = re.sub("(<a [^>]*href=')(%s/[^'#]*)" % re.escape(self.origin), lambda found: found[0] if "m=" in found[2] else
                          found[0] + ("&amp;m=1" if "?" in found[2] else "?m=1"), text)
        return 200, "text/html; charset=UTF-8", text.encode()

    def web_page(self, here, path, query):
        if path in self.by_path:
            return self.post_page(here, self.by_path[path])
        if path in ("/p/about.html", "/p/contact.html"):
            return self.page(here, "Upland", "<p>A page that is no post.</p>")
        if path in ("/", "/search"):
            query = query if path == "/search" else {}
            return self.list_page(here, "Upland", self.paged(self.posts, "/search", query))
        if path.startswith("/search/label/") and path[14:] in self.by_label:
            return self.list_page(here, path[14:], self.paged(self.by_label[path[14:]], self.label_path(path[14:]), query))
        period = re.fullmatch(r"/(\d{4})/(?:(\d\d)/?)?", path)
        posts = period and (self.by_month.get((int(period[1]), int(period[2]))) if period[2] else self.by_year.get(int(period[1])))
        return self.list_page(here, "Upland", self.archive(posts)) if posts else None

    def facts(self):
        feed = self.origin + "/feeds/posts/default"
        return {
            "home": self.origin + "/", "posts": [p.url for p in self.posts],
            "images": [self.images + p for p in sorted(self.picture_sides)],
            "requisites": [self.origin + "/css/bundle.css", self.origin + "/favicon.ico"],
            "archives": [self.origin + "/%d/" % y for y in self.by_year] + [self.origin + "/%d/%02d/" % m for m in self.by_month],
            "labels": [self.origin + self.label_path(x) for x in self.by_label],
            "archive_pager": [url for posts in [*self.by_year.values(), *self.by_month.values()] for url in self.inside(posts)],
            "pager": list(self.chain(self.posts, "/search")),
            "label_pager": [url for x in self.by_label for url in self.chain(self.by_label[x], self.label_path(x))],
            "pages": [self.origin + "/p/about.html", self.origin + "/p/contact.html"],
            "feeds": [feed, feed + "?alt=rss"],
            "sitemaps": [self.origin + "/sitemap.xml"] + [self.origin + "/sitemap.xml?page=%d" % (i + 1) for i in range(
                -(-len(self.posts) // SITEMAP_MOST)) if len(self.posts) > SITEMAP_MOST],
            "counts": {"%d/%02d" % month: len(posts) for month, posts in self.by_month.items()},
            "never": NEVER,
        }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    blog = log = None
    lock = threading.Lock()

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0].lower()
        status, kind, body = self.blog.answer(host, self.path)
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.log:
            with self.lock:
                self.log.write("%s %s %s %d\n" % (self.command, host, self.path, status))
                self.log.flush()
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser("Serve a simulated Blogger blog.")
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--host", default="blog.example")
    parser.add_argument("--images", default="images.example", help="the host that has the pictures")
    parser.add_argument("--robots", choices=("blogger", "none"), default="blogger")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Handler.blog = Blog(options.host, options.images, options.port, options.posts, options.robots)
    Handler.log = open(options.log, "a", encoding="utf-8") if options.log else None
    server = local_server.Server((options.address, options.port), Handler)
    local_server.tell(options.facts, Handler.blog.facts())
    server.serve_forever()


if __name__ == "__main__":
    main()
