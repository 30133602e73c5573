"""commands.py WORK ADDRESS: every command under a pty."""
import gzip
import os
import signal
import sys

from screen import Checks, Terminal, run

RUDE = '\033]0;owned\a\033[31mred\x9b2J\x08\x7f\u202e'
WIDTHS = (20, 35, 60, 80, 200)
work, address = sys.argv[1:]
warccap = os.environ['WARCCAP']
check = Checks()


def path(name):
    return os.path.join(work, name)


def write(name, text):
    with open(path(name), 'wb') as file:
        file.write(text.encode('utf-8', 'surrogateescape'))
    return path(name)


def crawl_words(directory, url, *options):
    return [warccap, 'crawl', '-o', path(directory), '--contact', 't@example.org', '--wait', '0', '-t', '1',
            '--resolve', '*:80:%s' % address, *options, url]


def record(kind, url, fields, block):
    head = ['WARC/1.1', 'WARC-Type: %s' % kind, 'WARC-Target-URI: %s' % url, 'WARC-Date: 2026-01-01T00:00:00Z',
            'WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>', *fields, 'Content-Length: %d' % len(block)]
    return '\r\n'.join(head).encode('utf-8') + b'\r\n\r\n' + block + b'\r\n\r\n'


# ---- what every command does at every width
code, terminal = run(crawl_words('kept', 'http://one.test/'), columns=80)
check.sound('a crawl', code, 0, terminal)
page = write('page.html', '<title>t</title><a href=/a>a</a><img src=b.png>')
commands = [
    (['--help'], 0, 'warccap COMMAND --help'),
    (['--version'], 0, 'warccap '),
    ([], 2, 'To begin'),
    (['crwl'], 2, 'crwl'),
    (['crawl'], 2, 'warccap crawl: '),
    (['crawl', '--nosuch', 'http://one.test/'], 2, 'nosuch'),
    (['verify', '--nosuch'], 2, 'nosuch'),
    (['verify', path('kept')], 0, 'Sound: 0 errors'),
    (['verify', '--json', path('kept')], 0, '"errors": 0'),
    (['verify', path('nothing')], None, 'nothing'),
    (['index', path('kept')], 0, 'index.cdxj'),
    (['index', path('nothing')], None, 'nothing'),
    (['pack', '--overwrite', '-o', path('kept.wacz'), path('kept')], 0, 'is written'),
    (['pack', '-o', path('no.wacz'), path('nothing')], None, 'nothing'),
    (['pack'], 2, 'warccap pack: '),
    (['serve'], 2, 'warccap serve: '),
    (['serve', '--host', '0.0.0.0', path('kept')], 2, '--open-to-network'),
    (['why', path('kept'), 'http://one.test/'], 0, 'http://one.test/'),
    (['why', path('kept')], 2, 'warccap why: '),
    (['links', page], 0, 'http://localhost/a'),
    (['links', '--json', page], 0, '"http://localhost/a"'),
    (['links'], 2, 'warccap links: '),
] + [([command, '--help'], 0, '--help') for command in ('crawl', 'verify', 'repair', 'index', 'pack', 'serve', 'why', 'links')]
for words, expected, said in commands:
    for columns in WIDTHS:
        code, terminal = run([warccap, *words], columns=columns)
        claim = '%s at %d columns' % (' '.join(['warccap', *words]).replace(work + '/', ''), columns)
        if expected is None:
            check('%s: an error' % claim, 0 < code < 126, 'it was %d' % code)
            expected = code
        check.sound(claim, code, expected, terminal)
        check('%s: it says what it should' % claim, said in terminal.screen.text, terminal.screen.text)
        check('%s: the cursor ends on a new line' % claim, terminal.screen.column == 0 and not terminal.screen.live)
for term in ('dumb', None):
    for words, expected, _ in commands:
        code, terminal = run([warccap, *words], term=term)
        claim = '%s with TERM %s' % (' '.join(['warccap', *words]).replace(work + '/', ''), term or 'unset')
        check('%s: plain text' % claim, b'\033' not in terminal.octets and b'\r' not in terminal.octets.replace(b'\r\n', b''),
              terminal.octets)

# ---- what is typed
terminal = Terminal([warccap, 'links', '-'])
terminal.type(b'<a href=/typed>\n\x04')
check.sound('links reads what is typed', terminal.wait(), 0, terminal)
check('and shows it', 'http://localhost/typed' in terminal.screen.text, terminal.screen.text)
terminal = Terminal([warccap, 'links', '-'])
terminal.rest(0.3)
terminal.type(b'\x03')
check('links is left by Ctrl-C', terminal.wait() == -signal.SIGINT, terminal.status)

# ---- a large archive: verify tells how far it is
os.mkdir(path('large'))
with open(path('large/large.warc'), 'wb') as file:
    for number in range(300):
        file.write(record('resource', 'http://one.test/%d' % number, ['Content-Type: text/plain'], b'x' * 1000000))
for columns in WIDTHS:
    code, terminal = run([warccap, 'verify', '--no-replay', path('large')], columns=columns)
    claim = 'verify of 300 MB at %d columns' % columns
    check('%s: no crash' % claim, 0 <= code < 126, code)
    check.live(claim, terminal)
code, terminal = run([warccap, 'verify', '-q', '--no-replay', path('large')])
check('quiet: no live line', b'\033' not in terminal.octets, terminal.octets[:200])
for number in range(100): # so that it is not at its end before the key is typed
    os.link(path('large/large.warc'), path('large/again-%d.warc' % number))
terminal = Terminal([warccap, 'verify', '--no-replay', path('large')])
terminal.until(lambda: terminal.screen.drawn)
terminal.type(b'\x03')
check('verify is left by Ctrl-C', terminal.wait() == 11, terminal.status)
said = [line for line in terminal.screen.lines if line]
check('and says so on a clean line', said[-1] == 'warccap: stopped by a signal before the end', said)
for name, number in (('SIGTERM', signal.SIGTERM), ('SIGHUP', signal.SIGHUP)):
    terminal = Terminal([warccap, 'verify', '--no-replay', path('large')])
    terminal.until(lambda: terminal.screen.drawn)
    os.kill(terminal.pid, number)
    check('verify is left by %s' % name, terminal.wait() == 11, terminal.status)
terminal = Terminal(['/bin/sh', '-c', 'trap "" HUP; exec "$@"', 'sh', warccap, 'verify', '--no-replay', path('large')])
terminal.until(lambda: terminal.screen.drawn)
os.kill(terminal.pid, signal.SIGHUP)
terminal.rest(0.3)
os.kill(terminal.pid, signal.SIGTERM)
check('a signal that is ignored stays so', 'stopped by a signal' not in terminal.screen.text and terminal.wait() == 11, terminal.screen.text)
terminal = Terminal([warccap, 'pack', '-o', path('large.wacz'), path('large')])
terminal.until(lambda: terminal.screen.drawn)
terminal.type(b'\x03')
check('pack is left by Ctrl-C', terminal.wait() == 11, terminal.status)
check('and says so', 'stopped by a signal before the end' in terminal.screen.text, terminal.screen.text)
check('and leaves no file', not [name for name in os.listdir(work) if name.startswith('large.wacz')], os.listdir(work))
os.remove(path('large/large.warc'))

# ---- strangers who write control characters
os.mkdir(path('rude'))
rude = record('response', 'http://rude.test/' + RUDE, ['Content-Type: application/http; msgtype=response',
              'X-%s: %s' % (RUDE, RUDE), 'WARC-Payload-Digest: sha1:%s' % RUDE, 'WARC-Concurrent-To: <urn:uuid:%s>' % RUDE],
              ('HTTP/1.1 200 %s\r\nContent-Type: text/html%s\r\nX%s: y\r\n\r\n<a href="/%s">' % ((RUDE,) * 4)).encode())
rude += record(RUDE, RUDE, ['Content-Type: ' + RUDE, 'WARC-IP-Address: ' + RUDE, 'WARC-Date: ' + RUDE], b'x')
with gzip.open(path('rude/%s.warc.gz' % RUDE), 'wb') as file:
    file.write(rude)
with open(path('rude/plain.warc'), 'wb') as file:
    file.write(rude)
rude_page = write('rude.html', ''.join('<a href="%s">%s</a><%s src=x><img %s="/a" srcset="%s 2x">' % (url, RUDE, RUDE, RUDE, url)
                                       for url in (RUDE, '/' + RUDE, 'http://%s.test/' % RUDE, 'http://x:%s/' % RUDE)))
rude_list = write('rude.txt', 'http://%s.test/\n%s\nnot an address %s\n' % (RUDE, RUDE, RUDE))
rude_config = write('rude.conf', '%s\n%s = %s\nwait = %s\n[%s]\nurl = %s\n' % ((RUDE,) * 6))
for words in (['verify', '--notes', path('rude')], ['index', path('rude')], ['why', path('rude'), 'http://x.test/' + RUDE],
              ['why', path('kept'), 'http://one.test/' + RUDE], ['why', path('kept'), RUDE], ['links', rude_page],
              ['links', '--base', 'http://one.test/' + RUDE, rude_page], ['links', '--base', RUDE, rude_page],
              ['links', '--type', RUDE, rude_page], ['links', path(RUDE)], ['verify', path(RUDE)], ['index', path(RUDE)],
              [RUDE], ['crawl', '--' + RUDE], ['crawl', RUDE], ['crawl', 'http://%s.test/' % RUDE], ['crawl', '--scope', RUDE],
              ['crawl', '-o', path('x'), '-i', rude_list], ['crawl', '-i', path(RUDE)], ['crawl', '--config', rude_config],
              ['crawl', '--config', path(RUDE)], ['crawl', '--header', RUDE, 'http://one.test/'],
              ['crawl', '--include', '(' + RUDE, 'http://one.test/'], ['crawl', '--each', '-i', rude_list, '-o', path('x')]):
    code, terminal = run([warccap, *words], cwd=work)
    claim = ' '.join(['warccap', *words]).replace(work + '/', '').replace(RUDE, 'RUDE')
    check('%s: no crash' % claim, 0 <= code < 126, code)
    check('%s: nothing but text on the screen' % claim, not terminal.screen.strange, terminal.screen.strange,
          terminal.screen.text)
for options in ([], ['-v'], ['-q'], ['--json']):
    code, terminal = run(crawl_words('rude-site', 'http://rude-a.test/', *options), columns=100)
    claim = ' '.join(['a rude site', *options])
    check.sound(claim, code, 4, terminal)
code, terminal = run([warccap, 'verify', '--notes', path('rude-site')])
check('verify of a rude site: nothing but text on the screen', not terminal.screen.strange, terminal.screen.strange)
check.verdict()
