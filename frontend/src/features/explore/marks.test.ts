import { describe, expect, it } from 'vitest';
import { wholeSpans } from './matches';
import { changed, narrowed, ROW_NOTE, shared } from './marks';
import type { Row } from '$lib/api';

describe('a change of marks', () => {
  it('keeps labels sorted and distinct, and drops what is empty', () => {
    const before = { labels: ['b'], starred: true, note: 'x', grade: '2' };
    expect(changed(before, { add_labels: ['a', 'b'] })).toEqual({ ...before, labels: ['a', 'b'] });
    expect(changed(before, { remove_labels: ['b'], star: false, note: '', grade: '6' })).toEqual({});
    expect(changed({}, { grade: '3' })).toEqual({ grade: '3' });
  });
});

describe('what posts share', () => {
  it('is counted label by label, those on most first', () => {
    const all = [{ labels: ['a', 'b'], starred: true }, { labels: ['b'], grade: '2' }, {}];
    const out = shared(all);
    expect(out).toMatchObject({ posts: 3, starred: 1, noted: 0, graded: 1, grade: '' });
    expect(out.labels).toEqual([
      { label: 'b', count: 2 },
      { label: 'a', count: 1 },
    ]);
  });

  it('is a note or a grade when all have the same one', () => {
    expect(
      shared([
        { note: 'x', grade: '1' },
        { note: 'x', grade: '1' },
      ]),
    ).toMatchObject({ note: 'x', grade: '1' });
    expect(shared([{ note: 'x' }, {}]).note).toBe('');
  });

  it('is not a note that may go on differently where it was cut', () => {
    const note = 'x'.repeat(ROW_NOTE);
    expect(shared([{ note }, { note }])).toMatchObject({ note: '', noted: 2 });
  });
});

describe('narrowing', () => {
  it('ignores case and accents, and puts beginnings first', () => {
    const list = ['the river', 'Río', 'riot', 'bridge'];
    expect(narrowed(list, (x) => x, 'RI')).toEqual(['Río', 'riot', 'the river', 'bridge']);
    expect(narrowed(list, (x) => x, ' ')).toEqual(list);
  });
});

describe('matches in a whole text', () => {
  const row = (part: Partial<Row>) => ({ text: '', spans: [], ...part }) as Row;

  it('are the row’s own when it holds all of it', () => {
    const spans = [{ start: 0, end: 2 }];
    expect(wholeSpans(row({ text: 'río', spans }), 'río')).toBe(spans);
  });

  it('are found again as whole words in a longer one', () => {
    const text = 'Bridge (old). A bridgehead, a bridge; BRIDGE.';
    const cut = row({ text: 'Bridge (old)', spans: [{ start: 0, end: 6 }], cut: true });
    expect(wholeSpans(cut, text).map((s) => text.slice(s.start, s.end))).toEqual([
      'Bridge',
      'bridge',
      'BRIDGE',
    ]);
  });

  it('of signs that mean something to a pattern are those signs', () => {
    const cut = row({ text: 'a+b', spans: [{ start: 0, end: 3 }], cut: true });
    expect(wholeSpans(cut, 'aab a+b')).toEqual([{ start: 4, end: 7 }]);
  });
});
