#!/usr/bin/env python3
"""Compares pages of a live site with what `warccap serve` shows, in a real Chromium.

    shown.py ADDRESS SERVER PAGE...        ADDRESS has the live hosts; SERVER is http://localhost:PORT/

Text, images, style sheets and failed requests are compared page by page.  Then links are clicked.  Meanwhile the names of the
site's hosts (*.test) lead to a trap, where no connection may arrive.
"""
import socket
import sys
import threading
import urllib.parse

from chromium import Chromium

STATE = '''({
  text: document.body.innerText,
  images: [...document.images].map(i => i.naturalWidth + "x" + i.naturalHeight),
  sheets: [...document.styleSheets].map(s => { try { return s.cssRules.length } catch (e) { return "opaque" } }),
  colour: getComputedStyle(document.body).backgroundColor, mode: document.compatMode, encoding: document.characterSet})'''
failures = []


def check(claim, good, seen=None):
    print(('ok: ' if good else 'FAILED: ') + claim)
    if not good:
        failures.append(claim)
        print('  seen:', seen)


class Trap:
    """Counts the connections to it."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port, self.caught = self.socket.getsockname()[1], []
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, where = self.socket.accept()
            self.caught.append(where)
            connection.close()


def archived(url, server, date=''):
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname + ('.port-%d' % parts.port if parts.port else '') + ('.' + date if date else '')
    return 'http://%s.localhost:%d%s' % (host, urllib.parse.urlsplit(server).port, url.split('/', 3)[3:] and '/' + url.split('/', 3)[3])


def missing(page):
    """What the page asked for and did not get; not what tells nothing of the archive."""
    return {request.url.split('#')[0] for request in page.requests if request.failed or request.status >= 400}


def main():
    address, server, pages = sys.argv[1], sys.argv[2], sys.argv[3:]
    trap = Trap()
    with Chromium(['--host-resolver-rules=MAP * ' + address]) as live, \
            Chromium(['--host-resolver-rules=MAP *.test 127.0.0.1:%d, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost' % trap.port]) as player:
        for url in pages:
            original, shown = live.open(url), player.open(archived(url, server))
            want, got = original.evaluate(STATE), shown.evaluate(STATE)
            lost = missing(shown) - missing(original)
            check('%s: nothing is missing' % url, not lost and shown.requests, lost)
            for part in want:
                check('%s: the same %s' % (url, part), want[part] == got[part], (str(want[part])[:300], str(got[part])[:300]))
            original.close(), shown.close()
        page = player.open(archived(pages[0], server))
        links = page.evaluate('[...new Set([...document.querySelectorAll("a[href]")].filter(a => a.getClientRects().length && '
                              'new URL(a.href).host === new URL(%r).host && !a.href.includes("#")).map(a => a.href))]' % pages[0])
        wanted = [link for link in links if link.rstrip('/') != pages[0].rstrip('/')]
        check('the page has absolute links to click', len(wanted) > 5, links)
        for link in wanted[:2] + wanted[-1:]:
            page.go(archived(pages[0], server))
            page.click('[...document.querySelectorAll("a[href]")].find(a => a.href === %r && a.getClientRects().length)' % link)
            check('a click on %s lands' % link, page.evaluate('location.href').split('#')[0] == archived(link, server).split('#')[0] and
                  page.evaluate('document.body.innerText.length') > 100, page.evaluate('location.href'))
        page.go(archived(pages[0], server, '20300101000000'))
        check('a date in the address stays', page.evaluate('document.body.innerText.length') > 100 and not missing(page), missing(page))
        page.evaluate('new Promise(done => { const f = document.createElement("iframe"); f.onload = done; f.src = %r; document.body.append(f); })' % wanted[0])
        page.settle()
        frame = page.evaluate('document.querySelector("iframe[src]").src')
        check('a frame is shown from the archive, with that date', frame == archived(wanted[0], server, '20300101000000'), frame)
        seen = page.evaluate('fetch("https://nowhere.test/x").then(r => r.text().then(() => r.status), e => String(e))')
        check('what is not archived is missing', seen == 404, seen)
        page.evaluate('void new Image().setAttribute("src", "https://nowhere.test/y"); void navigator.sendBeacon("https://nowhere.test/z");'
                      'try { new WebSocket("wss://nowhere.test/") } catch (e) {}')
        page.settle()
        page.go(archived(pages[0], server))
        page.evaluate('void (location.href = %r)' % wanted[0])
        page.settle()
        check('a script that sets the location lands, too', page.evaluate('location.href') == archived(wanted[0], server),
              page.evaluate('location.href'))
    check('nothing left the archive, not even a connection', not trap.caught, trap.caught[:3])
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
