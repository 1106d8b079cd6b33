// window.mjs CASE FILE: what the window does with a big case, measured: CASE was imported from the NDJSON FILE.
// Prints rows for docs/performance.md. `make bench` runs it.
import { execFile } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, openDesk, openPage, startProgram, startScreen } from '../lib/desk.mjs';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../../frontend/dist/assets/', import.meta.url));
const [folder, file] = process.argv.slice(2);
if (!folder || !file) throw new Error('usage: window.mjs CASE FILE');

const ends = [];
const t = { after: (work) => ends.unshift(work) };
const rows = [];
const add = (work, value, unit, reach) => {
  const met = reach === undefined ? '' : value <= reach ? 'yes' : '**no**';
  rows.push(`| ${work} | ${format(value)} ${unit} | ${reach === undefined ? 'stated' : `≤ ${reach} ${unit}`} | ${met} |`);
  console.error(rows.at(-1));
};
const format = (n) => (n >= 100 ? Math.round(n) : Math.round(n * 10) / 10).toLocaleString('en');
const quantile = (list, q) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))];

/** Words of the first posts, rare and frequent ones. */
function words(n) {
  const head = Buffer.alloc(1 << 18);
  const f = openSync(file);
  readSync(f, head);
  closeSync(f);
  const found = new Set(head.toString('utf8').match(/\b[a-z]{4,}\b/g));
  const all = [...found].filter((w) => !['text', 'author', 'data', 'lang', 'created', 'metrics', 'null'].includes(w));
  // Each once: an address that stays as it is asks nothing.
  return [...new Set(Array.from({ length: n }, (_, i) => all[Math.floor((i * all.length) / n)]))];
}

/** Milliseconds from a change of the address to the frame that shows the answer, for each address. */
function ask(page, addresses) {
  return page.evaluate(async (list) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
    const took = [];
    for (const address of list) {
      performance.clearResourceTimings();
      const began = performance.now();
      location.hash = address;
      while (!performance.getEntriesByType('resource').some((r) => r.name.includes('/data/search'))) await frame();
      await frame();
      took.push(performance.now() - began);
      // Let the rest of the page's own work end, so that it is not counted for the next.
      for (let i = 0; i < 5; i++) await frame();
    }
    return took;
  }, addresses);
}

/** Milliseconds of main-thread work in each of n frames of scrolling through the whole list. */
function scroll(page, n) {
  return page.evaluate(async (frames) => {
    const list = [...document.querySelectorAll('main *')].find((e) => e.scrollHeight > e.clientHeight * 50);
    if (!list) throw new Error('no list to scroll');
    const took = [];
    const step = (list.scrollHeight - list.clientHeight) / frames;
    for (let i = 0; i < frames; i++) {
      await new Promise((resolve) => {
        requestAnimationFrame(() => {
          const began = performance.now();
          // Half of the frames as a wheel would, half as the scrollbar does.
          list.scrollTop = i % 2 ? list.scrollTop + 120 : Math.round(i * step);
          // A task that waits behind this frame's styles, layout and paint.
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            took.push(performance.now() - began);
            resolve();
          };
          channel.port2.postMessage(0);
        });
      });
    }
    return took;
  }, n);
}

/** MB of resident memory of a process and of all that it started. */
async function memory(pid) {
  const { stdout } = await run('ps', ['-e', '-o', 'pid=', '-o', 'ppid=', '-o', 'rss=']);
  const all = stdout.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of all)
      if (family.has(parent) && !family.has(child)) grown = Boolean(family.add(child));
  }
  return all.filter(([id]) => family.has(id)).reduce((sum, [, , rss]) => sum + rss, 0) / 1024;
}

async function inBrowser(program) {
  const desk = await openDesk(t, program, ['window', folder]);
  const paints = [];
  const firsts = [];
  for (let i = 0; i < 5; i++) {
    const { page, close } = await openPage(desk);
    await page.locator('#row-0 .text').waitFor({ timeout: 60_000 });
    firsts.push(await page.evaluate(() => performance.now()));
    paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
    await close();
  }
  add('first paint', quantile(paints, 0.5), 'ms', 1500);
  add('start of the page to the first rows', quantile(firsts, 0.5), 'ms');
  const { page } = await openPage(desk);
  await page.locator('#row-0 .text').waitFor();
  await ask(page, ['#/explore?q=warm']);
  add('search, change to answer on screen, p95', quantile(await ask(page, words(60).map((w) => `#/explore?q=${w}`)), 0.95), 'ms', 150);
  const facets = ['platform', 'lang', 'type', 'polarity', 'kind'];
  const values = await page.evaluate(async (names) => {
    const request = { selection: {}, limit: 1, facets: names, facet_limit: 5 };
    const r = await fetch(`/data/search?${new URLSearchParams({ request: JSON.stringify(request) })}`);
    return (await r.json()).facets;
  }, facets);
  const byFacet = facets.flatMap((name) => (values[name] ?? []).map(({ value }) => `in.${name}=${encodeURIComponent(value)}`));
  const times = Array.from({ length: 12 }, (_, i) => {
    const day = (n) => new Date(Date.UTC(2024, 0, 1) + n * 30 * 86_400_000).toISOString();
    return `from=${day(i)}&to=${day(i + 2)}`;
  });
  const changes = [...byFacet, ...times].map((q) => `#/explore?${q}`);
  add('facet or time span, change to answer on screen, p95', quantile(await ask(page, changes), 0.95), 'ms', 150);
  await ask(page, ['#/explore']);
  add('main-thread work of a frame while scrolling, p95', quantile(await scroll(page, 300), 0.95), 'ms', 12);
}

async function inWindow(program) {
  const display = await startScreen(t, '1360x860x24');
  const env = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en' };
  const began = performance.now();
  const { child } = startProgram(t, program, ['window', folder], join(folder, '..'), display, env);
  const screen = { env: { ...process.env, DISPLAY: display } };
  const ask = async (...args) => (await run('xdotool', args, screen).catch(() => ({ stdout: '' }))).stdout.trim();
  for (let named = false; !named; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const id of (await ask('search', '--name', '^Vedette')).split('\n').filter(Boolean))
      named ||= /posts$/.test(await ask('getwindowname', id));
  }
  add('start of the program to the case open in its window', performance.now() - began, 'ms');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  add('memory of the window, its program and its engine, case open', await memory(child.pid), 'MB');
}

try {
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const size = (list) => list.reduce((sum, name) => sum + statSync(join(dist, name)).size, 0) / 1e6;
  const dev = await build('dev');
  await inBrowser(dev);
  await inWindow(await build('product'));
  const lazy = /chart|echarts|pdf|worker/i;
  add('JavaScript of the page without charts and PDF preview', size(scripts.filter((n) => !lazy.test(n))), 'MB', 1.5);
} finally {
  for (const end of ends) await end();
}
console.log('\n| the window, with the big case | figure | reach | |\n|---|---|---|---|');
console.log(rows.join('\n'));
