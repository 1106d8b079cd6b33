import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { Fault, provide } from '../src/lib/api';
import { implementation, type Memory } from '../src/lib/api/memory';
import { assessment } from '../src/features/situation/store.svelte';
import { app } from '../src/lib/state/app.svelte';
import { selected } from '../src/lib/state/selected.svelte';

// jsdom has no canvas: what would be drawn is kept, and clicks are made by hand.
const drawn = vi.hoisted(() => ({
  options: [] as { series: { data: unknown[] }[] }[],
  clicks: [] as ((event: object) => void)[],
}));
vi.mock('../src/lib/chart/echarts', () => ({
  init: () => ({
    setOption: (option: (typeof drawn.options)[number]) => drawn.options.push(option),
    on: (_name: string, click: (event: object) => void) => drawn.clicks.push(click),
    getZr: () => ({ on: () => undefined }),
    resize: () => undefined,
    dispose: () => undefined,
  }),
  drawSvg: () => '<svg/>',
  drawPng: () => btoa('png'),
}));

let api: Memory;

async function start(hash: string, prepare: (api: Memory) => void = () => undefined) {
  drawn.options.length = drawn.clicks.length = 0;
  history.replaceState(null, '', hash);
  app.info = null;
  assessment.data = null;
  assessment.numbers.clear();
  app.fault = null;
  app.notice = '';
  app.ready = false;
  app.opening = true;
  api = implementation(300);
  prepare(api);
  provide(api);
  render(App);
  await screen.findByRole('main');
}

const panel = (name: string) => screen.findByRole('region', { name });
const headline = (name: string) =>
  within(screen.getByRole('list', { name: 'Headline numbers' }))
    .getByText(name)
    .closest('li');

/** How many posts the selection in the address has. */
const behind = async () => (await api.search({ selection: selected.value })).total;

describe('Situation', () => {
  beforeEach(() => start('#/situation'));

  it('shows the numbers and a named picture for every panel', async () => {
    await panel('Posts over time');
    expect(headline('Posts')?.textContent).toMatch(/300/);
    expect(headline('Negative posts')?.textContent).toMatch(/25\.0%.*75 of 300 dated/s);
    expect(screen.getAllByRole('img', { name: /^Chart: / })).toHaveLength(4);
    await waitFor(() => expect(drawn.options).toHaveLength(4));
    expect(drawn.options[0]?.series[0]?.data).toHaveLength(13);
  });

  it('leads from a point to its posts', async () => {
    await waitFor(() => expect(drawn.clicks).toHaveLength(4));
    drawn.clicks[0]?.({ componentType: 'series', seriesIndex: 0, dataIndex: 1 });
    await waitFor(() =>
      expect(location.hash).toBe('#/explore?from=2025-02-04T00%3A00%3A00Z&to=2025-02-05T00%3A00%3A00Z'),
    );
    expect(await behind()).toBe(24);
  });

  it('leads there from the table of numbers, too', async () => {
    const part = await panel('Platforms');
    await fireEvent.click(within(part).getByRole('button', { name: 'Numbers: Platforms' }));
    const table = within(part).getByRole('table');
    expect(within(table).getAllByRole('row')).toHaveLength(5);
    await fireEvent.click(within(table).getByRole('button', { name: 'reddit' }));
    await waitFor(() => expect(location.hash).toBe('#/explore?in.platform=reddit'));
  });

  it('counts one polarity of one day', async () => {
    const part = await panel('Sentiment over time');
    await fireEvent.click(within(part).getByRole('button', { name: 'Numbers: Sentiment over time' }));
    const [, first] = within(part).getAllByRole('row');
    if (!first) throw new Error('no row');
    await fireEvent.click(within(first).getAllByRole('button')[1] as HTMLElement);
    await waitFor(() => expect(location.hash).toContain('in.polarity=negative'));
    expect(await behind()).toBe(6);
  });

  it('gives the reasons of an episode and shows what strangers wrote as text', async () => {
    const card = await screen.findByRole('article', { name: /<img src=x onerror=alert\(1\)>/ });
    expect(within(card).getByText('score 7.3')).toBeTruthy();
    expect(within(card).getByText(/^9 accounts carried it, 3 of them \(33\.3%\)/)).toBeTruthy();
    expect(within(card).getByText('Platforms: X 60%, Reddit 40%')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getByText(/1 has too little history to be judged: Telegram/)).toBeTruthy();
    await fireEvent.click(within(card).getByRole('button', { name: 'Show 24 posts' }));
    await waitFor(() => expect(location.hash).toContain('#/explore?from=2025-02-03T00'));
  });

  it('changes the selection by query and chips', async () => {
    await panel('Platforms');
    const input = screen.getByRole('textbox', { name: 'Query' });
    await fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(input);
    await fireEvent.input(input, { target: { value: 'volunteers' } });
    await fireEvent.submit(screen.getByRole('search'));
    await waitFor(() => expect(headline('Posts')?.textContent).toMatch(/60/));
    expect(location.hash).toBe('#/situation?q=volunteers');
  });

  it('offers the way to subjects when there are none', async () => {
    const part = await panel('Share of voice');
    await fireEvent.click(within(part).getByRole('button', { name: 'Add subjects' }));
    expect(location.hash).toBe('#/listen?tab=subjects');
  });

  it('records runs and lists them', async () => {
    await panel('Platforms');
    const runs = screen.getByText('Recorded runs').closest('details') as HTMLDetailsElement;
    runs.open = true;
    await screen.findByText(/Nothing has been recorded yet/);
    await fireEvent.click(screen.getByRole('button', { name: 'Record as runs' }));
    await screen.findByText('1 analysis is recorded.');
    const table = await within(runs).findByRole('table');
    expect(within(table).getByRole('button', { name: 'The whole case' })).toBeTruthy();
    expect(within(table).getByText('300')).toBeTruthy();
  });

  it('saves a chart as picture, drawing and numbers', async () => {
    const part = await panel('Posts over time');
    for (const name of ['Numbers (CSV)', 'Drawing (SVG)', 'Picture (PNG)']) {
      const button = within(part).getByRole('button', { name: 'Save: Posts over time' });
      await fireEvent.keyDown(button, { key: 'Enter' });
      await fireEvent.click(await screen.findByRole('menuitem', { name }));
      await screen.findByText(/^Saved as Posts over time\./);
      await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    }
    const [csv, svg, png] = api.situations.saved;
    expect(csv?.text).toMatch(/^\ufeff?start,end,posts\r\n2025-02-03T00:00:00Z,/);
    expect(svg?.text).toBe('<svg/>');
    expect(png?.text).toBe('png');
  });
});

describe('Situation, when it is not so simple', () => {
  it('does not show an answer to what was asked before', async () => {
    const waiting = new Map<string, () => void>();
    await start('#/situation?q=volunteers', (memory) => {
      memory.situations.wait = ({ query = '' }) => new Promise((go) => waiting.set(query, go));
    });
    await waitFor(() => expect(waiting.has('volunteers')).toBe(true));
    await fireEvent.input(screen.getByRole('textbox', { name: 'Query' }), { target: { value: 'the' } });
    await fireEvent.submit(screen.getByRole('search'));
    await waitFor(() => expect(waiting.has('the')).toBe(true));
    waiting.get('the')?.();
    await panel('Platforms');
    const shown = headline('Posts')?.textContent;
    waiting.get('volunteers')?.();
    await Promise.resolve();
    expect(headline('Posts')?.textContent).toBe(shown);
    expect(shown).toMatch(/180/);
  });

  it('keeps the old charts while a mistake is shown at its place', async () => {
    await start('#/situation', (memory) => {
      memory.situations.wait = ({ query = '' }) =>
        query.includes('autor')
          ? Promise.reject(
              new Fault({
                code: 'query_unknown_field',
                message: 'no field autor',
                params: { pos: '0', len: '5', field: 'autor', suggestion: 'author' },
              }),
            )
          : Promise.resolve();
    });
    await panel('Platforms');
    await fireEvent.input(screen.getByRole('textbox', { name: 'Query' }), { target: { value: 'autor:x' } });
    await fireEvent.submit(screen.getByRole('search'));
    expect((await screen.findByRole('alert')).textContent).toContain('autor');
    expect(screen.getByText(/answer to the selection before/)).toBeTruthy();
    expect(await panel('Platforms')).toBeTruthy();
  });

  it('says that nothing matches', async () => {
    await start('#/situation?q=unfindable');
    await screen.findByText('Nothing matches');
    await fireEvent.click(screen.getByRole('button', { name: 'Remove all filters' }));
    await panel('Platforms');
  });

  it('tries again after a failure', async () => {
    let fail = true;
    await start('#/situation', (memory) => {
      memory.situations.wait = () =>
        fail
          ? Promise.reject(new Fault({ code: 'unexpected', message: 'x', params: { message: 'x' } }))
          : Promise.resolve();
    });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    fail = false;
    await fireEvent.click(retry);
    await panel('Platforms');
  });
});
