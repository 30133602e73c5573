// Whether wabac, from the user's own npm install, shows a page of every archive of `warccap serve --player`.
//
//   player.mjs PORT URL WORDS ARCHIVES
import { startBrowser } from './browser.mjs';

const [, , port, url, words, archives] = process.argv;
const origin = `http://warccap-player.localhost:${port}`;
let failed = 0;

for (let archive = 0; archive < Number(archives); archive++) {
    const { browser, context } = await startBrowser(null);
    const page = await context.newPage();
    const left = [];
    page.on('request', (request) => {
        if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== origin) left.push(request.url());
    });
    await page.goto(`${origin}/?archive=${archive}&url=${encodeURIComponent(url)}`);
    let text = '';
    for (let tries = 0; tries < 300 && !text.includes(words); tries++) {
        await page.waitForTimeout(100);
        const frame = page.frames().find((one) => one.name() === '___wb_replay_top_frame');
        text = frame ? await frame.evaluate(() => document.body ? document.body.innerText : '').catch(() => '') : '';
    }
    const good = text.includes(words) && left.length === 0;
    if (!good) failed++;
    console.log(`${good ? 'shown' : 'NOT SHOWN'}: archive ${archive}`, good ? '' : [text.slice(0, 300), await page.innerText('#said'), left]);
    await browser.close();
}
process.exit(failed ? 1 : 0);
