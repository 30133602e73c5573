#!/usr/bin/env python3
"""What `warccap serve` sends.

    served.py make FILE                    writes a WARC file with the cases below
    served.py runs DIRECTORY               writes summaries of two runs, and one that is none
    served.py lie INDEX                    adds lines to an index that are not true
    served.py check URL [proxy] [player] [runs]             asks the server at http://localhost:PORT/ for each of them
    served.py blog URL MANIFEST            asks for all pages of the fixture blog, on 200 connections at once
    served.py broken URL                   asks the server of a collection whose index lies
"""
import concurrent.futures
import gzip
import hashlib
import http.client
import json
import re
import socket
import sys
import urllib.parse

failures = []
VIDEO = bytes(range(256)) * 20
PAGE = b'<!DOCTYPE html>\n<html><head>\n<title>%s</title></head><body>%s</body></html>\n'
LINE = b'<script src="/-warccap/replay.js"></script>'


def check(claim, good, seen=None):
    print(('ok: ' if good else 'FAILED: ') + claim)
    if not good:
        failures.append(claim)
        print('  seen:', seen)


# ---- the file ----

def record(url, date, head, body=b'', kind='response', more=''):
    block = head.replace('\n', '\r\n').encode() + b'\r\n\r\n' + body if head else body
    fields = ('WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n'
              'WARC-Record-ID: <urn:uuid:%s>\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n' %
              (kind, url, date, hashlib.md5((url + date).encode()).hexdigest(),
               'text/html' if kind == 'resource' else 'application/http; msgtype=response', more, len(block)))
    return gzip.compress(fields.encode() + block + b'\r\n\r\n', 1)


def page(url, year, title, fields='', status='200 OK', content=b'x'):
    return record(url, '%d-01-01T00:00:00Z' % year, 'HTTP/1.1 %s\nContent-Type: text/html; charset=utf-8%s' % (status, fields),
                  PAGE % (title.encode(), content))


def moved(url, year, location, status='301 Moved'):
    return record(url, '%d-01-01T00:00:00Z' % year, 'HTTP/1.1 %s\nLocation: %s' % (status, location))


def make(path):
    packed = gzip.compress(PAGE % (b'packed', b'y' * 5000))
    chunks = b'%x\r\n%s\r\n0\r\n\r\n' % (len(packed), packed)
    records = [
        moved('http://a.test/', 2020, 'https://a.test/'),
        page('https://a.test/', 2020, 'front'),
        page('http://a.test/old', 2019, 'old 2019'), page('http://a.test/old', 2021, 'old 2021'),
        page('http://a.test/gone', 2019, 'was here'), page('http://a.test/gone', 2022, 'not found', status='404 Not Found'),
        page('http://a.test/missing', 2020, 'missing page', status='404 Not Found'),
        page('http://a.test/Case', 2020, 'upper'), page('http://a.test/case', 2020, 'lower'),
        page('http://www.a.test/only-www/', 2020, 'only www'),
        page('http://a.test/?page=2', 2020, 'page 2'),
        page('http://a.test/strict', 2020, 'strict', fields='\nSet-Cookie: a=b\nContent-Security-Policy: default-src \'none\'\n'
             'Strict-Transport-Security: max-age=9\nX-Frame-Options: DENY\nLink: <http://live.test/>; rel=preconnect\nRefresh: 0; url=http://live.test/'),
        moved('http://a.test/there', 2020, 'http://b.test:8443/x?y=z'), moved('http://a.test/near', 2020, '../old', '302 Found'),
        page('http://b.test:8443/x?y=z', 2020, 'other host'),
        record('http://a.test/packed', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip\n'
               'Transfer-Encoding: chunked', chunks),
        record('http://a.test/unknown', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Encoding: exi', b'zzz'),
        record('http://a.test/v.mp4', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: video/mp4', VIDEO),
        record('http://a.test/chunked.mp4', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: video/mp4\nTransfer-Encoding: chunked',
               b'%x\r\n%s\r\n0\r\n\r\n' % (len(VIDEO), VIDEO)),
        record('http://a.test/s.css?ver=1', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/css', b'body{}'),
        record('http://a.test/data?x=1&_=111', '2020-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/plain', b'data'),
        record('http://a.test/empty', '2020-01-01T00:00:00Z', 'HTTP/1.1 204 No Content\nContent-Type: text/html'),
        record('http://a.test/resource', '2020-01-01T00:00:00Z', '', b'<p>a resource', kind='resource'),
        record('http://a.test/old', '2023-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/html', kind='revisit',
               more='WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n'
                    'WARC-Refers-To-Target-URI: http://a.test/old\r\nWARC-Refers-To-Date: 2021-01-01T00:00:00Z\r\n'),
        record('http://a.test/lost', '2023-01-01T00:00:00Z', 'HTTP/1.1 200 OK\nContent-Type: text/html', kind='revisit',
               more='WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n'
                    'WARC-Refers-To-Target-URI: http://a.test/never\r\nWARC-Refers-To-Date: 2021-01-01T00:00:00Z\r\n'),
        page('http://a.test/%3Cb%3E%22&', 2020, '<b>"&'),
    ]
    with open(path, 'wb') as out:
        out.write(b''.join(records))


def runs(path):
    """As runs write them."""
    missing = [{'url': 'http://a.test/locked', 'kind': 'page', 'state': 'refused', 'status': 403, 'reason': 'the site answered 403'},
               {'url': 'http://a.test/<b>', 'kind': 'page', 'state': 'broken', 'status': 500, 'reason': 'the <i>site</i> answered 500'}]
    gaps = [{'list': 'pager', 'state': 'refused', 'url': 'http://a.test/locked', 'reason': 'the site answered 403'},
            {'list': 'feed', 'state': 'waiting', 'url': 'http://a.test/later', 'reason': ''},
            {'list': 'feed', 'state': 'left_out', 'url': 'http://a.test/barred', 'reason': 'robots.txt'}]
    figures = {'kept': 5, 'gone': 0, 'refused': 1, 'broken': 1, 'waiting': 2, 'left_out': 1, 'known_dead': 0}
    kinds = {'page': dict(figures, known=99, gone=77, refused=88)}
    for number, (name, new) in enumerate((('20210101000000', []), ('20220101000000', ['http://a.test/old', 'http://b.test:8443/x?y="z"&<']))):
        run = {'software': 'warccap', 'began': '2022-01-01T00:00:00.000Z', 'ended': '2022-01-01T00:10:00.000Z', 'exit': 4, 'reason': 'finished', 'pages': 7,
               'responses': 9, 'kinds': kinds, 'still_waiting': 2, 'seeds_not_asked': [], 'manifest_sha256': '', 'new': len(new), 'changed': number,
               'refreshed': 0, 'gone': 0, 'moved': 0, 'parts': {'new': 3 * number, 'changed': 0, 'gone': 0, 'moved': 0},
               'changes': {'new': new, 'changed': ['http://a.test/gone'] * number, 'refreshed': [], 'gone': [], 'moved': []},
               'urls': {'pages': dict({'known': 9}, **figures), 'lists': dict({'known': 9}, **figures), 'parts': dict({'known': 9}, **figures)},
               'gaps': gaps, 'gaps_untold': 4, 'shut_out': [{'host': 'b.test', 'served': 12, 'urls': 6, 'response': '403', 'over': False}],
               'not_followed': {'login': 3, 'no-such-rule': 1}, 'limits': [], 'failures': missing, 'failures_untold': 0, 'known_dead': []}
        with open('%s/%s.json' % (path, name), 'w') as out:
            json.dump(run, out)
    with open(path + '/20230101000000.json', 'w') as out:
        out.write('{"new": ')


def lie(path):
    lines = open(path).readlines()
    for name, offset, filename in (('short', 0, 'c.warc.gz'), ('middle', 7, 'c.warc.gz'), ('beyond', 10 ** 12, 'c.warc.gz'), ('minus', -5, 'c.warc.gz'),
                                   ('nofile', 0, 'none.warc.gz'), ('outside', 0, '../../../etc/passwd'), ('absolute', 0, '/etc/passwd'),
                                   ('hidden', 0, '.c.warc.gz'), ('other-kind', 0, 'passwd')):
        lines.append('test,a)/%s 20200101000000 {"url": "http://a.test/%s", "mime": "text/html", "status": "200", "length": "9", '
                     '"offset": "%d", "filename": "%s"}\n' % (name, name, offset, filename))
    lines += ['test,a)/old 2020\n', 'test,a)/old 20200101000000 {"url": \n', 'test,a)/old 99999999999999 {}\n', '\n', 'test,a)/zz\n']
    with open(path, 'w') as out:
        out.writelines(sorted(lines))


# ---- asking ----

class Server:
    def __init__(self, url):
        self.port = urllib.parse.urlsplit(url).port

    def ask(self, host, target='/', method='GET', **fields):
        """The status, the fields and the body."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader('Host', host if ':' in host or not host else '%s:%d' % (host, self.port))
        for name, value in fields.items():
            connection.putheader(name.replace('_', '-'), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def raw(self, request):
        """What comes back first for these bytes."""
        with socket.create_connection(('127.0.0.1', self.port), 60) as connection:
            connection.sendall(request)
            return connection.recv(65536)

    def junk(self, request):
        """Sends these bytes, and goes away."""
        with socket.create_connection(('127.0.0.1', self.port), 60) as connection:
            connection.sendall(request)


def title(body):
    found = re.search(rb'<title>(.*?)</title>', body, re.S)
    return found and found.group(1).decode()


def check_pages(server):
    archived = 'a.test.localhost'
    status, fields, body = server.ask(archived)
    check('a redirect from http to https is not followed in a circle', (status, title(body)) == (200, 'front'), (status, body))
    check('a page has one line more, and is else as it was', body.replace(LINE, b'') == PAGE % (b'front', b'x') and LINE in body, body)
    check('it says when it was captured', fields['Memento-Datetime'] == 'Wed, 01 Jan 2020 00:00:00 GMT', fields)
    check('the newest capture is shown', title(server.ask(archived, '/old')[2]) == 'old 2021')
    status, fields, body = server.ask('a.test.20190601000000.localhost', '/old')
    check('with a date in the name, the nearest one', title(body) == 'old 2019', body)
    check('a revisit shows what it refers to', title(server.ask('a.test.20230101000000.localhost', '/old')[2]) == 'old 2021')
    check('a page that was there comes before its 404', title(server.ask(archived, '/gone')[2]) == 'was here')
    check('a 404 that the site sent is a 404 here', (lambda a: (a[0], title(a[2])))(server.ask(archived, '/missing')) == (404, 'missing page'))
    check('upper and lower case are two pages', [title(server.ask(archived, p)[2]) for p in ('/Case', '/case')] == ['upper', 'lower'])
    status, fields, body = server.ask(archived, '/only-www/')
    check('what another name of the host has is shown there', (status, fields['Location']) ==
          (302, 'http://www.a.test.localhost:%d/only-www/' % server.port), (status, str(fields)))
    check('another page of a list never stands for a missing one', server.ask(archived, '/?page=9')[0] == 404)
    check('the query counts', title(server.ask(archived, '/?page=2')[2]) == 'page 2')
    check('a style sheet is found with another version', server.ask(archived, '/s.css?ver=7')[2] == b'body{}')
    check('and without', server.ask(archived, '/s.css')[2] == b'body{}')
    check('data are found by what is no token', server.ask(archived, '/data?x=1&_=999')[2] == b'data')
    check('and by nothing else', server.ask(archived, '/data?x=2&_=111')[0] == 404)
    status, fields, body = server.ask(archived, '/packed')
    check('codings and framing are taken off', title(body) == 'packed' and body.endswith(b'y</body></html>\n') and not fields['Content-Encoding'], str(fields))
    status, fields, body = server.ask(archived, '/unknown')
    check('a coding that is not known is left to the browser', (fields['Content-Encoding'], body) == ('exi', b'zzz'), str(fields))
    check('a resource record is shown', server.ask(archived, '/resource')[2] == LINE + b'<p>a resource')
    status, fields, body = server.ask(archived, '/empty')
    check('204 has no body', (status, body) == (204, b''), status)
    status, fields, body = server.ask(archived, '/lost')
    check('a revisit of nothing says so', status == 502 and b'revisit' in body, (status, body))
    status, fields, body = server.ask(archived, '/none')
    check('what is not there says so', status == 404 and b'http://a.test/none' in body and not fields['Memento-Datetime'], body)
    status, fields, body = server.ask(archived, '/%3Cscript%3Ealert(1)%3C/script%3E')
    check('and nothing of its URL becomes a tag', status == 404 and b'<script>' not in body, body)


def check_fields(server):
    archived, port = 'a.test.localhost', server.port
    status, fields, body = server.ask(archived, '/strict')
    check('cookies, policies and links of the site are not passed on',
          not any(fields[name] for name in ('Set-Cookie', 'Strict-Transport-Security', 'X-Frame-Options', 'Refresh')) and 'live' not in fields['Link'], str(fields))
    check('but told', fields['X-Archive-Orig-X-Frame-Options'] == 'DENY', str(fields))
    policy = fields.get_all('Content-Security-Policy')
    check('one policy holds, which names archived hosts only', len(policy) == 1 and 'http://*.localhost:%d' % port in policy[0] and
          not re.search(r'\bhttps?:(?!//)', policy[0]), policy)
    status, fields, body = server.ask(archived, '/strict', Warccap_Worker='1')
    check('frames and forms lead to archived hosts even with a worker', not re.search(r'(frame-src|form-action|object-src)[^;]*https?:(?!//)',
          fields['Content-Security-Policy']), fields['Content-Security-Policy'])
    status, fields, body = server.ask(archived, '/strict', Sec_Fetch_Mode='navigate')
    check('the first page of a host starts the worker', b'start.js' in body and title(body) != 'strict', body)
    status, fields, body = server.ask(archived, '/strict', Sec_Fetch_Mode='navigate', Cookie='warccap-plain=1')
    check('a browser without workers sees the page at once', title(body) == 'strict', body)
    status, fields, body = server.ask(archived, '/strict', Sec_Fetch_Mode='cors')
    check('a part has no line', LINE not in body and title(body) == 'strict', body)
    for target, location in (('/there', 'http://b.test.port-8443.localhost:%d/x?y=z' % port), ('/near', 'http://a.test.localhost:%d/old' % port)):
        status, fields, body = server.ask(archived, target)
        check('%s leads to an archived host' % target, status in (301, 302) and fields['Location'] == location, str(fields))
    check('with a date it keeps it', server.ask('a.test.20190101000000.localhost', '/there')[1]['Location'] ==
          'http://b.test.port-8443.20190101000000.localhost:%d/x?y=z' % port)
    check('a host with a port is found', title(server.ask('b.test.port-8443.localhost', '/x?y=z')[2]) == 'other host')
    for origin, allowed in (('http://b.test.localhost:%d' % port, True), ('http://live.test', False), ('http://localhost:%d' % port, False), ('null', False)):
        seen = server.ask(archived, '/s.css?ver=1', Origin=origin)[1]['Access-Control-Allow-Origin']
        check('%s may%s read it' % (origin, '' if allowed else ' not'), seen == (origin if allowed else None), seen)


def check_worker(server):
    archived, port = 'a.test.localhost', server.port
    for name in ('worker.js', 'start.js', 'replay.js'):
        status, fields, body = server.ask(archived, '/-warccap/' + name)
        check(name + ' is there', status == 200 and fields['Content-Type'].startswith('text/javascript') and body, status)
    check('other names are not', server.ask(archived, '/-warccap/other.js')[0] == 404)
    status, fields, body = server.ask(archived, '/-warccap/get/http://b.test:8443/x?y=z', Sec_Fetch_Mode='cors')
    check('the worker gets what other hosts have, as it was', (status, title(body)) == (200, 'other host') and LINE not in body, body)
    check('which is never a page of this host', 'sandbox' in fields['Content-Security-Policy'], str(fields))
    status, fields, body = server.ask(archived, '/-warccap/get/http://a.test/there', Sec_Fetch_Mode='cors')
    check('redirects stay with the worker', fields['Location'] == '/-warccap/get/http://b.test:8443/x?y=z', str(fields))
    status, fields, body = server.ask(archived, '/-warccap/get/http://b.test:8443/x?y=z', Sec_Fetch_Mode='navigate')
    check('a page of another host is sent there', fields['Location'] == 'http://b.test.port-8443.localhost:%d/x?y=z' % port, str(fields))
    for url in ('javascript:1', 'file:///etc/passwd', '', '/x', 'ftp://a.test/'):
        check('%r is no URL to get' % url, server.ask(archived, '/-warccap/get/' + url)[0] == 400)
    status, fields, body = server.ask(archived, '/v.mp4', Service_Worker='script')
    check('a worker of the site is refused', status == 403, status)


def check_ranges(server):
    archived, size = 'a.test.localhost', len(VIDEO)
    for target in ('/v.mp4', '/chunked.mp4'):
        for asked, first, last in (('0-0', 0, 0), ('10-99', 10, 99), ('5000-', 5000, size - 1), ('-7', size - 7, size - 1), ('0-999999', 0, size - 1)):
            status, fields, body = server.ask(archived, target, Range='bytes=' + asked)
            check('%s: bytes %s' % (target, asked), (status, fields['Content-Range'], body) ==
                  (206, 'bytes %d-%d/%d' % (first, last, size), VIDEO[first:last + 1]), (status, str(fields), len(body)))
        status, fields, body = server.ask(archived, target, Range='bytes=99999-')
        check('%s: beyond the end' % target, (status, fields['Content-Range'], body) == (416, 'bytes */%d' % size, b''), (status, str(fields)))
        for asked in ('bytes=9-1', 'bytes=a', 'bytes=0-1,5-6', 'lines=1-2', '-', 'bytes=-'):
            status, fields, body = server.ask(archived, target, Range=asked)
            check('%s: %s is the whole' % (target, asked), (status, body) == (200, VIDEO), status)
    check('a page is always whole', server.ask(archived, '/old', Range='bytes=0-1')[0] == 200)
    status, fields, body = server.ask(archived, '/v.mp4', method='HEAD')
    check('HEAD tells the length', (status, fields['Content-Length'], body) == (200, str(size), b''), str(fields))


def check_requests(server):
    archived = 'a.test.localhost'
    for host in ('evil.example', 'localhost.evil.example', 'a.2019.localhost', 'a.test.localhost:99999', '192.168.1.1', 'evil.example:80'):
        status, fields, body = server.ask(host)
        check('%s is not answered' % host, status == 421, status)
    for method in ('POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'):
        check('%s is refused' % method, server.ask(archived, '/old', method=method)[0] == 405)
    check('CONNECT is refused', server.raw(b'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n').split()[1] in (b'400', b'405', b'421'))
    for target in ('/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd', '/..%2f..%2fetc/passwd', '/\\..\\etc'):
        status, fields, body = server.ask(archived, target)
        check('%s leads to no file' % target, status == 404 and b'root:' not in body, status)
    check('a long address is refused', server.ask(archived, '/' + 'a' * 20000)[0] == 414)
    check('a head without end is refused', b' 431 ' in server.raw(b'GET / HTTP/1.1\r\nHost: a.test.localhost\r\nX: ' + b'a' * 200000 + b'\r\n\r\n')[:40])
    check('no host is no request', server.raw(b'GET / HTTP/1.1\r\n\r\n').split()[1] in (b'400', b'421'))
    for junk in (b'\x00\x01\x02\r\n\r\n', b'GET\r\n\r\n', b'\r\n' * 50, b'GET / HTTP/9.9\r\n\r\n', b'\x16\x03\x01\x02\x00\x01'):
        server.junk(junk)
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
    seen = []
    for target in ('/old', '/v.mp4', '/none', '/packed'):
        connection.request('GET', target, headers={'Host': '%s:%d' % (archived, server.port)})
        seen.append(len(connection.getresponse().read()) > 0 and connection.sock is not None)
    check('a connection serves many requests', all(seen), seen)


def check_lists(server):
    def cdx(query):
        status, fields, body = server.ask('localhost', '/cdx?' + query)
        return status, [line.split(' ', 2)[:2] for line in body.decode().splitlines()] if status == 200 else body

    check('the index of a URL', cdx('url=http://a.test/old') == (200, [['test,a)/old', '%d0101000000' % year] for year in (2019, 2021, 2023)]), cdx('url=http://a.test/old'))
    check('from and to are inclusive', len(cdx('url=a.test/old&from=2019&to=2021')[1]) == 2 and len(cdx('url=a.test/old&from=20190102')[1]) == 2)
    check('a limit holds', len(cdx('url=http://a.test/*&limit=4')[1]) == 4)
    check('a prefix', {key for key, _ in cdx('url=http://a.test/ol*')[1]} == {'test,a)/old'} == {key for key, _ in cdx('url=http://a.test/ol&matchType=prefix')[1]})
    check('a host, and no other', {key.split(')')[0] for key, _ in cdx('url=a.test&matchType=host')[1]} == {'test,a'})
    check('a domain', {key.split(')')[0] for key, _ in cdx('url=test&matchType=domain')[1]} == {'test,a', 'test,b:8443'}, cdx('url=test&matchType=domain'))
    check('nothing is an empty list', cdx('url=http://nowhere.test/') == (200, []))
    rows = [json.loads(line) for line in server.ask('localhost', '/cdx?url=http%3A%2F%2Fa.test%2Fold&output=json')[2].splitlines()]
    check('as JSON', [row['timestamp'][:4] for row in rows] == ['2019', '2021', '2023'] and all(row['urlkey'] == 'test,a)/old' and row['url'] for row in rows), rows)
    for query in ('', 'url=', 'url=a&limit=x', 'url=a&limit=-1', 'url=a&offset=x', 'url=a&page=1', 'url=a&collapse=digest', 'url=a&closest=x', 'url=a&sort=closest',
                  'url=a&from=x', 'url=a&filter=~status:(((a{99}){99}){99})', 'url=a&filter=~status:(a)\\1', 'url=a&filter=~status:(?!4)', 'url=a' + '&filter=x' * 11,
                  'url=' + 'a' * 15000 + '&page=2', 'url=a&sort=reverse&offset=99999999'):
        check('%s is refused' % query[:40], cdx(query)[0] in (400, 503), cdx(query))
    keys = [(line[0], line[1]) for line in cdx('url=*.test')[1]]
    check('all lines can be had in parts', len(keys) > 20 and [line for at in range(0, 40, 7) for line in map(tuple, cdx('url=*.test&limit=7&offset=%d' % at)[1])] == keys, keys)
    check('also from the end', [line for at in range(0, 40, 7) for line in map(tuple, cdx('url=*.test&limit=7&sort=reverse&offset=%d' % at)[1])] == keys[::-1], keys)
    check('a limit of the client needs no more', server.ask('localhost', '/cdx?url=*.test&limit=3')[1]['Link'] is None)


def check_memento(server):
    """RFC 7089, sections in brackets."""
    port = server.port
    status, fields, body = server.ask('localhost', '/timemap/link/http://a.test/old')
    lines = body.decode().split(',\n')
    check('a TimeMap has all captures [5]', status == 200 and fields['Content-Type'] == 'application/link-format' and len(lines) == 6, body)
    check('and names the original, the TimeGate and itself', lines[0] == '<http://a.test/old>; rel="original"' and
          lines[1] == '<http://localhost:%d/timegate/http://a.test/old>; rel="timegate"' % port and 'rel="self"; type="application/link-format"; '
          'from="Tue, 01 Jan 2019 00:00:00 GMT"; until="Sun, 01 Jan 2023 00:00:00 GMT"' in lines[2], lines)
    check('the captures in their order', [line.strip() for line in lines[3:]] == ['<http://a.test.%d0101000000.localhost:%d/old>; rel="%smemento"; datetime="%s, 01 Jan %d '
          '00:00:00 GMT"' % (year, port, rel, day, year) for year, rel, day in ((2019, 'first ', 'Tue'), (2021, '', 'Fri'), (2023, 'last ', 'Sun'))], lines)
    for target, wanted in (('http://a.test/nowhere', 404), ('x', 400), ('', 400), ('javascript:1', 400)):
        for kind in ('timemap/link', 'timegate', '2020', '2020id_'):
            check('no %s of %r' % (kind, target), server.ask('localhost', '/%s/%s' % (kind, target))[0] == wanted)
    for date, year in ((None, 2023), ('Mon, 01 Apr 2019 00:00:00 GMT', 2019), ('Mon, 01 Jan 1990 00:00:00 GMT', 2019), ('Fri, 01 Jan 2021 00:00:00 GMT', 2021),
                       ('Tue, 01 Jan 2030 00:00:00 GMT', 2023)):
        status, fields, body = server.ask('localhost', '/timegate/http://a.test/old', **({'Accept_Datetime': date} if date else {}))
        check('the TimeGate leads to %d [4.1]' % year, (status, fields['Location']) == (302, 'http://a.test.%d0101000000.localhost:%d/old' % (year, port)), str(fields))
        check('with Vary and links, and without a date', fields['Vary'] == 'accept-datetime' and fields['Memento-Datetime'] is None and
              all('rel="%s"' % rel in fields['Link'] for rel in ('original', 'timegate', 'timemap', 'memento')), str(fields))
    for date in ('yesterday', '2020-01-01', 'Mon, 99 Apr 2019 00:00:00 GMT', '0'):
        check('%s is no date [4.5.3]' % date, server.ask('localhost', '/timegate/http://a.test/old', Accept_Datetime=date)[0] == 400 ==
              server.ask('a.test.localhost', '/old', Accept_Datetime=date)[0])
    status, fields, body = server.ask('a.test.localhost', '/old', Accept_Datetime='Mon, 01 Apr 2019 00:00:00 GMT')
    check('an archived host negotiates, too [4.1.2]', title(body) == 'old 2019' and fields['Memento-Datetime'] == 'Tue, 01 Jan 2019 00:00:00 GMT' and
          fields['Content-Location'] == 'http://a.test.20190101000000.localhost:%d/old' % port and 'accept-datetime' in fields['Vary'].lower(), str(fields))
    check('its links lead to everything', fields['Link'] == '<http://a.test/old>; rel="original", <http://localhost:%d/timegate/http://a.test/old>; rel="timegate", '
          '<http://localhost:%d/timemap/link/http://a.test/old>; rel="timemap"; type="application/link-format", <http://a.test.20190101000000.localhost:%d/old>; '
          'rel="memento"; datetime="Tue, 01 Jan 2019 00:00:00 GMT"' % (port, port, port), fields['Link'])
    check('a 404 is found by its very date', title(server.ask('a.test.20220101000000.localhost', '/gone')[2]) == 'not found' and
          server.ask('localhost', '/timegate/http://a.test/gone')[1]['Location'].startswith('http://a.test.20220101000000.'))
    check('and does not stand before what was there', title(server.ask('a.test.20220101000001.localhost', '/gone')[2]) == 'was here')
    check('a date leads to the nearest', server.ask('localhost', '/2020/http://a.test/old')[1]['Location'] == 'http://a.test.20190101000000.localhost:%d/old' % port)
    status, fields, body = server.ask('localhost', '/20190101000000id_/http://a.test/old')
    check('id_ has the bytes as stored', (status, body) == (200, PAGE % (b'old 2019', b'x')) and fields['Memento-Datetime'] == 'Tue, 01 Jan 2019 00:00:00 GMT', body)
    check('which have no rights in a browser', 'sandbox' in fields['Content-Security-Policy'] and "default-src 'none'" in fields['Content-Security-Policy'] and
          fields['X-Content-Type-Options'] == 'nosniff', str(fields))
    check('another date leads to them', server.ask('localhost', '/2018id_/http://a.test/old')[1]['Location'] ==
          'http://localhost:%d/20190101000000id_/http://a.test/old' % port)
    status, fields, body = server.ask('localhost', '/20200101000000id_/http://a.test/packed')
    check('codings stay, framing goes', fields['Content-Encoding'] == 'gzip' and gzip.decompress(body) == PAGE % (b'packed', b'y' * 5000) and
          not fields['X-Archive-Orig-Content-Type'], str(fields))
    check('a revisit has what it refers to', server.ask('localhost', '/20230101000000id_/http://a.test/old')[2] == PAGE % (b'old 2021', b'x'))
    for scheme, wanted in (('http', 301), ('https', 200)):
        check('%s is not the other scheme' % scheme, server.ask('localhost', '/20200101000000id_/%s://a.test/' % scheme)[0] == wanted)
    status, fields, body = server.ask('localhost', '/20200101000000id_/http://a.test/there')
    check('a redirect stays here', fields['Location'] == 'http://localhost:%d/20200101000000id_/http://b.test:8443/x?y=z' % port, str(fields))
    check('cookies are told only', not server.ask('localhost', '/20200101000000id_/http://a.test/strict')[1]['Set-Cookie'])
    check('a status without a body has none', server.ask('localhost', '/20200101000000id_/http://a.test/empty')[::2] == (204, b''))
    check('like URLs are not taken', server.ask('localhost', '/20200101000000id_/http://a.test/s.css?ver=9')[0] == 404)
    for target in ('/20id_/http://a.test/old', '/2020010100000000id_/http://a.test/old', '/2020ab_/http://a.test/old', '/2020id_'):
        check('%s is no date' % target, server.ask('localhost', target)[0] == 404)


def check_proxy(server):
    """With --proxy."""
    for target, wanted in (('http://a.test/old', 'old 2021'), ('HTTP://A.test/', 'front'), ('http://b.test:8443/x?y=z', 'other host')):
        status, fields, body = server.ask('a.test', target)
        check('the proxy has %s, untouched' % target, (status, body) == (200, PAGE % (wanted.encode(), b'x')) and not fields['Content-Security-Policy'], body)
    check('also where a browser says that it navigates', title(server.ask('a.test', 'http://a.test/old', Sec_Fetch_Mode='navigate')[2]) == 'old 2021')
    check('redirects are those of the site', server.ask('a.test', 'http://a.test/there')[1]['Location'] == 'http://b.test:8443/x?y=z')
    check('what is missing is missing', server.ask('a.test', 'http://nowhere.test/')[0] == 404)
    check('no other scheme is fetched', server.ask('a.test', 'http:///etc/passwd')[0] in (400, 404))
    check('CONNECT is told what to do', b'write http://' in server.raw(b'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n'))
    check('the own pages are there, too', server.ask('localhost')[0] == 200)


def check_own_pages(server):
    status, fields, body = server.ask('localhost')
    check('the first page has the hosts', status == 200 and all(b'>%s<' % host in body for host in (b'a.test', b'b.test:8443')), body)
    check('it runs no script', "default-src 'none'" in fields['Content-Security-Policy'] and b'<script' not in body, str(fields))
    status, fields, body = server.ask('127.0.0.1', '/pages?url=a.test')
    check('a list of pages has their titles', b'>old 2021</a>' in body and b'>was here</a>' in body, body)
    check('they are text', b'&lt;b&gt;&quot;&amp;' in body and b'<b>"' not in body, body)
    check('and lead to their own hosts', b'href="http://a.test.localhost:%d/old"' % server.port in body, body)
    check('a prefix narrows the list', b'was here' not in server.ask('localhost', '/pages?url=http%3A%2F%2Fa.test%2Fol')[2])
    check('nothing is said to be nothing', b'No page' in server.ask('localhost', '/pages?url=nowhere.test')[2])
    status, fields, body = server.ask('localhost', '/captures?url=http%3A%2F%2Fa.test%2Fold')
    check('all captures of a URL are listed', all(b'http://a.test.%d0101000000.localhost' % year in body for year in (2019, 2021, 2023)), body)
    status, fields, body = server.ask('localhost', '/captures?url=%3Cscript%3E%22%27')
    check('what is asked for is shown as text', b'<script' not in body and b'&lt;script&gt;&quot;&#39;' in body, body)
    for target in ('/nothing', '/pages', '/captures', '/pages?url=%00%ff', '/pages?archive=99&url=a', '/?', '/pages?url=a.test&from=%ff', '/-warccap/get/http://a.test/old'):
        status, fields, body = server.ask('localhost', target)
        check('%s has an answer' % target, status in (200, 404) and body.startswith(b'<!DOCTYPE'), status)


def check_player(server):
    """With --player, and a file of that name instead of wabac."""
    host, files = 'warccap-player.localhost', '/files/0/'
    status, fields, body = server.ask(host, '/sw.js')
    check('the worker is the file of the user', (status, body) == (200, b'// a worker\n') and fields['Service-Worker-Allowed'] == '/' and
          fields['Content-Type'].startswith('text/javascript'), str(fields))
    check('it may load nothing from elsewhere', "default-src 'self'" in fields['Content-Security-Policy'] and 'http' not in fields['Content-Security-Policy'])
    status, fields, body = server.ask(host, '/?archive=0&url=http://a.test/%22%3E%3Cscript%3E')
    check('its page names the archive, and shows what is asked for as text', b'data-source="/files/0/' in body and b'&quot;&gt;&lt;script&gt;' in body, body)
    source = re.search(rb'data-source="([^"]+)"', body).group(1).decode()
    status, fields, body = server.ask(host, source)
    check('what it reads is there', status == 200 and len(body) == int(fields['Content-Length']) > 1000, str(fields))
    for asked, wanted in (('bytes=10-19', body[10:20]), ('bytes=-5', body[-5:]), ('bytes=%d-' % (len(body) - 3), body[-3:])):
        part = server.ask(host, source, Range=asked)
        check('also %s of it' % asked, (part[0], part[2]) == (206, wanted), part)
    check('beyond it is nothing', server.ask(host, source, Range='bytes=%d-' % len(body))[::2] == (416, b''))
    check('HEAD tells its length', server.ask(host, source, method='HEAD')[1]['Content-Length'] == str(len(body)))
    if source.endswith('cdxj'):
        line = json.loads(body.split(b' ', 2)[2].split(b'\n')[0])
        part = server.ask(host, files + line['filename'], Range='bytes=%s-%d' % (line['offset'], int(line['offset']) + int(line['length']) - 1))
        check('and the records that the index names', gzip.decompress(part[2]).startswith(b'WARC/1.1'), part)
    for target in ('/files/0/../c.warc.gz', '/files/0/..%2f..%2fetc/passwd', '/files/0//etc/passwd', '/files/9/index.cdxj', '/files/x/index.cdxj', '/files/0/', '/files/0/none.warc.gz',
                   '/files/-1/index.cdxj', '/w/a/b', '/?archive=9', '/?archive=x', '/files/0/passwd', '/old'):
        status, fields, body = server.ask(host, target)
        check('%s is nothing' % target, status == 404 and b'root:' not in body, status)
    check('the first page leads there', b'http://warccap-player.localhost:%d/?archive=0&amp;url=http%%3A%%2F%%2Fa.test%%2F' % server.port in server.ask('localhost')[2])
    check('archived hosts have none of it', server.ask('a.test.localhost', '/sw.js')[0] == server.ask('localhost', '/files/0/index.cdxj')[0] == 404)


def check_runs(server):
    """Of what runs() wrote."""
    body = server.ask('localhost')[2]
    check('the first page tells of the last run, which cannot be read', b'2023-01-01 00:00:00</a>: its summary cannot be read' in body, body)
    body = server.ask('localhost', '/runs?archive=0')[2]
    check('all runs are listed, the newest first', [body.index(b'run=%d0101000000' % year) for year in (2023, 2022, 2021)] ==
          sorted(body.index(b'run=%d0101000000' % year) for year in (2023, 2022, 2021)), body)
    check('with what was new', b'7 pages captured; 5 new, 1 changed.' in body, body)
    check('and what is missing', b'Missing</a>: 3 refused, 3 broken, 6 waiting, 3 left out.' in body, body)
    status, fields, body = server.ask('localhost', '/run?archive=0&run=20220101000000')
    check('what was new leads to its captures of that time', b'<h2>New</h2>' in body and
          b'<a href="http://a.test.20220101001000.localhost:%d/old">http://a.test/old</a>' % server.port in body, body)
    check('and what changed', b'<h2>Changed</h2>' in body and b'http://a.test/gone</a>' in body, body)
    check('what is missing is told with its reason', b'<td>refused</td><td>the site answered 403</td>' in body and body.count(b'>http://a.test/locked<') == 1, body)
    check('and what was not asked for', b'http://a.test/later</a></td><td>waiting</td>' in body and b'<td>left out</td><td>robots.txt</td>' in body, body)
    check('URLs and reasons are text', b'<b>' not in body and b'<i>' not in body and b'y=&quot;z&quot;&amp;&lt;' in body, body)
    check('what rules left out is counted', b'3: login. The page asks' in body and b'1: no-such-rule' in body, body)
    check('what is not told is counted, too', b'4 more are not shown' in body, body)
    check('a host that shut us out is named', b'b.test answered 12 requests' in body, body)
    for target in ('/runs', '/run', '/runs?archive=7', '/run?archive=0', '/run?archive=0&run=', '/run?archive=0&run=2022', '/run?archive=0&run=../../x',
                   '/run?archive=0&run=20240101000000', '/run?archive=-1&run=20220101000000'):
        check('%s is no run' % target, server.ask('localhost', target)[0] == 404)
    status, fields, body = server.ask('localhost', '/run?archive=0&run=20230101000000')
    check('a broken summary is told', status == 200 and b'cannot be read to its end' in body, body)


def check_blog(server, manifest):
    wanted = [row for row in (line.rstrip('\n').split('\t') for line in open(manifest)) if row[2] == '200' and row[4] != '-']

    def fetch(row):
        parts = urllib.parse.urlsplit(row[1])
        body = server.ask(parts.hostname + '.localhost', (parts.path or '/') + ('?' + parts.query if parts.query else ''), Sec_Fetch_Mode='cors')[2]
        return hashlib.sha1(body).hexdigest() == row[4]

    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        right = list(pool.map(fetch, wanted))
    check('%d addresses of the blog have their bytes, on 200 connections at once' % len(wanted), len(wanted) > 100 and all(right),
          [row[1] for row, good in zip(wanted, right) if not good][:9])
    body = server.ask('localhost')[2]
    check('the first page tells what the run captured', re.search(rb'\d\d+ pages captured; all of it was new. .*Missing</a>: 2 left out\.', body), body)


def check_broken(server):
    for target, words in (('/short', b'of another URL'), ('/minus', b'See warccap verify'), ('/middle', b'See warccap verify'), ('/beyond', b'See warccap verify'), ('/nofile', b'See warccap verify')):
        status, fields, body = server.ask('a.test.localhost', target)
        check('%s: the index lies, and it is said' % target, status == 502 and words in body, (status, body))
    for target in ('/outside', '/absolute', '/hidden', '/other-kind'):
        status, fields, body = server.ask('a.test.localhost', target)
        check('%s: a path that leads outside is nothing' % target, status == 404 and b'root:' not in body, (status, body))
    check('what is right is served', title(server.ask('a.test.localhost', '/old')[2]) == 'old 2021')


def main():
    what, where = sys.argv[1:3]
    if what == 'make':
        make(where)
        return 0
    if what == 'runs':
        runs(where)
        return 0
    if what == 'lie':
        lie(where)
        return 0
    server = Server(where)
    if what == 'check':
        for one in (check_pages, check_fields, check_worker, check_ranges, check_requests, check_own_pages, check_lists, check_memento):
            one(server)
        if 'player' in sys.argv:
            check_player(server)
        else:
            check('there is no player', server.ask('warccap-player.localhost')[0] == 404 and b'warccap-player' not in server.ask('localhost')[2])
        if 'runs' in sys.argv:
            check_runs(server)
        if 'proxy' in sys.argv:
            check_proxy(server)
        else:
            check('this is no proxy', server.ask('a.test', 'http://a.test/old')[0] == 421)
    elif what == 'blog':
        check_blog(server, sys.argv[3])
    else:
        check_broken(server)
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
