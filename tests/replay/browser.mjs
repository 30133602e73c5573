// One Chromium, and what a page in it showed: its text, its picture, and what it asked for.
import { chromium } from 'playwright-core';

const QUIET_MS = 300; // a page is done when it has asked for nothing this long
const MOST_MS = 15000; // ... or after this long, whatever it does
export const WIDTH = 1000;
export const HEIGHT = 700;

// Nothing but loopback can be reached: a request for any other host fails, and is counted as one that left the archive.
// `address` is where the live site's hosts are to be found; null for a player.
export async function startBrowser(address) {
    const hosts = address
        ? `MAP * ${address}, EXCLUDE localhost, EXCLUDE 127.0.0.1`
        : 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1';
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars',
            `--host-resolver-rules=${hosts}`],
    });
    const context = await browser.newContext({
        viewport: { width: WIDTH, height: HEIGHT }, deviceScaleFactor: 1, ignoreHTTPSErrors: true, reducedMotion: 'reduce',
    });
    return { browser, context };
}

// Listens to what a tab asks for.  `asked` is a Map from URL to status; 0 for what got no response.  `byWorker` has the URLs for which
// a service worker answered, so that nothing was sent to their hosts.
export class Tab {
    constructor(page) {
        this.page = page;
        this.last = Date.now();
        this.open = new Set();
        this.asked = new Map();
        this.byWorker = new Set();
        page.on('request', (request) => { this.open.add(request); this.last = Date.now(); });
        page.on('response', (response) => {
            this.note(response.request(), response.status());
            if (response.fromServiceWorker())
                this.byWorker.add(response.request().url().replace(/#.*/, ''));
        });
        page.on('requestfinished', (request) => this.done(request));
        page.on('requestfailed', (request) => {
            this.done(request);
            // What a page gave up itself, such as a film of which it knows enough, is nobody's loss.  Style sheets and scripts end
            // so too when they are of the wrong kind, like an error page.
            const givenUp = /ERR_ABORTED/.test(request.failure()?.errorText || '');
            if (givenUp && !/^(stylesheet|script)$/.test(request.resourceType()))
                return;
            this.note(request, 0);
            if (givenUp) // by what came back; of a host that cannot be reached nothing does
                this.byWorker.add(request.url().replace(/#.*/, ''));
        });
    }
    note(request, status) {
        const url = request.url().replace(/#.*/, '');
        if (/^(https?|wss?):/.test(url))
            this.asked.set(url, Math.max(status, this.asked.get(url) ?? 0));
    }
    done(request) {
        this.open.delete(request);
        this.last = Date.now();
    }
    async settle() {
        const began = Date.now();
        do
            await this.page.waitForTimeout(50);
        while (Date.now() - began < MOST_MS && (this.open.size || Date.now() - this.last < QUIET_MS));
    }
    // As a reader does: to the end of the page, so that parts that wait to be seen are asked for, and back.
    async read(frame) {
        await this.settle();
        await frame.evaluate(async () => {
            const wait = (ms) => new Promise((done) => setTimeout(done, ms));
            for (let y = 0; y < document.documentElement.scrollHeight && y < 20000; y += 600) {
                window.scrollTo(0, y);
                await wait(20);
            }
            window.scrollTo(0, 0);
        }).catch(() => {});
        await this.settle();
    }
}

// The text that a reader sees, blanks made one.
export async function textOf(frame) {
    const text = await frame.evaluate(() => document.body ? document.body.innerText : '').catch(() => '');
    return text.replace(/\s+/g, ' ').trim();
}

// The share of pixels that are the same in two PNG pictures, from 0 to 1.  Chromium itself decodes them, in `page`, a blank tab.
export async function sharePixels(page, one, other) {
    return page.evaluate(async ([one, other]) => {
        const pixels = async (base64) => {
            const picture = await createImageBitmap(await (await fetch('data:image/png;base64,' + base64)).blob());
            const canvas = new OffscreenCanvas(picture.width, picture.height);
            const pen = canvas.getContext('2d');
            pen.drawImage(picture, 0, 0);
            return pen.getImageData(0, 0, picture.width, picture.height);
        };
        const [a, b] = [await pixels(one), await pixels(other)];
        if (a.width !== b.width || a.height !== b.height)
            return 0;
        const left = new Uint32Array(a.data.buffer), right = new Uint32Array(b.data.buffer);
        let same = 0;
        for (let i = 0; i < left.length; i++)
            same += left[i] === right[i];
        return same / left.length;
    }, [one.toString('base64'), other.toString('base64')]);
}
