"""crawl.py WORK ADDRESS: `warccap crawl` under a pty."""
import json
import glob
import os
import re
import subprocess
import sys

from screen import Checks, Terminal, run

SPARE = 3  # columns that the live line leaves to the "^C" that a terminal echoes
work, address = sys.argv[1:]
warccap = os.environ['WARCCAP']
check = Checks()


def path(name):
    return os.path.join(work, name)


def words(directory, host, *options):
    return [warccap, 'crawl', '-o', path(directory), '--contact', 't@example.org', '--wait', '0.3', '--wait-factor', '0',
            '-T', '300', '--resolve', '*:80:%s' % address, *options, 'http://%s/' % host]


def read(name):
    with open(path(name), encoding='utf-8') as file:
        return file.read()


def is_plain(octets):
    return b'\033' not in octets and b'\r' not in octets.replace(b'\r\n', b'')


def is_whole(directory):
    return subprocess.run([warccap, 'verify', '-q', '--strict', '--no-replay', path(directory)]).returncode == 0


def reason_of(directory):
    runs = sorted(glob.glob(path(directory) + '/runs/*.json'))
    return json.load(open(runs[-1], encoding='utf-8'))['reason'] if runs else None


# ---- every width
for columns in (8, 20, 35, 60, 80, 200):
    code, terminal = run(words('at%d' % columns, 'one.test'), columns=columns)
    claim = 'at %d columns' % columns
    check.sound(claim, code, 0, terminal)
    check.live(claim, terminal, SPARE)
    lines = [text for text, _ in terminal.screen.drawn]
    if columns >= 20:
        check('%s: pages of how many' % claim, any(re.match(r'[1-5]( of |/)6 pages\b', line) for line in lines), lines)
    if columns >= 80:
        check('%s: octets and rate too' % claim, any(re.search(r'/s, .* kB', line) for line in lines), lines)
    check('%s: the cursor ends on a new line' % claim, terminal.screen.column == 0 and not terminal.screen.live)
code, terminal = run(words('at0', 'one.test'), columns=0, rows=0)
terminal.screen.columns = 80
check.sound('a terminal that does not know its size', code, 0, terminal)
check('gets a live line as for 80', all(len(text) <= 80 - SPARE for text, _ in terminal.screen.drawn))

# ---- terminals that can't erase
for term in ('dumb', None):
    code, terminal = run(words('term-%s' % term, 'one.test', '--wait', '1.2'), term=term)
    claim = 'TERM=dumb' if term else 'TERM unset'
    check.sound(claim, code, 0, terminal)
    check('%s: plain text' % claim, is_plain(terminal.octets), terminal.octets)
    told = [line for line in terminal.screen.lines if re.match(r'warccap: [1-5] of 6 pages', line)]
    check('%s: now and then a line tells how far it is' % claim, 1 <= len(told) <= 2, terminal.screen.text)

# ---- another size while it runs
terminal = Terminal(words('resized', 'hang.test'), columns=80)
for columns in (30, 12, 200, 60):
    check('resized to %d: it had begun' % columns, terminal.until(lambda: len(terminal.screen.live) > 3))
    terminal.resize(columns)
    del terminal.screen.drawn[:], terminal.screen.wrapped[:]
    # The first line that is erased now may be one of the size before.
    check('resized to %d: the line is drawn anew' % columns, terminal.until(lambda: len(terminal.screen.drawn) > 1))
    late = [line for line in terminal.screen.drawn[1:] if len(line[0]) > columns - SPARE]
    check('resized to %d: and has room' % columns, not late and not terminal.screen.wrapped, late, terminal.screen.wrapped)
terminal.type(b'\x03')
check.sound('resized, Ctrl-C', terminal.wait(20), 11, terminal)

# ---- one of the two goes to a file
code, terminal = run(words('out', 'one.test'), out=path('out.txt'))
check.sound('standard output to a file', code, 0, terminal)
check.live('standard output to a file', terminal, SPARE)
check('the file has the summary', re.search(r'^6 pages, ', read('out.txt'), re.M), read('out.txt'))
check('as plain text', is_plain(read('out.txt').encode()))
check('and the screen has not', '6 pages, ' not in terminal.screen.text, terminal.screen.text)
code, terminal = run(words('err', 'one.test'), err=path('err.txt'))
check.sound('standard error to a file', code, 0, terminal)
check('no live line, here or there', is_plain(terminal.octets) and read('err.txt') == '', terminal.octets, read('err.txt'))
check('the screen has the summary', '6 pages, ' in terminal.screen.text, terminal.screen.text)
code, terminal = run(words('both', 'one.test'), out=path('out.txt'), err=path('err.txt'))
check.sound('both to files', code, 0, terminal)
check('not a word on the screen', terminal.octets == b'', terminal.octets)

# ---- what was asked for
code, terminal = run(words('quiet', 'one.test', '-q'))
check.sound('-q', code, 0, terminal)
check('-q: not a word on the screen', terminal.octets == b'', terminal.octets)
code, terminal = run(words('json', 'one.test', '--json'), out=path('out.txt'))
check.sound('--json', code, 0, terminal)
check('--json: nothing else in the file', json.loads(read('out.txt'))['exit'] == 0)
code, terminal = run(words('verbose', 'one.test', '-v'), columns=200)
check.sound('-v', code, 0, terminal)
attempts = [line for line in terminal.screen.lines if re.search(r'http://one.test/post\d ', line)]
check('-v: every attempt has a clean line', len(attempts) == 5 and
      all(re.match(r'20\d\d-\d\d-\d\dT', line) for line in attempts), terminal.screen.text)
check.live('-v', terminal, SPARE)

# ---- what it waits for, control characters
terminal = Terminal(words('rest', 'one.test', '--wait', '300'), columns=100)
check('a rest: it names the host', terminal.until(lambda: 'one.test' in terminal.screen.live), terminal.screen.text)
terminal.type(b'\x03')
check.sound('a rest, Ctrl-C', terminal.wait(20), 11, terminal)
check.live('a rest, Ctrl-C', terminal, SPARE)

# ---- posts that are alike: that is looked into, and nobody is accused
code, terminal = run(words('alike', 'alike.test', '--wait', '0.1'), columns=120)
drawn = [text for text, _ in terminal.screen.drawn]
check.sound('alike posts', code, 0, terminal)
check('alike posts: the line says what is looked into', any('alike.test sends pages that look alike: probed in' in line for line in drawn), drawn[-20:])
check('alike posts: nothing is called a refusal', 'refuse' not in terminal.screen.text + ' '.join(drawn), drawn[-20:])

# ---- Ctrl-C
def hangs(directory):
    """A terminal on which a crawl waits for a page that does not come."""
    before = read('asked.log').count('hang.test /post')
    terminal = Terminal(words(directory, 'hang.test'))
    begun = terminal.until(lambda: terminal.screen.live.startswith('1 of 6') and read('asked.log').count('hang.test /post') > before)
    check('%s: it had begun' % directory, begun, terminal.screen.text)
    return terminal


terminal = hangs('once')
terminal.type(b'\x03')
check('Ctrl-C: the line says that it stops', terminal.until(lambda: 'stopping' in terminal.screen.live), terminal.screen.text)
check.sound('Ctrl-C once', terminal.wait(20), 11, terminal)
check.live('Ctrl-C once', terminal, SPARE)
check('Ctrl-C once: the summary is printed', re.search(r'^1 page, ', terminal.screen.text, re.M), terminal.screen.text)
check('Ctrl-C once: nothing is left of the echo', '^C' not in terminal.screen.text, terminal.screen.text)
check('Ctrl-C once: a clean stop', reason_of('once') == 'stopped by a signal' and is_whole('once'), reason_of('once'))
terminal = hangs('twice')
terminal.type(b'\x03')
terminal.rest(0.3)
terminal.type(b'\x03')
check.sound('Ctrl-C twice, at once', terminal.wait(3), 11, terminal)
check('Ctrl-C twice: nothing is left of the echo', '^C' not in terminal.screen.text, terminal.screen.text)
check('Ctrl-C twice: a clean stop', reason_of('twice') == 'stopped by a signal' and is_whole('twice'), reason_of('twice'))
for moment in (0.02, 0.05, 0.1):
    terminal = Terminal(words('early', 'hang.test'))
    for pause in (moment, 0.5):  # the first may come before there is anybody to hear it
        terminal.rest(pause)
        terminal.type(b'\x03')
    code = terminal.wait(20)
    check('Ctrl-C after %.2f s: no crash' % moment, code in (11, -2), code, terminal.screen.text)

# ---- the window is closed; a job in the background
terminal = hangs('window')
terminal.hang_up()
code = terminal.wait(20)
check('the window is closed: exit 11', code == 11, code)
check('the window is closed: a clean stop', reason_of('window') == 'stopped by a signal' and is_whole('window'))
code, terminal = run(['/bin/sh', '-mc', '"$@" & wait $!', 'sh', *words('behind', 'one.test')])
check.sound('in the background', code, 0, terminal)
check('in the background: nothing is drawn over what somebody does there', not terminal.screen.drawn, terminal.octets)
check.verdict()
