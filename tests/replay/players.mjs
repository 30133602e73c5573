// The players that a capture is shown in, and the live site, all of one shape:
//
//   name
//   context              Chromium's, of its own
//   open(tab, url)       shows the page of that URL, and returns the frame that holds it
//   frame(tab)           the frame that holds the page now, after a click
//   captured(url)        the archived URL that a request of the player is for; null if it is one of the player's own.  What a
//                        service worker answered for another host is not asked about: its URL is the archived one
//   left(url)            whether the request left the archive
//   close()
import fs from 'fs';
import http from 'http';
import { startBrowser } from './browser.mjs';

const goto = (page, url) => page.goto(url, { waitUntil: 'domcontentloaded', timeout: 30000 }).catch(() => {});

export async function live(address) {
    const { browser, context } = await startBrowser(address);
    return {
        name: 'live', context,
        async open(tab, url) { await goto(tab.page, url); return tab.page.mainFrame(); },
        frame: (tab) => tab.page.mainFrame(),
        captured: (url) => url,
        left: () => false,
        close: () => browser.close(),
    };
}

// pywb without frames: the page lies at BASE/mp_/URL, its parts at BASE/DATExx_/URL.
export async function pywb(base) {
    const { browser, context } = await startBrowser(null);
    const origin = new URL(base).origin;
    return {
        name: 'pywb', context,
        async open(tab, url) { await goto(tab.page, `${base}/mp_/${url}`); return tab.page.mainFrame(); },
        frame: (tab) => tab.page.mainFrame(),
        captured(url) {
            const found = url.startsWith(base + '/') && /^\/\d*(?:[a-z]{2}_)?\/((?:https?:)?\/\/.*)$/.exec(url.slice(base.length));
            return found ? found[1].replace(/^\/\//, 'http://') : null;
        },
        left: (url) => new URL(url).origin !== origin,
        close: () => browser.close(),
    };
}

// A file, as a server that knows ranges sends it.
function sendRange(request, response, body, headers) {
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range || '');
    if (!range) {
        response.writeHead(200, { ...headers, 'Content-Length': body.length });
        response.end(body);
        return;
    }
    const from = Number(range[1]), to = range[2] ? Math.min(Number(range[2]), body.length - 1) : body.length - 1;
    response.writeHead(206, { ...headers, 'Content-Range': `bytes ${from}-${to}/${body.length}`, 'Content-Length': to - from + 1 });
    response.end(body.subarray(from, to + 1));
}

// wabac, the service worker of ReplayWeb.page, plays a WACZ file in a frame.
export async function wabac(wacz) {
    const script = new URL('node_modules/@webrecorder/wabac/dist/sw.js', import.meta.url);
    const files = {
        '/': ['text/html', Buffer.from('<!doctype html><title>player</title><body style="margin:0">')],
        '/sw.js': ['text/javascript', fs.readFileSync(script)],
        '/site.wacz': ['application/zip', fs.readFileSync(wacz)],
    };
    const server = http.createServer((request, response) => {
        const file = files[request.url.split('?')[0]];
        if (!file) {
            response.writeHead(404);
            response.end();
            return;
        }
        sendRange(request, response, file[1], { 'Content-Type': file[0], 'Service-Worker-Allowed': '/', 'Accept-Ranges': 'bytes' });
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const origin = `http://localhost:${server.address().port}`;
    const { browser, context } = await startBrowser(null);
    const loader = await context.newPage();
    await loader.goto(origin + '/');
    await loader.evaluate(async (source) => {
        const workers = navigator.serviceWorker;
        const loaded = new Promise((done, failed) => workers.addEventListener('message', (event) => {
            if (event.data.msg_type === 'collAdded') done();
            if (event.data.msg_type === 'collProgress' && event.data.error) failed(new Error(event.data.error));
        }));
        await workers.register('/sw.js', { scope: '/' });
        await workers.ready;
        if (!workers.controller)
            await new Promise((done) => workers.addEventListener('controllerchange', done, { once: true }));
        workers.startMessages();
        workers.controller.postMessage({ msg_type: 'addColl', name: 'site', file: { sourceUrl: source } });
        await loaded;
    }, origin + '/site.wacz');
    const prefix = origin + '/w/site/';
    const frame = (tab) => tab.page.frames().find((one) => one.name() === '___wb_replay_top_frame') || tab.page.mainFrame();
    return {
        name: 'wabac', context, frame,
        async open(tab, url) {
            await goto(tab.page, origin + '/');
            await tab.page.evaluate((source) => {
                const place = document.createElement('iframe');
                place.name = '___wb_replay_top_frame';
                place.style = 'border:0;display:block;width:100vw;height:100vh';
                place.src = source;
                document.body.append(place);
            }, `${prefix}mp_/${url}`);
            await tab.settle();
            return frame(tab);
        },
        captured(url) {
            const found = url.startsWith(prefix) && /^(?::[0-9a-f]+\/)?\d*(?:[a-z]{2}_)?\/(https?:.*)$/.exec(url.slice(prefix.length));
            return found ? found[1] : null;
        },
        left: (url) => new URL(url).origin !== origin,
        async close() { await browser.close(); server.close(); },
    };
}

// `warccap serve`: each archived host is an origin below localhost.  `port` is its port.
export async function serve(port) {
    const { browser, context } = await startBrowser(null);
    const host = (url) => /^http:\/\/(.+?)(?:\.\d{14})?\.localhost:(\d+)(\/.*)$/.exec(url);
    return {
        name: 'serve', context,
        async open(tab, url) {
            const { hostname, pathname, search } = new URL(url);
            await goto(tab.page, `http://${hostname}.localhost:${port}${pathname}${search}`);
            // The first page of an origin starts the service worker, and is loaded again.
            await tab.page.waitForFunction(() => document.querySelector('script[src="/-warccap/replay.js"]'), null, { timeout: 10000 })
                .catch(() => {});
            return tab.page.mainFrame();
        },
        frame: (tab) => tab.page.mainFrame(),
        captured(url) {
            const found = host(url);
            const asked = found && /^\/-warccap\/(?:get\/(.*))?/.exec(found[3]);
            return !found ? null : asked ? asked[1] || null : `http://${found[1]}${found[3]}`;
        },
        left: (url) => !/(^|\.)localhost$/.test(new URL(url).hostname),
        close: () => browser.close(),
    };
}
