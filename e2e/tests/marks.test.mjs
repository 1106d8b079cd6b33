// What an analyst puts on posts, through the real program and by keys: labels, notes, grades, stars; saved searches;
// what was posted around a post; and that posts written to break the page do not.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { build, journey, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { cutOff } from '../lib/layout.mjs';
import { writePosts } from '../lib/posts.mjs';
import { markHostile } from '../lib/screens_explore.mjs';

let program;
before(async () => {
  program = await build('dev');
});

const found = (page, n) =>
  page
    .locator('.status')
    .getByText(n === 1 ? '1 post' : `${n} posts`, { exact: true })
    .waitFor();

/** Closes the dialog; the focus is back in the list when it is gone. */
async function closed(page) {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'grid');
}

async function caseOf(t, n, name = 'Calder flood') {
  const dir = scratch(t);
  const total = writePosts(join(dir, 'posts.jsonl'), n);
  const folder = join(dir, 'case');
  await vedette(
    program,
    dir,
    ...['case', 'new', folder, '--name', name, '--owner', 'R. Ortega', '--purpose', 'Rumours'],
  );
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  return { folder, total };
}

test('marks are put on posts by keys, and taken back', async (t) => {
  const { folder, total } = await caseOf(t);
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  const details = page.getByRole('complementary', { name: 'Post details' });
  const rowLabels = page.getByRole('grid').getByRole('button', { name: 'Posts labelled bridge' });

  await step('three checked posts get a label', async () => {
    await found(page, total);
    await page.keyboard.press('End');
    await page.locator(`#row-${total - 1}.cursor .text`).waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByRole('group', { name: 'Checked posts' }).getByText('3 checked').waitFor();
    await page.keyboard.press('l');
    await page.getByRole('combobox', { name: 'Label to add or remove' }).waitFor();
    await page.keyboard.type('bridge');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /bridge on all/ }).waitFor();
    await closed(page);
    assert.equal(await rowLabels.count(), 3);
    await page
      .getByRole('region', { name: 'Facets' })
      .getByRole('button', { name: /^bridge 3/ })
      .waitFor();
  });

  await step('of two labels one is on some, and says on how many', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    await page.getByRole('combobox', { name: 'Label to add or remove' }).waitFor();
    await page.keyboard.type('rumour');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /rumour on all/ }).waitFor();
    await closed(page);
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    const bulk = page.getByRole('group', { name: 'Checked posts' });
    await bulk.getByRole('button', { name: 'Posts labelled bridge', exact: true }).waitFor();
    await bulk.getByRole('button', { name: 'Posts labelled rumour 1/3' }).waitFor();
    await page.keyboard.press('Escape');
  });

  await step('a label in a row leads to the posts that have it', async () => {
    await rowLabels.first().click();
    await found(page, 3);
    assert.match(page.url(), /in\.label=bridge/);
  });

  await step('a note and a grade are given without leaving the list', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Note' }).waitFor();
    await page.keyboard.type('Ask the council\nwho closed it.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#row-0').getByLabel('Has a note').waitFor();
    await page.keyboard.press('g');
    await page.getByRole('listbox', { name: 'Grade' }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#row-0 .grade').waitFor();
    await page.keyboard.press('s');
    await page.locator('#row-0 .starred').waitFor();
    await page.keyboard.press('Enter');
    await details.getByText('who closed it.').waitFor();
    await details.getByText('2 Probably true').waitFor();
    await details.getByRole('button', { name: 'Remove star' }).waitFor();
  });

  await step('undo takes back one after the other, where the list is', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await page.locator('#row-0 .starred').waitFor({ state: 'detached' });
    await details.getByRole('button', { name: 'Star', exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await page.locator('#row-0 .grade').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await details.getByText('who closed it.').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+Z');
    await details.getByText('who closed it.').waitFor();
    await found(page, 3);
  });

  await step('a label that is taken off takes the post out of its list', async () => {
    await page.getByRole('grid').focus();
    await details.getByRole('button', { name: 'Remove bridge' }).click();
    await found(page, 2);
  });

  await step('a search is saved, and run again', async () => {
    await page.getByRole('button', { name: 'Saved and recent searches' }).click();
    await page.getByRole('textbox', { name: 'Name for this search' }).fill('At the bridge');
    await page.keyboard.press('Enter');
    const saved = page.getByRole('region', { name: 'Saved in this case' });
    await saved.getByText('At the bridge').waitFor();
    await saved.getByText('label:bridge').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    await found(page, total);
    await page.getByRole('button', { name: 'Saved and recent searches' }).click();
    await saved.getByRole('button', { name: /^At the bridge/ }).click();
    await found(page, 2);
  });

  await step('the query that it is copied as finds the same', async () => {
    await page.getByRole('button', { name: 'Saved and recent searches' }).click();
    await page
      .getByRole('textbox', { name: 'Run a query or an address' })
      .fill('label:bridge AND NOT starred:true');
    await page.keyboard.press('Enter');
    await found(page, 2);
    await page.locator('.panel').waitFor({ state: 'detached' });
  });

  await step('what was posted around a post is one key away, and back', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('c');
    await page
      .getByRole('list', { name: 'Filters' })
      .getByText(/5 minutes before and after/)
      .waitFor();
    await found(page, 1);
    await page.getByRole('list', { name: 'Filters' }).getByRole('button', { name: 'Back' }).click();
    await found(page, 2);
  });

  await step('an author and a hashtag lead to their posts', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await details.getByRole('button', { name: /^Author: posts with .*@reader_/ }).click();
    await page.getByRole('list', { name: 'Filters' }).getByText('Author').waitFor();
    assert.match(page.url(), /in\.author=x%3A9\d\d/);
    await page.goBack();
    await details
      .getByRole('button', { name: /^Hashtag: posts with #CalderFlood/i })
      .first()
      .click();
    await page.getByRole('list', { name: 'Filters' }).getByText('calderflood').waitFor();
    await page.locator('#row-0 .text').waitFor();
  });

  await step('a conversation is one button away', async () => {
    await page.goto(`${desk.url}/#/explore?q=volunteers`);
    await found(page, 40);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await details.getByRole('tab', { name: 'Thread' }).click();
    await details.locator('ol li').first().waitFor();
    const size = await details.locator('ol li').count();
    await details.getByRole('button', { name: 'Show in the list' }).click();
    await found(page, size);
    assert.match(decodeURIComponent(page.url()), /q=thread:"x:17\d+"/);
  });

  await step('all that are found are checked at once', async () => {
    await page.goto(`${desk.url}/#/explore`);
    await found(page, total);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    await page.getByText(`${total} checked`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(`${total} checked`).waitFor({ state: 'detached' });
  });

  await step('a facet is narrowed by typing and excluded by a key', async () => {
    await page.getByRole('button', { name: /More… Author/ }).click();
    await page.getByRole('textbox', { name: 'Narrow: Author' }).fill('reader_17');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('-');
    await page.locator('.chip.not').waitFor();
    assert.match(page.url(), /not\.author=/);
  });

  await step('nothing complained', () => assert.deepEqual(errors, []));
});

test('what is written to break the page does not', async (t) => {
  const { folder } = await caseOf(t, 20, `${'ملف '.repeat(30)}${'N\u0317\u0302\u0358'.repeat(20)}${'n'.repeat(100)}`);
  const desk = await openDesk(t, program, ['window', folder]);
  const { page, errors } = await openPage(desk);
  const step = journey(t, page);
  await markHostile(desk, program, folder, page);

  for (const [size, width, height] of [
    ['at 1280 by 720', 1280, 720],
    // What 200 per cent of zoom leaves of such a window.
    ['at twice the text', 640, 360],
  ]) {
    await step(`a row with thousands of labels, ${size}`, async () => {
      await page.setViewportSize({ width, height });
      await page.goto('about:blank');
      await page.goto(`${desk.url}/#/explore?q=zalgo+OR+needle`);
      await page.locator('#row-0 .text').waitFor();
      const rows = await page.getByRole('row').all();
      const boxes = await Promise.all(rows.map((row) => row.boundingBox()));
      boxes.sort((a, b) => a.y - b.y);
      for (let i = 1; i < boxes.length; i++)
        assert.ok(boxes[i - 1].y + boxes[i - 1].height <= boxes[i].y + 0.5, 'rows overlap');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    });

    await step(`its details, ${size}`, async () => {
      await page.getByRole('grid').focus();
      for (const key of ['Home', 'Enter']) await page.keyboard.press(key);
      const details = page.getByRole('complementary', { name: 'Post details' });
      await details.getByRole('button', { name: /more labels/ }).click();
      await details.getByRole('tablist').waitFor();
      const wide = await details.evaluate((aside) =>
        [aside, ...aside.querySelectorAll('header, .do, .marks, .labels, .note')]
          .filter((node) => node.scrollWidth > node.clientWidth + 1)
          .map((node) => node.className),
      );
      assert.deepEqual(wide, []);
      const close = await details.getByRole('button', { name: 'Close details' }).boundingBox();
      assert.ok(close.x + close.width <= width, 'the button that closes the details is off the window');
      assert.ok((await page.getByRole('grid').boundingBox()).width > 150, 'there is no room for the list');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    });
  }

  // What is drawn of thousands stays within bounds; that, not the speed of the machine, is what keeps a page quick.
  const drawn = () => page.evaluate(() => document.querySelectorAll('*').length);

  await step('the dialog for labels finds one of thousands', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto('about:blank');
    await page.goto(`${desk.url}/#/explore`);
    await page.locator('#row-0 .text').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('l');
    await page.keyboard.type('label 2998');
    await page.getByRole('option', { name: /^label 2998/ }).waitFor();
    assert.ok((await drawn()) < 4000, `${await drawn()} elements`);
    assert.deepEqual(await cutOff(page), []);
    await closed(page);
  });

  await step('so does the facet, and the bar of checked posts stays low', async () => {
    const facets = page.getByRole('region', { name: 'Facets' });
    await facets.getByRole('button', { name: /More… Label/ }).click();
    await facets.getByRole('button', { name: /^Exclude label/ }).nth(150).waitFor();
    assert.ok((await drawn()) < 6000, `${await drawn()} elements`);
    await facets.getByRole('textbox', { name: 'Narrow: Label' }).fill('label 2998');
    await facets.getByRole('button', { name: /^Exclude label 2998/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('group', { name: 'Checked posts' });
    await bar.waitFor();
    assert.ok((await bar.boundingBox()).height <= 160);
    assert.ok((await drawn()) < 4000, `${await drawn()} elements`);
    await page.keyboard.press('Escape');
    assert.deepEqual(await cutOff(page), []);
  });

  for (const [name, key] of [
    ['Cases', '1'],
    ['Listen', '2'],
    ['Situation', '4'],
    ['Report', '5'],
  ]) {
    await step(`a name of 300 characters in ${name}`, async () => {
      await page.keyboard.press(`Alt+${key}`);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await cutOff(page), []);
    });
  }

  await step('and in the settings of the case', async () => {
    await page.keyboard.press('Alt+1');
    await page.getByRole('button', { name: 'Settings…' }).click();
    await page.getByRole('dialog', { name: 'Case settings' }).waitFor();
    assert.deepEqual(await cutOff(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await step('a hundred thousand characters are drawn when asked for, with their matches', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto('about:blank');
    await page.goto(`${desk.url}/#/explore?q=needle`);
    await page.locator('#row-0 mark').waitFor();
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Post details' });
    await details.getByRole('button', { name: /^Show all/ }).click();
    await details.locator('mark', { hasText: 'needle' }).waitFor();
  });

  await step('nothing complained', () => assert.deepEqual(errors, []));
});
