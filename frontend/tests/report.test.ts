import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../src/App.svelte';
import { near, pageAt, places, scaleOf, stepFrom, zoomOf } from '../src/features/report/zoom';
import { rowHeight } from '../src/features/explore/virtual';
import { provide } from '../src/lib/api';
import { implementation, type Memory } from '../src/lib/api/memory';
import { app } from '../src/lib/state/app.svelte';
import { dialogs } from '../src/lib/state/dialogs.svelte';
import { reporting } from '../src/features/report/report.svelte';

const A4 = { width: 595, height: 842 };
const drawn: number[] = [];
let unreadable = false;

// jsdom draws nothing; the end-to-end test looks at what PDF.js draws.
vi.mock('../src/features/report/pdf', () => ({
  openPdf: (bytes: Uint8Array) => {
    if (unreadable) return Promise.reject(new Error('Invalid PDF structure.'));
    const done = Promise.resolve();
    return Promise.resolve({
      bytes,
      sizes: [A4, A4, A4, A4, A4, A4],
      draw: (page: number) => {
        drawn.push(page);
        return { done, cancel: () => undefined };
      },
      layText: (page: number, container: HTMLElement) => {
        container.textContent = `words of page ${page}`;
        return { done, cancel: () => undefined };
      },
      close: () => undefined,
    });
  },
}));

let api: Memory;

async function start(hash: string) {
  history.replaceState(null, '', hash);
  app.info = null;
  app.fault = null;
  app.ready = false;
  app.opening = true;
  unreadable = false;
  drawn.length = 0;
  dialogs.settings = dialogs.about = dialogs.caseSettings = false;
  reporting.enter();
  // jsdom lays nothing out; pages are drawn that fit the view.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(700);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
  api = implementation(300, true);
  provide(api);
  render(App);
  await screen.findByRole('main');
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const pages = () => screen.findByRole('region', { name: 'Pages of the report' });
const makePreview = async () => {
  const form = screen.getByRole('form', { name: 'Document' });
  await fireEvent.submit(form);
};

describe('Report', () => {
  beforeEach(() => start('#/report?q=volunteers&in.platform=reddit'));

  it('says which posts it is of', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    expect(screen.getByText('of 300 in the case')).toBeTruthy();
    expect(screen.getByText('volunteers')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Remove Reddit' }));
    await screen.findByText('60 posts', { selector: 'strong' });
    expect(location.hash).toBe('#/report?q=volunteers');
  });

  it('previews what the form says, and draws only pages in view', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    expect(screen.getByText('No preview yet')).toBeTruthy();
    await fireEvent.input(screen.getByLabelText('Title'), { target: { value: '  Flood ' } });
    await makePreview();
    const region = await pages();
    expect(await within(region).findByText('words of page 1')).toBeTruthy();
    expect(within(region).getByRole('region', { name: 'Page 6 of 6' })).toBeTruthy();
    expect(within(region).queryByText('words of page 6')).toBeNull();
    expect(api.reports.previews).toEqual([
      {
        title: 'Flood',
        lang: 'en',
        tlp: 'amber',
        selection: { query: 'volunteers', include: { platform: ['reddit'] } },
      },
    ]);
  });

  it('says when the preview is out of date', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    await makePreview();
    await pages();
    expect(screen.queryByText(/out of date/)).toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: 'Español' }));
    await screen.findByText(/out of date/);
    await fireEvent.click(button('Update preview'));
    await waitFor(() => expect(screen.queryByText(/out of date/)).toBeNull());
    expect(api.reports.previews.at(-1)?.lang).toBe('es');
  });

  it('shows a preview that is under way, and that it was stopped', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    api.reports.hold = true;
    await makePreview();
    await screen.findByText('Making the preview…');
    await fireEvent.click(await screen.findByRole('button', { name: 'Cancel: Preview' }));
    await screen.findByText('The preview was stopped');
  });

  it('shows why there is no preview', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    unreadable = true;
    await makePreview();
    await screen.findByText(/Invalid PDF structure/);
    unreadable = false;
    await fireEvent.click(button('Try again'));
    await pages();
  });

  it('is saved, and says where in the log it stands', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    api.reports.cancel = true;
    await fireEvent.click(button('Save as PDF…'));
    await waitFor(() => expect(button('Save as PDF…').disabled).toBe(false));
    expect(screen.queryByText(/^Saved/)).toBeNull();
    await fireEvent.click(button('Save as PDF…'));
    await screen.findByText(/Saved: calder-flood\.pdf/);
    expect(screen.getByText(/custody record 7.*rests on 2 recorded analyses/)).toBeTruthy();
    expect(screen.getByText('ab'.repeat(32))).toBeTruthy();
    expect(api.reports.saved).toHaveLength(1);
  });

  it('exports the posts, private ones only on purpose', async () => {
    await screen.findByText('15 posts', { selector: 'strong' });
    await fireEvent.click(screen.getByRole('radio', { name: 'XLSX' }));
    await fireEvent.click(button('Export…'));
    await screen.findByText('298 posts written to calder-flood.xlsx');
    expect(screen.getByText('2 private or direct posts were left out.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('switch'));
    expect(screen.getByText(/not meant for the public/)).toBeTruthy();
    await fireEvent.click(button('Export…'));
    await waitFor(() =>
      expect(api.reports.exported.map((e) => [e.format, e.includePrivate])).toEqual([
        ['xlsx', false],
        ['xlsx', true],
      ]),
    );
  });
});

describe('Report without posts', () => {
  it('offers nothing to make', async () => {
    await start('#/report?q=unfindable');
    await screen.findByText(/No post matches this selection/);
    expect(button('Preview').disabled).toBe(true);
    expect(button('Save as PDF…').disabled).toBe(true);
    expect(button('Export…').disabled).toBe(true);
  });

  it('shows the mistake in a query', async () => {
    await start('#/report?q=autor:x');
    await screen.findByRole('alert');
    expect(button('Preview').disabled).toBe(true);
  });
});

describe('Cases', () => {
  beforeEach(() => start('#/cases'));

  it('change their description', async () => {
    await fireEvent.click(button('Settings…'));
    const dialog = await screen.findByRole('dialog', { name: 'Case settings' });
    const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    const name = within(dialog).getByLabelText(/^Name/);
    await fireEvent.input(name, { target: { value: ' ' } });
    await fireEvent.click(save);
    await within(dialog).findByRole('alert');
    await fireEvent.input(name, { target: { value: 'Calder, renamed' } });
    await fireEvent.click(save);
    await screen.findByRole('heading', { name: 'Calder, renamed' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('are verified, in words', async () => {
    await fireEvent.click(button('Verify'));
    await screen.findByText(/^Verified: everything equals the checkpoint/);
    expect(screen.getByText(/4 custody records, 300 posts, 1 evidence container/)).toBeTruthy();
  });

  it('that are broken name the first broken link', async () => {
    const finding = { code: 'chunk_changed', object: 'chunk 3', message: 'the bytes were <b>changed</b>' };
    api.tell({
      id: 'v1',
      kind: 'verify',
      label: '',
      state: 'done',
      created: '2025-03-01T09:00:00Z',
      resumable: false,
      result: { ok: false, claim: 'checkpoint', records: 4, posts: 300, found: 3, findings: [finding] },
    });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/Not verified: 3 findings/);
    expect(alert.textContent).toMatch(
      /A chunk of stored records was changed · chunk 3\s*the bytes were <b>changed<\/b>/,
    );
    expect(alert.textContent).toMatch(/And 2 more/);
  });
});

describe('Settings', () => {
  beforeEach(() => start('#/explore'));

  it('apply at once and are kept', async () => {
    await fireEvent.click(button('Settings'));
    const dialog = await screen.findByRole('dialog', { name: 'Settings' });
    await fireEvent.click(within(dialog).getByRole('radio', { name: 'Compact' }));
    await fireEvent.click(within(dialog).getByRole('radio', { name: '150%' }));
    await fireEvent.click(within(dialog).getByRole('radio', { name: 'Dark' }));
    const root = document.documentElement;
    expect(root.dataset['density']).toBe('compact');
    expect(root.dataset['theme']).toBe('dark');
    expect(root.style.getPropertyValue('--text-scale')).toBe('1.5');
    await waitFor(async () =>
      expect(await api.settings()).toMatchObject({ density: 'compact', text_size: 150, theme: 'dark' }),
    );
  });

  it('lead to what the program is made of', async () => {
    await fireEvent.click(button('Settings'));
    await fireEvent.click(await screen.findByRole('button', { name: 'About Vedette and licences' }));
    const dialog = await screen.findByRole('dialog', { name: 'About Vedette' });
    await within(dialog).findByText('Fonts of the reports', { selector: 'pre' });
    expect(within(dialog).getByText('memory')).toBeTruthy();
  });

  it('set the height of rows as the style sheet does', () => {
    expect(rowHeight({ density: 'comfortable', text_size: 100 })).toBe(67);
    expect(rowHeight({ density: 'compact', text_size: 100 })).toBe(61);
    expect(rowHeight({ density: 'compact', text_size: 150 })).toBe(91);
  });
});

describe('Zoom', () => {
  it('fits the width, but not beyond twice the size of paper', () => {
    expect(scaleOf('fit', [A4], 627)).toBeCloseTo(1);
    expect(zoomOf(scaleOf('fit', [A4], 3800))).toBeCloseTo(2);
    expect(zoomOf(scaleOf(1, [A4], 100))).toBeCloseTo(1);
  });

  it('goes up and down in steps and stops at the ends', () => {
    expect(stepFrom(scaleOf(1, [A4], 0), 1)).toBe(1.25);
    expect(stepFrom(scaleOf(0.9, [A4], 0), -1)).toBe(0.8);
    expect(stepFrom(scaleOf(3, [A4], 0), 1)).toBeCloseTo(3);
  });

  it('knows which page is in view', () => {
    const tops = places([A4, A4, A4], 1);
    expect(tops).toEqual([16, 874, 1732, 2590]);
    expect(pageAt(tops, 0, 600)).toBe(1);
    expect(pageAt(tops, 700, 600)).toBe(2);
    expect(pageAt(tops, 99_999, 600)).toBe(3);
    expect(near(tops, 3, 0, 600)).toBe(false);
    expect(near(tops, 2, 0, 600)).toBe(true);
  });
});
