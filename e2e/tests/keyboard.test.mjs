// The whole work without a pointer: a case, an import, a search, a label, a chart, a report. And for whoever types
// faster than the window answers: no key is lost, and none acts on a list that is about to go.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answerDialog, build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

/** Keys that anybody is willing to press to get somewhere. */
const MOST = 40;

let program;
before(async () => {
  program = await build('dev');
});

/** Waits until the list says that it holds n posts. */
const found = (page, n) => page.locator('.status').getByText(`${n} posts`, { exact: true }).waitFor();

/** Goes to something key by key, as anybody can; it has to be within reach. */
async function to(page, target, step = 'Tab') {
  await target.waitFor();
  for (let i = 0; i <= MOST; i++) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(step);
  }
  throw new Error(`${target} is not reached with ${MOST} times ${step}`);
}

/** Presses something that was reached so. */
async function press(page, target, key = 'Enter', step = 'Tab') {
  await to(page, target, step);
  await page.keyboard.press(key);
}

test('a case is made, filled, searched, marked, charted and reported by keys alone', async (t) => {
  const desk = await openDesk(t, program);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const button = (name, options) => page.getByRole('button', { name, ...options });
  const file = join(desk.dir, 'posts.jsonl');
  const n = writePosts(file);
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown', 'wheel', 'touchstart'])
      document.addEventListener(kind, () => (window.pointed = true), { capture: true, passive: true });
  });

  await step('a case', async () => {
    await press(page, button('New case'));
    await to(page, page.getByLabel('Name'));
    await page.keyboard.type('River watch');
    await to(page, page.getByLabel('Owner'));
    await page.keyboard.type('A. Reyes');
    await to(page, page.getByLabel('Purpose'));
    await page.keyboard.type('Rumours about Calder Bridge');
    await to(page, page.getByLabel('Time zone', { exact: true }));
    await page.keyboard.type('madrid');
    await page.getByRole('option', { name: 'Europe/Madrid' }).and(page.locator('[data-highlighted]')).waitFor();
    await page.keyboard.press('Enter');
    await answerDialog(desk, desk.dir);
    await press(page, button('Choose…'));
    await page.getByText(desk.dir).waitFor();
    await press(page, button('Make case'));
    await page.getByText('This case has no posts yet').waitFor();
  });

  await step('an import', async () => {
    await page.keyboard.press('Alt+2');
    await answerDialog(desk, file);
    await press(page, button('Choose files…'));
    await page.getByText('First posts, as they would be read').waitFor();
    await to(page, page.getByLabel('Source', { exact: true }));
    await page.keyboard.type('Harbour desk');
    await press(page, button('Start import'));
    await press(page, button('Show these posts'));
    await found(page, n);
  });

  await step('a search, as fast as one can type', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('volunteers');
    await page.keyboard.press('Enter');
    // Not waiting: the key is for the list that is on its way.
    await page.keyboard.press('j');
    await found(page, 40);
    await page.locator('#row-1.cursor mark').first().waitFor();
  });

  await step('a label on three posts', async () => {
    await page.keyboard.press('Space');
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await page.getByText('3 checked').waitFor();
    await page.keyboard.press('l');
    await page.keyboard.type('helpers');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /helpers on all/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('grid').getByRole('button', { name: 'Posts labelled helpers' }).count(), 3);
  });

  await step('the facet of that label, and its posts', async () => {
    const value = page.getByRole('region', { name: 'Facets' }).getByRole('button', { name: /^helpers 3/ });
    await value.waitFor();
    await page.keyboard.press('f');
    await press(page, value, 'Enter', 'ArrowDown');
    await found(page, 3);
    await page.keyboard.press('Alt+ArrowLeft');
    await found(page, 40);
  });

  await step('the details of a post, and its evidence', async () => {
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Post details' });
    await to(page, details.getByRole('tab', { name: 'Post', exact: true }));
    await to(page, details.getByRole('tab', { name: 'Evidence' }), 'ArrowRight');
    await details.getByText('Exactly as in the file').waitFor();
    await to(page, details.getByRole('region', { name: 'Raw bytes' }));
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });

  await step('a chart, the posts behind one of its numbers, and the numbers as a file', async () => {
    await page.keyboard.press('Alt+4');
    await press(page, button('Numbers: Most active accounts'));
    const row = page.locator('#panel-accounts tbody tr').first();
    const posts = Number((await row.locator('td').nth(1).innerText()).replace(/\D/g, ''));
    await press(page, row.getByRole('button'));
    await page.locator('.status').getByText(new RegExp(`^${posts} posts?$`)).waitFor();
    await page.keyboard.press('Alt+ArrowLeft');
    await answerDialog(desk, join(desk.dir, 'volume.csv'));
    await press(page, button('Save: Posts over time'));
    await press(page, page.getByRole('menuitem', { name: 'Numbers (CSV)' }), 'Enter', 'ArrowDown');
    await page.getByText('Saved as volume.csv.').waitFor();
  });

  await step('a report', async () => {
    await page.keyboard.press('Alt+5');
    await to(page, page.getByLabel('Title'));
    await page.keyboard.type('Helpers at Calder');
    await page.keyboard.press('Enter');
    await page.locator('section.sheet[data-drawn]').first().waitFor();
    await answerDialog(desk, join(desk.dir, 'helpers.pdf'));
    await press(page, button('Save as PDF…'));
    await page.getByText('Saved: helpers.pdf').waitFor();
    assert.equal(readFileSync(join(desk.dir, 'helpers.pdf')).subarray(0, 5).toString(), '%PDF-');
  });

  await step('and no pointer was touched', async () => {
    assert.equal(await page.evaluate(() => Boolean(window.pointed)), false);
    assert.deepEqual(errors, []);
  });
});

test('whoever types faster than the window answers loses nothing', async (t) => {
  const dir = scratch(t);
  const n = writePosts(join(dir, 'posts.jsonl'));
  const folder = join(dir, 'case');
  await vedette(program, dir, 'case', 'new', folder, '--name', 'Calder flood', '--owner', 'O', '--purpose', 'P');
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  let hold = 0;
  await page.route('**/data/search**', (route) => void setTimeout(() => void route.continue(), hold));
  await found(page, n);

  await step('keys wait for the list that was asked for', async () => {
    hold = 700;
    await page.keyboard.press('/');
    await page.keyboard.type('volunteers');
    for (const key of ['Enter', 'j', 'j', 's', 'Enter']) await page.keyboard.press(key);
    await page.locator('#row-2.cursor .starred').waitFor();
    await page.locator('#row-2.open mark').first().waitFor();
    hold = 0;
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('NOT volunteers AND starred:true');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('NOT volunteers');
    await page.keyboard.press('Enter');
    await found(page, n - 40);
    assert.equal(await page.locator('.starred').count(), 0, 'a post of the old list got the star');
  });

  await step('what follows Ctrl+K and the key for labels is typed into them', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('verify');
    assert.equal(await page.getByRole('combobox', { name: 'Find an action' }).inputValue(), 'verify');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const [key, field] of [
      ['l', page.getByRole('combobox', { name: 'Label to add or remove' })],
      ['n', page.getByRole('textbox', { name: 'Note' })],
    ]) {
      await page.keyboard.press('k');
      await page.keyboard.press(key);
      await page.keyboard.type('sling');
      assert.equal(await field.inputValue(), 'sling');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  await step('what is being typed stays when an answer comes', async () => {
    hold = 500;
    await page.keyboard.press('/');
    await page.keyboard.type('bridge');
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    await page.keyboard.type('council OR river');
    await page.locator('.status').getByText('Searching').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('textbox', { name: 'Query' }).inputValue(), 'council OR river');
  });

  await step('a mistake in the query is mended where it is', async () => {
    hold = 0;
    await page.keyboard.type(' AND (');
    await page.keyboard.press('Enter');
    await page.locator('#query-fault').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type('flood)');
    await page.keyboard.press('Enter');
    await page.locator('#query-fault').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('textbox', { name: 'Query' }).inputValue(), 'council OR river AND (flood)');
  });

  await step('nothing complained', () => assert.deepEqual(errors, []));
});
