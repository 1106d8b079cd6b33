import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { intake } from '../src/features/listen/intake.svelte';
import { emptyOptions, questions } from '../src/features/listen/form';
import { postsOf } from '../src/features/listen/labels';
import { Fault, provide, toFault, type Batch } from '../src/lib/api';
import { implementation, type Memory } from '../src/lib/api/memory';
import { inspected } from '../src/lib/api/memory_listen';
import { app } from '../src/lib/state/app.svelte';

let api: Memory;

async function start(tab: string) {
  history.replaceState(null, '', `#/listen?tab=${tab}`);
  app.info = null;
  app.fault = null;
  app.ready = false;
  app.opening = true;
  api = implementation(300);
  provide(api);
  intake.clear();
  intake.options = emptyOptions();
  render(App);
  await screen.findByRole('heading', { name: 'Listen', level: 1 });
}

const click = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const fill = (name: string | RegExp, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });
const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map((cell) => cell.textContent.trim());

describe('Import', () => {
  beforeEach(() => start('import'));

  it('shows what is in chosen files, and reads them as it was told', async () => {
    await click('Choose files…');
    const look = await screen.findByRole('table', { name: 'What is in the files' });
    expect(within(look).getByText('X API v2')).toBeTruthy();
    await fill('Source', 'Harbour desk');
    await fireEvent.click(screen.getByRole('radio', { name: /^Signed in/ }));
    await click('Start import');
    const table = await screen.findByRole('table', { name: 'What became of every record' });
    const row = within(table).getByRole('row', { name: /export\.jsonl/ });
    expect(cells(row).slice(0, 4)).toEqual(['100', '90', '8', '2']);
    expect(within(row).getByText('Not valid JSON')).toBeTruthy();
    expect(api.listen.imported[0]?.source).toMatchObject({ name: 'Harbour desk', mode: 'signed-in' });
  });

  it('asks what the files leave open, and looks again with the answer', async () => {
    api.listen.found = [inspected({ assumed: { zone: 'UTC', date_order: 'dmy (nothing says which)' } })];
    await click('Choose files…');
    const asked = await screen.findByRole('region', { name: 'The files leave this open' });
    expect(within(asked).getByText(/Which comes first\?/)).toBeTruthy();
    expect(within(asked).getByText(/In which zone/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Take in private/, hidden: true }));
    await waitFor(() => expect(api.listen.inspected.at(-1)?.include_private).toBe(true));
  });

  /** Opens the mapping of a table that no profile knows. */
  async function map() {
    api.listen.found = [
      inspected({ format: '', code: 'needs_mapping', columns: ['id', 'mensaje', 'fecha'] }),
    ];
    await click('Choose files…');
    await screen.findByText('A table that needs a mapping first.');
    await fireEvent.click(screen.getAllByText('Map the columns…')[0] as HTMLElement);
  }

  it('maps a table that has no profile, with what is doubtful beside its column', async () => {
    await map();
    const table = await screen.findByRole('table', { name: 'Columns and what they become' });
    const when = within(table).getByRole('row', { name: /when/ });
    await within(when).findByText(/Nothing proves whether the day or the month/);
    expect(within(table).getByRole('row', { name: /said/ }).textContent).toContain('by its values');
    await fireEvent.click(await screen.findByRole('radio', { name: /month, day, year/i }));
    await waitFor(() => expect(api.mapping.tried.at(-1)?.profile).toContain('"date_order":"mdy"'));
  });

  it('saves a mapping under its name, and reads the table by it', async () => {
    await map();
    const name = await screen.findByLabelText(/^Name of the mapping/);
    const keep = screen.getByText('Save and use');
    await fireEvent.input(name, { target: { value: ' ' } });
    await fireEvent.click(keep);
    expect(await screen.findByText('It needs a name.')).toBeTruthy();
    await fireEvent.input(name, { target: { value: 'Harbour watch' } });
    api.listen.found = [inspected({ format: 'table', profile: 'Harbour watch/1' })];
    await fireEvent.click(keep);
    await screen.findByText(/^profile Harbour watch\/1/);
    expect(JSON.parse(api.mapping.kept.get('Harbour watch') ?? '{}')).toMatchObject({
      header: ['ref', 'when', 'said', 'mood'],
    });
  });

  it('shows both readings of a date, and reads by the one that is chosen', async () => {
    const dates = { text: '03/04/2025', dmy: '2025-04-03', mdy: '2025-03-04' };
    api.listen.found = [inspected({ assumed: { date_order: 'dmy (nothing says which)' }, dates })];
    await click('Choose files…');
    const asked = await screen.findByRole('group', { name: '03/04/2025 is' });
    await fireEvent.click(within(asked).getByRole('radio', { name: /Mar 4, 2025/ }));
    await waitFor(() => expect(api.listen.inspected.at(-1)?.date_order).toBe('mdy'));
  });

  it('lists saved mappings, and lets them be given away and removed', async () => {
    api.mapping.opened = JSON.stringify({
      name: 'given',
      platform: 'web',
      header: ['a'],
      fields: { text: 'a' },
    });
    await click('Add from a file…');
    await screen.findByText('given/1');
    await click('Export: given');
    await screen.findByText('The mapping is in given.json.');
    await click('Remove: given');
    await screen.findByText(/^None yet\./);
  });

  it('needs the authority of a closed source', async () => {
    await click('Choose files…');
    await fireEvent.click(await screen.findByRole('radio', { name: /^Closed/ }));
    await click('Start import');
    expect(await screen.findByText('A closed source needs the reference of its authority.')).toBeTruthy();
    expect(document.activeElement?.id).toBe('import-authority');
    expect(api.listen.imported).toHaveLength(0);
  });

  it('shows how far it is, and takes no other files meanwhile', async () => {
    api.listen.waits = true;
    await click('Choose files…');
    await screen.findByRole('table', { name: 'What is in the files' });
    await click('Start import');
    const bar = await screen.findByRole('progressbar', { name: 'Importing' });
    await waitFor(() => expect(bar.getAttribute('value')).toBe('40'));
    expect(screen.getByText(/40 records of 100 records/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
    api.listen.drop({ token: 'f2', names: ['other.csv'], count: 1 });
    await screen.findByText(/An import is running/);
    api.listen.finish();
    await screen.findByRole('table', { name: 'What became of every record' });
  });

  it('takes what is dropped on another screen', async () => {
    await fireEvent.keyDown(document.body, { key: '3', altKey: true });
    await screen.findByRole('grid');
    const name = '<img src=x onerror=alert(1)>.csv';
    api.listen.found = [inspected({ file: name })];
    api.listen.drop({ token: 'f3', names: [name], count: 1 });
    expect(await screen.findByText(name)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(location.hash).toBe('#/listen?tab=import');
    api.listen.drop(new Fault({ code: 'unexpected', message: 'no room', params: { message: 'no room' } }));
    expect(await screen.findByText(/no room/)).toBeTruthy();
  });

  it('writes nothing into a case that is read only', async () => {
    if (app.info) app.info = { ...app.info, read_only: true };
    await screen.findByText(/open for reading only/);
    expect(screen.getByRole('button', { name: 'Choose files…' })).toHaveProperty('disabled', true);
  });
});

describe('Past imports', () => {
  beforeEach(() => start('batches'));

  it('show the bytes of a reject, export rejects and read them again', async () => {
    await click('export.jsonl');
    const panel = await screen.findByRole('complementary', { name: 'Import 1' });
    const shows = await within(panel).findAllByRole('button', { name: /^Show its bytes/ });
    await fireEvent.click(shows[0] as HTMLElement);
    await within(panel).findByText('{"broken":');
    await fireEvent.click(within(panel).getByRole('button', { name: 'Export…' }));
    await screen.findByText('2 rejected records are in rejects.jsonl.');
    await fireEvent.click(within(panel).getByRole('button', { name: 'Read again…' }));
    await screen.findByRole('dialog', { name: 'Read the rejects of import 1 again' });
    await click('Read again');
    await screen.findByRole('table', { name: 'What became of every record' });
    expect(api.listen.retried).toMatchObject([{ batch: 1, options: { format: '', profile: '' } }]);
  });

  it('are withdrawn and restored', async () => {
    await click('export.jsonl');
    const panel = await screen.findByRole('complementary', { name: 'Import 1' });
    await fireEvent.click(within(panel).getByRole('button', { name: 'Withdraw' }));
    await within(panel).findByRole('button', { name: 'Restore' });
    expect(within(panel).getByRole('button', { name: 'Show these posts' })).toHaveProperty('disabled', true);
    await fireEvent.click(within(panel).getByRole('button', { name: 'Restore' }));
    await within(panel).findByRole('button', { name: 'Withdraw' });
  });

  it('list their rejects page by page', async () => {
    await click('export.jsonl');
    const list = await screen.findByRole('region', { name: 'Rejected records' });
    await within(list).findByText('bytes from 100, 12 long');
    await click('More');
    await within(list).findByText('bytes from 300, 12 long');
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });
});

describe('Subjects', () => {
  beforeEach(() => start('subjects'));

  it('are added, and lead to their posts', async () => {
    await click('Add subject');
    await click('Save');
    expect(await screen.findByText('It needs a name.')).toBeTruthy();
    await fill(/^Name/, 'Calder Bridge');
    await fill(/^Query/, 'autor:x');
    await click('Save');
    expect(await screen.findByText('There is no field “autor”.')).toBeTruthy();
    await fill(/^Query/, '"calder bridge"');
    await fireEvent.click(screen.getByRole('checkbox', { name: /^Competitor/ }));
    await click('Save');
    await click('Posts: Calder Bridge');
    expect(location.hash).toBe('#/explore?subject=s1');
    expect(await api.subjects()).toMatchObject([{ name: 'Calder Bridge', type: 'topic', competitor: true }]);
  });

  it('are removed', async () => {
    await api.putSubject({ id: 's1', name: 'Calder', type: 'place', query: 'calder' });
    await fireEvent.click(screen.getByRole('tab', { name: 'By hand' }));
    await fireEvent.click(screen.getByRole('tab', { name: 'Subjects' }));
    await click('Remove: Calder');
    expect(await screen.findByText('Nothing is watched yet')).toBeTruthy();
  });
});

describe('A post by hand', () => {
  beforeEach(() => start('manual'));

  it('needs something to say, and keeps what was typed when it is refused', async () => {
    await click('Add post');
    expect(await screen.findByText('It needs a text, an address or a screenshot.')).toBeTruthy();
    await fill('Text', 'The quay is flooded');
    await fill('Published', 'yesterday');
    await click('Add post');
    expect(await screen.findByText(/neither RFC 3339/)).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Text' })).toHaveProperty('value', 'The quay is flooded');
    await fill('Published', '2025-02-03 10:30');
    await click('Choose…');
    await screen.findByText('export.jsonl');
    await click('Add post');
    await screen.findByRole('button', { name: 'Show the post' });
    expect(api.listen.typed).toMatchObject([
      { post: { time: '2025-02-03 10:30', zone: 'Europe/Madrid' }, screenshot: 'f1' },
    ]);
  });
});

describe('Collectors', () => {
  beforeEach(() => start('collectors'));

  it('go out only when they are run, and the ledger says so', async () => {
    await screen.findByText('No request was ever made from this case.');
    expect(screen.getByText(/goes out to the network/)).toBeTruthy();
    await click('Add collector');
    await fill(/^Address of the feed/, 'https://example.org/feed.xml');
    await click('Save');
    await screen.findByText('Never run');
    expect(api.listen.collected).toEqual([]);
    await click(/^Run now: /);
    const ledger = await screen.findByRole('table', { name: 'Network ledger' });
    expect(within(ledger).getByText('https://example.org/feed.xml')).toBeTruthy();
    expect(api.listen.collected).toEqual([['c1']]);
  });
});

describe('What is asked and what is shown', () => {
  it('asks only what no file says', () => {
    expect(questions([inspected()])).toEqual({ zone: false, order: false, mapping: false });
    expect(questions([inspected({ assumed: { date_order: 'mdy (13 is no month)' } })]).order).toBe(false);
  });

  it('shows posts of batches that brought some and are in view', () => {
    const batch = (id: number, accepted: number, withdrawn = false) => ({ id, accepted, withdrawn }) as Batch;
    expect(postsOf([batch(1, 3), batch(2, 0), batch(3, 9, true)])).toEqual({ include: { batch: ['1'] } });
    expect(postsOf([batch(2, 0)])).toBeNull();
    expect(postsOf(Array.from({ length: 51 }, (_, i) => batch(i, 1)))).toEqual({});
  });

  it('knows a fault that a binding wrote as the message of an error', () => {
    const body = { code: 'bad_url', message: 'no', params: { url: 'x' } };
    expect(toFault(new Error(JSON.stringify(body)))).toMatchObject(body);
    expect(toFault(new Error('{odd')).code).toBe('unexpected');
  });
});
