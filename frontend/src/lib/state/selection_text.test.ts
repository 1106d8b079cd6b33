import { describe, expect, it } from 'vitest';
import { addressOf, around, fromAddress, middleOf, queryText, threadQuery } from './selection_text';

describe('a selection as a query', () => {
  it('says filters, span and subject in words of the language', () => {
    const selection = {
      query: 'bridge OR river',
      include: { platform: ['x', 'reddit'], polarity: ['negative'] },
      exclude: { author: ['x:900'] },
      from: '2025-02-03T00:00:00.500Z',
      to: '2025-02-04T00:00:00Z',
      subject: 's1',
    };
    expect(queryText(selection, 'Calder "Bridge"')).toBe(
      '(bridge OR river) AND (platform:x OR platform:reddit) AND sentiment:negative AND NOT author:"x:900"' +
        ' AND time:>=2025-02-03T00:00:01Z AND time:<2025-02-04T00:00:00Z AND subject:"Calder \\"Bridge\\""',
    );
  });

  it('leaves a query alone that has nothing beside it', () => {
    expect(queryText({ query: 'a OR b' })).toBe('a OR b');
    expect(queryText({ include: { label: ['OR'] } })).toBe('label:"OR"');
    expect(queryText({})).toBe('');
  });
});

describe('a conversation as a query', () => {
  it('names the post that it began with', () => {
    expect(threadQuery('x:1700')).toBe('thread:"x:1700"');
    expect(threadQuery('web:a"b\\c')).toBe('thread:"web:a\\"b\\\\c"');
  });
});

describe('an address', () => {
  it('is read back, from whichever screen and program it was copied', () => {
    const selection = { query: 'a b', include: { label: ['x & y'] } };
    expect(fromAddress(addressOf(selection))).toEqual(selection);
    expect(fromAddress(' wails://wails/#/situation?q=a ')).toEqual({ query: 'a' });
  });

  it('is not any text, and not an address without a selection', () => {
    for (const text of ['bridge', '#/cases', '#/explore?sort=time', 'see #/explore?q=a and more', ''])
      expect(fromAddress(text)).toBeNull();
  });
});

describe('five minutes around an instant', () => {
  it('hold both ends, and know their middle', () => {
    const span = around('2025-02-03T12:00:00Z');
    expect(span).toEqual({ from: '2025-02-03T11:55:00Z', to: '2025-02-03T12:05:01Z' });
    expect(middleOf(span)).toBe('2025-02-03T12:00:00Z');
  });
});
