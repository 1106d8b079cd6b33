// The whole way, through the real program: from an empty folder to the bytes behind one post.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answerDialog, build, journey, openDesk, openPage, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

let program;
before(async () => {
  program = await build('dev');
});

/** Waits until the list says that it holds n posts. */
const found = (page, n) => page.locator('.status').getByText(`${n} posts`, { exact: true }).waitFor();

/** Closes the case. It is free for others when the page says that none is open, not when the button was pressed. */
async function closeCase(page) {
  const button = page.getByRole('button', { name: 'Close case' });
  await button.click();
  await button.waitFor({ state: 'detached' });
}

test('from an empty folder to the evidence behind a post', async (t) => {
  const desk = await openDesk(t, program);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const file = join(desk.dir, 'posts.jsonl');
  const n = writePosts(file);

  await step('a new case is made', async () => {
    await page.getByRole('button', { name: 'New case' }).click();
    await page.getByLabel('Name').fill('River: watch / 2025');
    await page.getByLabel('Owner').fill('A. Reyes');
    await page.getByLabel('Purpose').fill('Rumours about Calder Bridge');
    await page.getByLabel('Time zone', { exact: true }).pressSequentially('madrid');
    await page.getByRole('option', { name: 'Europe/Madrid' }).click();
    await answerDialog(desk, desk.dir);
    await page.getByRole('button', { name: 'Choose…' }).click();
    await page.getByText(desk.dir).waitFor();
    await page.getByRole('button', { name: 'Make case' }).click();
    await page.getByText('This case has no posts yet').waitFor();
    assert.match(await page.locator('footer').innerText(), /River: watch \/ 2025/);
  });

  await step('posts are imported while no window holds the case', async () => {
    await page.keyboard.press('Alt+1');
    await closeCase(page);
    const done = await vedette(program, desk.dir, 'import', join(desk.dir, 'river-watch-2025'), file, '--json');
    assert.equal(done.batches.length, 1);
    assert.equal(done.batches[0].accepted, n);
    await page.getByRole('button', { name: /^River: watch/ }).click();
    await found(page, n);
  });

  await step('words find posts and are marked', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('volunteers AND lang:en');
    await page.keyboard.press('Enter');
    await found(page, 40);
    assert.equal((await page.locator('mark').first().innerText()).toLowerCase(), 'volunteers');
    assert.match(page.url(), /q=volunteers\+AND\+lang%3Aen/);
  });

  await step('a mistake is shown at its place and mended', async () => {
    await page.getByRole('textbox', { name: 'Query' }).fill('bridge autor:reader_1');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: 'Did you mean' });
    await alert.waitFor();
    await alert.getByRole('button').click();
    await alert.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('textbox', { name: 'Query' }).inputValue(), 'bridge author:reader_1');
  });

  await step('facets and back narrow and widen', async () => {
    await page.getByRole('textbox', { name: 'Query' }).fill('');
    await page.keyboard.press('Enter');
    await found(page, n);
    await page.getByRole('region', { name: 'Facets' }).getByRole('button', { name: /^Spanish/ }).click();
    const narrowed = page.getByRole('list', { name: 'Filters' }).getByText('Spanish');
    await narrowed.waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await narrowed.waitFor({ state: 'detached' });
    await found(page, n);
  });

  await step('the details show the words, the hash, and the exact bytes', async () => {
    await page.getByRole('textbox', { name: 'Query' }).fill('"hot food"');
    await page.keyboard.press('Enter');
    await found(page, 40);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Post details' });
    await details.getByRole('tab', { name: 'Enrichment' }).click();
    await details.getByText('Words that moved the score').waitFor();
    assert.ok((await details.getByRole('rowheader').count()) > 0);
    await details.getByRole('tab', { name: 'Evidence' }).click();
    const place = await details.getByText(/^bytes from/).innerText();
    const [offset, length] = place.match(/\d[\d,]*/g).map((x) => Number(x.replaceAll(',', '')));
    const bytes = readFileSync(file).subarray(offset, offset + length);
    const hash = createHash('sha256').update(bytes).digest('hex');
    await details.getByText(hash).waitFor();
    await details.getByText('Exactly as in the file').waitFor();
    const shown = await details.getByRole('region', { name: 'Raw bytes' }).innerText();
    assert.equal(shown.trim(), bytes.toString('utf8').trim());
  });

  await step('a star is kept in the case', async () => {
    await page.getByRole('button', { name: 'Star', exact: true }).waitFor();
    // The star is drawn at once; the list is asked for anew when it has been written.
    const written = page.waitForResponse(/\/data\/search/);
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Remove star' }).waitFor();
    await written;
    await page.keyboard.press('Alt+1');
    await closeCase(page);
    await page.getByRole('button', { name: /^River: watch/ }).click();
    await found(page, n);
    await page.getByRole('textbox', { name: 'Query' }).fill('starred:true');
    await page.keyboard.press('Enter');
    await page.locator('.status').getByText('1 post', { exact: true }).waitFor();
    await page.locator('#row-0 .starred').waitFor();
  });

  await step('the last of many rows is one key away', async () => {
    await page.getByRole('textbox', { name: 'Query' }).fill('');
    await page.keyboard.press('Enter');
    await found(page, n);
    await page.keyboard.press('End');
    await page.locator(`#row-${n - 1} .text`).waitFor();
    assert.match(await page.locator(`#row-${n - 1}`).innerText(), /Calder Bridge/);
  });

  assert.deepEqual(errors, []);
});
