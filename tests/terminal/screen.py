"""A terminal for tests: runs a program under a pty and keeps the screen that a person would see.

Terminal(argv, columns=80, ...) starts the program with the pty as its controlling terminal.  Standard output or standard
error can go to a file instead.  What arrives is drawn by Screen, which knows what the program may use: printable text,
tabs, "\\r", "\\n", and "\\033[K" (erase to the end of the line).  Anything else is kept in Screen.strange for the test to refuse.

A line that the program erases with "\\r\\033[K" was a live line.  Screen.drawn has all of them, as (text, columns), where
columns is how wide the terminal was then; Screen.wrapped has those that did not fit into one row.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import unicodedata

PATIENCE = 60  # seconds: whoever waits longer waits in vain


def width_of(character):
    if unicodedata.combining(character) or unicodedata.category(character) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(character) in 'WF' else 1


class Screen:
    def __init__(self, columns):
        self.columns = columns
        self.rows = [[]]        # each a list of cells; a cell is a character, or '' behind a wide one
        self.joined = [False]   # whether a row goes on where the one before had no room
        self.column = 0
        self.drawn = []
        self.wrapped = []
        self.strange = []
        self.rest = b''

    def feed(self, octets):
        octets = self.rest + octets
        # A character or a sequence that is still incomplete waits for the rest of it.
        cut = re.search(rb'(\033(\[[0-9;?]*)?|[\xc0-\xff][\x80-\xbf]{0,2})$', octets)
        self.rest = b''
        if cut and not (octets[cut.start()] >= 0x80 and self.is_whole(octets[cut.start():])):
            self.rest = octets[cut.start():]
            octets = octets[:cut.start()]
        text = octets.decode('utf-8', 'backslashreplace')
        for piece in re.findall(r'\033\[[0-9;?]*[@-~]|\033.?|.', text, re.S):
            self.take(piece)

    @staticmethod
    def is_whole(octets):
        try:
            octets.decode()
            return True
        except UnicodeDecodeError:
            return False

    def take(self, piece):
        if piece == '\r':
            self.column = 0
        elif piece == '\n':
            self.begin_row(False)
        elif piece == '\t':
            self.column = min(self.column // 8 * 8 + 8, self.columns - 1)
        elif piece in ('\033[K', '\033[0K'):
            self.erase()
        elif piece[0] == '\033' or unicodedata.category(piece) in ('Cc', 'Cf') or '\\x' in piece:
            self.strange.append(piece)
        else:
            self.put(piece)

    def begin_row(self, joined):
        self.rows.append([])
        self.joined.append(joined)
        self.column = 0 if joined else self.column

    def put(self, character):
        width = width_of(character)
        if self.column + width > self.columns:
            self.begin_row(True)
        row = self.rows[-1]
        row.extend(' ' * (self.column - len(row)))
        row[self.column:self.column + width] = [character] + [''] * (width - 1)
        self.column += width

    def erase(self):
        row = self.rows[-1]
        if self.column == 0 and row:
            self.drawn.append((''.join(row), self.columns))
            if self.joined[-1]:
                self.wrapped.append(''.join(row))
        del row[self.column:]

    def resize(self, columns):
        """As xterm does: what is on the screen stays as it is."""
        self.columns = columns
        self.column = min(self.column, columns)

    @property
    def lines(self):
        """The lines that were written, whether they had room in one row or not."""
        lines = []
        for row, joined in zip(self.rows, self.joined):
            text = ''.join(row)
            if joined:
                lines[-1] += text
            else:
                lines.append(text)
        return lines

    @property
    def text(self):
        return '\n'.join(self.lines)

    @property
    def live(self):
        """The live line that stands there now, or ''."""
        return ''.join(self.rows[-1])


class Terminal:
    def __init__(self, argv, columns=80, rows=24, term='xterm', out=None, err=None, cwd=None):
        """term: None leaves TERM unset.  out, err: files that take standard output and standard error."""
        self.argv = argv
        self.octets = b''
        self.screen = Screen(columns)
        self.status = None
        sys.stdout.flush()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            self.become(columns, rows, term, out, err, cwd)

    def become(self, columns, rows, term, out, err, cwd):
        try:
            # A test that was started in the background, or by nohup, would pass on that Ctrl-C or a closed window is ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            self.set_size(0, columns, rows)
            environment = {name: value for name, value in os.environ.items() if name not in ('TERM', 'COLUMNS', 'LINES')}
            if term is not None:
                environment['TERM'] = term
            for fd, path in ((1, out), (2, err)):
                if path:
                    os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), fd)
            if cwd:
                os.chdir(cwd)
            os.execve(self.argv[0], self.argv, environment)
        finally:
            os._exit(126)

    @staticmethod
    def set_size(fd, columns, rows):
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def resize(self, columns, rows=24):
        """The kernel sends SIGWINCH to whoever is in the foreground."""
        self.look(0)
        self.set_size(self.master, columns, rows)
        self.screen.resize(columns)

    def type(self, octets):
        os.write(self.master, octets)

    def look(self, seconds):
        """Takes what has come; False once nothing can come any more."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            octets = os.read(self.master, 65536)
        except OSError:  # EIO: all have closed it
            octets = b''
        self.octets += octets
        self.screen.feed(octets)
        return bool(octets)

    def until(self, condition, seconds=PATIENCE):
        """Whether condition() became true in time."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or not self.look(0.05):
                return condition()
        return True

    def rest(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.look(min(0.05, max(0.0, end - time.monotonic()))):
            pass

    def hang_up(self):
        """The window is closed."""
        os.close(self.master)
        self.master = None

    def wait(self, seconds=PATIENCE):
        """The exit code, or minus the signal that ended it; -signal.SIGKILL when it had to be killed."""
        end = time.monotonic() + seconds
        while self.status is None:
            if self.master is not None:
                self.look(0.02)
            else:
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
        while self.master is not None and select.select([self.master], [], [], 0)[0] and self.look(0):
            pass
        if self.master is not None:
            self.hang_up()
        return self.status


def run(argv, **how):
    """Runs to the end: (exit code, Terminal)."""
    terminal = Terminal(argv, **how)
    return terminal.wait(), terminal


class Checks:
    """Claims that are checked, told as the shell tests tell them."""

    def __init__(self):
        self.failures = 0

    def __call__(self, claim, holds, *details):
        print('%s: %s' % ('ok' if holds else 'FAILED', claim))
        if not holds:
            self.failures += 1
            for detail in details:
                print('    %s' % (detail if isinstance(detail, str) else repr(detail)))
        sys.stdout.flush()
        return holds

    def sound(self, claim, code, expected, terminal):
        """What holds for every command: its exit code, and nothing on the screen but text."""
        screen = terminal.screen
        self('%s: exit %d' % (claim, expected), code == expected, 'it was %d' % code, screen.text)
        self('%s: nothing but text on the screen' % claim, not screen.strange, screen.strange)

    def live(self, claim, terminal, spare=1):
        """What holds for every live line: it has room in one row, and nothing is left of it."""
        screen = terminal.screen
        wide = [line for line in screen.drawn if len(line[0]) > line[1] - spare]
        self('%s: a live line was there' % claim, screen.drawn, screen.text)
        self('%s: it always had room in one row' % claim, not wide and not screen.wrapped, wide, screen.wrapped)
        left = [text for text, _ in screen.drawn if len(text) > 8 and any(text in line for line in screen.lines)]
        self('%s: nothing of it is left on the screen' % claim, not left, left, screen.text)

    def verdict(self):
        if self.failures:
            print('%d checks failed' % self.failures)
        sys.exit(1 if self.failures else 0)
