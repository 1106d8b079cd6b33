// Posts come in through the window: by the dialog, by dropping, by hand. Every record is accounted for, and what came
// in can be taken out of view and put back.
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answerDialog, build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';
import { writeTable } from '../lib/screens_listen.mjs';

let program;
before(async () => {
  program = await build('dev');
});

/** Drops files on the window; development builds only. */
async function drop(desk, ...paths) {
  const query = paths.map((path) => `path=${encodeURIComponent(path)}`).join('&');
  const response = await fetch(`${desk.url}/dev/drop?${query}`, {
    method: 'POST',
  });
  assert.equal(response.status, 204);
}

/** The smallest PNG there is: one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

async function cells(row) {
  await row.waitFor();
  return (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim());
}

test('posts come in, and every record is accounted for', async (t) => {
  const dir = scratch(t);
  const folder = join(dir, 'case');
  await vedette(program, dir, 'case', 'new', folder, '--name', 'Listening', '--owner', 'O', '--purpose', 'P');
  const file = join(dir, 'posts.jsonl');
  const n = writePosts(file, 60);
  appendFileSync(file, '{"data": {"id": broken\n{"meta": {"result_count": 0}}\n');
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const tab = (name) => page.getByRole('tab', { name, exact: true }).click();

  await step('a file is chosen, looked at and imported', async () => {
    await page.keyboard.press('Alt+2');
    await answerDialog(desk, file);
    await page.getByRole('button', { name: 'Choose files…' }).click();
    const look = page.getByRole('table', { name: 'What is in the files' });
    await look.getByText('X API v2').waitFor();
    await page.getByText('First posts, as they would be read').waitFor();
    await page.getByLabel('Source', { exact: true }).fill('Harbour desk');
    await page.getByRole('radio', { name: /^Signed in/ }).check();
    await page.getByRole('button', { name: 'Start import' }).click();
  });

  await step('and each of its records is in the sum', async () => {
    const row = page
      .getByRole('table', { name: 'What became of every record' })
      .getByRole('row', { name: /posts\.jsonl/ });
    const [read, accepted, duplicate, rejected] = (await cells(row)).map(Number);
    assert.equal(accepted, n);
    assert.equal(rejected, 1);
    assert.equal(read, accepted + duplicate + rejected);
    assert.match(await row.innerText(), /Not valid JSON/);
    await page.locator('footer').getByText(`${n} posts`, { exact: true }).waitFor();
  });

  await step('its rejects are listed with their place', async () => {
    await page.getByRole('button', { name: 'Show rejects' }).click();
    const list = page.getByRole('region', { name: 'Rejected records' });
    await list.getByText('Not valid JSON').waitFor();
    await list.getByText(/bytes from/).waitFor();
    assert.match(page.url(), /tab=batches&batch=1/);
  });

  await step('an import is withdrawn, restored, and withdrawn no more by undoing', async () => {
    const panel = page.getByRole('complementary', { name: 'Import 1' });
    await panel.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await panel.getByRole('button', { name: 'Restore', exact: true }).waitFor();
    await page
      .getByRole('row', { name: /posts\.jsonl/ })
      .getByText('withdrawn')
      .waitFor();
    await page.keyboard.press('Alt+3');
    await page.getByText('Nothing matches').waitFor();
    await page.keyboard.press('Alt+2');
    await panel.getByRole('button', { name: 'Restore', exact: true }).click();
    await panel.getByRole('button', { name: 'Withdraw', exact: true }).click();
    await panel.getByRole('button', { name: 'Restore', exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await panel.getByRole('button', { name: 'Withdraw', exact: true }).waitFor();
    await page.locator('footer').getByText(`${n} posts`, { exact: true }).waitFor();
  });

  await step('its posts are one button away', async () => {
    await page.getByRole('button', { name: 'Show these posts' }).click();
    await page.locator('.status').getByText(`${n} posts`, { exact: true }).waitFor();
    assert.match(page.url(), /explore\?in\.batch=1/);
    await page.getByRole('list', { name: 'Filters' }).getByText('Import').waitFor();
  });

  await step('a table that is dropped asks what its columns are, and how its dates read', async () => {
    await drop(desk, writeTable(dir));
    await page.getByText('A table that needs a mapping first.').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.getByRole('button', { name: /^Map the columns…/ }).first().click();
    await page.getByRole('button', { name: 'Use once' }).click();
    await page.getByText('Nothing in the file says which of these readings is right.').waitFor();
    await page.getByRole('radio', { name: /Mar 4, 2025/ }).check();
    await page
      .getByRole('table', { name: 'What is in the files' })
      .getByText(/Dates in digits/)
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByText('2 new posts are in the case').waitFor();
    await page.getByRole('button', { name: 'Show these posts' }).click();
    await page.locator('#row-0 .text').waitFor();
    assert.match(await page.locator('main').innerText(), /Mar 4, 2025/);
  });

  await step('a subject is watched, and taken back', async () => {
    await page.keyboard.press('Alt+2');
    await tab('Subjects');
    await page.getByRole('button', { name: 'Add subject' }).click();
    await page.getByLabel('Name').fill('Calder Bridge');
    await page.getByRole('textbox', { name: /^Query/ }).fill('autor:x');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is no field “autor”.').waitFor();
    await page.getByRole('textbox', { name: /^Query/ }).fill('"calder bridge"');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Calder Bridge/ }).waitFor();
    await page.getByRole('button', { name: 'Posts: Calder Bridge' }).click();
    await page.locator('.status').getByText('10 posts', { exact: true }).waitFor();
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Control+z');
    await page.getByText('Nothing is watched yet').waitFor();
  });

  await step('a post is typed in with its picture', async () => {
    const picture = join(dir, 'shot.png');
    writeFileSync(picture, Buffer.from(PIXEL, 'base64'));
    await tab('By hand');
    await page.getByRole('textbox', { name: 'Text' }).fill('The quay is flooded');
    await page.getByRole('textbox', { name: 'Author' }).fill('@harbour');
    await page.getByRole('textbox', { name: 'Published' }).fill('2025-02-03 10:30');
    await answerDialog(desk, picture);
    await page.getByRole('group', { name: 'Screenshot' }).getByRole('button').click();
    await page.getByText('shot.png').waitFor();
    await page.getByRole('button', { name: 'Add post' }).click();
    await page.getByRole('button', { name: 'Show the post' }).click();
    await page.getByText('The quay is flooded').first().waitFor();
  });

  await step('a collector is kept without touching the network', async () => {
    await page.keyboard.press('Alt+2');
    await tab('Collectors and network');
    await page.getByText('No request was ever made from this case.').waitFor();
    await page.getByRole('button', { name: 'Add collector' }).click();
    await page.getByRole('textbox', { name: /^Address of the feed/ }).fill('ftp://example.org/');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/is not an http or https address/).waitFor();
    await page.getByRole('textbox', { name: /^Address of the feed/ }).fill('http://127.0.0.1:9/feed');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('row', { name: /127\.0\.0\.1/ })
      .getByText('Never run')
      .waitFor();
    await page.getByText('No request was ever made from this case.').waitFor();
  });

  await step('and running it writes what was refused into the ledger', async () => {
    await page.getByRole('button', { name: /^Run now:/ }).click();
    const ledger = page.getByRole('table', { name: 'Network ledger' });
    await ledger
      .getByText(/127\.0\.0\.1/)
      .first()
      .waitFor();
    await page.getByRole('alert').filter({ hasText: '127.0.0.1' }).waitFor();
  });

  assert.deepEqual(errors, []);
});
