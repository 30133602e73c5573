// Shows pages live and in players, and says where they differ.
//
//   proof.mjs --live ADDRESS --pages FILE [--pywb BASE] [--wacz FILE] [--serve PORT] [--clicks N] [--shots DIR]
//   proof.mjs --live ADDRESS --pages FILE [--pywb BASE] [--wacz FILE] [--serve PORT] --lacks FILE
//
// FILE names one URL a line.  Of each page: its text must be the same, 99 % of its first screen's pixels, no part may be missing
// that the live page got, and no request may leave the archive.  Then links are clicked, N on each page: pagers first.  Where a
// click lands must show the text that the live page shows.  Exit status 1 if anything differed; every difference is one line.
//
// With --lacks nothing is judged: a JSON file tells what parts the live page got, and which of them each player has not.
import fs from 'fs';
import path from 'path';
import { parseArgs } from 'util';
import { Tab, sharePixels, textOf } from './browser.mjs';
import * as players from './players.mjs';

const SAME_PIXELS = 0.99;

const { values: options } = parseArgs({
    options: {
        live: { type: 'string' }, pages: { type: 'string' }, pywb: { type: 'string' }, wacz: { type: 'string' },
        serve: { type: 'string' },
        clicks: { type: 'string', default: '4' }, shots: { type: 'string' }, lacks: { type: 'string' },
    },
});

// The same name with and without a fragment or an escape is one URL.
function plain(url) {
    try { return new URL(url).href.replace(/#.*/, ''); } catch { return url; }
}

async function look(player, url) {
    const tab = new Tab(await player.context.newPage());
    const frame = await player.open(tab, url);
    await tab.read(frame);
    const seen = { text: await textOf(frame), shot: await tab.page.screenshot(), parts: new Map(), left: [] };
    for (const [asked, status] of tab.asked) {
        const own = /(^|\.)localhost$|^127\./.test(new URL(asked).hostname);
        const captured = tab.byWorker.has(asked) && !own ? asked : player.captured(asked);
        if (captured)
            seen.parts.set(plain(captured), Math.max(status, seen.parts.get(plain(captured)) ?? 0));
        else if (player.left(asked))
            seen.left.push(asked);
    }
    return { tab, frame, seen };
}

// The links of a page in their order, with what makes one a pager's or a menu's.
function linksOf(frame) {
    return frame.evaluate(() => [...document.querySelectorAll('a[href]')].map((link, place) => ({
        place, url: link.href.replace(/#.*/, ''),
        way: /\b(next|prev)/.test(link.rel) || Boolean(link.closest('nav,[class*=pager],[id*=pager],[class*=menu],[class*=archive],[id*=Archive]')) ||
            /older|newer|next|previous/i.test(link.className + link.id + link.innerText),
    }))).catch(() => []);
}

function choose(links, url, already, most) {
    const host = new URL(url).host;
    const chosen = [];
    for (const link of links.filter((one) => one.way).concat(links.filter((one) => !one.way))) {
        let target;
        try { target = new URL(link.url); } catch { continue; }
        if (chosen.length >= most || target.host !== host || already.has(link.url) || link.url === plain(url))
            continue;
        if (/\.(xml|json|txt|css|js|png|jpe?g|gif|pdf|zip)$/.test(target.pathname))
            continue;
        already.add(link.url);
        chosen.push(link);
    }
    return chosen;
}

class Proof {
    constructor(live, others, blank) {
        Object.assign(this, { live, others, blank, already: new Set() });
        this.counts = Object.fromEntries(others.map((player) =>
            [player.name, { pages: 0, parts: 0, missing: 0, left: 0, texts: 0, screens: 0, clicks: 0, dead: 0 }]));
        this.differences = 0;
    }
    tell(player, url, what) {
        this.differences++;
        console.log(`${player.name}: ${url}: ${what}`);
    }
    keepShot(player, number, shot) {
        if (options.shots)
            fs.writeFileSync(path.join(options.shots, `${number}-${player.name}.png`), shot);
    }
    async page(url, number) {
        const real = await look(this.live, url);
        this.keepShot(this.live, number, real.seen.shot);
        const clicks = choose(await linksOf(real.frame), url, this.already, Number(options.clicks));
        await real.tab.page.close();
        for (const click of clicks) {
            const there = await look(this.live, click.url);
            click.text = there.seen.text;
            await there.tab.page.close();
        }
        if (real.seen.text === '' && real.seen.parts.size <= 1)
            this.tell(this.live, url, 'the live page shows nothing');
        await Promise.all(this.others.map((player) => this.compare(player, url, number, real.seen, clicks)));
    }
    async compare(player, url, number, real, clicks) {
        const { tab, seen } = await look(player, url);
        const count = this.counts[player.name];
        this.keepShot(player, number, seen.shot);
        await tab.page.close();
        count.pages++;
        if (seen.text !== real.text) {
            count.texts++;
            this.tell(player, url, `the text differs: ${JSON.stringify(seen.text.slice(0, 100))}, live ${JSON.stringify(real.text.slice(0, 100))}`);
        }
        const share = await sharePixels(this.blank, real.shot, seen.shot);
        if (share < SAME_PIXELS) {
            count.screens++;
            this.tell(player, url, `only ${(100 * share).toFixed(1)} % of the first screen is the same`);
        }
        for (const [part, status] of seen.parts) {
            count.parts++;
            const once = real.parts.get(part);
            if (!succeeded(status) && once && succeeded(once)) {
                count.missing++;
                this.tell(player, url, `${part} is missing: ${status || 'no response'}`);
            }
        }
        for (const part of seen.left) {
            count.left++;
            this.tell(player, url, `a request left the archive: ${part}`);
        }
        for (const click of clicks)
            await this.click(player, url, click);
    }
    async click(player, url, click) {
        const tab = new Tab(await player.context.newPage());
        const frame = await player.open(tab, url);
        await tab.settle();
        await frame.evaluate((place) => document.querySelectorAll('a[href]')[place].click(), click.place).catch(() => {});
        await tab.read(player.frame(tab));
        const text = await textOf(player.frame(tab));
        await tab.page.close();
        const count = this.counts[player.name];
        count.clicks++;
        if (text !== click.text) {
            count.dead++;
            this.tell(player, url, `a click on ${click.url} shows another page: ${JSON.stringify(text.slice(0, 100))}`);
        }
    }
}

const succeeded = (status) => status > 0 && status < 400;

async function tellLacks(live, others, pages) {
    const lists = Object.fromEntries([live, ...others].map((player) => [player.name, new Set()]));
    for (const url of pages) {
        const real = await look(live, url);
        await real.tab.page.close();
        const got = [...real.seen.parts].filter(([, status]) => succeeded(status)).map(([part]) => part);
        got.forEach((part) => lists[live.name].add(part));
        for (const player of others) {
            const { tab, seen } = await look(player, url);
            await tab.page.close();
            got.filter((part) => seen.parts.has(part) && !succeeded(seen.parts.get(part))).forEach((part) => lists[player.name].add(part));
        }
    }
    fs.writeFileSync(options.lacks, JSON.stringify(Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...list]])), null, 1));
}

async function main() {
    const pages = fs.readFileSync(options.pages, 'utf8').split('\n').filter(Boolean);
    const live = await players.live(options.live);
    const others = [];
    if (options.pywb) others.push(await players.pywb(options.pywb));
    if (options.wacz) others.push(await players.wabac(options.wacz));
    if (options.serve) others.push(await players.serve(options.serve));
    if (options.lacks) {
        await tellLacks(live, others, pages);
        process.exit(0);
    }
    const blank = await live.context.newPage();
    const proof = new Proof(live, others, blank);
    for (const [number, url] of pages.entries())
        await proof.page(url, number);
    for (const [name, count] of Object.entries(proof.counts))
        console.log(`${name}: ` + Object.entries(count).map(([what, n]) => `${n} ${what}`).join(', '));
    for (const player of [live, ...others])
        await player.close();
    const looked = Object.values(proof.counts).every((count) => count.pages === pages.length && count.pages > 0);
    process.exit(proof.differences || !looked ? 1 : 0);
}
await main();
