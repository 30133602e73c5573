"""Drives a Chromium through its debugging pipe, with nothing but Python's own library.

    with Chromium(flags) as browser:
        page = browser.open('http://...')     waits until it is loaded, and quiet
        page.evaluate('document.title')
        page.requests                         every request of the page: Request(url, status, kind, failed)
"""
import base64
import collections
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time

FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
         '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--no-proxy-server',
         '--disable-dev-shm-usage', '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable', '--remote-debugging-pipe']
QUIET, PATIENCE = 0.4, 60

Request = collections.namedtuple('Request', 'url status kind failed')


def program():
    return next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)


class Chromium:
    def __init__(self, flags=()):
        self.profile = tempfile.mkdtemp(prefix='chromium-')
        os.mkdir(self.profile + '/Default')
        with open(self.profile + '/Default/Preferences', 'w') as preferences:  # "Preload pages" is off
            json.dump({'net': {'network_prediction_options': 2}}, preferences)
        to_read, self.out = os.pipe()
        self.into, to_write = os.pipe()
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 100) for fd in (to_read, to_write)]  # out of the way of 3 and 4
        actions = [(os.POSIX_SPAWN_OPEN, fd, '/dev/null', os.O_RDWR, 0) for fd in range(3)]
        actions += [(os.POSIX_SPAWN_DUP2, ends[0], 3), (os.POSIX_SPAWN_DUP2, ends[1], 4)]
        self.process = os.posix_spawn(program(), [program(), '--user-data-dir=' + self.profile, *FLAGS, *flags, 'about:blank'], os.environ,
                                      file_actions=actions)
        for fd in (to_read, to_write, *ends):
            os.close(fd)
        self.buffer, self.last, self.replies, self.pages = b'', 0, {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, session=None, **parameters):
        """Sends a command and waits for its result."""
        self.last += 1
        number = self.last
        message = {'id': number, 'method': method, 'params': parameters}
        if session:
            message['sessionId'] = session
        os.write(self.out, json.dumps(message).encode() + b'\0')
        ends = time.monotonic() + PATIENCE
        while number not in self.replies:
            if time.monotonic() > ends or not self.receive(1):
                raise TimeoutError('Chromium does not answer ' + method)
        reply = self.replies.pop(number)
        if 'error' in reply:
            raise RuntimeError('%s: %s' % (method, reply['error'].get('message')))
        return reply['result']

    def receive(self, seconds):
        """Takes what comes within that time.  False: Chromium has ended."""
        if not select.select([self.into], [], [], seconds)[0]:
            return True
        piece = os.read(self.into, 1 << 20)
        self.buffer += piece
        *messages, self.buffer = self.buffer.split(b'\0')
        for message in map(json.loads, messages):
            if 'id' in message:
                self.replies[message['id']] = message
            elif message.get('sessionId') in self.pages:
                self.pages[message['sessionId']].note(message['method'], message['params'])
        return piece != b''

    def open(self, url, **options):
        page = Page(self, **options)
        page.go(url)
        return page


class Page:
    def __init__(self, browser, width=1000, height=800):
        self.browser = browser
        self.target = browser.send('Target.createTarget', url='about:blank', newWindow=True, width=width, height=height)['targetId']
        self.session = browser.send('Target.attachToTarget', targetId=self.target, flatten=True)['sessionId']
        browser.pages[self.session] = self
        self.entries, self.loaded, self.said = {}, False, []
        for domain in ('Page', 'Network', 'Runtime', 'Log'):
            self.send(domain + '.enable')

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def note(self, method, p):
        self.changed = time.monotonic()
        if method == 'Network.requestWillBeSent':
            number = p['requestId']
            if 'redirectResponse' in p:
                self.entries[number + '>' + str(len(self.entries))] = [self.entries[number][0], p['redirectResponse']['status'], p.get('type'), '', True]
            self.entries[number] = [p['request']['url'], 0, p.get('type'), '', False]
        elif method == 'Network.responseReceived' and p['requestId'] in self.entries:
            self.entries[p['requestId']][1] = p['response']['status']
        elif method == 'Network.loadingFinished' and p['requestId'] in self.entries:
            self.entries[p['requestId']][4] = True
        elif method == 'Network.loadingFailed' and p['requestId'] in self.entries:
            self.entries[p['requestId']][3:] = [p.get('blockedReason') or p['errorText'], True]
        elif method == 'Page.loadEventFired':
            self.loaded = True
        elif method == 'Runtime.exceptionThrown':
            self.said.append(p['exceptionDetails'].get('exception', {}).get('description', p['exceptionDetails']['text']))
        elif method == 'Log.entryAdded':
            self.said.append(p['entry']['text'] + ' ' + p['entry'].get('url', ''))

    def settle(self):
        """Waits until the page is loaded, and nothing has come for a while."""
        self.changed = time.monotonic()
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            self.browser.receive(0.05)
            open_ones = [entry for entry in self.entries.values() if not entry[4]]
            if self.loaded and not open_ones and time.monotonic() - self.changed > QUIET:
                return
        print('not quiet:', [entry[0] for entry in self.entries.values() if not entry[4]], self.loaded)

    def go(self, url):
        self.entries, self.loaded, self.said = {}, False, []
        self.send('Page.navigate', url=url)
        self.settle()

    def click(self, expression):
        """Clicks on the element as a person does: with the mouse.  Waits for what comes of it."""
        place = self.evaluate('(() => { const e = %s; e.scrollIntoView({block: "center"}); const r = e.getClientRects()[0];'
                              ' return [r.x + r.width / 2, r.y + r.height / 2]; })()' % expression)
        self.entries, self.loaded = {}, False
        for kind in ('mousePressed', 'mouseReleased'):
            self.send('Input.dispatchMouseEvent', type=kind, x=place[0], y=place[1], button='left', clickCount=1)
        self.settle()

    def evaluate(self, expression):
        result = self.send('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in result:
            raise RuntimeError('%s: %s' % (expression, result['exceptionDetails'].get('exception', {}).get('description')))
        return result['result'].get('value')

    def screenshot(self):
        return base64.b64decode(self.send('Page.captureScreenshot', format='png')['data'])

    @property
    def requests(self):
        return [Request(url, status, kind, failed) for url, status, kind, failed, _ in self.entries.values()]

    def close(self):
        del self.browser.pages[self.session]
        self.browser.send('Target.closeTarget', targetId=self.target)
