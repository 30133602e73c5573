"""More ways to fail, and more healthy sites that look like them: pages that go elsewhere by themselves, logins and consents, slow and endless
responses, bans by other means.  verdicts.py serves them."""
import gzip
import time


def slowly(data, pause, head=True):
    """One byte each so many seconds."""
    def act(h):
        if head:
            h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(data))
        h.close_connection = True
        try:
            for at in range(len(data)):
                h.wfile.write(data[at:at + 1])
                time.sleep(pause)
        except OSError:
            pass
    return act


def endless(piece):
    """Until the visitor hangs up."""
    def act(h):
        h.close_connection = True
        h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        try:
            for _ in range(20000):
                h.wfile.write(piece)
        except OSError:
            pass
    return act


def refresh(target, seconds=0, text=""):
    return lambda h: h.give(200, ("<!DOCTYPE html><meta http-equiv=refresh content='%d; url=%s'>%s" % (seconds, target, text)).encode())


def script(target, text=""):
    return lambda h: h.give(200, ("<!DOCTYPE html><script>window.location.href = \"%s\";</script>%s" % (target, text)).encode())


LOGIN = b"<!DOCTYPE html><title>Log in</title><form method=post><input name=user><input type=password name=word></form>"
CONSENT = b"<!DOCTYPE html><title>Before you continue</title><p>We use cookies.<form method=post action=/consent><button>Accept all</button></form>"


def login(h):
    h.give(200, LOGIN)


def consent(h):
    h.give(200, CONSENT)


def ways(v):
    """(those that fail, the others); `v`: what verdicts.py has."""
    post, page, head, status, to, coded, raw, named = v["POST"], v["PAGE"], v["HEAD"], v["status"], v["to"], v["coded"], v["raw"], v["named"]
    body, robots = v["body"], v["robots"]
    posts = ["/post/%d" % n for n in range(8)]

    def after(count, act):
        """As usual for so many requests, then so."""
        return lambda h: h.usual() if sum(times for (host, _), times in h.met.items() if host == h.host) <= count else act(h)

    def all_posts(act):
        return {path: act for path in posts}

    def feed(act):
        return {"/": lambda h: h.front("<link rel=alternate type='application/rss+xml' href='/feed'>"), "/feed": act}

    def with_part(tag, path, act):
        return {post: lambda h: h.give(200, body("x", 3, tag)), path: act}

    def far(h):
        n = int(h.path[3:])
        h.give(302, b"", location="/r/%d" % (n + 1))

    fail = {
        # pages that go elsewhere by themselves
        "refresh-to-itself": {post: refresh(post)}, 
        "refresh-to-login": dict(all_posts(refresh("/login")), **{"/login": login}),
        "front-refresh-to-login": {"/": refresh("/login"), "/login": login}, "front-script-to-login": {"/": script("/login?next=/"), "/login?next=/": login},
        "front-is-login": {"/": login}, "front-is-login-with-links": {"/": lambda h: h.give(200, LOGIN + b"<a href='/lost-password'>Lost?</a> <a href='/privacy'>Privacy</a>")},
        "script-to-login": dict(all_posts(script("/login")), **{"/login": login}),
        "front-refresh-to-consent": {"/": refresh("http://consent.verdicts.test/ask?back=x")}, "front-script-to-consent": {"/": script("http://consent.verdicts.test/ask")},
        "front-to-consent": {"/": to("http://consent.verdicts.test/ask?back=x")}, "posts-consent": all_posts(consent),
        "front-refresh-to-itself": {"/": refresh("/")}, "front-script-to-itself": {"/": script("/")},
        "refresh-to-500": {post: refresh("/r/end"), "/r/end": status(500)},
        # slow and endless
        "drops-of-body": {post: slowly(page, 1)}, "drops-of-head": {post: slowly(head, 1, False)},
        "endless": {post: endless(b"<p>more and more " * 50)}, "endless-front": {"/": endless(b"<p>more and more " * 50)},
        "endless-redirect": {post: to("/r/0"), **{"/r/%d" % n: far for n in range(200)}},
        "picture-drops": {"/i.png": slowly(b"\x89PNG\r\n\x1a\n" * 40, 1)},
        # the message
        "not-asked-304": {post: lambda h: raw(b"HTTP/1.1 304 Not Modified\r\n\r\n")(h)}, "only-100": {post: raw(b"HTTP/1.1 100 Continue\r\n\r\n")},
        "page-999": {post: status(999)}, "page-444": {post: status(444)},
        "crc-bad": {post: coded("gzip", gzip.compress(page)[:-8] + b"\0" * 8)}, "coding-unknown": {post: coded("snappy", b"\xff\x06\0\0sNaPpY" * 9)},
        "zstd-bad": {post: coded("zstd", b"\x28\xb5\x2f\xfd" + b"\xff" * 40)},
        # lists
        "page2-to-login": {"/page/2": to("/login?next=/page/2"), "/login?next=/page/2": login}, "page2-reset": {"/page/2": raw(b"")},
        "page2-cut": {"/page/2": raw(head + b"Content-Length: 9000\r\n\r\n<h2><a href='/post/4'>Four</a></h2>")},
        "page2-gzip-cut": {"/page/2": coded("gzip", gzip.compress(body("s", 1, "<h2><a href='/post/4'>4</a></h2>"))[:60])},
        "page2-refresh-to-login": {"/page/2": refresh("/login"), "/login": login},
        "feed-500": feed(status(500)), "feed-403": feed(status(403)), "feed-reset": feed(raw(b"")),
        "sitemap-circle": named(to("/map.xml")), "sitemap-reset": named(raw(b"")),
        "robots-reset": {"/robots.txt": raw(b"")},
        # the seed
        "seed-206": {"/": status(206)}, "seed-404": {"/": status(404)}, "seed-to-itself": {"/": to("/")}, "seed-no-location": {"/": lambda h: h.give(302)},
        "seed-to-dead-port": {"/": to("http://dead-port.verdicts.test:9/")}, "seed-to-mail": {"/": to("mailto:a@b.test")},
        # parts
        "sheet-500": with_part("<link rel=stylesheet href=/a.css>", "/a.css", status(500)), "script-cut": with_part("<script src=/a.js></script>", "/a.js", raw(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 900\r\n\r\nvar a")),
        "frame-500": with_part("<iframe src=/frame></iframe>", "/frame", status(500)), "picture-gzip-cut": {"/i.png": coded("gzip", gzip.compress(page)[:40])},
        # bans
        "login-at-7": {"*": after(7, to("/login")), "/login": login},
        "empty-at-6": {"*": after(6, lambda h: h.give(200))},
        "refresh-at-6": {"*": after(6, refresh("/wall")), "/wall": consent}, "script-at-6": {"*": after(6, script("/wall")), "/wall": consent},
        "elsewhere-at-6": {"*": after(6, to("http://consent.verdicts.test/ask"))}, "teapot-at-6": {"*": after(6, status(418))},
        "bandwidth-at-6": {"*": after(6, status(509))}, "named-wall-at-6": {"*": after(6, lambda h: h.give(200, b"<title>Stop</title><p>You asked for %s at %d. Wait." % (
            h.path.encode(), time.time())))},
    }
    sound = {
        "refresh-later": {"/": lambda h: h.front("<meta http-equiv=refresh content='300'>")}, "refresh-itself-later": {post: refresh(post, 600, page.decode())},
        "refresh-moved": {post: refresh("/post/5")}, "refresh-moved-with-words": {post: refresh("/post/5", 5, "<p>This post has moved to another place. Wait for five seconds.")},
        "refresh-splash": {"/": refresh("/home"), "/home": lambda h: h.front()}, "script-splash": {"/": script("/home"), "/home": lambda h: h.front()},
        "splash-link": {"/": lambda h: h.give(200, b"<title>Enter</title><p>Welcome. <a href='/home'>Enter</a>"), "/home": lambda h: h.front()},
        "script-in-function": {post: lambda h: h.give(200, page + b"<script>function go() { location.href = '/login'; }</script>"), "/login": login},
        "login-in-margin": {path: (lambda h, n=n: h.give(200, body("x", n, LOGIN.decode()))) for n, path in enumerate(posts)},
        "front-with-login": {"/": lambda h: h.front(LOGIN.decode())},
        "consent-banner": {path: (lambda h, n=n: h.give(200, body("x", n, CONSENT.decode()))) for n, path in enumerate(posts)},
        "front-with-consent": {"/": lambda h: h.front(CONSENT.decode())},
        "one-login-page": {post: lambda h: h.give(200, body("x", 3, "<a href='/members'>Members</a>")), "/members": to("/login?next=/members"), "/login?next=/members": login},
        "refresh-members": {post: lambda h: h.give(200, body("x", 3, "<a href='/members'>Members</a>")), "/members": refresh("/login"), "/login": login},
        "one-refresh-to-front": {post: refresh("/")}, "script-to-other-site": {post: lambda h: h.give(200, page + b"<script>if (self != top) top.location.href = self.location.href;</script>")},
        "frame-buster": {"/": lambda h: h.front("<script>if (top != self) { top.location = '/'; }</script>")},
        "short-drops": {post: slowly(b"<p>A page.", 0.1)}, "slow-head": {post: lambda h: (time.sleep(1), h.give(200, page))},
        "long-page": {post: lambda h: h.give(200, page * 100)}, "until-close-long": {post: raw(head + b"Connection: close\r\n\r\n" + page * 80)},
        "nine-hops": {post: to("/r/0"), **{"/r/%d" % n: to("/r/%d" % (n + 1)) for n in range(8)}, "/r/8": lambda h: h.give(200, page)},
        "feed-404": feed(status(404)), "sitemap-410": named(status(410)), "sitemap-empty": named(v["sitemap"]()),
        "robots-403": {"/robots.txt": status(403)}, "robots-circle": {"/robots.txt": to("/robots.txt")}, "robots-empty": {"/robots.txt": robots()},
        "front-www-refresh": {"/": lambda h: h.give(200, b"<meta http-equiv=refresh content='0; url=http://www.%s/'>" % h.host.encode()) if not h.host.startswith("www.") else h.front()},
        "sheet-404": with_part("<link rel=stylesheet href=/a.css>", "/a.css", status(404)), "script-410": with_part("<script src=/a.js></script>", "/a.js", status(410)),
        "frame-empty": with_part("<iframe src=/frame></iframe>", "/frame", lambda h: h.give(200)), "picture-empty": {"/i.png": lambda h: h.give(200)},
        "many-fields": {post: lambda h: h.give(200, page, extra=[("X-%d" % n, "y" * 50) for n in range(60)])}, "zstd-none": {post: coded("identity", page)},
        "post-of-one-word": {post: lambda h: h.give(200, b"Yes.")}, "last-gone": {"/post/7": status(404)}, "last-moved": {"/post/7": to("/post/1")}, "last-empty": {"/post/7": lambda h: h.give(200)},
        "half-gone": {path: status(404) for path in posts[::2]}, "three-merged-by-refresh": {path: refresh("/post/5") for path in posts[:3]},
        "title-stop": {path: (lambda h, n=n: h.give(200, body("x", n, "<h1>Just a moment</h1><p>Checking your browser is a phrase that everybody knows."))) for n, path in enumerate(posts)},
        "deep-login-links": {"/": lambda h: h.front("".join("<a href='/reply/%d'>Reply</a>" % n for n in range(6))), **{"/reply/%d" % n: to("/login?next=/reply/%d" % n) for n in range(6)},
                             **{"/login?next=/reply/%d" % n: login for n in range(6)}},
    }
    return fail, sound
