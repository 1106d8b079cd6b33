import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { provide } from '../src/lib/api';
import { implementation, type Memory } from '../src/lib/api/memory';
import { app } from '../src/lib/state/app.svelte';

let api: Memory;

async function start(hash: string, open = true) {
  history.replaceState(null, '', hash);
  app.info = null;
  app.fault = null;
  app.ready = false;
  app.opening = true;
  api = implementation(300, open);
  provide(api);
  render(App);
  await screen.findByRole('main');
}

const rows = () => within(screen.getByRole('grid')).getAllByRole('row');

describe('Explore', () => {
  beforeEach(() => start('#/explore'));

  it('lists the posts of the case with facets and volume', async () => {
    await screen.findByText('300 posts', { selector: 'strong' });
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('300');
    expect(rows().length).toBeLessThan(60);
    expect(screen.getByRole('slider', { name: 'Posts over time' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Platform' })).toBeTruthy();
  });

  it('shows what a stranger wrote as text', async () => {
    await screen.findByText('300 posts', { selector: 'strong' });
    expect(screen.getAllByText(/<img src=x onerror=alert\(1\)>/).length).toBeGreaterThan(0);
    expect(document.querySelector('img')).toBeNull();
  });

  it('searches, marks the words, and puts the query into the address', async () => {
    const input = screen.getByRole('textbox', { name: 'Query' });
    await fireEvent.input(input, { target: { value: 'volunteers' } });
    await fireEvent.submit(screen.getByRole('search'));
    await screen.findByText('60 posts', { selector: 'strong' });
    expect(location.hash).toBe('#/explore?q=volunteers');
    expect(document.querySelector('mark')?.textContent).toBe('volunteers');
  });

  it('shows a mistake where it is, and mends it', async () => {
    const input = screen.getByRole('textbox', { name: 'Query' });
    await fireEvent.input(input, { target: { value: 'river autor:reader_1' } });
    await fireEvent.submit(screen.getByRole('search'));
    const alert = await screen.findByRole('alert');
    expect(alert.querySelector('.caret')?.textContent).toBe('autor');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await fireEvent.click(within(alert).getByRole('button', { name: 'author' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect((input as HTMLInputElement).value).toBe('river author:reader_1');
  });

  it('includes and excludes values, and takes the filters off', async () => {
    const facets = await screen.findByRole('region', { name: 'Facets' });
    await fireEvent.click(await within(facets).findByRole('button', { name: /^Reddit/ }));
    await screen.findByText('75 posts', { selector: 'strong' });
    expect(location.hash).toBe('#/explore?in.platform=reddit');
    const chips = screen.getByRole('list', { name: 'Filters' });
    await fireEvent.click(within(chips).getByTitle('Exclude instead'));
    await screen.findByText('225 posts', { selector: 'strong' });
    await fireEvent.click(within(chips).getByRole('button', { name: 'Remove Reddit' }));
    await screen.findByText('300 posts', { selector: 'strong' });
  });

  it('is worked by keys', async () => {
    await screen.findByText('300 posts', { selector: 'strong' });
    await fireEvent.keyDown(document.body, { key: 'j' });
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-activedescendant')).toBe('row-1');
    await fireEvent.keyDown(grid, { key: ' ' });
    expect(rows()[1]?.getAttribute('aria-selected')).toBe('true');
    await screen.findByText('1 checked');
    await fireEvent.keyDown(grid, { key: 's' });
    await waitFor(() => expect(within(rows()[1] as HTMLElement).getByLabelText('Starred')).toBeTruthy());
    await fireEvent.keyDown(grid, { key: 'Escape' });
    expect(screen.queryByText('1 checked')).toBeNull();
    await fireEvent.keyDown(grid, { key: 'Enter' });
    const details = await screen.findByRole('complementary', { name: 'Post details' });
    expect(location.hash).toBe('#/explore?post=299');
    await fireEvent.keyDown(grid, { key: 'Escape' });
    await waitFor(() => expect(details.isConnected).toBe(false));
  });

  it('shows the evidence behind a post', async () => {
    await screen.findByText('300 posts', { selector: 'strong' });
    await fireEvent.keyDown(document.body, { key: 'Enter' });
    const details = await screen.findByRole('complementary', { name: 'Post details' });
    await fireEvent.click(await within(details).findByRole('tab', { name: 'Evidence' }));
    await within(details).findByText('Exactly as in the file', { exact: false });
    expect(within(details).getByText('ab'.repeat(32))).toBeTruthy();
    await fireEvent.click(within(details).getByRole('button', { name: 'Hex' }));
    expect(within(details).getByText('00000000')).toBeTruthy();
  });

  it('names the words behind a sentiment', async () => {
    await fireEvent.input(screen.getByRole('textbox', { name: 'Query' }), {
      target: { value: 'volunteers' },
    });
    await fireEvent.submit(screen.getByRole('search'));
    await screen.findByText('60 posts', { selector: 'strong' });
    let index = rows().findIndex((row) => within(row).queryByText('Positive'));
    while (index-- > 0) await fireEvent.keyDown(document.body, { key: 'j' });
    await fireEvent.keyDown(document.body, { key: 'Enter' });
    const details = await screen.findByRole('complementary', { name: 'Post details' });
    await fireEvent.click(await within(details).findByRole('tab', { name: 'Enrichment' }));
    expect(within(details).getByRole('rowheader', { name: 'Great' })).toBeTruthy();
    expect(within(details).getByText('+0.62')).toBeTruthy();
  });

  it('asks for one page at a time', async () => {
    await screen.findByText('300 posts', { selector: 'strong' });
    expect(api.asked).toHaveLength(1);
    await fireEvent.keyDown(document.body, { key: 'End' });
    await waitFor(() => expect(api.asked.at(-1)?.offset).toBe(200));
    expect(api.asked.at(-1)?.facets).toBeUndefined();
  });
});

describe('Cases', () => {
  it('is what there is without a case', async () => {
    await start('#/explore', false);
    expect(screen.getByRole('heading', { name: 'Cases', level: 1 })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Explore' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/An open case is not encrypted/)).toBeTruthy();
  });

  it('lists recent cases and cannot open one that is gone', async () => {
    await start('#/cases', false);
    expect((await screen.findByText('Lost folder')).closest('button')?.disabled).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: /Take “Lost folder” off/ }));
    await waitFor(() => expect(screen.queryByText('Lost folder')).toBeNull());
    await fireEvent.click(screen.getByText('Calder flood'));
    await screen.findByRole('grid');
  });

  it('makes a case once all that it needs is there', async () => {
    await start('#/cases', false);
    await fireEvent.click(screen.getByRole('button', { name: 'New case' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Make case' }));
    expect(screen.getAllByRole('alert')).toHaveLength(4);
    expect(document.activeElement?.id).toBe('new-name');
    const fill = (name: RegExp, value: string) =>
      fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });
    await fill(/^Name/, 'River watch');
    await fill(/^Owner/, 'A. Reyes');
    await fill(/^Purpose/, 'Rumours');
    await fireEvent.click(screen.getByRole('button', { name: /Choose/ }));
    await screen.findByText('/cases', { exact: true });
    await fireEvent.click(screen.getByRole('button', { name: 'Make case' }));
    await screen.findByRole('grid');
    expect(app.info?.meta.name).toBe('River watch');
  });
});

describe('the shell', () => {
  it('lists the keys of the screen', async () => {
    await start('#/explore');
    await fireEvent.keyDown(document.body, { key: '?' });
    const dialog = await screen.findByRole('dialog', { name: 'Keys' });
    expect(within(dialog).getByText('Go to the query')).toBeTruthy();
  });

  it('keeps the selection of a screen that is left', async () => {
    await start('#/explore?in.platform=x');
    await screen.findByText('75 posts', { selector: 'strong' });
    await fireEvent.keyDown(document.body, { key: '1', altKey: true });
    await screen.findByRole('heading', { name: 'Cases', level: 1 });
    await fireEvent.keyDown(document.body, { key: '3', altKey: true });
    await screen.findByText('75 posts', { selector: 'strong' });
    expect(location.hash).toBe('#/explore?in.platform=x');
  });
});
