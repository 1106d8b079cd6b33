// Every screen, in both themes and both languages: no accessibility finding, nothing wider than the window, no
// complaint in the console, and a picture in e2e/out/screens for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findings, withAxe } from '../lib/axe.mjs';
import { build, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';
import { EXPLORE } from '../lib/screens_explore.mjs';
import { LISTEN_SCREENS } from '../lib/screens_listen.mjs';
import { REPORT_SCREENS } from '../lib/screens_report.mjs';
import { SITUATION } from '../lib/screens_situation.mjs';

const pictures = fileURLToPath(new URL('../out/screens/', import.meta.url));

let program;
before(async () => {
  program = await build('dev');
  mkdirSync(pictures, { recursive: true });
});

/** How to get to each screen from Explore. */
const SCREENS = {
  explore: async () => undefined,
  'explore-post': async (page) => {
    await page.locator('#row-3').click();
    await page.locator('aside dl').waitFor();
  },
  'explore-evidence': async (page) => {
    await page.locator('#row-2').click();
    await page.getByRole('tab').nth(2).click();
    await page.locator('aside .bytes').waitFor();
  },
  'explore-meaning': async (page) => {
    await ask(page, 'volunteers');
    await page.locator('#row-0 mark').waitFor();
    await page.locator('#row-0').click();
    await page.getByRole('tab').nth(1).click();
    await page.locator('aside table').waitFor();
  },
  'explore-filtered': async (page) => {
    await page.locator('.facets .value').first().click();
    await page.locator('.chips').waitFor();
    await page.locator('.facets .facet').nth(3).locator('.out').last().click();
    await page.locator('.chip.not').waitFor();
  },
  'explore-mistake': async (page) => {
    await ask(page, 'bridge (river');
    await page.locator('#query-fault').waitFor();
  },
  'explore-nothing': async (page) => {
    await ask(page, 'unfindable');
    await page.locator('.empty').waitFor();
  },
  cases: async (page) => {
    await page.keyboard.press('Alt+1');
    await page.locator('article').waitFor();
  },
  'cases-new': async (page) => {
    await page.keyboard.press('Alt+1');
    await page.locator('header button').last().click();
    await page.locator('form button[type=submit]').click();
  },
  keys: async (page) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k');
    await page.locator('.overlay input').waitFor();
  },
  history: async (page) => {
    await page.keyboard.press('Alt+h');
    await page.getByRole('dialog').waitFor();
  },
  jobs: async (page) => {
    await page.keyboard.press('Alt+j');
    await page.locator('aside.jobs').waitFor();
  },
  ...EXPLORE,
  ...LISTEN_SCREENS,
  ...SITUATION,
  ...REPORT_SCREENS,
};

async function ask(page, query) {
  await page.keyboard.press('/');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
}

async function caseWithPosts(t) {
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
  return folder;
}

/** Explore as it is at first: an address of its own, so that nothing is left of the screen before. */
async function begin(page, url) {
  await page.goto('about:blank');
  await page.goto(`${url}/#/explore`);
  await page.locator('#row-0 .text').waitFor();
}

async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

test('screens', async (t) => {
  const desk = await openDesk(t, program, ['window', await caseWithPosts(t)]);

  for (const theme of ['light', 'dark']) {
    for (const lang of ['en', 'es']) {
      const { page, errors, close } = await openPage(desk, { lang, theme, prepare: withAxe });
      for (const [name, go] of Object.entries(SCREENS)) {
        await t.test(`${name}, ${theme}, ${lang}`, async () => {
          await begin(page, desk.url);
          await go(page, desk);
          await picture(page, `${name}-${theme}-${lang}`);
          assert.deepEqual(await findings(page), []);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
          assert.deepEqual(errors, []);
        });
      }
      await close();
    }
  }

  for (const [theme, lang] of [
    ['light', 'es'],
    ['dark', 'en'],
  ]) {
    await t.test(`on a large screen, ${theme}, ${lang}`, async () => {
      const { page, errors, close } = await openPage(desk, { lang, theme, width: 1920, height: 1080 });
      for (const name of ['explore-evidence', 'cases']) {
        await begin(page, desk.url);
        await SCREENS[name](page, desk);
        await picture(page, `${name}-${theme}-${lang}-1920`);
      }
      assert.deepEqual(errors, []);
      await close();
    });
  }
});
