// What a selection amounts to, through the real program: charts of a real case, the posts behind a point by pointer
// and by keys, both themes, files that are saved, and runs that are recorded.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answerDialog, build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

let program;
before(async () => {
  program = await build('dev');
});

/** A case with posts and two subjects of which one is a competitor. */
async function watchedCase(t) {
  const dir = scratch(t);
  writePosts(join(dir, 'posts.jsonl'));
  const folder = join(dir, 'case');
  await vedette(
    program,
    dir,
    ...['case', 'new', folder, '--name', 'Calder flood', '--owner', 'R. Ortega', '--zone', 'Europe/Madrid'],
    ...['--purpose', 'Rumours about the closure of Calder Bridge'],
  );
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  await vedette(program, dir, 'subject', 'add', folder, 'Volunteers', '--query', 'volunteers');
  await vedette(program, dir, 'subject', 'add', folder, 'Council', '--query', 'council', '--competitor');
  return folder;
}

/** The words above the charts, by their label. */
const headline = (page, label) => page.locator('.headlines li').filter({ hasText: label });

/** Waits until Explore says that it lists n posts. */
const listed = (page, n) => page.locator('.status').getByText(`${n} posts`, { exact: true }).waitFor();

/** The colours of a chart's picture: those that more than a few of its points have. */
const colours = (page, kind) =>
  page.locator(`#panel-${kind} canvas`).evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] < 255) continue;
      const hex = `#${[data[i], data[i + 1], data[i + 2]].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
      counts.set(hex, (counts.get(hex) ?? 0) + 1);
    }
    return [...counts].filter(([, n]) => n > 40).map(([hex]) => hex);
  });

/** Waits until a chart's picture has colours: a canvas is there before anything is drawn on it, and before it is redrawn. */
async function shows(page, kind, ...wanted) {
  const end = Date.now() + 10_000;
  for (;;) {
    const seen = await colours(page, kind);
    if (wanted.every((colour) => seen.includes(colour))) return seen;
    assert.ok(Date.now() < end, `${kind} shows ${seen}, not ${wanted}`);
  }
}

const drawn = (page) => page.locator('#panel-alerts, #panel-platforms canvas').last().waitFor();

test('what a selection amounts to', async (t) => {
  const desk = await openDesk(t, program, ['window', await watchedCase(t)]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const total = writePosts(join(desk.dir, 'same.jsonl'));

  await step('charts are drawn from the case in the palette of the reports', async () => {
    await page.locator('#row-0 .text').waitFor();
    await page.keyboard.press('Alt+4');
    await drawn(page);
    assert.equal((await headline(page, 'Posts').first().locator('.value').innerText()).replace(/\D/g, ''), String(total));
    await shows(page, 'volume', '#0072b2');
    await shows(page, 'sentiment', '#d55e00', '#0072b2');
    assert.equal(await page.locator('#panel-voice canvas').count(), 1);
    assert.equal(await page.locator('.board img, .board iframe, .board svg script').count(), 0);
  });

  await step('a click on a bar leads to its posts', async () => {
    const box = await page.locator('#panel-volume canvas').boundingBox();
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.5);
    await page.waitForURL(/#\/explore\?from=2025-02-/);
    await listed(page, 3);
    await page.keyboard.press('Alt+ArrowLeft');
    await drawn(page);
  });

  await step('a table shows the numbers, and its rows lead on by keys', async () => {
    const toggle = page.getByRole('button', { name: 'Numbers: Most active accounts' });
    await toggle.focus();
    await page.keyboard.press('Enter');
    const row = page.locator('#panel-accounts tbody tr').first();
    const posts = Number((await row.locator('td').nth(1).innerText()).replace(/\D/g, ''));
    // The menu of files, the table itself, its first row.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
    assert.equal(await row.locator('button').evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/explore\?in\.author=/);
    await listed(page, posts);
    await page.keyboard.press('Alt+ArrowLeft');
    await drawn(page);
  });

  await step('a subject is narrowed to, named, and taken off again', async () => {
    await page.getByRole('button', { name: 'Numbers: Share of voice' }).click();
    const row = page.locator('#panel-voice tbody tr').filter({ hasText: 'Volunteers' });
    const mentions = Number((await row.locator('td').nth(1).innerText()).replace(/\D/g, ''));
    await row.getByRole('button').click();
    await page.getByRole('list', { name: 'Filters' }).getByText('Volunteers').waitFor();
    await listed(page, mentions);
    await page.keyboard.press('Alt+4');
    await drawn(page);
    await page.getByRole('button', { name: 'Remove Volunteers' }).click();
    await page.waitForURL((url) => !url.hash.includes('subject='));
  });

  await step('the dark theme draws the same bars on another ground', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme="dark"]').waitFor();
    await drawn(page);
    await shows(page, 'volume', '#0072b2');
    // X is near-black on paper, which nobody could see here.
    const platforms = await shows(page, 'platforms', '#e7ecef');
    assert.ok(!platforms.includes('#1a1f2b'), String(platforms));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme="light"]').waitFor();
  });

  await step('numbers, drawing and picture are saved', async () => {
    const save = async (name, file) => {
      await answerDialog(desk, join(desk.dir, file));
      await page.getByRole('button', { name: 'Save: Posts over time' }).click();
      await page.getByRole('menuitem', { name }).click();
      await page.getByText(`Saved as ${file}.`).waitFor();
      return readFileSync(join(desk.dir, file));
    };
    const csv = (await save('Numbers (CSV)', 'volume.csv')).toString('utf8');
    assert.match(csv, /^\ufeffstart,end,posts\r\n2025-02-03T00:00:00Z,2025-02-03T03:00:00Z,3\r\n/);
    const svg = (await save('Drawing (SVG)', 'volume.svg')).toString('utf8');
    assert.match(svg, /^<svg [^]*Posts over time[^]*<\/svg>\s*$/);
    assert.doesNotMatch(svg, /<(script|style|image|a)\b/);
    const png = await save('Picture (PNG)', 'volume.png');
    assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
    assert.equal(png.readUInt32BE(16), 1920);
  });

  await step('a dialog that is cancelled saves nothing', async () => {
    await answerDialog(desk, '');
    await page.getByRole('button', { name: 'Save: Platforms' }).click();
    await page.getByRole('menuitem', { name: 'Numbers (CSV)' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.equal(existsSync(join(desk.dir, 'platforms.csv')), false);
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  await step('the analyses are recorded as runs', async () => {
    await page.getByRole('button', { name: 'Record as runs' }).click();
    await page.getByText(/\d+ analyses are recorded\./).waitFor();
    await page.locator('details.runs summary').click();
    const runs = page.locator('details.runs tbody tr');
    await runs.first().waitFor();
    assert.equal(await runs.count(), 10);
    assert.match(await runs.first().innerText(), /The whole case/);
  });

  assert.deepEqual(errors, []);
});
