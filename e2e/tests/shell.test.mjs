// What is around the screens: the palette, the panel of long work, undo and redo with their history. Keys only.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

let program;
before(async () => {
  program = await build('dev');
});

test('around the screens', async (t) => {
  const dir = scratch(t);
  writePosts(join(dir, 'posts.jsonl'));
  const folder = join(dir, 'case');
  await vedette(
    program,
    dir,
    ...['case', 'new', folder, '--name', 'Calder flood', '--owner', 'R. Ortega', '--purpose', 'Rumours'],
  );
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const palette = async (words) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find an action' }).waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };

  await step('the palette goes to a screen and sets the theme', async () => {
    await page.locator('#row-0').waitFor();
    await palette('cases');
    await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
    await palette('theme dark');
    await page.locator('html[data-theme=dark]').waitFor();
    await palette('explore');
    await page.locator('#row-0').waitFor();
  });

  await step('the palette searches for what is no action', async () => {
    await palette('volunteers');
    await page.locator('#row-0 mark').waitFor();
    assert.match(page.url(), /q=volunteers/);
  });

  await step('a verification runs in the panel of long work and is kept there', async () => {
    await palette('verify');
    await page.getByText('Verified: nothing differs').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+j');
    await page.getByRole('heading', { name: 'Long work' }).waitFor();
    await page.locator('.jobs li').first().getByText('Done').waitFor();
    await page.keyboard.press('Escape');
  });

  await step('a star is taken back and done again, each named', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('s');
    await page.locator('#row-0 .starred').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('Undone: Starred 1 post').waitFor();
    await page.locator('#row-0 .starred').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await page.getByText('Done again: Starred 1 post').waitFor();
    await page.locator('#row-0 .starred').waitFor();
    await page.keyboard.press('Alt+h');
    await page.getByRole('dialog').getByText('Starred 1 post').waitFor();
    await page.keyboard.press('Escape');
  });

  await step('nothing complained', () => assert.deepEqual(errors, []));
});
