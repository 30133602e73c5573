#!/usr/bin/env python3
"""Many small sites under one address: every host has a front page with links to a few posts below the same directory.

    many.py --address ADDRESS --port PORT --log LOG --facts FACTS

What a site is like stands in its name:

    hang.test        takes the request for a post and never answers; its front page does come
    drip.test        a post comes octet by octet, for ever
    meet-*.test      the front page comes only when two such hosts have been asked for theirs, else 503 after a minute
    slow-*.test      every answer takes a twentieth of a second
    big.test         its posts are 100,000 octets each
    broken.test      its posts answer 500
    alike.test       forty posts that differ in a number only
    rude-*.test      status lines, fields and links are full of control characters; its last post answers 500

LOG: "METHOD HOST PATH STATUS", written as the request comes in.
"""
import argparse
import http.server
import json
import random
import threading
import time

POSTS = 5
WORDS = 'apple bread candle door engine forest garden harbour island jacket kettle ladder meadow needle orchard paper'.split()
RUDE = '\033]0;owned\a\033[31mred\x9b2J\x08\x7f\u202e'  # a title, a colour, C1, a step back, text from right to left


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    meeting = threading.Condition()
    met = set()
    writing = threading.Lock()

    def note(self, status):
        with self.writing:
            self.log.write('%s %s %s %d\n' % (self.command, self.host, self.path, status))
            self.log.flush()

    def meet(self):
        with self.meeting:
            self.met.add(self.host)
            self.meeting.notify_all()
            return self.meeting.wait_for(lambda: len(self.met) > 1, 60)

    def send(self, status, kind, body):
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def be_rude(self, name):
        status = 500 if name == 'post4' else 302 if name == 'post3' else 200 if not name or name.startswith('post') else 404
        self.note(status)
        links = ''.join('<a href="/post%d">post</a>' % n for n in range(POSTS))
        links += '<a href="/%s">rude</a><a href="http://%s.test/">rude</a><base %s="">' % ((RUDE,) * 3)
        body = links.encode('utf-8')
        head = ['HTTP/1.1 %d %s' % (status, RUDE), 'Content-Type: text/html%s' % ('' if not name else RUDE), 'X-%s: %s' % (RUDE, RUDE),
                'ETag: "%s"' % RUDE, 'Server: %s' % RUDE, 'Content-Length: %d' % len(body)]
        if status == 302:
            head.append('Location: http://%s%s/' % (self.host, RUDE))
        self.wfile.write('\r\n'.join(head + ['', '']).encode('utf-8') + body)

    def do_GET(self):
        self.host = self.headers.get('Host', '').split(':')[0]
        directory, name = self.path.rsplit('/', 1)
        if self.host.startswith('rude-'):
            return self.be_rude(name)
        if self.host.startswith('slow-'):
            time.sleep(0.05)
        if self.path == '/robots.txt' or (name and not name.startswith('post')):
            self.note(404)
            return self.send(404, 'text/plain', b'nothing here')
        if not name:
            status = 503 if self.host.startswith('meet-') and not self.meet() else 200
            self.note(status)
            links = ''.join('<p><a href="%s/post%d">post %d</a></p>' % (directory, n, n) for n in range(40 if self.host == 'alike.test' else POSTS))
            return self.send(status, 'text/html', ('<!doctype html><title>%s</title>%s' % (self.host, links)).encode())
        self.note(500 if self.host == 'broken.test' else 200)
        if self.host == 'hang.test':
            self.connection.recv(1)  # until the client goes away
            self.close_connection = True
        elif self.host == 'drip.test':
            self.drip()
        elif self.host == 'alike.test':
            self.send(200, 'text/html', b'<!doctype html><h1>Post %s</h1>' % name[4:].encode())
        elif self.host == 'broken.test':
            self.send(500, 'text/html', b'<!doctype html><title>broken</title>')
        else:
            # Each has words of its own: pages that are alike but for a number could be one wall.
            own = random.Random(self.path).sample(WORDS, 4)
            text = '<!doctype html><title>%s</title><p>The words of %s%s: %s.</p>' % (name, self.host, self.path, ' '.join(own))
            if self.host == 'big.test':
                text += '<!-- %s -->' % random.Random(self.path).randbytes(50000).hex()
            self.send(200, 'text/html', text.encode())

    def drip(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.end_headers()
        try:
            while True:
                self.wfile.write(b'<p>drop')
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--address', required=True)
    parser.add_argument('--port', type=int, required=True)
    parser.add_argument('--log', required=True)
    parser.add_argument('--facts', required=True)
    options = parser.parse_args()
    assert options.address.startswith('127.')
    Handler.log = open(options.log, 'a')
    server = http.server.ThreadingHTTPServer((options.address, options.port), Handler)
    server.daemon_threads = True
    with open(options.facts, 'w') as facts:
        json.dump({'posts': POSTS}, facts)
    server.serve_forever()


if __name__ == '__main__':
    main()
