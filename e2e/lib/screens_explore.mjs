// How to get from Explore to each state of its marks, searches and context that is worth a picture and a look by axe.
// What is marked stays marked, so that each of them can come in any order and more than once.

const grid = (page) => page.getByRole('grid').focus();

/** Checks the first n posts by keys. */
async function checkFirst(page, n) {
  await grid(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  for (let i = 1; i < n; i++) await page.keyboard.press('Shift+ArrowDown');
  await page.locator('.bulk strong').first().waitFor();
}

async function addLabel(page, label) {
  await page.keyboard.press('l');
  const input = page.locator('.marking .type');
  await input.fill(label);
  const option = page.locator('.marking .option').first();
  await option.waitFor();
  // On all already: pressing Enter would take it off.
  if (!(await option.locator('.tick svg.lucide-check').count())) await page.keyboard.press('Enter');
  await page.locator('.marking .option svg.lucide-check').first().waitFor();
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'detached' });
}

export const EXPLORE = {
  'explore-bulk': async (page) => {
    await checkFirst(page, 2);
    await addLabel(page, 'bridge');
    await addLabel(page, 'eyewitness account');
    await page.keyboard.press('Escape');
    await checkFirst(page, 5);
    await page.locator('.bulk .chip.some').first().waitFor();
  },
  'explore-labels': async (page) => {
    await checkFirst(page, 2);
    await addLabel(page, 'bridge');
    await page.keyboard.press('Escape');
    await checkFirst(page, 4);
    await page.keyboard.press('l');
    await page.locator('.marking .option').first().waitFor();
  },
  'explore-note': async (page) => {
    await checkFirst(page, 3);
    await page.keyboard.press('n');
    await page.locator('.marking textarea').fill('Ask the council who closed the bridge.');
  },
  'explore-grade': async (page) => {
    await checkFirst(page, 3);
    await page.keyboard.press('g');
    await page.locator('.marking [role=listbox]').waitFor();
  },
  'explore-marks': async (page) => {
    await page.locator('#row-1').click();
    await page.locator('aside dl').waitFor();
    await grid(page);
    await addLabel(page, 'bridge');
    await page.keyboard.press('n');
    await page.locator('.marking textarea').fill('Ask the council who closed the bridge, and when.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.marking').waitFor({ state: 'detached' });
    await grid(page);
    await page.keyboard.press('g');
    await page.locator('.marking [role=listbox]').waitFor();
    await page.keyboard.press('3');
    await page.locator('aside .grade').waitFor();
    await page.locator('aside .note').waitFor();
  },
  'explore-searches': async (page) => {
    await page.locator('.facets .value').first().click();
    await page.locator('.chips').waitFor();
    await page.locator('.popup-trigger').click();
    await page.locator('.panel form input').fill('Night of the flood');
    await page.keyboard.press('Enter');
    await page.locator('.panel li').nth(1).waitFor();
  },
  'explore-context': async (page) => {
    await grid(page);
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.locator('.chip .back').waitFor();
    await page.locator('aside dl').waitFor();
  },
  'explore-narrow': async (page) => {
    await page.locator('.facets .more').first().click();
    await page.locator('.facets .narrow').fill('a');
    await page.locator('.facets .facet:has(.narrow) .value').first().focus();
  },
};

/** Thousands of labels, a long note in two directions, names of 300 characters: marks that nobody wants to see. */
export async function markHostile(desk, program, folder, page) {
  await page.locator('#row-0 .text').waitFor();
  const labels = Array.from(
    { length: 3000 },
    (_, i) => `label ${i} ${i % 3 ? 'و'.repeat(40) : 'h\u0317\u0302\u0358'.repeat(60)}`,
  );
  labels.push('L'.repeat(300), '\u202Egnorw');
  await page.evaluate(async (all) => {
    const go = window.go.app.ExploreService;
    const change = {
      add_labels: all,
      note: 'ملاحظة طويلة '.repeat(400) + 'h\u0317\u0302\u0358\u0363'.repeat(400),
      grade: '2',
      star: true,
    };
    const ids = Array.from({ length: 34 }, (_, i) => String(i + 1));
    await go.Mark(ids, change);
  }, labels);
}
