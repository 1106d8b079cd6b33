// A corpus of attacks in every field of posts, in file names, labels, subjects and the case's own name, shown on every
// screen in both engines: the canary is never called, no element comes of it, and no request leaves the machine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, environment, journey, openDesk, openPage, scratch, startScreen, vedette } from '../lib/desk.mjs';
import { ATTACKS, CANARY, writeAttacks } from '../lib/payloads.mjs';

const NAME = `<img src=x onerror=${CANARY}>`;
/** What only an attack could have put into the page. */
const FOREIGN = 'img, iframe, object, embed, video, audio, script:not([src^="/"]), style, base, math, marquee, form[action]';

let programs;
before(async () => {
  programs = { dev: await build('dev'), product: await build('product') };
});

async function hostileCase(program, dir) {
  const folder = join(dir, 'case');
  const add = (...args) => vedette(program, dir, ...args);
  await add('case', 'new', folder, '--name', NAME, '--owner', NAME, '--purpose', NAME);
  await add('import', folder, writeAttacks(dir), '--source', NAME, '--json');
  await add('subject', 'add', folder, NAME, '--query', 'attack');
  const { posts } = await add('search', folder, 'attack', '--limit', '40', '--json');
  const labels = ATTACKS.slice(0, 60).flatMap((attack) => ['--add', attack.replaceAll('\u0000', '').slice(0, 90)]);
  await add('label', folder, ...posts.slice(0, 12).map((post) => post.id), ...labels);
  await add('note', folder, posts[0].id, '--text', ATTACKS.slice(100, 120).join('\n').replaceAll('\u0000', ''));
  return folder;
}

test(`${ATTACKS.length} attacks are text on every screen`, async (t) => {
  const folder = await hostileCase(programs.dev, scratch(t));
  const desk = await openDesk(t, programs.dev, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
  });
  await page.evaluate(() => {
    window.runtime.WindowSetTitle = () => (window.sung = true);
  });
  const quiet = async () => {
    assert.equal(await page.evaluate(() => Boolean(window.sung)), false, 'the canary sang');
    assert.equal(await page.locator(`main :is(${FOREIGN}), aside :is(${FOREIGN})`).count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    assert.deepEqual(foreign, []);
  };

  await step('in Explore: list, facets, details of every tenth post', async () => {
    await page.locator('#row-0').waitFor();
    await page.keyboard.press('Enter');
    for (let i = 0; i < ATTACKS.length; i++) {
      if (i % 10 === 0) {
        // Those that every post has; others come and go with the post.
        for (const name of ['Post', 'Enrichment', 'Evidence']) {
          await page.getByRole('tab', { name, exact: true }).click();
          await quiet();
        }
        await page.getByRole('grid').focus();
      }
      await page.keyboard.press('j');
    }
    await quiet();
  });

  for (const [key, name] of [
    ['2', 'Listen'],
    ['4', 'Situation'],
    ['5', 'Report'],
    ['1', 'Cases'],
  ]) {
    await step(`in ${name}`, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press(`Alt+${key}`);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      for (const tab of await page.getByRole('main').getByRole('tab').all()) {
        await tab.click();
        await page.waitForLoadState('networkidle');
        await quiet();
      }
      await quiet();
    });
  }

  await step('in the palette, the panel of long work and the history', async () => {
    for (const key of ['Control+k', 'Alt+j', 'Alt+h']) {
      await page.keyboard.press(key);
      await quiet();
      await page.keyboard.press('Escape');
    }
  });

  assert.deepEqual(errors, []);
});

test('the real window shows them without a network and asks for none', async (t) => {
  const dir = scratch(t);
  const folder = await hostileCase(programs.product, dir);
  const display = await startScreen(t, '1360x860x24');
  // A network of its own that leads nowhere: whatever is sent to another machine is counted as having no route.
  const script = fileURLToPath(new URL('../lib/offline.sh', import.meta.url));
  const own = process.getuid() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net'];
  const child = spawn('unshare', [...own, 'bash', script, programs.product, folder], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment(dir), DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', LANG: 'en_GB.UTF-8' },
  });
  let out = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (out += text));
  t.after(() => {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, out);
  const routes = /^no route: (\d+) before, (\d+) after$/m.exec(out);
  assert.ok(routes, out);
  assert.equal(routes[1], routes[2], `something was sent: ${out}`);
  // The count does rise when something is sent.
  assert.ok(Number(/^no route: (\d+) after a probe$/m.exec(out)?.[1]) > Number(routes[2]), out);
  const titles = [...out.matchAll(/^title: (.*)$/gm)].map(([, title]) => title);
  assert.ok(titles.length >= 5, out);
  for (const title of titles) assert.match(title, /^Vedette – <img/, out);
});
