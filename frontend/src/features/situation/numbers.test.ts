import { describe, expect, it } from 'vitest';
import type { AlertCard, Panel } from '$lib/api';
import { setLang } from '$lib/i18n/index.svelte';
import { csv, csvCell, base64 } from './csv';
import { behindCell, behindPoint, behindRow, cardOf, cellText, columns, tip } from './numbers';
import { reasons } from './reasons';

setLang('en');

const bar = (name: string, values: number[]) => ({
  name,
  type: 'bar',
  itemStyle: { color: '#0072B2' },
  data: values.map((value) => ({ value })),
});

const day = { from: '2025-02-03T00:00:00Z', to: '2025-02-04T00:00:00Z' };

function panel(rest: Partial<Panel>): Panel {
  return {
    kind: 'volume',
    title: 'Title',
    subtitle: 'Unit',
    empty: false,
    distinct: 0,
    option: { series: [], xAxis: [], yAxis: [] },
    points: [],
    table: { header: [], rows: [] },
    ...rest,
  };
}

const sentiment = panel({
  kind: 'sentiment',
  option: {
    series: [bar('Negative', [2]), bar('Neutral', [1]), bar('Positive', [0]), bar('Unknown', [4])],
    xAxis: [{ type: 'category', data: ['3 Feb'] }],
    yAxis: [{ type: 'value' }],
  },
  points: ['negative', 'neutral', 'positive', 'unknown'].map((value) => [
    { ...day, include: { polarity: [value] } },
  ]),
  table: {
    header: ['start', 'end', 'negative', 'neutral', 'positive', 'unknown', 'mean'],
    rows: [[day.from, day.to, 2, 1, 0, 4, -0.4]],
  },
});

const accounts = panel({
  kind: 'accounts',
  option: {
    series: [bar('Posts', [7])],
    xAxis: [{ type: 'value' }],
    yAxis: [{ type: 'category', data: ['@one'] }],
  },
  points: [[{ include: { author: ['x:1'] } }]],
  table: {
    header: ['key', 'label', 'platform', 'posts', 'followers'],
    rows: [
      ['x:1', '@one', 'x', 7, 1200],
      ['x:2', '', 'x', 3, null],
    ],
  },
});

const alert: AlertCard = {
  number: 1234,
  name: 'All posts',
  lead: {
    id: 'a',
    series: 'all',
    label: '',
    start: 1738540800,
    peak: 1738540800,
    end: 1738627200,
    score: 5,
    observed: 12,
    expected: 2,
    posts: 30,
    reasons: null,
    post_ids: null,
  },
  others: [],
  posts: day,
};

describe('the way from a point to its posts', () => {
  it('is that of the point', () => {
    expect(behindPoint(sentiment, 0, 0)).toEqual({ ...day, include: { polarity: ['negative'] } });
    expect(behindPoint(sentiment, 0, 1)).toBeNull();
    expect(behindPoint(accounts, 7, 0)).toBeNull();
  });

  it('is what the points of a place have in common, beside its bars', () => {
    expect(behindPoint(sentiment, null, 0)).toEqual(day);
    expect(behindPoint(accounts, null, 0)).toEqual({ include: { author: ['x:1'] } });
    const voice = panel({ kind: 'voice', points: [[{ subject: 'a' }], [{ subject: 'b' }]] });
    expect(behindPoint(voice, null, 0)).toBeNull();
  });

  it('goes from the rows of a table, also from those without a bar', () => {
    expect(behindRow(accounts, 1, [])).toEqual({ include: { author: ['x:2'] } });
    expect(behindRow(sentiment, 0, [])).toEqual(day);
    expect(behindRow(panel({ points: [] }), 0, [])).toBeNull();
    const episodes = panel({ kind: 'alerts', table: { header: ['episode'], rows: [[1234]] } });
    expect(behindRow(episodes, 0, [alert])).toEqual(day);
    expect(behindRow(episodes, 0, [])).toBeNull();
  });

  it('goes from a count of its own', () => {
    expect(behindCell(sentiment, 0, 'unknown')).toEqual({ ...day, include: { polarity: ['unknown'] } });
    expect(behindCell(sentiment, 0, 'mean')).toBeNull();
    expect(behindCell(accounts, 0, 'negative')).toBeNull();
  });
});

describe('numbers in words', () => {
  it('names the columns that people read', () => {
    expect(columns(accounts).map((column) => [column.title, column.numeric])).toEqual([
      ['Value', false],
      ['Platform', false],
      ['Posts', true],
      ['Followers', true],
    ]);
  });

  it.each([
    ['start', day.from, '3 Feb 2025, 01:00:00'],
    ['share', 0.1234, '12.3%'],
    ['mean', -0.4, '-0.40'],
    ['score', 5, '5.0'],
    ['posts', 12345, '12,345'],
    ['followers', null, '–'],
    ['competitor', true, 'Yes'],
    ['platform', 'x', 'X'],
    ['label', '', '–'],
  ])('%s', (name, cell, text) => {
    const got = cellText(name, cell, 'Europe/Madrid');
    if (name === 'start') expect(got).toMatch(/2025.*01:00:00.*UTC\+1/);
    else expect(got).toBe(text);
  });

  it('says what a point is', () => {
    const lines = tip(sentiment, 0, 'UTC', []);
    expect(lines[0]).toContain('2025');
    expect(lines.slice(1)).toEqual(['Negative: 2', 'Neutral: 1', 'Positive: 0', 'Unknown: 4']);
    const shares = panel({
      kind: 'types',
      option: {
        series: [bar('Share of posts', [12.5])],
        xAxis: [{ type: 'value' }],
        yAxis: [{ type: 'category', data: ['Blog'] }],
      },
      points: [[{ include: { type: ['blog'] } }]],
      table: { header: ['key', 'label', 'posts', 'share'], rows: [['blog', 'Blog', 5, 0.125]] },
    });
    expect(tip(shares, 0, 'UTC', [])).toEqual(['Blog', 'Share of posts: 12.5%', '5 posts']);
  });

  it('finds the episode of a row', () => {
    expect(cardOf('1,234 · All posts 99', [alert])).toBe(alert);
    expect(cardOf('12 · All posts', [alert])).toBeUndefined();
  });
});

describe('reasons', () => {
  const why = (list: { code: string; values: Record<string, string> }[]) =>
    reasons({ ...alert.lead, reasons: list }, 'UTC');

  it('joins what belongs together and leaves out what the card says', () => {
    expect(
      why([
        { code: 'rise', values: { observed: '9' } },
        { code: 'seasonal', values: { median: '3', score: '4.1' } },
        { code: 'trailing', values: { mean: '2.5', sd: '1.1', score: '3' } },
        { code: 'carried', values: { authors: '9' } },
        { code: 'new_accounts', values: { new: '3', share: '0.333', authors: '9' } },
        { code: 'concentration', values: { account: '@a', share: '0.05' } },
        { code: 'platforms', values: { names: 'x 60%, reddit 40%', before: '1' } },
        { code: 'sentiment', values: { now: '-0.2', before: '0.1', shift: '-0.3' } },
      ]),
    ).toEqual([
      'Usual before: a median of 3 at the same time on earlier days, a mean of 2.5 in the three days just before (standard deviation 1.1).',
      '9 accounts carried it, 3 of them (33.3%) without an earlier post in this series.',
      'Platforms: X 60%, Reddit 40%',
      'Mean sentiment fell to -0.20, from +0.10 in the three days before (scale −1 to 1).',
    ]);
  });

  it('writes what it has no words for as it is, and nothing twice', () => {
    const list = [
      { code: 'moon', values: { phase: 'full', share: '0.5' } },
      { code: 'moon', values: { phase: 'full', share: '0.5' } },
    ];
    expect(why(list)).toEqual(['moon: phase full, share 50.0%']);
  });
});

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\r=1', `"'\r=1"`],
    ['a,b "c"', '"a,b ""c"""'],
    ['a\nb', '"a\nb"'],
    [-0.4, '-0.4'],
    [null, ''],
    [true, 'true'],
    ['plain', 'plain'],
  ])('%j', (cell, text) => {
    expect(csvCell(cell)).toBe(text);
  });

  it('has its names, its rows and the mark of UTF-8', () => {
    expect(csv({ header: ['label', 'posts'], rows: [['=ñ', 3]] })).toBe("\ufefflabel,posts\r\n'=ñ,3\r\n");
    const decoded = Uint8Array.from(atob(base64('ñ'.repeat(40_000))), (c) => c.charCodeAt(0));
    expect(new TextDecoder().decode(decoded)).toBe('ñ'.repeat(40_000));
  });
});
