#!/usr/bin/env python3
"""A second crowd of servers, each with one bad thing beside good pages: other things than crowd.py has, told in the same way.

    throng.py --address A --port P --log FILE --facts FILE [--finite]

--finite: --facts has only those of which a crawl comes to an end by itself.
"""
import base64
import functools
import gzip
import socket
import struct
import sys
import time
import zlib

import crowd
from crowd import CHUNKED, CSS, HTML, LAUGHS, MEGABYTE, NOISE, OK, XML, chunked, coded, count, head, links, page, redirect, rules, status, whole

GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"


@functools.cache
def zeros(megabytes):
    return gzip.compress(b"<p> " * (megabytes << 18), 6)


def zstd_bomb(blocks):
    """Each block of four bytes stands for 128 KB."""
    return b"\x28\xb5\x2f\xfd\0\x58" + b"".join(
        ((128 << 10) << 3 | 1 << 1 | (n == blocks - 1)).to_bytes(3, "little") + b" " for n in range(blocks))


# 256 MB of "<p> ".
BROTLI_BOMB = base64.b64decode("z///f/ilQXh84MRpAYDt/b8H////4ZcAiMMCAN37f/7//8MvARCHBQC69//8//+HXwIgDgsAdO//+f//D78EQBwWAOje//P//x9+"
                               "CYA4LADQvf/n//8//BIAcVgAoHv/z///f/glAOKwAED3/p/////wSwDEYQGA7v0/////4ZcAiMMCAN37f/7//8MvARCHBQC69//8"
                               "//+HXwIgDgsAdO//+f//D78EQBwWAOje//P//x9+CYA4LADQvf/n//8//BIAcVgAoHv/n/////glAOKwAED3/h8=")
CRC_WRONG = gzip.compress(b"hello" * 100)[:-8] + b"\0" * 8


def typed(media_type, body=b"<a href=/good/1>hello</a>"):
    return whole(body, b"Content-Type: " + media_type + b"\r\n")


def charset(name, body=b"<a href=/good/1>hello</a>"):
    return typed(b"text/html; charset=" + name, body)


def later(value, line=b"HTTP/1.1 503 Service Unavailable"):
    return whole(b"later", HTML + b"Retry-After: " + value + b"\r\n", line + b"\r\n")


HEADS = {
    "line-300k": head(b"X-A: " + b"a" * 300000 + b"\r\n"), "cookies-10000-big": head(count(10000, b"Set-Cookie: c%d=" + b"v" * 90 + b"\r\n")),
    "cookies-foreign": head(b"".join(b"Set-Cookie: a%d=b; Domain=%s\r\n" % row for row in enumerate(
        [b"test", b".test", b"com", b"co.uk", b"elsewhere.test", b"127.0.0.1", b"[::1]", b"thing", b"xn--", b"a" * 300, b"\xc3\xa4.test"]))),
    "cookies-prefixes": head(b"Set-Cookie: __Host-a=b; Domain=test\r\nSet-Cookie: __Secure-a=b\r\nSet-Cookie: =__Host-a=b\r\nSet-Cookie: ;\r\nSet-Cookie:\r\n"),
    "cookie-names": head(b"Set-Cookie: " + b"n" * 100000 + b"=v\r\nSet-Cookie: a;=b\r\nSet-Cookie: \x00=b\r\nSet-Cookie: a=b; Path=" + b"/p" * 50000 + b"\r\n"),
    "cookie-dates": head(b"".join(b"Set-Cookie: d%d=v; Expires=%s\r\n" % row for row in enumerate(
        [b"Thu, 01 Jan 1970 00:00:00 GMT", b"Thu, 99 Foo 999999999999 99:99:99 GMT", b"-1", b"0", b"\x1b[2J", b"Mon, 31 Dec 9999 23:59:59 GMT"]))),
    "link-1m": head(b"Link: <" + b"l" * MEGABYTE + b">; rel=next\r\n"), "link-open": head(b"Link: " + b"<" * 300000 + b"\r\n"),
    "link-parameters": head(b"Link: </good/1>" + b'; rel="' * 50000 + b"\r\n"), "etag-1m": head(b'ETag: "' + b"e" * (MEGABYTE - 4000) + b'"\r\n'),
    "modified-9999": head(b"Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT\r\n"), "modified-year-0": head(b"Last-Modified: Sat, 01 Jan 0000 00:00:00 GMT\r\n"),
    "modified-minus": head(b"Last-Modified: Thu, 01 Jan -5 00:00:00 GMT\r\n"), "modified-100": head(b"Last-Modified: Mon, 30 Nov 2020 10:00:00 GMT\r\n" * 100),
    "date-minus": head(b"Date: -1\r\nAge: -99999999999999999999\r\nExpires: 0\r\n"), "age-vast": head(b"Age: 99999999999999999999999\r\nCache-Control: max-age=-1, max-age=99999999999999999999, no-store=\x1b\r\n"),
    "hsts-vast": head(b"Strict-Transport-Security: max-age=99999999999999999999; includeSubDomains; preload\r\n"),
    "alt-svc-ports": head(b'Alt-Svc: h2="127.0.0.9:25"; ma=99999999999, h3=":65536", clear, ' + b'h3=":1", ' * 20000 + b"\r\n"),
    "refresh-vast": head(b"Refresh: 99999999999999999999; url=/good/1\r\n"), "refresh-script": head(b"Refresh: 0;url=javascript:alert(1)\r\nRefresh: ;;;;url='\r\n"),
    "content-location": head(b"Content-Location: http://127.0.0.9:25/\r\nContent-Location: " + b"../" * 20000 + b"\r\n"),
    "disposition": head(b'Content-Disposition: attachment; filename="../../../etc/passwd\0.txt"; filename*=UTF-8\'\'..%2f..%2f' + b"a" * 100000 + b"\r\n"),
    "connection-odd": head(b"Connection: keep-alive, close, X-A, " + b"x," * 20000 + b"\r\nKeep-Alive: timeout=-1, max=99999999999999999999\r\n"),
    "upgrade-everything": head(b"Upgrade: h2c, websocket, TLS/1.3, \x1b\r\nConnection: upgrade\r\n"),
    "robots-tags": head(count(20000, b"X-Robots-Tag: b%d: noindex\r\n")), "robots-tag-dates": head(b"X-Robots-Tag: unavailable_after: 99 Foo 99999\r\nX-Robots-Tag: " + b"noindex," * 50000 + b"\r\n"),
    "clear-site": head(b'Clear-Site-Data: "*"\r\nSourceMap: file:///etc/passwd\r\nPublic-Key-Pins: \x1b\r\nReport-To: {"a":' + b"[" * 50000 + b"\r\n"),
    "folds-nothing": head(b"X-A:\r\n" + b" \r\n" * 20000), "names-alike": head(b"CONTENT-TYPE: a/b\r\ncontent-type: text/plain\r\nContent_Type: c/d\r\n" * 500),
    "head-of-nothing": b"HTTP/1.1 200 OK\r\n" + b":\r\n" * 50000 + b"\r\nhello", "vary-vast": head(b"Vary: " + b"*, " * 100000 + b"\r\nTrailer: " + b"Host," * 20000 + b"\r\n"),
}
STATUS = {
    "retry-minus": later(b"-5"), "retry-1970": later(b"Thu, 01 Jan 1970 00:00:00 GMT"), "retry-words": later(b"soon \x1b[2J"), "retry-moved": later(b"1000000000", b"HTTP/1.1 200 OK"),
    "status-206-whole": whole(b"hello", HTML + b"Content-Range: bytes 0-4/5\r\n", b"HTTP/1.1 206 Partial Content\r\n"),
    "status-206-parts": whole(b"--x\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n" * 5000, b"Content-Type: multipart/byteranges; boundary=x\r\n", b"HTTP/1.1 206 Partial Content\r\n"),
    "range-backwards": head(b"Content-Range: bytes 9-2/-1\r\n"), "status-416": status(b"HTTP/1.1 416 Range Not Satisfiable"), "status-425": status(b"HTTP/1.1 425 Too Early"),
    "status-305": b"HTTP/1.1 305 Use Proxy\r\nLocation: http://127.0.0.9:3128/\r\nContent-Length: 0\r\n\r\n", "status-306": status(b"HTTP/1.1 306 Switch Proxy"),
    "status-401": whole(b"", HTML + b"WWW-Authenticate: " + b"Basic realm=\x1b, " * 10000 + b"\r\n", b"HTTP/1.1 401 No\r\n"), "status-407": whole(b"", HTML + b"Proxy-Authenticate: Negotiate\r\n", b"HTTP/1.1 407 No\r\n"),
    "status-402": status(b"HTTP/1.1 402 Pay"), "status-418": status(b"HTTP/1.1 418 Teapot"), "status-511": status(b"HTTP/1.1 511 Log In"), "status-199": b"HTTP/1.1 199 Hm\r\n\r\n" * 100 + head(b""),
    "hints-then-close": b"HTTP/1.1 103 Early Hints\r\nLink: </good/1>; rel=preload\r\n\r\n", "hints-vast": b"HTTP/1.1 103 Early Hints\r\nLink: <" + b"l" * 900000 + b">\r\n\r\n" + head(b""),
    "status-digits": status(b"HTTP/1.1 " + b"2" * 100000 + b" OK"), "status-line-open": b"HTTP/1.1 200 " + b"O" * 5 * MEGABYTE, "version-digits": status(b"HTTP/99999999999999999999.1 200 OK"),
}
OTHERS = {
    "tls-alert": b"\x15\x03\x01\0\2\2\x28", "tls-hello": b"\x16\x03\x03\0\x7a\2\0\0\x76" + NOISE[:118], "banner-ssh": b"SSH-2.0-OpenSSH_9.9\r\n", "banner-smtp": b"220 mail ESMTP\r\n500 what\r\n" * 1000,
    "banner-ftp": b"220-Welcome\r\n" * 20000, "banner-redis": b"-ERR unknown command 'GET'\r\n", "gopher": b"iHello\t\terror.host\t1\r\n.\r\n" * 1000, "lines-empty": b"\r\n" * MEGABYTE,
    "ndjson": b'{"a":1}\n' * 100000, "rtsp": status(b"RTSP/1.0 200 OK"), "shoutcast": b"ICY 200 OK\r\nicy-metaint: 1\r\n\r\n" + NOISE * 3, "length-2-to-62": OK + HTML + b"Content-Length: 4611686018427387904\r\n\r\nhello",
    "chunk-one-then-vast": chunked(b"1\r\nx\r\n7fffffffffffffff\r\nhello"), "chunk-blank": chunked(b"   5  \r\nhello\r\n 0 \r\n\r\n"), "chunk-cr-only": chunked(b"5\rhello\r0\r\r"),
    "chunks-gzip-one": OK + HTML + CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + b"".join(b"1\r\n%c\r\n" % octet for octet in gzip.compress(NOISE[:60000])) + b"0\r\n\r\n",
    "codings-te-100": OK + HTML + b"Transfer-Encoding: " + b"gzip, " * 100 + b"chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "chunks-behind": chunked(b"5\r\nhello\r\n0\r\n\r\n" * 20000),
}
BODIES = {
    "bomb-br": coded(b"br", BROTLI_BOMB), "bomb-br-gzip": coded(b"gzip, br", BROTLI_BOMB), "bomb-zstd": coded(b"zstd", zstd_bomb(16000)), "bomb-deflate-raw": coded(b"deflate", zeros(200)[10:-8]),
    "bomb-deflate": coded(b"deflate", zlib.compress(b"<p> " * (100 << 18))), "bomb-three-ways": coded(b"gzip, deflate, gzip", gzip.compress(zlib.compress(zeros(200)))),
    "bomb-script": whole(zeros(200), b"Content-Type: text/javascript\r\nContent-Encoding: gzip\r\n"), "bomb-picture": whole(zeros(200), b"Content-Type: image/png\r\nContent-Encoding: gzip\r\n"),
    "bomb-svg": whole(zeros(200), b"Content-Type: image/svg+xml\r\nContent-Encoding: gzip\r\n"), "bomb-json": whole(zeros(200), b"Content-Type: application/json\r\nContent-Encoding: gzip\r\n"),
    "bomb-404": whole(zeros(200), HTML + b"Content-Encoding: gzip\r\n", b"HTTP/1.1 404 Not Found\r\n"), "bomb-no-type": whole(zeros(200), b"Content-Encoding: gzip\r\n"),
    "bomb-members": coded(b"gzip", zeros(8) * 40), "zstd-window": coded(b"zstd", b"\x28\xb5\x2f\xfd\0\xf8" + b"\1\0\0"), "zstd-skips": coded(b"zstd", b"\x50\x2a\x4d\x18\0\0\0\0" * 100000),
    "zstd-dictionary": coded(b"zstd", b"\x28\xb5\x2f\xfd\3\0\xff\xff\xff\xff" + NOISE[:100]), "br-window": coded(b"br", b"\x11\xff\xff" + NOISE[:1000]), "gzip-extra": coded(b"gzip", b"\x1f\x8b\x08\x04\0\0\0\0\0\x03\xff\xff" + NOISE),
    "gzip-reserved": coded(b"gzip", b"\x1f\x8b\x08\xff\0\0\0\0\0\x03" + NOISE), "gzip-sum-wrong": coded(b"gzip", CRC_WRONG), "gzip-stored": coded(b"gzip", GZIP_HEAD + b"\0\0\0\xff\xff" * 200000 + b"\1\0\0\xff\xff" + b"\0" * 8),
    "gzip-distance": coded(b"gzip", GZIP_HEAD + b"\x63\x00\x02\x00\xff"), "codings-mixed": coded(b"gzip, identity, GZIP;q=1, x-gzip,, br, zstd, compress", b"hello"),
    "dictionary-br": coded(b"dcb", b"\xff\x44\x43\x42" + NOISE), "exi": coded(b"exi", NOISE),
}
TYPES = {
    "type-picture-html": typed(b"image/png"), "type-html-picture": typed(b"text/html", b"\x89PNG\r\n\x1a\n" + NOISE), "type-html-zip": typed(b"text/html", b"PK\3\4" + NOISE), "type-html-elf": typed(b"text/html", b"\x7fELF" + NOISE),
    "type-100k-name": typed(b"a" * 50000 + b"/" + b"b" * 50000), "type-twice": whole(b"hello", b"Content-Type: text/html\r\nContent-Type: image/png\r\n"), "type-parameters": typed(b"text/html" + b"; charset=utf-16; a=\"" * 5000),
    "type-nul": typed(b"text/html\0; charset=\x1b"), "type-multipart": typed(b"multipart/x-mixed-replace; boundary=" + b"b" * 1000, b"--" + b"b" * 1000 + b"\r\n"), "type-warc": typed(b"application/warc", b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n"),
    "charset-utf-16": charset(b"utf-16", b"<a href=/good/1>x</a>" * 50000), "charset-utf-16-odd": charset(b"utf-16le", b"a" * 99999), "charset-utf-7": charset(b"utf-7", b"+ADw-a href+AD0-/good/1+AD4-" * 5000),
    "charset-hz": charset(b"hz-gb-2312", b"~{<:Ky~" * 50000), "charset-2022-kr": charset(b"iso-2022-kr", b"\x1b$)C\x0e!!" * 50000), "charset-utf-32": charset(b"utf-32", b"\xff\xfe\0\0" + b"<\0\0\0" * 50000),
    "charset-ebcdic": charset(b"cp037", b"L\x81@" * 50000), "charset-gb18030": charset(b"gb18030", b"\x81\x30\x81" * 100000), "charset-big5": charset(b"big5-hkscs", b"\x88\x62\xff" * 100000), "charset-10k": charset(b"c" * 10000),
    "charset-path": charset(b"../../../../etc/passwd"), "charset-overlong": charset(b"utf-8", b"\xc0\xbc\xe0\x80\xbc\xf8\x88\x80\x80\xbc" * 50000), "charset-meta-many": page(b"<meta charset=utf-16><meta charset=iso-2022-jp>" * 20000),
    "charset-marks": page(b"\xff\xfe\xef\xbb\xbf\xfe\xff" * 50000), "charset-2022-cn": charset(b"iso-2022-cn-ext", b"\x1b$)A\x0e\x1bN!" * 50000), "charset-user": charset(b"x-user-defined", bytes(range(256)) * 2000),
}
PAGES = {
    "quotes-open": page(b"<a href='" * 100000), "title-open": page(b"<title>" * 100000), "plaintext": page(b"<plaintext>" * 100000), "cdata": page(b"<svg><![CDATA[" * 100000), "doctype-1m": whole(b"<!DOCTYPE " + b"d" * MEGABYTE + b">"),
    "template-nested": page(b"<template>" * 200000), "select-nested": page(b"<select><option>" * 200000), "noscript-nested": page(b"<noscript><style>" * 100000), "references": page(b"&#x9999999999;&#0;&#xd800;&" + b"a" * 100000 + b";" * 100000),
    "attributes-alike": page(b"<a " + b"href=/good/1 " * 200000 + b">"), "slashes": page(b"<a/" + b"/" * MEGABYTE), "conditional": page(b"<!--[if IE]>" * 100000), "processing": page(b"<?php " * 100000), "bom-mid": page("<a href=/good/\ufeff1>\u0000\u200e</a>".encode() * 20000),
    "base-script": page(b"<base href=javascript:alert(1)><base href=data:,x><base href=//elsewhere.test/><a href=x>x</a>"), "base-port": page(b"<base href=http://127.0.0.9:25/><a href=/x>x</a>"), "base-dots": page(b"<base href=/" + b"a/" * 20000 + b"><a href=" + b"../" * 20000 + b"good/1>x</a>"),
    "dots-coded": links([b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc", b"/..;/..;/x", b"/./././" * 5000, b"/%2e%2e%5c%2e%2e%5cx", b"/....//....//x"]), "query-1m": links([b"/q?" + b"a=b&" * (MEGABYTE // 4)]),
    "fragments-vast": links([b"/good/1#" + b"f" * MEGABYTE]), "names-long": links([b"http://" + b"a" * n + b".test/" for n in (63, 64, 250, 253, 254, 5000, 100000)]), "hosts-homograph": links(["http://\u0430pple.test/".encode(), "http://throng\u3002test/".encode(), "http://\uff27\uff4f.test/".encode(), b"http://xn--99999999999.test/", b"http://xn--" + b"a" * 3000 + b".test/"]),
    "addresses-odd": page(b"".join(b'<img src="http://%s/x.gif">' % name for name in (b"0x7f.1", b"2130706441", b"0177.0.0.9", b"127.9", b"[::ffff:127.0.0.9]", b"[::1]", b"0", b"localhost", b"localhost.", b"169.254.169.254", b"[fe80::1%25eth0]", b"127.0.0.9:6379"))),
    "schemes-more": links([scheme + b"//elsewhere.test/x" for scheme in (b"ws:", b"wss:", b"ftp:", b"gopher:", b"dict:", b"ldap:", b"tftp:", b"smb:", b"view-source:http:", b"blob:http:", b"filesystem:http:", b"jar:http:", b"intent:")]),
    "srcset-1m": page(b'<img srcset="' + b"a" * MEGABYTE + b'"><img srcset="' + b"," * MEGABYTE + b'">'), "srcset-open": page(b'<img srcset="' + b"(" * 500000 + b'">'), "sizes": page(b'<img src=data:, sizes="' + b"calc(" * 200000 + b'">'),
    "style-attribute": page(b'<p style="' + b"background:url(" * 100000 + b'">'), "metas": page(count(100000, b'<meta http-equiv=refresh content="%d">')), "refresh-digits": page(b'<meta http-equiv=refresh content="' + b"9" * MEGABYTE + b';url=/good/1">'),
    "json-ld": page(b'<script type=application/ld+json>' + b'{"@graph":' * 200000 + b"</script>"), "import-map-nested": page(b'<script type=importmap>{"scopes":' + b'{"/":' * 200000 + b"</script>"), "speculation": page(b'<script type=speculationrules>{"prerender":[' + b'{"source":"list","urls":["/good/1"]},' * 20000 + b"]}</script>"),
    "strings-js": whole(b"a=['/good/1'," * 100000, b"Content-Type: text/javascript\r\n"), "regexes-js": whole(b"/[/" * 300000, b"Content-Type: text/javascript\r\n"), "templates-js": whole(b"`${" * 300000, b"Content-Type: text/javascript\r\n"), "source-map": whole(b"//# sourceMappingURL=data:application/json;base64," + b"A" * MEGABYTE, b"Content-Type: text/javascript\r\n"),
    "chunks-js": whole(b"({" + count(100000, b'%d:"c%d",') + b'})[e]+".js"', b"Content-Type: text/javascript\r\n"), "chunks-page": page(b'<script>n.u=e=>"/js/"+{' + count(20000, b'%d:"c%d",') + b'}[e]+".js"</script>'),
    "worker-js": page(b"<script>self.__WB_MANIFEST=[" + count(4000, b'{"revision":"%d","url":"/gone/%d"},') + b"]</script>"), "next-data": page(b'<script id=__NEXT_DATA__ type=application/json>{"props":' + b'{"a":[' * 150000 + b"</script>"),
    "css-escapes": whole(b"a{b:url(\\00002f\\" * 50000, CSS), "css-comments": whole(b"/*" * 500000, CSS), "css-functions": whole(b"image-set(" * 200000, CSS), "css-imports-self": page(b"<style>" + b"@import '/thing';" * 50000 + b"</style>"), "css-charset": whole(b'@charset "' + b"c" * 100000 + b'";', CSS),
    "svg-uses": whole(b"<svg>" + b'<use xlink:href="/thing#a"/>' * 50000 + b"</svg>", b"Content-Type: image/svg+xml\r\n"), "svg-laughs": whole(LAUGHS + b"<svg>&a11;</svg>", b"Content-Type: image/svg+xml\r\n"), "svg-style": whole(b"<?xml-stylesheet href='/thing'?>" * 50000 + b"<svg/>", b"Content-Type: image/svg+xml\r\n"),
    "json-nested": whole(b"[" * MEGABYTE, b"Content-Type: application/json\r\n"), "json-string": whole(b'{"url":"' + b"\\u0000\\ud800" * 100000 + b'"}', b"Content-Type: application/json\r\n"), "json-numbers": whole(b"[" + b"1e999999999," * 100000 + b"0]", b"Content-Type: application/json\r\n"),
    "manifest": whole(b'{"icons":[' + count(20000, b'{"src":"data:,%d"},') + b'{}],"start_url":"http://127.0.0.9:25/"}', b"Content-Type: application/manifest+json\r\n"), "frames-words": page(b"<frameset>" * 100000 + b"<frame src=/thing>"), "iframes-srcdoc": page(b"<iframe srcdoc='" + b"<iframe srcdoc=&quot;" * 50000 + b"'>"),
    "maps": page(b"<map><area href=#a>" * 100000), "objects": page(b"<object data=/thing><embed src=/thing><applet code=/thing>" * 5000), "pings": page(b'<a ping="' + b"http://127.0.0.9:25/ " * 20000 + b'" href=/good/1>x</a>'), "tabs-in-links": links([b"/go\tod/\n1", b"ht\ntp://elsew\there.test/", b" \x01/good/1\x1f "]),
}
LISTS = {
    "sitemap-laughs": whole(LAUGHS + b"<urlset><url><loc>&a11;</loc></url></urlset>", XML), "sitemap-entity": whole(b'<!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.9:25/"> %p;]><urlset><url><loc>http://sitemap-entity.test/&e;</loc></url></urlset>', XML),
    "sitemap-priorities": whole(b"<urlset>" + b"<url><loc>http://sitemap-priorities.test/good/1</loc><priority>1e99</priority><lastmod>99999-99-99</lastmod></url>" * 10000 + b"</urlset>", XML),
    "sitemap-lines": typed(b"text/plain", count(20000, b"http://elsewhere.test/%d\n")), "sitemap-line-open": typed(b"text/plain", b"http://sitemap-line-open.test/" + b"l" * MEGABYTE), "sitemap-bomb-twice": whole(gzip.compress(zeros(200)), b"Content-Type: application/x-gzip\r\nContent-Encoding: gzip\r\n"),
    "feed-bases": whole(b'<feed xmlns="http://www.w3.org/2005/Atom">' + b'<entry xml:base="../"><link href="good/1"/>' * 20000 + b"</feed>", XML), "feed-enclosures": whole(b"<rss><channel><item>" + b'<enclosure url="/good/1" length="-1"/>' * 20000 + b"</item></channel></rss>", XML),
    "feed-cdata": whole(b"<rss><channel><item><description>" + b"<![CDATA[<a href=" * 50000, XML), "feed-json": whole(b'{"version":"https://jsonfeed.org/version/1.1","next_url":"/thing","items":[' + b'{"url":"/good/1","attachments":[' * 20000, b"Content-Type: application/feed+json\r\n"),
    "playlist-vast": whole(b"#EXTM3U\n" + count(100000, b"#EXTINF:-1e99,\ndata:,%d\n"), b"Content-Type: application/vnd.apple.mpegurl\r\n"), "playlist-keys": whole(b"#EXTM3U\n" + b'#EXT-X-KEY:METHOD=AES-128,URI="' * 50000, b"Content-Type: application/vnd.apple.mpegurl\r\n"),
    "template-endless": whole(b'<MPD mediaPresentationDuration="P99999999999Y"><Period><AdaptationSet><SegmentTemplate media="s$Number$.m4s" startNumber="-9223372036854775808" duration="1" timescale="4294967295"/><Representation id="$Number$"/></AdaptationSet></Period></MPD>', b"Content-Type: application/dash+xml\r\n"),
    "timeline-repeats": whole(b'<MPD><Period><AdaptationSet><SegmentTemplate media="s$Time$.m4s"><SegmentTimeline><S t="0" d="1" r="999999999999"/></SegmentTimeline></SegmentTemplate><Representation id="a"/></AdaptationSet></Period></MPD>', b"Content-Type: application/dash+xml\r\n"),
    "opensearch": whole(b'<OpenSearchDescription><Url template="/thing?q={searchTerms}{' + b"startPage?}{" * 50000 + b'"/></OpenSearchDescription>', b"Content-Type: application/opensearchdescription+xml\r\n"), "xsl": whole(b'<?xml version="1.0"?><xsl:stylesheet>' + b"<xsl:import href='/thing'/>" * 50000, b"Content-Type: text/xsl\r\n"),
}
MOVES = {
    "move-" + name: redirect(to) for name, to in {
        "gopher": b"gopher://127.0.0.9/", "ws": b"ws://elsewhere.test/", "ftp": b"ftp://elsewhere.test/", "script": b"javascript:alert(1)", "blank": b"about:blank", "user": b"http://user:pass@move-user.test/good/1", "users": b"http://a@b:c@move-users.test/good/1",
        "port-25": b"http://move-port-25.test:25/", "port-6379": b"http://127.0.0.9:6379/", "port-65536": b"http://move-port-65536.test:65536/", "port-words": b"http://move-port-words.test:a/", "hex": b"http://0x7f.1/", "octal": b"http://0177.0.0.9/", "short": b"http://127.9/",
        "v6": b"http://[::1]/", "v6-mapped": b"http://[::ffff:127.0.0.9]/", "v6-zone": b"http://[fe80::1%25lo]/", "localhost": b"http://localhost/", "localhost-dot": b"http://LOCALHOST./", "zero": b"http://0/", "broadcast": b"http://255.255.255.255/", "nat64": b"http://[64:ff9b::7f00:9]/",
        "homograph": "http://mov\u0435.test/".encode(), "puny": b"http://xn--99999999999999999.test/", "host-300": b"http://" + b"a." * 150 + b"test/", "label-64": b"http://" + b"a" * 64 + b".test/", "crlf": b"/good/1%0d%0aSet-Cookie:%20a=b", "tab": b"/go\tod/1", "backslashes": b"\\\\elsewhere.test\\x",
        "slashes": b"////elsewhere.test/", "one-slash": b"http:/good/1", "no-slash": b"http:elsewhere.test", "dots": b"/../../../good/1", "dots-coded": b"/%2e%2e/%2e%2e/x", "nul-coded": b"/%00", "percent": b"/%", "fragment": b"#" + b"f" * 500000, "query": b"?" + b"q" * 900000, "blanks": b"  /good/1  ", "brackets": b"http://[/", "quoted": b'"/good/1"', "view-source": b"view-source:http://elsewhere.test/"}.items()}
MOVES["move-refresh-loop"] = redirect(b"/thing", fields=b"Refresh: 0; url=/thing\r\n")
MOVES["move-10000"] = b"HTTP/1.1 302 Found\r\n" + b"Location: /good/1\r\n" * 10000 + b"\r\n"

crowd.TABLE = {**HEADS, **STATUS, **OTHERS, **BODIES, **TYPES, **PAGES, **LISTS, **MOVES}
crowd.DEEDS.clear()


@crowd.deed
def slow_head(connection, host, path):
    """A field that grows by an octet now and then: never silent for long."""
    connection.sendall(OK + b"X-A: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.5)


@crowd.deed
def slow_chunks(connection, host, path):
    connection.sendall(OK + HTML + CHUNKED + b"\r\n")
    while True:
        connection.sendall(b"1\r\nx\r\n")
        time.sleep(0.5)


@crowd.deed
def slow_trailer(connection, host, path):
    connection.sendall(chunked(b"5\r\nhello\r\n0\r\nX: "))
    while True:
        connection.sendall(b"t")
        time.sleep(0.5)


@crowd.deed
def slow_gzip(connection, host, path):
    connection.sendall(OK + HTML + b"Content-Encoding: gzip\r\n\r\n" + GZIP_HEAD)
    while True:
        connection.sendall(b"\0\0\0\xff\xff")
        time.sleep(0.5)


@crowd.deed
def slow_hints(connection, host, path):
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nX-A: a\r\n\r\n")
        time.sleep(0.5)


@crowd.deed
def speaks_first(connection, host, path):
    connection.sendall(head(b"") + head(b""))
    connection.close()


@crowd.deed
def hangs_up_half(connection, host, path):
    """It reads no more, but does not say so."""
    connection.sendall(b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + HTML + b"Content-Length: 5\r\n\r\nhello")


@crowd.deed
def sessions(connection, host, path):
    connection.sendall(links([b"/thing?sid=%d%d" % (time.monotonic_ns(), n) for n in range(3)]))


@crowd.deed
def calendar(connection, host, path):
    month = int(path.partition("?m=")[2] or 0)
    connection.sendall(page(b'<a rel=next href="/thing?m=%d">next</a><a href="/thing?m=%d">last</a>' % (month + 1, month - 1)))


@crowd.deed
def repeats(connection, host, path):
    """A relative link that every page has, and any path leads to the page."""
    connection.sendall(links([b"thing/a/b/", b"a/"]))


@crowd.deed
def query_grows(connection, host, path):
    connection.sendall(redirect(path.encode() + (b"&" if "?" in path else b"?") + b"a=b"))


@crowd.deed
def cookie_loop(connection, host, path):
    connection.sendall(redirect(b"/thing", fields=b"Set-Cookie: seen%d=1; Path=/\r\n" % time.monotonic_ns()))


@crowd.deed
def cookie_flood(connection, host, path):
    """Cookies until the other servers of such a host would refuse the request for its length."""
    connection.sendall(head(count(200, b"Set-Cookie: c%d=" + b"v" * 4000 + b"; Path=/\r\n")))


@crowd.deed
def refresh_chain(connection, host, path):
    number = int(path.partition("?")[2] or 0)
    connection.sendall(page(b'<meta http-equiv=refresh content="0;url=/thing?%d">' % (number + 1)))


@crowd.deed
def playlists(connection, host, path):
    """Each names two more."""
    number = int(path.partition("?")[2] or 0)
    connection.sendall(whole(b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n/thing?%d\n/thing?%d\n" % (2 * number + 1, 2 * number + 2), b"Content-Type: application/vnd.apple.mpegurl\r\n"))


@crowd.deed
def frames_circle(connection, host, path):
    number = int(path.partition("?")[2] or 0)
    connection.sendall(page(b'<iframe src="/thing?%d"></iframe>' % ((number + 1) % 7)))


@crowd.deed
def scripts_chain(connection, host, path):
    number = int(path.partition("?")[2] or 0)
    if number:
        connection.sendall(whole(b'import "/thing?%d";import("./thing?%d")' % (number + 1, number + 2), b"Content-Type: text/javascript\r\n"))
    else:
        connection.sendall(page(b'<script type=module src="/thing?1"></script>'))


@crowd.deed
def etag_each_time(connection, host, path):
    connection.sendall(head(b'ETag: "%d"\r\nLast-Modified: %s\r\n' % (time.monotonic_ns(), b"Mon, 30 Nov 2020 10:00:00 GMT")))


@crowd.deed
def wide_hosts(connection, host, path):
    connection.sendall(page(count(300, b'<img src="http://h%d.wide-hosts.test/thing">')))


@crowd.deed
def tiny_segments(connection, host, path):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for octet in page(b"<p>" * 700):
        connection.sendall(bytes([octet]))


@crowd.deed
def resets_after_all(connection, host, path):
    connection.sendall(head(b""))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@crowd.deed
def sitemap_of_the_gone(connection, host, path):
    """An index of thousands of sitemaps, none of which is there."""
    connection.sendall(crowd.sitemap_index(host, [b"%d.xml" % number for number in range(5000)]) if path == "/thing" else whole(b"", HTML, b"HTTP/1.1 404 Not Found\r\n"))


def text(body, *fields):
    return whole(body, b"Content-Type: text/plain\r\n" + b"".join(fields))


def robots(**kinds):
    for name, response in kinds.items():
        crowd.ROBOTS["robots-" + name.replace("_", "-")] = response if callable(response) else lambda response=response: response


crowd.ROBOTS.clear()
crowd.ROBOTS["sitemap-of-the-gone"] = rules(b"Sitemap: http://sitemap-of-the-gone.test/thing\n")
robots(line_vast=text(b"User-agent: *\nDisallow: /x" + b"x" * 30 * MEGABYTE), agents=text(count(100000, b"User-agent: a%d\n") + b"Disallow: /x\n"), sitemaps=text(count(20000, b"Sitemap: http://elsewhere.test/%d.xml\n")),
       delays=text(b"User-agent: *\nCrawl-delay: 1e-99\nCrawl-delay: -5\nCrawl-delay: nan\nCrawl-delay: \x1b\n"), marks=text(b"\xff\xfe" + "User-agent: *\nDisallow: /x\n".encode("utf-16-le")), page=page(b"<a href=/x>x</a>" * 50000),
       gone=whole(b"", HTML, b"HTTP/1.1 410 Gone\r\n"), forbidden=whole(b"", HTML, b"HTTP/1.1 403 Forbidden\r\n"), bomb=text(zeros(100), b"Content-Encoding: gzip\r\n"), file=redirect(b"file:///etc/passwd"), away=redirect(b"http://127.0.0.9:25/robots.txt"),
       wild=text(b"User-agent: *\n" + b"Disallow: /" + b"*a" * 5000 + b"$\n" + b"Disallow: /" + b"*" * 100000 + b"b$\n"), range=text(b"User-agent: *\nDisallow: /x\n", b"Content-Range: bytes 0-1/9\r\n"), percents=text(b"User-agent: *\n" + b"Disallow: /%\nDisallow: /%zz\nDisallow: /%00\n" * 5000),
       picture=whole(NOISE, b"Content-Type: image/png\r\n"), lines=text(b"\r\r\n\n\r" * 100000), colons=text(b":" * MEGABYTE), partial=whole(b"User-agent: *\n", b"Content-Range: bytes 0-14/99\r\n", b"HTTP/1.1 206 Partial Content\r\n"))

# They name more as long as somebody asks, or very many things that are not there.
ENDLESS = {"sessions", "calendar", "repeats", "refresh-chain", "playlists", "scripts-chain", "frames-circle", "wide-hosts", "sitemap-of-the-gone", "robots-sitemaps",
           "chunks-page", "chunks-js", "worker-js", "sitemap-lines"}

if __name__ == "__main__":
    finite = "--finite" in sys.argv
    if finite:
        sys.argv.remove("--finite")
    crowd.main(ENDLESS if finite else set())
