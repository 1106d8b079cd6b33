import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { explore } from '../src/features/explore/store.svelte';
import { provide } from '../src/lib/api';
import { implementation, type Memory } from '../src/lib/api/memory';
import { app } from '../src/lib/state/app.svelte';

let api: Memory;
let copied = '';

async function start(hash: string, found = 300) {
  history.replaceState(null, '', hash);
  app.info = null;
  app.fault = null;
  app.ready = false;
  app.opening = true;
  api = implementation(300);
  api.copy = (text) => {
    copied = text;
    return Promise.resolve();
  };
  provide(api);
  // The store outlives a page, and each test has a case of its own.
  explore.checks.clear();
  explore.cursor = 0;
  render(App);
  await screen.findByRole('main');
  await explore.refresh(true);
  await screen.findByText(`${found} posts`, { selector: 'strong' });
}

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(screen.getByRole('grid'), { key, ...more });
const rows = () => within(screen.getByRole('grid')).getAllByRole('row');
const labelled = (row: number) =>
  within(rows()[row] as HTMLElement)
    .queryAllByRole('button', { name: /^Posts labelled/ })
    .map((label) => label.textContent);

async function label(text: string) {
  await press('l');
  const input = await screen.findByRole('combobox', { name: 'Label to add or remove' });
  await fireEvent.input(input, { target: { value: text } });
  await fireEvent.keyDown(input, { key: 'Enter' });
  return input;
}

const close = async (input: HTMLElement) => {
  await fireEvent.keyDown(input, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
};

describe('Checked posts', () => {
  beforeEach(() => start('#/explore'));

  it('are a range from where Shift was first held, which shrinks again', async () => {
    await press(' ');
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowDown', { shiftKey: true });
    await screen.findByText('3 checked');
    await press('ArrowUp', { shiftKey: true });
    await screen.findByText('2 checked');
    await press('j');
    await press('j');
    await press('ArrowDown', { shiftKey: true });
    await screen.findByText('4 checked');
  });

  it('are all that are found, also those that were never loaded', async () => {
    await press('a', { ctrlKey: true });
    await screen.findByText('300 checked');
    await fireEvent.click(screen.getByRole('button', { name: 'Uncheck all' }));
    expect(screen.queryByText('300 checked')).toBeNull();
  });

  it('get labels, and the bar says what they share', async () => {
    await press(' ');
    await press('ArrowDown', { shiftKey: true });
    const input = await label('bridge');
    await waitFor(() => expect(labelled(0)).toEqual(['bridge']));
    await close(input);
    expect(labelled(1)).toEqual(['bridge']);
    expect(api.marked).toEqual([{ ids: ['300', '299'], change: { add_labels: ['bridge'] } }]);
    await press('ArrowDown', { shiftKey: true });
    const bar = await screen.findByRole('group', { name: 'Checked posts' });
    await within(bar).findByRole('button', { name: 'Posts labelled bridge 2/3' });
    await fireEvent.click(within(bar).getByRole('button', { name: 'Remove bridge' }));
    await waitFor(() => expect(labelled(0)).toEqual([]));
    // Facets follow.
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Label' })).toBeNull());
  });

  it('share a note only when it is the same', async () => {
    await press('n');
    const area = await screen.findByRole('textbox', { name: 'Note' });
    await fireEvent.input(area, { target: { value: 'Who closed it?' } });
    await fireEvent.keyDown(area, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(within(rows()[0] as HTMLElement).getByLabelText('Has a note')).toBeTruthy());
    await press(' ');
    await press('ArrowDown', { shiftKey: true });
    await press('n');
    await screen.findByText(/Already with a note: 1 of 2/);
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe('');
    expect(screen.getByRole('button', { name: 'Keep note' })).toHaveProperty('disabled', true);
  });
});

describe('One post', () => {
  beforeEach(() => start('#/explore'));

  it('is graded by a digit and starred, in the row and in the details', async () => {
    await press('Enter');
    const details = await screen.findByRole('complementary', { name: 'Post details' });
    await press('g');
    await fireEvent.keyDown(await screen.findByRole('listbox', { name: 'Grade' }), { key: '2' });
    await within(details).findByText('Probably true');
    expect(within(rows()[0] as HTMLElement).getByTitle('Grade 2: Probably true')).toBeTruthy();
    await press('s');
    await within(details).findByRole('button', { name: 'Remove star' });
    await press('s');
    await within(details).findByRole('button', { name: 'Star' });
  });

  it('takes its mark back when it cannot be kept', async () => {
    api.mark = () => Promise.reject(new Error('disk'));
    await press('s');
    await screen.findByText(/Something went wrong/);
    await waitFor(() => expect(within(rows()[0] as HTMLElement).queryByLabelText('Starred')).toBeNull());
  });

  it('leads to the posts behind its values', async () => {
    await press('Enter');
    const details = await screen.findByRole('complementary', { name: 'Post details' });
    await fireEvent.click(
      await within(details).findByRole('button', { name: 'Hashtag: posts with #calderflood' }),
    );
    expect(location.hash).toContain('in.hashtag=calderflood');
    await screen.findByText('300 posts', { selector: 'strong' });
    await press('Enter');
    const again = await screen.findByRole('complementary', { name: 'Post details' });
    await fireEvent.click(
      await within(again).findByRole('button', { name: /^Author: posts with .*@reader_/ }),
    );
    expect(location.hash).toMatch(/in\.author=x%3A\d+/);
  });

  it('is shown among what was posted around it, and back leads back', async () => {
    await press('j');
    await press('c');
    await screen.findByText(/5 minutes before and after/);
    await screen.findByText('1 post', { selector: 'strong' });
    expect(location.hash).toContain('around=299');
    expect(await screen.findByRole('complementary', { name: 'Post details' })).toBeTruthy();
  });
});

describe('A label', () => {
  it('is found by typing, taken off when all have it, and filtered by in a row', async () => {
    await start('#/explore');
    const input = await label('Bridge, closed');
    await waitFor(() => expect(labelled(0)).toEqual(['Bridge, closed']));
    await fireEvent.input(input, { target: { value: 'CLOSED' } });
    const option = await screen.findByRole('option', { name: /Bridge, closed on all/ });
    expect(screen.getAllByRole('option')).toHaveLength(2);
    await close(input);
    await fireEvent.click(
      within(rows()[0] as HTMLElement).getByRole('button', { name: 'Posts labelled Bridge, closed' }),
    );
    await screen.findByText('1 post', { selector: 'strong' });
    expect(option.isConnected).toBe(false);
    expect(screen.queryByRole('complementary', { name: 'Post details' })).toBeNull();
  });
});

describe('Searches', () => {
  it('are saved, copied as text, run and removed', async () => {
    await start('#/explore?in.platform=x&q=river', 15);
    await fireEvent.click(screen.getByRole('button', { name: 'Saved and recent searches' }));
    const name = await screen.findByRole('textbox', { name: 'Name for this search' });
    await fireEvent.input(name, { target: { value: 'At the river' } });
    await fireEvent.submit(name.closest('form') as HTMLFormElement);
    const saved = await screen.findByRole('region', { name: 'Saved in this case' });
    await within(saved).findByText('At the river');
    await fireEvent.click(within(saved).getByRole('button', { name: 'Copy At the river' }));
    expect(copied).toBe('river AND platform:x');
    await fireEvent.click(within(saved).getByRole('button', { name: 'Remove At the river' }));
    await within(saved).findByText(/None yet/);
  });

  it('are taken from an address that was copied', async () => {
    await start('#/explore');
    await fireEvent.click(screen.getByRole('button', { name: 'Saved and recent searches' }));
    const input = await screen.findByRole('textbox', { name: 'Run a query or an address' });
    await fireEvent.input(input, { target: { value: '#/explore?in.platform=reddit' } });
    await fireEvent.keyDown(input, { key: 'Enter' });
    await screen.findByText('75 posts', { selector: 'strong' });
  });
});

describe('The query', () => {
  it('steps through what it found when it is entered again', async () => {
    await start('#/explore');
    const input = screen.getByRole('textbox', { name: 'Query' });
    await fireEvent.input(input, { target: { value: 'river' } });
    await fireEvent.submit(screen.getByRole('search'));
    await screen.findByText('60 posts', { selector: 'strong' });
    const at = () => screen.getByRole('grid').getAttribute('aria-activedescendant');
    await fireEvent.keyDown(input, { key: 'Enter' });
    expect(at()).toBe('row-1');
    await fireEvent.keyDown(input, { key: 'Enter', shiftKey: true });
    expect(at()).toBe('row-0');
  });
});

describe('A facet', () => {
  it('is narrowed by typing, and a value is excluded by a key', async () => {
    await start('#/explore');
    await fireEvent.click(screen.getByRole('button', { name: /More… Author/ }));
    const input = await screen.findByRole('textbox', { name: 'Narrow: Author' });
    await fireEvent.input(input, { target: { value: 'x:10' } });
    const value = await screen.findByRole('button', { name: /^x:10/ });
    expect(screen.queryByRole('button', { name: /^x:3/ })).toBeNull();
    await fireEvent.keyDown(value, { key: '-' });
    expect(location.hash).toBe('#/explore?not.author=x%3A10');
  });
});
