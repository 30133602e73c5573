#!/usr/bin/env python3
"""A site whose pages name their parts, and the ways on, in every form but the plain ones.

    parts.py --address A --port P --log FILE --facts FILE

It serves every host; paths below pics.test are pictures.  The log has "HOST PATH STATUS" a request.  The facts have the
paths that a browser would come to ("wanted", with their hosts) and strings that only look like paths ("never").
"""
import http.server
import json
import os
import threading

import local_server

WORDS = "amber birch cedar delta ember fjord grove heath inlet jetty knoll ledge marsh north oasis pines".split()


def text(seed):
    return " ".join(WORDS[(seed * 7 + i * i) % len(WORDS)] + str(seed) for i in range(30))


def page(seed, body, head=""):
    return ("text/html", "<!DOCTYPE html><title>%d</title>%s<p>%s</p>%s" % (seed, head, text(seed), body))


# An old theme's way to load a library: right on the first page only.
OLD = "<script>window.lib || document.write(unescape('%3Cscript src=\"./old/lib.js\"%3E%3C/script%3E'))</script>"

FRONT = page(1, """
<img src="/blank.gif" data-any="img/relative.png"><img src="/blank.gif" data-any="/media/no-extension">
<div class=lazy data-src="http://pics.test/a.png"></div>
<div data-gallery='{"slides":[{"title":"never1.png","image":"\\/u\\/json.png"}]}' style="--bg: '/u/variable.png'"></div>
<i data-bgset="/u/set1 300w | /u/set2 600w [(min-width: 9px)]" data-name="never2.png" data-v="1.2/3"></i>
<script type="text/plain" data-src="/js/consent.js"></script><iframe data-cmplz-src="/frame"></iframe>
<script src="/js/app.js"></script><img src="/gone/picture.png"><video src="/video/all.m3u8"></video>
<script>player({sources: [{file: "http://pics.test/dash.mpd"}]}); x = "never/" + y + ".png"; z = "http://else.test/never3.png";
fetch("/api/list"); fetch("/api/send", {method: "POST"})</script>
<form action="/month"><select name=m><option value="">Choose</option><option value=2019-11>11<option value=2019-12>12</select></form>
<form action="/search"><input name=q><select name=c><option>1<option>2</select></form>
<select onchange="location.href = 'go/' + this.value"><option value=one.html>1</select>
<div hx-get="/fragment?page=2"></div><b onclick="window.open('/opened')">x</b><a href="javascript:go('called.html')">x</a>
""" + "".join("<a href='/old/%d/'>%d</a> " % (i, i) for i in range(16)) + "".join("<a href='/own/%d/'>%d</a> " % (i, i) for i in range(6)) + OLD,
             "<link rel='stylesheet prefetch' href=/sheet.css><link rel=alternate type=application/rss+xml href=/feed>"
             "<template><base href='/never/'></template>")

PAGES = {
    "/": FRONT,
    "/js/app.js": ("text/javascript", "import('./chunk.js'); a = 'img/of-page.png'; b = `/u/back-tick.png`; c = '/u/' + 'joined.png';"
                                      "d = '/u/now.json?t=' + Date.now(); e = 'Node.js'; f = 'image/png'"),
    "/feed": ("application/rss+xml", "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='/feed.xsl'?><rss version='2.0'><channel>"
                                     "<item><link>http://parts.test/post/0</link></item></channel></rss>"),
    "/feed.xsl": ("text/xsl", "<xsl:stylesheet><xsl:import href='base.xsl'/></xsl:stylesheet>"),
    "/base.xsl": ("text/xsl", "<xsl:stylesheet/>"),
    "/video/all.m3u8": ("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow/index.m3u8\n"),
    "/video/low/index.m3u8": ("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF:4,\n1.ts\n2.ts\n"),
    "/dash.mpd": ("application/dash+xml", "<MPD mediaPresentationDuration='PT8S'><Period><AdaptationSet><SegmentTemplate duration='4' "
                                          "media='$Number$.m4s'/><Representation/></AdaptationSet></Period></MPD>"),
    "/api/list": ("application/json", '{"page":1,"total_pages":3,"items":[{"url":"/post/1"}]}'),
    "/api/list?page=2": ("application/json", '{"page":2,"total_pages":3,"items":[{"url":"/post/2"}]}'),
    "/api/list?page=3": ("application/json", '{"page":3,"total_pages":3,"items":[{"url":"/post/3"}]}'),
    "/fragment?page=2": ("text/html", "<h2><a href='/post/4'>4</a></h2>"),
    "/month?m=2019-11": page(2, "<a href='/post/5'>5</a>"),
    "/month?m=2019-12": page(3, "<a href='/post/6'>6</a>"),
    "/old/lib.js": ("text/javascript", "1"),
}
for number in range(7):
    PAGES["/post/%d" % number] = page(10 + number, "")
for number in range(16):
    PAGES["/old/%d/" % number] = page(30 + number, OLD)
for number in range(6):
    PAGES["/own/%d/" % number] = page(70 + number, "<script>x = './own.png'</script>")
for number, path in enumerate(["/frame", "/go/one.html", "/opened", "/called.html"]):
    PAGES[path] = page(50 + number, "")
PICTURES = ["parts.test" + path for path in ("/blank.gif", "/img/relative.png", "/media/no-extension", "/u/json.png", "/u/variable.png",
                                             "/u/set1", "/u/set2", "/js/consent.js", "/js/chunk.js", "/img/of-page.png",
                                             "/u/back-tick.png", "/u/joined.png", "/u/now.json?t=", "/sheet.css", "/video/low/key",
                                             "/video/low/1.ts", "/video/low/2.ts")]
PICTURES += ["parts.test/own/%d/own.png" % number for number in range(6)]
PICTURES += ["pics.test/a.png", "pics.test/1.m4s", "pics.test/2.m4s"]
WANTED = PICTURES + [("pics.test" if path == "/dash.mpd" else "parts.test") + path for path in PAGES]
NEVER = ["parts.test" + path for path in ("/never1.png", "/never2.png", "/1.2/3", "/Node.js", "/image/png", "/js/Node.js", "/api/send",
                                          "/search?c=1", "/gone/more.png", "/gone/gone/more.png", "/never/img/relative.png")]
NEVER += ["else.test/never3.png"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host = self.headers.get("Host", "").split(":")[0]
        kind, body = "text/html", "<title>404</title><img src='more.png'>" + OLD # of an error page
        status = 404
        if self.path == "/robots.txt":
            kind, body, status = "text/plain", "User-agent: *\nDisallow:\n", 200
        elif host + self.path in WANTED and self.path in PAGES:
            kind, body = PAGES[self.path]
            status = 200
        elif host + self.path in PICTURES:
            kind, body, status = "image/png", "\x89PNG " + host + self.path, 200
        body = body.encode("latin-1")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        with self.server.lock, open(self.server.log, "a") as file:
            file.write("%s %s %d\n" % (host, self.path, status))

    def log_message(self, *arguments):
        pass


def main():
    parser = local_server.parser()
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer((arguments.address, arguments.port), Handler)
    server.log, server.lock = arguments.log, threading.Lock()
    open(arguments.log, "w").close()
    with open(arguments.facts + ".tmp", "w") as file:
        json.dump({"wanted": WANTED, "never": NEVER}, file)
    os.rename(arguments.facts + ".tmp", arguments.facts)
    server.serve_forever()


main()
