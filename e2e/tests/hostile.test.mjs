// Posts are written by strangers: nothing that they wrote may run, load, or push the page about.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { PAYLOADS, writePosts } from '../lib/posts.mjs';

let program;
before(async () => {
  program = await build('dev');
});

/** The payload as the page writes it: characters that nobody sees are written out. */
const written = (text) => text.replace('\u202E', '⟨U+202E⟩').replace('\u200B', '⟨U+200B⟩');

test('hostile posts are text', async (t) => {
  const dir = scratch(t);
  writePosts(join(dir, 'posts.jsonl'), 20);
  const folder = join(dir, 'case');
  await vedette(program, dir, 'case', 'new', folder, '--name', '<b>Case</b>', '--owner', 'O', '--purpose', 'P');
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url)) foreign.push(request.url());
  });
  await page.evaluate(() => (window.canary = () => (window.sung = true)));

  await step('in the list', async () => {
    await page.getByRole('textbox', { name: 'Query' }).fill('payload');
    await page.keyboard.press('Enter');
    await page.getByText(`${PAYLOADS.length} posts`, { exact: true }).waitFor();
    for (let i = 0; i < PAYLOADS.length; i++) await page.keyboard.press('j');
    assert.equal(await page.locator('main img, main iframe, main script, main a').count(), 0);
  });

  await step('in the details and in the raw bytes', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Post details' });
    for (let i = 0; i < PAYLOADS.length; i++) {
      const payload = PAYLOADS[PAYLOADS.length - 1 - i];
      await details.getByRole('tab', { name: 'Post', exact: true }).click();
      await details.getByText(`payload ${written(payload)}`, { exact: true }).waitFor();
      await details.getByRole('tab', { name: 'Evidence' }).click();
      await details.getByRole('region', { name: 'Raw bytes' }).waitFor();
      await page.keyboard.press('j');
    }
    assert.equal(await details.locator('img, iframe, script, style, link, a, math').count(), 0);
  });

  await step('and a long one or a towering one stays in its row', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Query' }).fill('needle OR zalgo');
    await page.keyboard.press('Enter');
    await page.getByText('2 posts', { exact: true }).waitFor();
    for (const row of await page.getByRole('row').all()) {
      const box = await row.boundingBox();
      assert.ok(box.height <= 67, `a row is ${box.height} px high`);
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false);
    await page.locator('mark', { hasText: 'needle' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Show all/ }).waitFor();
  });

  assert.equal(await page.evaluate(() => Boolean(window.sung)), false);
  assert.deepEqual(foreign, []);
  assert.deepEqual(errors, []);
});

test('the policy forbids what is not ours', async (t) => {
  const desk = await openDesk(t, program);
  const response = await fetch(`${desk.url}/`);
  const policy = response.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  const { page } = await openPage(desk);
  const blocked = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener('securitypolicyviolation', (e) => seen.push(`${e.effectiveDirective} ${e.blockedURI}`));
    const script = document.createElement('script');
    script.textContent = 'window.sung = true';
    document.head.append(script);
    const picture = new Image();
    picture.src = 'https://evil.example/x.png';
    await fetch('https://evil.example/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { seen: [...new Set(seen)].sort(), sung: Boolean(window.sung) };
  });
  assert.deepEqual(blocked, {
    seen: ['connect-src https://evil.example/', 'img-src https://evil.example/x.png', 'script-src-elem inline'],
    sung: false,
  });
});
