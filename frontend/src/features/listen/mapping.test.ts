import { describe, expect, it } from 'vitest';
import type { MappingProfile, ProfileGuess } from '$lib/api';
import { adapted, fixedFields, lacks, readingOf, targetOf, withReading, withTarget } from './mapping';

const profile = (part: Partial<MappingProfile> = {}): MappingProfile => ({
  name: 'harbour',
  platform: 'web',
  header: ['a', 'b', 'c'],
  fields: { text: 'a', created: { from: ['b'], as: 'unix' } },
  ignore: ['c'],
  ...part,
});

describe('What a column becomes', () => {
  it('is found however the field is written', () => {
    expect(targetOf(profile(), 'a')).toBe('text');
    expect(targetOf(profile(), 'b')).toBe('created');
    expect(targetOf(profile(), 'c')).toBe('');
  });

  it('changes, and what it was before is given up', () => {
    const moved = withTarget(profile(), 'a', 'title');
    expect(moved.fields).toEqual({ created: { from: ['b'], as: 'unix' }, title: { from: ['a'] } });
    expect(withTarget(moved, 'a', '')).toMatchObject({ fields: { created: {} }, ignore: ['c', 'a'] });
    expect(withTarget(profile(), 'c', 'id').ignore).toEqual([]);
  });

  it('is one field of several columns, the first filled of which counts', () => {
    const both = withTarget(profile(), 'c', 'text');
    expect(both.fields['text']).toEqual({ from: ['a', 'c'] });
    expect(withTarget(both, 'a', '').fields['text']).toEqual({ from: ['c'] });
  });

  it('takes the place of a template or of a fixed value', () => {
    const fixed = profile({
      fields: { text: 'a', lang: { const: 'en' }, url: { template: 'https://h.example/{c}' } },
    });
    expect(fixedFields(fixed, ['a', 'b', 'c'])).toEqual(['lang', 'url']);
    expect(withTarget(fixed, 'b', 'lang').fields['lang']).toEqual({ from: ['b'] });
  });
});

describe('How a field is read', () => {
  it('is one of its readings, and can be put back', () => {
    expect(readingOf(profile(), 'created')).toBe('as:unix');
    const html = withReading(profile(), 'text', 'as:html');
    expect(html.fields['text']).toEqual({ from: ['a'], as: 'html' });
    expect(withReading(html, 'text', 'unescape:yes').fields['text']).toEqual({ from: ['a'], unescape: true });
    expect(withReading(html, 'text', '').fields['text']).toEqual({ from: ['a'] });
  });

  it('keeps what only the profile can say', () => {
    const own = profile({ fields: { created: { from: ['b'], as: 'layout', layouts: ['02.01.06'] } } });
    expect(readingOf(own, 'created')).toBeNull();
    const bar = profile({ fields: { hashtags: { from: ['b'], separator: '|', missing: ['-'] } } });
    expect(readingOf(bar, 'hashtags')).toBe('separator:|');
    expect(withReading(bar, 'hashtags', 'separator: ').fields['hashtags']).toEqual({
      from: ['b'],
      separator: ' ',
      missing: ['-'],
    });
  });
});

describe('A profile', () => {
  it('lacks a name, a platform or a text', () => {
    expect(lacks(profile())).toEqual([]);
    expect(lacks(profile({ name: ' ', platform: '', fields: { id: 'a' } }))).toEqual([
      'name',
      'platform',
      'text',
    ]);
    expect(lacks(profile({ platform: '', fields: { title: 'a', platform: 'b' } }))).toEqual([]);
    expect(lacks(profile({ kind: 'media', fields: { id: 'a' } }))).toEqual([]);
  });

  it('of another table is made to fit this one', () => {
    const guess: ProfileGuess = {
      file: 'later.csv',
      container: 'text',
      rows: 1,
      columns: ['a', 'd'].map((name) => ({ name, samples: [], filled: 1 })),
      profile: profile(),
      reasons: [],
      near: null,
    };
    const made = adapted(
      profile({
        required: ['a'],
        fields: { text: { from: ['x', 'a'] }, created: 'b', lang: { const: 'en' } },
      }),
      guess,
    );
    expect(made.fields).toEqual({ text: { from: ['a'] }, lang: { const: 'en' } });
    expect(made.header).toEqual(['a', 'd']);
    expect(made.ignore).toEqual(['d']);
    expect('required' in made).toBe(false);
  });
});
