#!/usr/bin/env python3
"""A blog that lives: night after night it publishes, edits, deletes, moves, is redesigned, is down; and each night the
same crawl command runs under a fake clock.  What the runs say is new, changed, gone and moved is held against what was.

    nights.py --warccap PROGRAM --work DIR --address ADDRESS --nginx PROGRAM [--nights N] [--posts N] [--seed N]

A real nginx serves DIR/site; libfaketime moves the clock.  Every page carries the archive's counts in a side bar, so each
new post changes the octets of every page, as on real blogs.
"""
import argparse
import collections
import datetime
import glob
import json
import os
import random
import subprocess
import sys
import time
import urllib.parse

BLOG = "http://blog.test"
A_PAGE = 7            # posts on the front page and in the pager
IN_FEED = 25
FIRST_NIGHT = datetime.datetime(2026, 1, 5, 3, 0)
WITHIN = 7            # nights until a change that no list shows has to be found
WORDS = "harbour boat lantern keeper tide rope baker window morning letter bridge garden map stove kettle ferry".split()
SYLLABLES = [c + v for c in "bdfghklmnprstvz" for v in "aeiou"]


class Post:
    def __init__(self, number, day, chance):
        self.number, self.day, self.edited = number, day, day
        self.title = "Number %d of the %s" % (number, chance.choice(WORDS))
        self.text = " ".join("".join(chance.choice(SYLLABLES) for _ in range(chance.randrange(1, 5))) for _ in range(500))
        self.label = chance.choice(WORDS[:8])
        self.path = "/%04d/%02d/post-%d.html" % (day.year, day.month, number)


class Blog:
    def __init__(self, site, posts, chance):
        self.site, self.chance = site, chance
        self.design, self.about, self.sheet, self.moved = 1, 1, 1, {}
        self.published = 0
        self.posts = []  # newest first
        first = FIRST_NIGHT - datetime.timedelta(days=8 * posts)
        for i in range(posts):
            self.publish(first + datetime.timedelta(days=8 * i, hours=chance.randrange(12)))

    def publish(self, day):
        self.published += 1
        self.posts.insert(0, Post(self.published, day, self.chance))
        return self.posts[0]

    # -- writing --

    def put(self, path, text, now):
        """A file that is as it was keeps its time, so that nginx's validators do too."""
        path = os.path.join(self.site, path.lstrip("/"))
        data = text.encode()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.written.add(path)
        if os.path.exists(path) and open(path, "rb").read() == data:
            return
        with open(path, "wb") as file:
            file.write(data)
        os.utime(path, (now.timestamp(), now.timestamp()))

    def page(self, title, main):
        return self.head % title + main + self.side

    def prepare(self):
        years, months = collections.Counter(), collections.Counter()
        for post in self.posts:
            years[post.day.year] += 1
            months[post.day.year, post.day.month] += 1
        side = ["<div id=side><h2>Archive</h2><ul>"]
        for year in sorted(years, reverse=True):
            side.append("<li><a href='/%d/'>%d</a> (%d)<ul>" % (year, year, years[year]))
            side += ["<li><a href='/%d/%02d/'>%d</a> (%d)</li>" % (year, month, month, count)
                     for (of, month), count in sorted(months.items()) if of == year]
            side.append("</ul></li>")
        side.append("</ul><ul>" + "".join("<li><a href='/label/%s'>%s</a></li>" % (label, label) for label in WORDS[:8]))
        self.side = "".join(side) + "</ul><a href='/p/about.html'>About</a></div></body></html>\n"
        self.head = "<!DOCTYPE html><html class=design-%d><head><title>%%s</title><meta charset=utf-8>" \
                    "<link rel=stylesheet href=/main.css><link rel=alternate type=application/atom+xml href=/feed.xml>" \
                    "</head><body><img src=/logo.png alt=''>" % self.design

    def cursor(self, post):
        return "/search?updated-max=" + urllib.parse.quote(post.day.isoformat() + "Z", safe="")

    def entry(self, post):
        return "<h2><a href='%s'>%s</a></h2><div class=post><p>%s</p></div><a rel=tag href='/label/%s'>%s</a>" % (
            post.path, post.title, post.text, post.label, post.label)

    def write(self, now):
        self.written = set()
        self.prepare()
        for post in self.posts:
            self.put(post.path, self.page(post.title, self.entry(post)), now)
        for at in range(0, len(self.posts), A_PAGE):
            older = "<a class=blog-pager-older-link href='%s'>Older Posts</a>" % self.cursor(self.posts[at + A_PAGE - 1]) \
                if at + A_PAGE < len(self.posts) else ""
            name = "/index.html" if not at else "/q/" + self.cursor(self.posts[at - 1]).split("?")[1] + ".html"
            self.put(name, self.page("The blog", "".join(map(self.entry, self.posts[at:at + A_PAGE])) + older), now)
        lists = collections.defaultdict(list)
        for post in self.posts:
            lists["/%d/index.html" % post.day.year].append(post)
            lists["/%d/%02d/index.html" % (post.day.year, post.day.month)].append(post)
            lists["/label/%s.html" % post.label].append(post)
        for name, posts in lists.items():
            self.put(name, self.page("A list", "".join("<li><a href='%s'>%s</a>" % (p.path, p.title) for p in posts)), now)
        self.put("/feed.xml", "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>" + "".join(
            "<entry><published>%sZ</published><updated>%sZ</updated><title>%s</title><link href='%s%s'/></entry>"
            % (p.day.isoformat(), p.edited.isoformat(), p.title, BLOG, p.path) for p in self.posts[:IN_FEED]) + "</feed>", now)
        self.put("/sitemap.xml", "<urlset>" + "".join(
            "<url><loc>%s%s</loc><lastmod>%sZ</lastmod></url>" % (BLOG, p.path, p.edited.isoformat()) for p in self.posts)
            + "</urlset>", now)
        self.put("/robots.txt", "User-agent: *\nDisallow:\nSitemap: %s/sitemap.xml\n" % BLOG, now)
        self.put("/p/about.html", self.page("About", "<p>This is edition %s of what the keeper says.</p>" % ("x" * self.about)), now)
        self.put("/main.css", "body { margin: %dpx }\n" % self.sheet, now)
        self.put("/logo.png", "not a picture, but always the same\n", now)
        for folder, _, names in os.walk(self.site):
            for name in names:
                if os.path.join(folder, name) not in self.written and name != "down":
                    os.remove(os.path.join(folder, name))
        with open(os.path.join(os.path.dirname(self.site), "moved.conf"), "w") as file:
            file.writelines("location = %s { return 301 %s; }\n" % pair for pair in self.moved.items())


class Night:
    """What the blog does on one day; sets of addresses that the night's run has to tell."""

    def __init__(self, blog, number, now, chance):
        self.new, self.gone, self.moved, self.shown, self.hidden = set(), set(), set(), set(), set()
        day = now - datetime.timedelta(hours=9)
        if chance.random() < 0.3:
            self.new.add(BLOG + blog.publish(day).path)
        if chance.random() < 0.06:   # an old post or a new one: its date in the sitemap tells
            post = chance.choice(blog.posts[:A_PAGE] if chance.random() < 0.5 else blog.posts)
            post.text, post.edited = post.text + " and also " + " ".join(chance.sample(WORDS, 5)), day
            self.shown.add(BLOG + post.path)
        if chance.random() < 0.03:   # nothing tells of it
            blog.about += 1
            self.hidden.add(BLOG + "/p/about.html")
        if chance.random() < 0.02:
            blog.sheet += 1
            self.hidden.add(BLOG + "/main.css")
        if chance.random() < 0.03:
            post = chance.choice(blog.posts)
            blog.posts.remove(post)
            self.gone.add(BLOG + post.path)
        if chance.random() < 0.02:
            post = chance.choice(blog.posts)
            old, post.path = post.path, post.path.replace(".html", "-moved.html")
            blog.moved[old] = post.path
            self.moved.add(BLOG + old)
            self.new.add(BLOG + post.path)
        redesigned = number == 100 or chance.random() < 0.002
        blog.design += redesigned
        self.quiet = not (self.new or self.gone or self.moved or self.shown or self.hidden or redesigned)
        # What came and went, or changed twice, between two runs is told as it is in the end.
        self.shown -= self.new | self.gone | self.moved
        self.new -= self.gone | self.moved


class Server:
    def __init__(self, arguments):
        self.program, self.work, self.process = arguments.nginx, arguments.work, None
        with open(os.path.join(self.work, "nginx.conf"), "w") as file:
            file.write("""daemon off; master_process off; %s
pid %s/nginx.pid; error_log %s/nginx-error.log; events { worker_connections 256; }
http { include /etc/nginx/mime.types; access_log %s/access.log; charset utf-8; keepalive_requests 100000;
    client_body_temp_path %s/t1; proxy_temp_path %s/t2; fastcgi_temp_path %s/t3; uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;
    server { listen %s:80; server_name blog.test; root %s/site;
        if (-f $document_root/down) { return 503; }
        include %s/moved.conf;
        location = /search { try_files /q/$args.html =404; }
        location /label/ { default_type text/html; try_files $uri.html =404; } } }
""" % (("user root;" if os.getuid() == 0 else "",) + (self.work,) * 8 + (arguments.address,) + (self.work,) * 2))

    def start(self):
        self.process = subprocess.Popen([self.program, "-p", self.work, "-c", os.path.join(self.work, "nginx.conf")],
                                        stderr=subprocess.DEVNULL)
        time.sleep(0.15)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
        self.process = None

    def asked(self):
        with open(os.path.join(self.work, "access.log")) as file:
            return sum(1 for _ in file)


def stored(collection):
    """Octets of the archive as they are on the disk: nobody's own count."""
    return sum(os.path.getsize(path) for path in glob.glob(os.path.join(collection, "archive", "*.warc.gz")))


def crawl(arguments, collection, now):
    environment = dict(os.environ, LD_PRELOAD=arguments.faketime, FAKETIME="@" + now.strftime("%Y-%m-%d %H:%M:%S"),
                       TZ="UTC", FAKETIME_NO_CACHE="1")
    run = subprocess.run([arguments.warccap, "crawl", "-q", "-o", collection, "--contact", "t@example.org", "--wait", "0",
                          "--tries", "1", "--resolve", "*:80:" + arguments.address, BLOG + "/"],
                         env=environment, capture_output=True, text=True, timeout=120)
    name = sorted(glob.glob(os.path.join(collection, "runs", "*.json")))[-1]
    return run.returncode, json.load(open(name)), run.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--warccap", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--address", required=True)
    parser.add_argument("--nginx", required=True)
    parser.add_argument("--faketime", required=True)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--posts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    site, collection = os.path.join(arguments.work, "site"), os.path.join(arguments.work, "collection")
    blog, server = Blog(site, arguments.posts, chance), Server(arguments)
    complaints, quiet, walks = [], 0, 0
    due = {kind: set() for kind in ("new", "gone", "moved", "shown")}  # what the next run that succeeds has to tell
    hidden = {}                                                     # address -> night by which it has to be told
    most_asked = most_stored = 0.0
    try:
        for number in range(arguments.nights):
            now = FIRST_NIGHT + datetime.timedelta(days=number, minutes=chance.randrange(20))
            down, offline = 200 <= number < 203 or number == 17, number in (11, 300)
            night = Night(blog, number, now, chance) if number else None
            blog.write(now)
            if down:
                open(os.path.join(site, "down"), "w").close()
            elif os.path.exists(os.path.join(site, "down")):
                os.remove(os.path.join(site, "down"))
            if not offline:
                server.start()
            before = server.asked() if number else 0
            was_stored = stored(collection)
            code, said, words = crawl(arguments, collection, now)
            added = stored(collection) - was_stored
            if said["stored_bytes"] != added:
                complaints.append("night %d: %d bytes are told to be stored, %d were" % (number, said["stored_bytes"], added))
            asked = (server.asked() if not offline else before) - before
            server.stop()
            if night:
                due["new"] |= night.new
                for kind in ("gone", "moved", "shown"):
                    due[kind] |= getattr(night, kind)
                for address in night.hidden:
                    hidden.setdefault(address, number + WITHIN)
            if number == 0:
                first_asked, first_stored = asked, added
                print("first night: %d requests, %d bytes stored, exit %d" % (asked, first_stored, code))
                if code or said["new"]:
                    complaints.append("the first night ends with %d and tells %d new" % (code, said["new"]))
                continue
            if down or offline:
                # Nobody answers: 4.  A robots.txt of 503 forbids everything for this run (RFC 9309, 2.3.1.4), so the
                # URLs wait: 18.
                if code != (18 if down else 4) or not words:
                    complaints.append("night %d: the site is not there, exit %d" % (number, code))
                if any(said[kind] for kind in ("new", "changed", "gone", "moved")):
                    complaints.append("night %d: the site is not there, yet something is told" % number)
                for address in hidden:
                    hidden[address] = max(hidden[address], number + 1)
                continue
            # An address that was new and is gone, or edited and gone, before any run saw it, is told as it is now.
            due["new"] -= due["gone"] | due["moved"]
            known_gone = {a for a in due["gone"] | due["moved"] if a in due["new"]}
            told = {kind: set() for kind in ("new", "changed", "gone", "moved")}
            for item in said["changes"]["moved"]:
                if item["to"] not in said["changes"]["new"]:
                    complaints.append("night %d: %s is told to have moved to %s" % (number, item["from"], item["to"]))
            for kind in told:
                told[kind] = {item["from"] if isinstance(item, dict) else item for item in said["changes"][kind]}
            for kind in ("new", "gone", "moved"):
                for address in (due[kind] - known_gone) ^ told[kind]:
                    complaints.append("night %d: %s %s %s" % (number, address, "is not told as" if address in due[kind] else
                                                              "is wrongly told as", kind))
            shown = due["shown"] - due["new"] - due["gone"] - due["moved"]
            for address in shown - told["changed"]:
                complaints.append("night %d: the edit of %s is not told" % (number, address))
            for address in told["changed"] - shown:
                if address not in hidden:
                    complaints.append("night %d: %s is wrongly told as changed" % (number, address))
                hidden.pop(address, None)
            for address in [a for a, last in hidden.items() if last <= number]:
                complaints.append("night %d: the edit of %s was not found in %d nights" % (number, address, WITHIN))
                del hidden[address]
            if code:
                complaints.append("night %d: exit %d: %s" % (number, code, words))
            walk = asked * 2 > first_asked
            walks += walk
            if arguments.verbose:
                print(number, "asked", asked, "stored", added, {k: len(v) for k, v in told.items()},
                      "refreshed", said["refreshed"], "quiet" if night.quiet else "", "walk" if walk else "")
            if night.quiet and not any(due.values()) and not walk:
                quiet += 1
                most_asked = max(most_asked, asked / first_asked)
                most_stored = max(most_stored, added / first_stored)
            due = {kind: set() for kind in due}
    finally:
        server.stop()
    print("%d nights, %d of them quiet, %d walks; on a quiet night at most %.1f %% of the first night's requests and %.2f %% "
          "of its bytes" % (arguments.nights, quiet, walks, 100 * most_asked, 100 * most_stored))
    if most_asked > 0.05:
        complaints.append("quiet nights ask too much")
    if most_stored > 0.01:
        complaints.append("quiet nights store too much")
    if quiet < arguments.nights // 5 or walks < arguments.nights // 8:
        complaints.append("%d quiet nights and %d walks prove little" % (quiet, walks))
    for complaint in complaints[:30]:
        print("  " + complaint)
    print("%d complaints" % len(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
