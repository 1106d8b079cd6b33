import { describe, expect, it } from 'vitest';
import { clip, hasHidden, reasonSpans, segments, unitOffsets, visible } from './segments';

describe('segments', () => {
  it('cut a text at its spans', () => {
    expect(segments('a river runs', [{ start: 2, end: 7 }])).toEqual([
      { text: 'a ', hit: false },
      { text: 'river', hit: true },
      { text: ' runs', hit: false },
    ]);
  });

  it('bear spans that overlap, lie outside, or stand in any order', () => {
    const parts = segments('abcdef', [
      { start: 4, end: 99 },
      { start: 1, end: 3 },
      { start: 2, end: 5 },
      { start: 50, end: 60 },
    ]);
    expect(parts.map((p) => p.text).join('')).toBe('abcdef');
    expect(parts.filter((p) => p.hit).map((p) => p.text)).toEqual(['bc', 'de', 'f']);
  });

  it('leave a text without spans whole', () => {
    expect(segments('abc')).toEqual([{ text: 'abc', hit: false }]);
    expect(segments('')).toEqual([]);
  });
});

describe('byte offsets', () => {
  it('become UTF-16 offsets', () => {
    const text = 'aé€😀b';
    expect(unitOffsets(text, [0, 1, 3, 6, 10, 11])).toEqual([0, 1, 2, 3, 5, 6]);
  });

  it('beyond the end are the end', () => {
    expect(unitOffsets('ab', [1, 9])).toEqual([1, 2]);
  });

  it('place the words that moved a score', () => {
    const text = '¡Qué 😀 genial!';
    const start = new TextEncoder().encode('¡Qué 😀 ').length;
    const spans = reasonSpans(text, [{ word: 'genial', weight: 0.5, start, end: start + 6 }]);
    expect(spans.map((s) => text.slice(s.start, s.end))).toEqual(['genial']);
  });
});

describe('hostile text', () => {
  it('with invisible characters is told', () => {
    expect(hasHidden('abc\u202Edef')).toBe(true);
    expect(hasHidden('a\u200Bb')).toBe(true);
    expect(hasHidden('فيضان النهر 😀')).toBe(false);
  });

  it('is written so that it reads as it stands', () => {
    expect(visible('a\u202Etxt.exe')).toBe('a⟨U+202E⟩txt.exe');
    expect(visible('ما\u200Fية')).toBe('ما\u200Fية');
    expect(clip('\u202Eabc', 3)).toBe('⟨U+202E⟩ab…');
  });

  it('is clipped by code points', () => {
    expect(clip('😀😀😀', 2)).toBe('😀😀…');
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('x'.repeat(100_000), 10)).toBe(`${'x'.repeat(10)}…`);
  });
});
