// How to get from Explore to the states of the situation that are worth looking at.

/** Goes to the situation and waits until its charts are drawn. */
async function open(page) {
  await page.keyboard.press('Alt+4');
  await drawn(page);
}

const drawn = (page) => page.locator('#panel-volume canvas').waitFor();

async function ask(page, query) {
  await page.keyboard.press('/');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
}

const numbers = (page, kind) => page.locator(`#panel-${kind} header .do > button`).first().click();

export const SITUATION = {
  situation: async (page) => open(page),
  'situation-numbers': async (page) => {
    await open(page);
    for (const kind of ['volume', 'sentiment', 'accounts']) await numbers(page, kind);
    await page.locator('#panel-accounts table').waitFor();
  },
  'situation-save': async (page) => {
    await open(page);
    await page.locator('#panel-sentiment .commands-trigger').click();
    await page.getByRole('menuitem').first().waitFor();
  },
  'situation-lower': async (page) => {
    await open(page);
    await page.locator('details.runs summary').click();
    await page.locator('details.runs > p, details.runs table').first().waitFor();
    await page.locator('details.runs').scrollIntoViewIfNeeded();
  },
  'situation-filtered': async (page) => {
    await page.locator('.facets .value').first().click();
    await page.locator('.chips').waitFor();
    await open(page);
  },
  'situation-mistake': async (page) => {
    await open(page);
    await ask(page, 'bridge (river');
    await page.locator('#query-fault').waitFor();
  },
  'situation-nothing': async (page) => {
    await open(page);
    await ask(page, 'unfindable');
    await page.locator('.empty').waitFor();
  },
};
