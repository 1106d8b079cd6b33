import { describe, expect, it } from 'vitest';
import type { Selection } from '$lib/api';
import { filters, isEmpty, readSelection, standing, withFacet, withSpan, writeSelection } from './selection';

const FULL: Selection = {
  query: 'bridge & "río"',
  include: { platform: ['x', 'reddit'], lang: ['es'] },
  exclude: { author: ['x:1 & 2'] },
  from: '2025-02-03T00:00:00Z',
  to: '2025-02-04T00:00:00Z',
  subject: 's1',
};

describe('the selection in the address', () => {
  it('comes back as it went', () => {
    const back = readSelection(new URLSearchParams(writeSelection(FULL).toString()));
    expect(back).toEqual({ ...FULL, include: { lang: ['es'], platform: ['reddit', 'x'] } });
  });

  it('is the same text for the same selection in another order', () => {
    const other: Selection = { ...FULL, include: { lang: ['es'], platform: ['reddit', 'x'] } };
    expect(writeSelection(other).toString()).toBe(writeSelection(FULL).toString());
  });

  it('leaves out what is not an instant', () => {
    expect(readSelection(new URLSearchParams('from=yesterday&to=&q='))).toEqual({});
  });

  it('ignores parameters of the page', () => {
    expect(isEmpty(readSelection(new URLSearchParams('sort=time&post=4')))).toBe(true);
  });
});

describe('facet filters', () => {
  it('turn from included to excluded to neither', () => {
    const one = withFacet({}, 'lang', 'es', 'in');
    expect(one).toEqual({ include: { lang: ['es'] } });
    const two = withFacet(one, 'lang', 'es', 'not');
    expect(two).toEqual({ exclude: { lang: ['es'] } });
    expect(standing(two, 'lang', 'es')).toBe('not');
    expect(withFacet(two, 'lang', 'es', '')).toEqual({});
  });

  it('do not change the selection that they were made from', () => {
    const before = { include: { lang: ['es'] } };
    withFacet(before, 'lang', 'en', 'in');
    expect(before).toEqual({ include: { lang: ['es'] } });
  });

  it('are listed included first', () => {
    expect(filters({ exclude: { lang: ['en'] }, include: { platform: ['x'] } })).toEqual([
      { facet: 'platform', value: 'x', standing: 'in' },
      { facet: 'lang', value: 'en', standing: 'not' },
    ]);
  });
});

describe('an address', () => {
  it('may name a facet as every object has one', () => {
    const read = readSelection(
      new URLSearchParams('in.constructor=a&in.__proto__=b&not.toString=c&in.lang=es'),
    );
    expect(Object.keys(read.include ?? {}).sort()).toEqual(['__proto__', 'constructor', 'lang']);
    expect(Object.entries(read.exclude ?? {})).toEqual([['toString', ['c']]]);
    expect({}).not.toHaveProperty('push');
  });
});

describe('the time span', () => {
  it('is set and taken off', () => {
    const some = withSpan({ query: 'a' }, { from: 1738540800, to: 1738627200 });
    expect(some).toEqual({ query: 'a', from: '2025-02-03T00:00:00Z', to: '2025-02-04T00:00:00Z' });
    expect(withSpan(some, null)).toEqual({ query: 'a' });
  });
});
