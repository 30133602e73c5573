#!/usr/bin/env python3
"""A crowd of servers, each with one bad thing beside good pages.

    crowd.py --address A --port P --log FILE --facts FILE

Each row of the table below is a site KIND.test.  Its front page names /thing and three good pages with a picture each; what /thing
is, and what else is odd about the site, says the row.  --facts: the names of all kinds, one a line, once it listens.  --log: "GET
HOST PATH" when a request comes.
"""
import gzip
import random
import socket
import socketserver
import struct
import time
import zlib

import local_server

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
MEGABYTE = 1 << 20


def whole(body, fields=HTML, status=b"HTTP/1.1 200 OK\r\n"):
    return status + fields + b"Content-Length: %d\r\n\r\n" % len(body) + body


def page(body):
    return whole(b"<!doctype html><title>a page</title>" + body)


def head(fields):
    """A response whose head is what it is about."""
    return OK + HTML + fields + b"Content-Length: 5\r\n\r\nhello"


def status(line, body=b"hello"):
    return line + b"\r\n" + HTML + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(body, fields=b""):
    return OK + HTML + CHUNKED + fields + b"\r\n" + body


def coded(coding, body):
    return whole(body, HTML + b"Content-Encoding: " + coding + b"\r\n")


def redirect(to, code=b"302 Found", fields=b""):
    return b"HTTP/1.1 " + code + b"\r\nLocation: " + to + b"\r\n" + fields + b"Content-Length: 0\r\n\r\n"


BOMB_MEGABYTES = 256
PIECE = b"<p>" + b" " * (MEGABYTE - 3)


def make_bomb():
    """The same compressed piece again and again: a megabyte each."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(BOMB_MEGABYTES):
        crc = zlib.crc32(PIECE, crc)
    return (b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + piece * BOMB_MEGABYTES + b"\x03\0" +
            struct.pack("<II", crc, BOMB_MEGABYTES * MEGABYTE))


BOMB = make_bomb()


def links(addresses):
    return page(b"".join(b'<a href="%s">x</a>' % address for address in addresses))


def count(number, form, between=b""):
    return between.join(form.replace(b"%d", b"%d" % n) for n in range(number))


NOISE = random.Random(14).randbytes(MEGABYTE)
STATUS = {
    "status-000": status(b"HTTP/1.1 000 Zero"), "status-099": status(b"HTTP/1.1 099 Low"), "status-999": status(b"HTTP/1.1 999 High"),
    "status-2000": status(b"HTTP/1.1 2000 Long"), "status-word": status(b"HTTP/1.1 OK"), "status-minus": status(b"HTTP/1.1 -20 Minus"),
    "status-204-body": status(b"HTTP/1.1 204 No Content"), "status-205-body": status(b"HTTP/1.1 205 Reset"),
    "status-304": status(b"HTTP/1.1 304 Not Modified"), "status-206": status(b"HTTP/1.1 206 Partial"),
    "status-101": b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n" + b"\0" * 1000, "status-100-only": b"HTTP/1.1 100 Continue\r\n\r\n",
    "status-line-long": status(b"HTTP/1.1 200 " + b"O" * 700000), "status-nul": status(b"HTTP/1.1 200 O\0K"),
    "version-9": status(b"HTTP/9.9 200 OK"), "version-old": b"<p>hello", "version-icy": status(b"ICY 200 OK"),
    "version-lower": status(b"http/1.1 200 ok"), "blank-first": b"\r\n" * 50 + status(b"HTTP/1.1 200 OK"),
    "mark-first": b"\xef\xbb\xbf" + status(b"HTTP/1.1 200 OK"), "noise": NOISE, "nothing": b"", "half-a-line": b"HTTP/1.",
}
HEADS = {
    "no-colon": head(b"no colon here\r\n"), "colon-first": head(b": value\r\n"), "name-nul": head(b"X-\0: a\r\n"),
    "value-nul": head(b"X-A: a\0b\r\n"), "value-8-bit": head(b"X-A: " + bytes(range(128, 256)) + b"\r\n"),
    "folded": head(b"X-A: a\r\n" + b" b\r\n" * 20000), "fields-40000": head(count(40000, b"X-%d: a\r\n")),
    "field-900k": head(b"X-A: " + b"a" * 900000 + b"\r\n"), "field-2m": head(b"X-A: " + b"a" * 2000000 + b"\r\n"),
    "name-500k": head(b"X" * 500000 + b": a\r\n"), "cr-in-value": head(b"ETag: a\rSet-Cookie: b=c\r\n"),
    "lengths-differ": OK + HTML + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello", "lengths-same": head(b"Content-Length: 5\r\n"),
    "length-minus": OK + HTML + b"Content-Length: -5\r\n\r\nhello", "length-plus": OK + HTML + b"Content-Length: +5\r\n\r\nhello",
    "length-hex": OK + HTML + b"Content-Length: 0x5\r\n\r\nhello", "length-list": OK + HTML + b"Content-Length: 5, 5\r\n\r\nhello",
    "length-2-to-63": OK + HTML + b"Content-Length: 9223372036854775808\r\n\r\nhello",
    "length-2-to-64": OK + HTML + b"Content-Length: 18446744073709551621\r\n\r\nhello", "length-short": OK + HTML + b"Content-Length: 2\r\n\r\nhello",
    "type-100k": OK + b"Content-Type: text/html; charset=" + b"u" * 100000 + b"\r\nContent-Length: 5\r\n\r\nhello",
    "etag-500k": head(b'ETag: "' + b"e" * 500000 + b'"\r\n'), "date-bad": head(b"Last-Modified: yesterday\r\nDate: 99999999999999999999\r\n"),
    "links-20000": head(count(20000, b"Link: </good/1>; rel=next\r\n")), "cookies-5000": head(count(5000, b"Set-Cookie: c%d=v\r\n")),
    "cookie-900k": head(b"Set-Cookie: a=" + b"v" * 900000 + b"\r\n"), "cookie-everywhere": head(b"Set-Cookie: a=b; Domain=test; Path=/\r\n"),
    "refresh-self": head(b"Refresh: 0; url=/thing\r\n"), "alt-svc": head(b'Alt-Svc: h3=":1", h2="elsewhere.test:1"\r\n'),
}
FRAMES = {
    "chunk-2-to-64": chunked(b"10000000000000005\r\nhello\r\n0\r\n\r\n"), "chunk-minus": chunked(b"-5\r\nhello\r\n0\r\n\r\n"),
    "chunk-zeros": chunked(b"0" * 100000 + b"5\r\nhello\r\n0\r\n\r\n"), "chunk-extension": chunked(b"5;" + b"e" * 500000 + b"\r\nhello\r\n0\r\n\r\n"),
    "chunk-0x": chunked(b"0x5\r\nhello\r\n0\r\n\r\n"), "chunk-no-end": chunked(b"5\r\nhello0\r\n\r\n"), "chunk-lf": chunked(b"5\nhello\n0\n\n"),
    "chunk-cut": chunked(b"ffffff\r\nhello"), "chunks-of-one": chunked(b"1\r\nx\r\n" * 100000 + b"0\r\n\r\n"),
    "chunks-twice": chunked(b"5\r\nhello\r\n0\r\n\r\n", CHUNKED), "chunks-and-length": chunked(b"5\r\nhello\r\n0\r\n\r\n", b"Content-Length: 3\r\n"),
    "coding-gzip-chunked": OK + HTML + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "trailers-50000": chunked(b"5\r\nhello\r\n0\r\n" + count(50000, b"X-%d: a\r\n") + b"\r\n"),
    "trailer-length": chunked(b"5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n"), "two-responses": head(b"") + head(b""),
}
BODIES = {
    "bomb-gzip": coded(b"gzip", BOMB), "bomb-twice": coded(b"gzip, gzip", gzip.compress(BOMB)), "bomb-as-gzip-type": whole(BOMB, b"Content-Type: application/gzip\r\n"),
    "gzip-cut": coded(b"gzip", gzip.compress(b"hello" * 1000)[:-12]), "gzip-behind": coded(b"gzip", gzip.compress(b"hello") + NOISE),
    "gzip-members": coded(b"gzip", gzip.compress(b"a") * 20000), "gzip-name": coded(b"gzip", b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + b"n" * MEGABYTE),
    "gzip-not": coded(b"gzip", b"hello"), "deflate-raw": coded(b"deflate", zlib.compress(b"hello")[2:-4]), "br-noise": coded(b"br", NOISE),
    "zstd-noise": coded(b"zstd", b"\x28\xb5\x2f\xfd" + NOISE), "codings-20": coded(b", ".join([b"gzip"] * 20), b"hello"),
    "coding-unknown": coded(b"rot13", b"uryyb"),
}
PAGES = {
    "nested": page(b"<div>" * 400000), "tables": page(b"<table><tr><td>" * 100000), "attributes": page(b"<a " + count(100000, b"a%d=1 ") + b">"),
    "attribute-2m": page(b'<a href="' + b"a" * 2 * MEGABYTE + b'">'), "angles": page(b"<" * MEGABYTE), "comment-open": page(b"<!-- " + b"c" * 2 * MEGABYTE),
    "nuls": page(b"\0" * 2 * MEGABYTE), "utf-16": page(b"\xff\xfe" + "<a href=/good/1>x</a>".encode("utf-16-le")), "entities": page(b"&amp;" * 200000 + b"&" * 200000),
    "base-60k": page(b'<base href="/' + b"b" * 60000 + b'/">' + count(5000, b'<a href="%d">x</a>')), "links-30000": page(count(30000, b'<a href="#%d">x</a>')),
    "data-urls": page(count(20000, b'<img src="data:image/gif;base64,AAAA%d">')), "srcset": page(b'<img srcset="' + count(50000, b"data:,%d 1w, ") + b'">'),
    "address-1m": links([b"/" + b"a" * MEGABYTE]), "dots": links([b"../" * 10000 + b"good/1"]), "percents": links([b"/%" * 1000, b"/%zz", b"/%00", b"/%0d%0aX: y"]),
    "ports": links([b"http://ports.test:0/", b"http://ports.test:99999/", b"http://ports.test:-1/", b"http://ports.test:80:80/"]),
    "hosts-odd": links([b"http://[::1%25lo]/", b"http://0x7f.1/", b"http://2130706433/", b"http://a..b/", b"http://-a-.test/", b"http://xn--a-0ca.test/", b"http:///x", b"http://%00/"]),
    "users": links([b"http://good@bad@users.test/x", b"http://a:b:c@users.test/"]), "schemes": links([b"file:///etc/passwd", b"javascript:" + b"a" * 100000, b"gopher://a/", b"ftp://a/"]),
    "controls": links([b"/\x1b[2J", b"/a\r\nb", b"/\x7f\x85", b"/\xe2\x80\xae"]), "backslashes": links([b"\\\\elsewhere.test\\x", b"/\\/\\/x"]),
    "frames-self": page(b'<iframe src="/thing?' + b'a"></iframe>' * 1000), "refresh-loop": page(b'<meta http-equiv=refresh content="0;url=/thing">'),
    "form-options": page(b"<form><select name=s>" + count(50000, b"<option value=%d>") + b"</select></form>"), "scripts": page(b"<script>" + b"a='" * 300000),
    "json": page(b"<script type=application/json>" + b"[" * 500000), "styles": page(b"<style>" + b"@import url(" * 100000), "style-nested": page(b"<style>" + b"a{" * 300000),
    "pager-vast": links([b"/page/%d" % 10**18, b"/page/%d" % 2**63, b"/page/%d" % 2**64, b"/page/-1"]), "dates": links([b"/%04d/13/45/" % year for year in range(0, 9999, 99)]),
    "next-self": page(b'<link rel=next href="/thing"><a rel=next href="/thing">next</a>'),
}
XML = b"Content-Type: application/xml\r\n"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)) + b"]>"
LISTS = {
    "feed-laughs": whole(LAUGHS + b"<rss><channel><item><link>&a11;</link></item></channel></rss>", XML),
    "feed-entity": whole(b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><item><link>&e;</link></item></channel></rss>', XML),
    "feed-nested": whole(b"<rss><channel>" + b"<item>" * 200000, XML), "feed-doubles": whole(b"<rss><channel>" + b"<item><link>/good/1</link></item>" * 20000 + b"</channel></rss>", XML),
    "sitemap-self": whole(b"<sitemapindex>" + b"<sitemap><loc>http://sitemap-self.test/thing</loc></sitemap>" * 1000 + b"</sitemapindex>", XML),
    "sitemap-bomb": whole(BOMB, b"Content-Type: application/x-gzip\r\n"), "xml-open": whole(b"<" + b"a" * 2 * MEGABYTE, XML),
}
MOVES = {
    "move-self": redirect(b"/thing"), "move-file": redirect(b"file:///etc/passwd"), "move-data": redirect(b"data:text/html,x"), "move-nowhere": redirect(b""),
    "move-900k": redirect(b"/" + b"a" * 900000), "move-cr": redirect(b"/good/1\rSet-Cookie: a=b"), "move-nul": redirect(b"/good/1\0x"),
    "move-twice": redirect(b"/good/1", fields=b"Location: /good/2\r\n"), "move-port-0": redirect(b"http://move-port-0.test:0/"), "move-scheme": redirect(b"//"),
    "move-300": redirect(b"/good/1", b"300 Choices"), "move-399": redirect(b"/good/1", b"399 Odd"),
}
CSS = b"Content-Type: text/css\r\n"
MORE = {
    "preface-h2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", "frames-h2": b"\0\0\x12\4\0\0\0\0\0" + b"\0\3\0\0\0\x80" * 3 + NOISE[:1000],
    "switching-then-page": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + head(b""), "hints-1000": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000 + head(b""),
    "range-lies": status(b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-4/99999999999999999999999"), "te-nul": chunked(b"").replace(b"chunked", b"chu\0nked") + b"5\r\nhello\r\n0\r\n\r\n",
    "te-folded": OK + HTML + b"Transfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "te-space": OK + HTML + b"Transfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "te-between-lengths": OK + HTML + b"Content-Length: 3\r\n" + CHUNKED + b"Content-Length: 9\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "te-gzip-bomb": OK + HTML + b"Transfer-Encoding: gzip, chunked\r\n\r\n%x\r\n" % len(BOMB) + BOMB + b"\r\n0\r\n\r\n", "chunk-digits-64": chunked(b"f" * 64 + b"\r\nhello\r\n0\r\n\r\n"),
    "chunk-extension-2m": chunked(b"5;" + b"e=" * MEGABYTE + b"\r\nhello\r\n0\r\n\r\n"), "chunk-extensions": chunked((b"1;" + b"e" * 200 + b"\r\nx\r\n") * 20000 + b"0\r\n\r\n"),
    "trailer-2m": chunked(b"5\r\nhello\r\n0\r\nX: " + b"a" * 2 * MEGABYTE + b"\r\n\r\n"), "trailer-controls": chunked(b"5\r\nhello\r\n0\r\nX: \x1b[2J\7\r\n\r\n"),
    "length-nul": OK + HTML + b"Content-Length: 5\0\r\n\r\nhello", "length-digits-100": OK + HTML + b"Content-Length: " + b"9" * 100 + b"\r\n\r\nhello", "lengths-1000": head(b"Content-Length: 5\r\n" * 1000),
    "cookie-controls": head(b"Set-Cookie: a=\x1b[2J\7\r\nSet-Cookie: b=c\rX-Evil: y\r\n"), "cookie-dots": head(b"Set-Cookie: a=b; Domain=.\r\nSet-Cookie: c=d; Domain=..\r\n"),
    "cookie-ages": head(b"Set-Cookie: a=b; Max-Age=99999999999999999999; Expires=Fri, 31 Dec 99999 23:59:59 GMT\r\n"), "etag-controls": head(b'ETag: "\x1b[2J\7"\r\nLast-Modified: \x1b]0;x\7\r\n'),
    "lines-cr": b"HTTP/1.1 200 OK\rContent-Type: text/html\rContent-Length: 5\r\rhello", "head-utf-16": head(b"").decode("latin-1").encode("utf-16"), "head-20m": OK + b"X: " + b"a" * 20 * MEGABYTE,
    "bomb-thrice": coded(b"gzip, gzip, gzip", gzip.compress(gzip.compress(BOMB))), "bomb-style": whole(BOMB, CSS + b"Content-Encoding: gzip\r\n"), "bomb-moved": whole(BOMB, b"Location: /good/1\r\nContent-Encoding: gzip\r\n", b"HTTP/1.1 302 Found\r\n"),
    "gzip-empty-members": coded(b"gzip", gzip.compress(b"") * 200000), "codings-1000": coded(b", ".join([b"gzip"] * 1000), b"hello"), "surrogates": page(b"\xff\xfe" + b"\0\xd8" * 500000), "escapes-2022": whole(b"\x1b$B\x1b(B" * 200000, b"Content-Type: text/html; charset=iso-2022-jp\r\n"),
    "attributes-1m": page(b"<a " + count(1000000, b"a%d ") + b">"), "base-65k": page(b'<base href="/' + b"b" * 65000 + b'/">' + count(20000, b'<a href="%d">x</a>')), "inputs-100000": page(b"<form action=/f>" + count(100000, b"<input name=a%d value=b>") + b"</form>"),
    "list-of-itself": whole(b"#EXTM3U\n" + b"/thing\n" * 100000, b"Content-Type: application/vnd.apple.mpegurl\r\n"), "template-wide": whole(b'<MPD><Period><AdaptationSet><SegmentTemplate media="s$Number%0999999999d$.m4s" duration="1"/><Representation id="a"/></AdaptationSet></Period></MPD>', b"Content-Type: application/dash+xml\r\n"),
    "move-metadata": redirect(b"http://169.254.169.254/latest/"), "move-decimal": redirect(b"http://2130706441/"), "move-percents": redirect(b"http://%31%32%37.0.0.9/"), "move-body": whole(b"<a href=/good/1>" * 500000, b"Location: /good/1\r\n", b"HTTP/1.1 302 Found\r\n"),
    "names-odd": links([b"http://" + b"a" * 64 + b".test/", b"http://" + b"a." * 130 + b"test/", b"http://xn--/", b"http://.../", b"http://a.test:0x50/", b"http://[v1.x]/", b"http://256.1.1.1/", b"http://a%00b.test/"]),
}
TABLE = {**STATUS, **HEADS, **FRAMES, **BODIES, **PAGES, **LISTS, **MOVES, **MORE}
# What more than bytes decides: HOST PATH -> the response, or None for a connection that is dealt with.
DEEDS = {}


def deed(function):
    DEEDS[function.__name__.replace("_", "-")] = function
    return function


@deed
def resets(connection, host, path):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@deed
def half_then_resets(connection, host, path):
    connection.sendall(OK + HTML + b"Content-Length: 100\r\n\r\nhello")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@deed
def silent(connection, host, path):
    time.sleep(8)


@deed
def head_by_octets(connection, host, path):
    for octet in OK + HTML * 10:
        connection.sendall(bytes([octet]))
        time.sleep(0.05)


@deed
def body_by_octets(connection, host, path):
    connection.sendall(OK + HTML + b"\r\n")
    for _ in range(200):
        connection.sendall(b"x")
        time.sleep(0.05)


@deed
def stays_open(connection, host, path):
    connection.sendall(OK + HTML + b"\r\nhello")
    time.sleep(8)


@deed
def continues(connection, host, path):
    for _ in range(3000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\nX-A: a\r\n\r\n" * 10)


@deed
def trailers_endless(connection, host, path):
    connection.sendall(chunked(b"5\r\nhello\r\n0\r\n"))
    for _ in range(300):
        connection.sendall(b"X-Trailer: more\r\n" * 4000)


@deed
def chain(connection, host, path):
    number = int(path.partition("?")[2] or 0)
    connection.sendall(redirect(b"/thing?%d" % (number + 1)))


@deed
def chain_of_hosts(connection, host, path):
    number = int(host.split(".")[0][1:]) if host[0] == "h" and host[1].isdigit() else 0
    connection.sendall(redirect(b"http://h%d.chain-of-hosts.test/thing" % (number + 1)))


@deed
def grows(connection, host, path):
    """Each page names three deeper ones."""
    connection.sendall(links([path.encode() + b"/%d" % n for n in range(3)]) if path.count("/") < 40 else page(b""))


@deed
def tree_of_frames(connection, host, path):
    connection.sendall(page(b"".join(b'<iframe src="%s%d/"></iframe>' % (path.encode(), n) for n in range(3))))


@deed
def half_closes(connection, host, path):
    connection.sendall(OK + HTML + b"Content-Length: 50\r\n\r\nhello")
    connection.shutdown(socket.SHUT_WR)
    time.sleep(4)


@deed
def poisons(connection, host, path):
    """More responses than requests on one connection."""
    connection.sendall(head(b"") + page(b"poison") * 2)
    while connection.recv(65536):
        connection.sendall(page(b"poison"))


@deed
def floods(connection, host, path):
    connection.sendall(head(b""))
    for _ in range(200):
        connection.sendall(NOISE)


@deed
def feed_forever(connection, host, path):
    number = int(path.partition("?page=")[2] or 0)
    connection.sendall(whole(b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="http://feed-forever.test/thing?page=%d"/>'
                             b'<entry><link href="http://feed-forever.test/good/1"/></entry></feed>' % (number + 1), XML))


@deed
def imports(connection, host, path):
    """Each style sheet imports two more."""
    number = int(path.partition("?")[2] or 0)
    connection.sendall(whole(b"@import '/thing?%d'; @import '/thing?%d';" % (2 * number, 2 * number + 1), CSS) if number else
                       page(b"<link rel=stylesheet href='/thing?1'>"))


@deed
def frames_on_new_hosts(connection, host, path):
    connection.sendall(page(count(20, b'<iframe src="http://w%%d-%d.frames-on-new-hosts.test/thing"></iframe>' % len(host))))


GOOD_PICTURE = whole(b"GIF89a" + b"\0" * 40, b"Content-Type: image/gif\r\n")


def sitemap_index(host, names):
    return whole(b"<sitemapindex>" + b"".join(b"<sitemap><loc>http://%s/thing/%s</loc></sitemap>" % (host.encode(), name) for name in names) +
                 b"</sitemapindex>", b"Content-Type: application/xml\r\n")


@deed
def sitemap_of_sitemaps(connection, host, path):
    """Each names two more."""
    number = int(path.rpartition("/")[2].partition(".")[0]) if path != "/thing" else 0
    connection.sendall(sitemap_index(host, [b"%d.xml" % (2 * number + more) for more in (1, 2)]))


# Pages below 10 MB that need much memory: tests/cli/memory-pages.sh.
HEAVY = {
    "heavy-base": lambda: page(b'<base href="/' + b"b" * 8000 + b'/">' + count(100000, b'<a href="x%dy">x</a>')),
    "heavy-links": lambda: page(count(400000, b"<a href=/x%dy>x</a>")),
    "heavy-pictures": lambda: page(count(300000, b"<img src=/picture/%d.gif>")),
    "heavy-imports": lambda: page(b"<script type=module>" + count(200000, b'import("./m/%d.js");') + b"</script>"),
    "heavy-styles": lambda: page(count(150000, b'<p style="background:url(/s/%d.png)">')),
    "heavy-import-map": lambda: page(b'<script type=importmap>{"imports":{' + count(150000, b'"m%d":"/m/%d.js"', b",") + b"}}</script>"),
    "heavy-sitemap": lambda: whole(b"<urlset>" + count(5000, b"<url><loc>http://heavy-sitemap.test/" + b"s" * 1900 + b"/%d</loc></url>") +
                                   b"</urlset>", b"Content-Type: application/xml\r\n"),
    "heavy-encoding": lambda: whole(count(360000, b"<a href=/x%dy>\xe4\xe4\xe4</a>"), b"Content-Type: text/html; charset=windows-1252\r\n"),
}


def rules(body):
    return lambda: whole(body, b"Content-Type: text/plain\r\n")


# The whole response to /robots.txt; it is 404 elsewhere.
ROBOTS = {
    "robots-10m": rules(b"Disallow: /x\n" * 800000), "robots-rules": rules(b"User-agent: *\n" + count(20000, b"Disallow: /*%d*x\n")),
    "robots-nuls": rules(b"\0" * 100000), "robots-delay": rules(b"User-agent: *\nCrawl-delay: 0.0000001\n"),
    "sitemap-of-sitemaps": rules(b"Sitemap: http://sitemap-of-sitemaps.test/thing\n"),
}


def answer(connection, host, path, kind):
    if path == "/robots.txt":
        rules = ROBOTS.get(kind)
        connection.sendall(rules() if rules else whole(b"", HTML, b"HTTP/1.1 404 Not Found\r\n"))
    elif path == "/" and host == kind + ".test":
        connection.sendall(page(b'<a href="/thing">thing</a><link rel=alternate type="application/rss+xml" href="/thing">' +
                                count(3, b'<a href="/good/%d">good</a>')))
    elif path.startswith("/good/"):
        connection.sendall(GOOD_PICTURE if path.endswith(".gif") else page(b'<p>A good page.<img src="' + path.encode() + b'.gif">'))
    elif kind in DEEDS and path.startswith("/thing"):
        DEEDS[kind](connection, host, path)
    elif path == "/thing" and kind in TABLE:
        connection.sendall(TABLE[kind])
    elif path == "/thing" and kind in HEAVY:
        connection.sendall(HEAVY[kind]())
    else:
        connection.sendall(whole(b"", HTML, b"HTTP/1.1 404 Not Found\r\n"))


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                more = self.request.recv(65536)
                if not more:
                    return
                request += more
            lines = request.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            host = next(line[6:] for line in lines if line.lower().startswith("host: ")).partition(":")[0]
            with open(self.server.log, "a") as file:
                file.write("GET %s %s\n" % (host, path[:100]))
            answer(self.request, host, path, ".".join(host.split(".")[-2:-1]))
        except (OSError, StopIteration, IndexError):
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


def main(without=()):
    parser = local_server.parser()
    arguments = parser.parse_args()
    open(arguments.log, "w").close()
    server = Server((arguments.address, arguments.port), Handler)
    server.log = arguments.log
    with open(arguments.facts, "w") as file:
        file.write("\n".join(kind for kind in dict.fromkeys([*TABLE, *DEEDS, *ROBOTS]) if kind not in without) + "\n")
    server.serve_forever()


if __name__ == "__main__":
    main()
