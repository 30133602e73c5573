#!/usr/bin/env python3
"""Answers every address of the real front page with a stand-in of the right type, under its own host names.

    standin.py ADDRESS CERTIFICATE KEY LOG

listens on ADDRESS (loopback only), ports 80 and 443, until SIGTERM.  The front page is the saved file; the seven posts
on it are pages made of its own seven template bodies, with their titles and figures.
"""
import html
import http.server
import os
import re
import ssl
import struct
import sys
import threading
import zlib

FIXTURE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'fixtures', 'sites', 'front-page')
PAGE = open(os.path.join(FIXTURE, 'blogger-front-page.html'), 'rb').read()


def addresses(name):
    return [line.strip() for line in open(os.path.join(FIXTURE, 'urls', name + '.txt')) if line.strip()]


def png(number):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b'tEXt', b'Comment\0stand-in %d' % number) +
            chunk(b'IDAT', zlib.compress(b'\0\x7f')) + chunk(b'IEND', b''))


def posts():
    """Address -> page of the seven posts: title and body as the front page has them."""
    text = PAGE.decode()
    titles = re.findall(r'<h2 class="title" itemprop="name">\s*<a href="([^"]+)"[^>]*>(.*?)</a>', text, re.S)
    bodies = re.findall(r'<script type="text/template">(.*?)</script>', text, re.S)
    assert len(titles) == len(bodies) == 7
    for (url, title), body in zip(titles, bodies):
        yield html.unescape(url), '<!doctype html><meta charset=utf-8><title>%s</title><h1>%s</h1>%s' % (title, title, body)


def answers():
    table = {}
    for name in ('archives', 'labels', 'pager', 'posts-linked-in-bodies', 'requisite-iframes'):
        for url in addresses(name):
            table[url] = ('text/html', b'<!doctype html><title>stand-in</title><p>%s</p>' % html.escape(url).encode())
    for number, url in enumerate(addresses('requisites') + addresses('linked-fullsize-images')):
        if url in table:
            continue
        if 'css' in url or 'fonts.googleapis' in url:
            table[url] = ('text/css', b'/* stand-in %d */' % number)
        elif url.endswith('.js'):
            table[url] = ('text/javascript', b'// stand-in %d' % number)
        else:
            table[url] = ('image/png', png(number))
    for url in addresses('feeds'):
        table[url] = ('application/atom+xml', b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>')
    for url, page in posts():
        table[url] = ('text/html; charset=utf-8', page.encode())
    table['http://ai.googleblog.com/'] = ('text/html; charset=utf-8', PAGE)
    # http and https of one address are one resource.
    return {url.split('://', 1)[1]: answer for url, answer in table.items()}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    table = answers()

    def do_GET(self):
        name = self.headers.get('Host', '') + self.path
        kind, body = self.table.get(name, (None, b'nothing here'))
        if self.path == '/robots.txt':
            kind, body = 'text/plain', b'User-agent: *\nAllow: /\n'
        self.log.write('%d %s\n' % (200 if kind else 404, name))
        self.log.flush()
        self.send_response(200 if kind else 404)
        self.send_header('Content-Type', kind or 'text/plain')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    address, certificate, key, log = sys.argv[1:5]
    assert address.startswith('127.')
    Handler.log = open(log, 'a')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    plain = http.server.ThreadingHTTPServer((address, 80), Handler)
    secure = http.server.ThreadingHTTPServer((address, 443), Handler)
    secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    secure.serve_forever()


if __name__ == '__main__':
    main()
