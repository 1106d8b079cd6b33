// How to get to each state of Listen from Explore, for pictures and for the checks that go with them. Dialogs are
// answered with files of the desk's own folder; nothing here is imported, so that the case stays as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerDialog } from './desk.mjs';
import { writePosts } from './posts.mjs';

/** Opens Listen at a tab, by its place in the row. */
async function tab(page, n) {
  await page.keyboard.press('Alt+2');
  await page.getByRole('tab').nth(n).click();
  await page.getByRole('tab').nth(n).and(page.locator('[data-state=active]')).waitFor();
}

/** A table that no profile knows, with dates that can be read two ways, under a name that is far too long. */
export function writeTable(dir) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${'a-very-long-name-'.repeat(14)}.csv`);
  writeFileSync(
    file,
    'id,text,date,author\n1,The bridge is closed,03/04/2025 10:30,ana\n2,Still closed,05/04/2025,luis\n',
  );
  return file;
}

async function chosen(page, desk, file) {
  await tab(page, 0);
  // What an earlier state chose is still there.
  const others = page.locator('.look .head button');
  if (await others.count()) await others.click();
  await answerDialog(desk, file);
  await page.locator('.zone button').first().click();
  await page.locator('.look table').waitFor();
  await page.locator('.look[aria-busy=false]').waitFor();
}

export const LISTEN_SCREENS = {
  'listen-import': async (page) => {
    await tab(page, 0);
    await page.locator('.zone').waitFor();
  },
  'listen-inspect': async (page, desk) => {
    const file = join(desk.dir, 'chosen.jsonl');
    writePosts(file, 40);
    await chosen(page, desk, file);
    await page.locator('details summary').click();
  },
  'listen-questions': async (page, desk) => {
    await chosen(page, desk, writeTable(join(desk.dir, 'tables')));
    await page.locator('.map button').click();
    await page.locator('form header button[type=button]').last().click();
    await page.locator('.asked .pair').waitFor();
  },
  'listen-mapping': async (page, desk) => {
    await chosen(page, desk, writeTable(join(desk.dir, 'tables')));
    await page.locator('.map button').click();
    await page.locator('.posts li').first().waitFor();
  },
  'listen-batches': async (page) => {
    await tab(page, 1);
    await page.locator('.file button').first().click();
    await page.locator('aside').waitFor();
  },
  'listen-subjects': async (page) => {
    await tab(page, 2);
    await page
      .locator('main button')
      .filter({ has: page.locator('svg.lucide-plus') })
      .first()
      .click();
    await page.locator('form button[type=submit]').click();
  },
  'listen-manual': async (page) => {
    await tab(page, 3);
    await page.locator('form button[type=submit]').click();
    await page.locator('#manual-text-note').waitFor();
  },
  'listen-collectors': async (page) => {
    await tab(page, 4);
    await page
      .locator('main button')
      .filter({ has: page.locator('svg.lucide-plus') })
      .first()
      .click();
    await page.locator('#collector-url').waitFor();
  },
};
