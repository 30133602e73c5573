"""sites.py WORK ADDRESS: many sites in one command under a pty."""
import glob
import json
import os
import re
import subprocess
import sys

from screen import Checks, Terminal, run

SPARE = 3  # columns that the live line leaves to the "^C" that a terminal echoes
SITES = 6
work, address = sys.argv[1:]
warccap = os.environ['WARCCAP']
check = Checks()


def path(name):
    return os.path.join(work, name)


def write(name, text):
    with open(path(name), 'w', encoding='utf-8') as file:
        file.write(text)
    return path(name)


def read(name):
    with open(path(name), encoding='utf-8') as file:
        return file.read()


def words(directory, addresses, *options):
    return [warccap, 'crawl', '--each', '-i', addresses, '-o', path(directory), '--contact', 't@example.org', '--wait', '0.2',
            '--wait-factor', '0', '-T', '300', '--jobs', '3', '--resolve', '*:80:%s' % address, *options]


def is_plain(octets):
    return b'\033' not in octets and b'\r' not in octets.replace(b'\r\n', b'')


def reasons(directory):
    return {json.load(open(file, encoding='utf-8'))['reason'] for file in glob.glob(path(directory) + '/*/runs/*.json')}


several = write('several', ''.join('http://s%d.test/\n' % number for number in range(SITES)))
hanging = write('hanging', 'http://hang.test/\nhttp://drip.test/\nhttp://one.test/\nhttp://two.test/\n')

for columns in (8, 20, 35, 60, 80, 200):
    code, terminal = run(words('at%d' % columns, several), columns=columns)
    claim = 'many sites at %d columns' % columns
    check.sound(claim, code, 0, terminal)
    check.live(claim, terminal, SPARE)
    lines = [text for text, _ in terminal.screen.drawn]
    if columns >= 20:
        check('%s: how many are done' % claim, any(re.match(r'[1-5]( of |/)%d sites\b' % SITES, line) for line in lines), lines)
    if columns >= 80:
        check('%s: how many run, with what' % claim,
              any(re.search(r'3 running, [1-9]\d* pages, .* responses, .*kB', line) for line in lines), lines)
    numbers = [int(found) for text in lines for found in re.findall(r'(\d+) pages', text)]
    check('%s: pages never become fewer' % claim, numbers == sorted(numbers), numbers)
    check('%s: the table' % claim, '%d sites: %d went well' % (SITES, SITES) in terminal.screen.text, terminal.screen.text)
    check('%s: the cursor ends on a new line' % claim, terminal.screen.column == 0 and not terminal.screen.live)
    check('%s: what each has to say begins on a clean line' % claim,
          sum(bool(re.match(r'== s\d', line)) for line in terminal.screen.lines) >= SITES, terminal.screen.text)

for term in ('dumb', None):
    code, terminal = run(words('term-%s' % term, several, '--jobs', '2'), term=term)
    check.sound('many sites, TERM %s' % (term or 'unset'), code, 0, terminal)
    check('many sites, TERM %s: plain text' % (term or 'unset'), is_plain(terminal.octets), terminal.octets)
code, terminal = run(words('quiet', several, '-q'))
check.sound('many sites, -q', code, 0, terminal)
check('many sites, -q: not a word', terminal.octets == b'', terminal.octets)
code, terminal = run(words('out', several), out=path('out.txt'))
check.sound('many sites, standard output to a file', code, 0, terminal)
check.live('many sites, standard output to a file', terminal, SPARE)
check('the file has the table', '%d sites: ' % SITES in read('out.txt') and is_plain(read('out.txt').encode()), read('out.txt'))
code, terminal = run(words('err', several), err=path('err.txt'))
check.sound('many sites, standard error to a file', code, 0, terminal)
check('no live line, here or there', is_plain(terminal.octets) and is_plain(read('err.txt').encode()), terminal.octets)
check('the screen has the table', '%d sites: ' % SITES in terminal.screen.text, terminal.screen.text)
code, terminal = run(words('json', several, '--json'), out=path('out.txt'))
check.sound('many sites, --json', code, 0, terminal)
check('many sites, --json: JSON only', len([json.loads(line) for line in read('out.txt').splitlines()]) == SITES + 1)

terminal = Terminal(words('resized', several, '--wait', '0.5'), columns=80)
for columns in (30, 12, 200):
    check('many sites, resized to %d: it had begun' % columns, terminal.until(lambda: len(terminal.screen.live) > 3))
    terminal.resize(columns)
    del terminal.screen.drawn[:], terminal.screen.wrapped[:]
    check('many sites, resized to %d: drawn anew' % columns, terminal.until(lambda: len(terminal.screen.drawn) > 1))
    late = [line for line in terminal.screen.drawn[1:] if len(line[0]) > columns - SPARE]
    check('many sites, resized to %d: it has room' % columns, not late and not terminal.screen.wrapped, late)
check.sound('many sites, resized', terminal.wait(), 0, terminal)


def is_under_way():
    return re.match(r'2 of 4 sites .*2 running, 14 pages', terminal.screen.live)


terminal = Terminal(words('once', hanging))
check('many sites, Ctrl-C: two are done, two hang', terminal.until(is_under_way), terminal.screen.text)
terminal.type(b'\x03')
check('many sites, Ctrl-C: the line says so', terminal.until(lambda: 'stopping' in terminal.screen.live), terminal.screen.text)
check.sound('many sites, Ctrl-C once', terminal.wait(20), 11, terminal)
check.live('many sites, Ctrl-C once', terminal, SPARE)
check('many sites, Ctrl-C once: the table', '4 sites: 2 went well, 2 did not' in terminal.screen.text, terminal.screen.text)
check('many sites, Ctrl-C once: nothing is left of the echo', '^C' not in terminal.screen.text, terminal.screen.text)
check('many sites, Ctrl-C once: a clean stop', reasons('once') == {'finished', 'stopped by a signal'}, reasons('once'))
terminal = Terminal(words('twice', hanging))
check('many sites, Ctrl-C twice: they had begun', terminal.until(is_under_way), terminal.screen.text)
terminal.type(b'\x03')
terminal.rest(0.3)
terminal.type(b'\x03')
check.sound('many sites, Ctrl-C twice, at once', terminal.wait(3), 11, terminal)
check('many sites, Ctrl-C twice: nothing is left of the echo', '^C' not in terminal.screen.text, terminal.screen.text)
terminal = Terminal(words('window', hanging))
check('many sites, the window: they had begun', terminal.until(is_under_way), terminal.screen.text)
terminal.hang_up()
code = terminal.wait(20)
check('many sites, the window is closed: exit 11', code == 11, code)
check('many sites, the window is closed: a clean stop', reasons('window') == {'finished', 'stopped by a signal'}, reasons('window'))
code = subprocess.run([warccap, 'verify', '-q', '--strict', '--no-replay', *glob.glob(path('window') + '/*')]).returncode
check('many sites: all that was stopped is whole', code == 0, code)
check.verdict()
