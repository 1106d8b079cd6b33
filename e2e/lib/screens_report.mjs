// How to get to each state of Report, of the settings and of About from Explore, for pictures and for the checks
// that go with them. Nothing here depends on the language of the page.
import { join } from 'node:path';
import { answerDialog } from './desk.mjs';

/** Which share of a page's canvas is not white. */
export const ink = (page, n) =>
  page.evaluate((index) => {
    const canvas = document.querySelectorAll('section.sheet')[index].querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 200 || data[i + 1] < 200) dark++;
    return dark / (data.length / 4);
  }, n - 1);

async function report(page) {
  await page.keyboard.press('Alt+5');
  await page.locator('main.report .number strong').waitFor();
}

async function preview(page) {
  await report(page);
  await page.locator('main.report form button[type=submit]').click();
  await page.locator('section.sheet[data-drawn]').first().waitFor();
  await page.locator('.strip').waitFor({ state: 'detached' });
}

/** The dialog of the settings, opened with the last button of the rail. */
async function settings(page) {
  await page.locator('nav button').last().click();
  await page.getByRole('dialog').waitFor();
}

export const REPORT_SCREENS = {
  report,
  'report-preview': preview,
  'report-stale': async (page) => {
    await preview(page);
    await page.locator('#report-title').fill('Other');
    await page.locator('.strip.stale').waitFor();
    await page.locator('#report-title').fill('');
    await page.locator('.strip.stale').waitFor({ state: 'detached' });
    await page.locator('#report-title').fill('A report of another name than the case');
  },
  'report-saved': async (page, desk) => {
    await report(page);
    await page.locator('#report-title').fill('');
    await page.getByRole('switch').check();
    await answerDialog(desk, join(desk.dir, 'report.pdf'));
    await page.locator('main.report form button').last().click();
    await page.locator('form .outcome .notice').waitFor();
    await answerDialog(desk, join(desk.dir, 'posts.csv'));
    await page.locator('main.report .form > section button').last().click();
    await page.locator('section .outcome .notice').last().waitFor();
  },
  'report-nothing': async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('unfindable');
    await page.keyboard.press('Enter');
    await page.locator('.empty').waitFor();
    await page.keyboard.press('Alt+5');
    await page.locator('main.report .notice').first().waitFor();
  },
  'case-settings': async (page) => {
    await page.keyboard.press('Alt+1');
    await page.locator('article .do button').nth(1).click();
    await page.getByRole('dialog').locator('form').waitFor();
  },
  'case-verified': async (page) => {
    await page.keyboard.press('Alt+1');
    await page.locator('#verify-title').waitFor();
    await page.locator('.head button').filter({ has: page.locator('svg') }).last().click();
    await page.locator('.good').waitFor();
  },
  settings,
  about: async (page) => {
    await settings(page);
    await page.getByRole('dialog').locator('.do button').click();
    await page.locator('details').nth(5).locator('summary').click();
  },
};
