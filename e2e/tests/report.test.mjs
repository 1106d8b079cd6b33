// What leaves the case, and how the desk is set up: a report that is looked at and saved, an export, the settings
// of the case and of the window, and the licences. All through the real program.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answerDialog, build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';
import { ink } from '../lib/screens_report.mjs';

let program;
before(async () => {
  program = await build('dev');
});

async function caseWithPosts(t) {
  const dir = scratch(t);
  const n = writePosts(join(dir, 'posts.jsonl'));
  const folder = join(dir, 'case');
  await vedette(
    program,
    dir,
    ...['case', 'new', folder, '--name', 'Calder flood', '--owner', 'R. Ortega', '--zone', 'Europe/Madrid'],
    ...['--purpose', 'Rumours about the closure of Calder Bridge'],
  );
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  return { folder, n };
}

test('a report and an export leave the case', async (t) => {
  const { folder, n } = await caseWithPosts(t);
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const previews = page.getByRole('region', { name: 'Pages of the report' });

  await step('the selection goes along and is said in words', async () => {
    await page.goto(`${desk.url}/#/explore?q=volunteers`);
    await page.locator('#row-0 mark').waitFor();
    await page.keyboard.press('Alt+5');
    await page.getByText(`of ${n} in the case`).waitFor();
    assert.match(await page.getByRole('main').innerText(), /Query: volunteers/);
    await page.getByText('No preview yet').waitFor();
  });

  await step('the preview is drawn, and its words can be selected', async () => {
    await page.getByLabel('Title').fill('Flood <b>at</b> Calder');
    await page.getByLabel('Title').press('Enter');
    const first = previews.getByRole('region', { name: /^Page 1 of/ });
    await first.and(page.locator('[data-drawn]')).waitFor();
    assert.ok((await ink(page, 1)) > 0.005, 'the first page is blank');
    await first.getByText('Calder').first().waitFor();
    assert.equal(await page.locator('.sheet b').count(), 0);
  });

  await step('pages are turned and zoomed by keys', async () => {
    await previews.focus();
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.querySelector('[role=toolbar] input').value === '2');
    const before = await page.locator('section.sheet').first().boundingBox();
    await page.keyboard.press('+');
    await page.waitForFunction(
      (width) => document.querySelector('section.sheet').getBoundingClientRect().width > width,
      before.width,
    );
    await page.keyboard.press('0');
    await page.getByRole('button', { name: 'Fit the width' }).and(page.locator('[aria-pressed=true]')).waitFor();
    await page.locator('section.sheet[data-drawn]').nth(1).waitFor();
    assert.ok((await ink(page, 2)) > 0.005, 'the second page is blank');
  });

  await step('a change makes the preview stale, and updating mends it', async () => {
    await page.getByRole('radio', { name: 'Español' }).check();
    await page.getByText('This preview is out of date').waitFor();
    await page.getByRole('button', { name: 'Update preview' }).click();
    await page.locator('section.sheet[lang=es][data-drawn]').first().waitFor();
    await page.getByText('This preview is out of date').waitFor({ state: 'detached' });
  });

  await step('it is saved as a PDF, and the case says so', async () => {
    const file = join(desk.dir, 'flood.pdf');
    await answerDialog(desk, file);
    await page.getByRole('button', { name: 'Save as PDF…' }).click();
    await page.getByText('Saved: flood.pdf').waitFor();
    assert.equal(readFileSync(file).subarray(0, 5).toString(), '%PDF-');
    await page.getByText('Made as of custody record').waitFor();
    assert.ok(statSync(file).size > 10_000);
  });

  await step('a cancelled dialog leaves all as it is', async () => {
    await answerDialog(desk, '');
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Export…' }).and(page.locator(':enabled')).waitFor();
    assert.equal(await page.getByText(/written to/).count(), 0);
  });

  await step('the posts are exported as CSV', async () => {
    const file = join(desk.dir, 'posts.csv');
    await answerDialog(desk, file);
    await page.getByRole('switch').check();
    await page.getByText('were not meant for the public').waitFor();
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByText(/posts? written to posts\.csv/).waitFor();
    assert.ok(readFileSync(file, 'utf8').split('\n').length > 40);
  });

  await step('the preview is still there after a look at another screen', async () => {
    await page.keyboard.press('Alt+3');
    await page.locator('#row-0').waitFor();
    await page.keyboard.press('Alt+5');
    await page.locator('section.sheet[data-drawn]').first().waitFor();
  });

  assert.deepEqual(errors, []);
});

test('the case and the window are set up', async (t) => {
  const { folder } = await caseWithPosts(t);
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);

  await step('the description of the case changes, and is taken back', async () => {
    await page.keyboard.press('Alt+1');
    await page.getByRole('button', { name: 'Settings…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Case settings' });
    assert.equal(await dialog.getByLabel('Owner').inputValue(), 'R. Ortega');
    await dialog.getByLabel('Name').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Name').fill('Calder, renamed');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Calder, renamed' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'Calder flood' }).waitFor();
  });

  await step('the open case is verified', async () => {
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText(/^Verified/).or(page.getByText('Everything fits together')).waitFor();
    await page.getByText(/custody records, \d+ posts/).waitFor();
  });

  await step('density and text size are applied and kept', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByRole('radio', { name: 'Compact' }).check();
    await dialog.getByRole('radio', { name: '125%' }).check();
    const applied = () =>
      page.waitForFunction(() => {
        const root = document.documentElement;
        return root.dataset.density === 'compact' && getComputedStyle(root).fontSize === '20px';
      });
    await applied();
    const kept = async () => (await page.evaluate(() => window.go.app.SystemService.Settings())).text_size;
    while ((await kept()) !== 125) await page.waitForTimeout(20);
    await page.reload();
    await page.getByRole('main').waitFor();
    await applied();
    await page.keyboard.press('Alt+3');
    const row = await page.locator('#row-1').boundingBox();
    const first = await page.locator('#row-0').boundingBox();
    assert.ok(Math.abs(first.height - 76) < 0.6 && Math.abs(row.y - first.y - first.height) < 0.6);
  });

  await step('about shows the licences', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'About Vedette and licences' }).click();
    const dialog = page.getByRole('dialog', { name: 'About Vedette' });
    await dialog.getByText('linux/').waitFor();
    await dialog.locator('summary', { hasText: "The window's page" }).click();
    await dialog.getByText('PDF.js (pdfjs-dist').waitFor();
    await dialog.locator('summary', { hasText: 'Apache License 2.0' }).click();
    await dialog.getByText('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION').waitFor();
  });

  await step('the palette opens them, too', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('case settings');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Case settings' }).waitFor();
  });

  assert.deepEqual(errors, []);
});
