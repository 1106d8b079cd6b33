// The screens on small and large displays and at the zoom people set: nothing is wider than the window, nothing is
// cut off, axe finds nothing, and a picture in e2e/out/scaling for people to look at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findings, withAxe } from '../lib/axe.mjs';
import { build, openDesk, openPage, scratch, vedette } from '../lib/desk.mjs';
import { cutOff } from '../lib/layout.mjs';
import { writePosts } from '../lib/posts.mjs';

const pictures = fileURLToPath(new URL('../out/scaling/', import.meta.url));

let program;
before(async () => {
  program = await build('dev');
  mkdirSync(pictures, { recursive: true });
});

/**
 * Displays: what the page has in CSS pixels, and how many of the display's own each of them is. axe looks at the two
 * ends; what lies between looks like the screens that screens.test.mjs shows it.
 */
const DISPLAYS = {
  '1280x720': { width: 1280, height: 720 },
  '3840x2160': { width: 3840, height: 2160, axe: true },
  '1920x1080 at 125 %': { width: 1536, height: 864, scale: 1.25, lang: 'es' },
  '1920x1080 at 150 %': { width: 1280, height: 720, scale: 1.5, theme: 'dark', lang: 'es' },
  '1920x1080 at 200 %': { width: 960, height: 540, scale: 2, lang: 'es', axe: true },
};

/** How to get to each screen from the one before it. */
const SCREENS = {
  explore: async (page) => {
    await page.locator('#row-0 .text').waitFor();
    await page.getByRole('grid').focus();
    for (const key of ['j', 'Enter']) await page.keyboard.press(key);
    await page.locator('aside dl').waitFor();
  },
  listen: async (page) => {
    await page.keyboard.press('Alt+2');
    await page.locator('.zone').waitFor();
  },
  subjects: async (page) => {
    await page.getByRole('tab').nth(2).click();
    await page.locator('main table').waitFor();
  },
  situation: async (page) => {
    await page.keyboard.press('Alt+4');
    await page.locator('#panel-volume canvas').waitFor();
  },
  report: async (page) => {
    await page.keyboard.press('Alt+5');
    await page.locator('main.report form button[type=submit]').click();
    await page.locator('section.sheet[data-drawn]').first().waitFor();
    await page.locator('.strip').waitFor({ state: 'detached' });
  },
  cases: async (page) => {
    await page.keyboard.press('Alt+1');
    await page.locator('article').waitFor();
  },
  'new case': async (page) => {
    await page.locator('header button').last().click();
    await page.locator('form button[type=submit]').click();
  },
  settings: async (page) => {
    await page.locator('nav button').last().click();
    await page.getByRole('dialog').waitFor();
  },
};

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
  await vedette(program, dir, 'subject', 'add', folder, 'Volunteers', '--query', 'volunteers');
  return folder;
}

test('on displays of every size', async (t) => {
  const desk = await openDesk(t, program, ['window', await caseWithPosts(t)]);
  for (const [display, { axe, ...options }] of Object.entries(DISPLAYS)) {
    await t.test(display, async (t) => {
      const { page, errors, close } = await openPage(desk, { ...options, prepare: axe && withAxe });
      for (const [name, go] of Object.entries(SCREENS)) {
        await t.test(name, async () => {
          await go(page);
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({ path: join(pictures, `${name}-${display}.png`) });
          assert.deepEqual(await cutOff(page), []);
          if (axe) assert.deepEqual(await findings(page), []);
          assert.deepEqual(errors, []);
        });
      }
      await close();
    });
  }
});
