import { describe, expect, it } from 'vitest';
import { BINDINGS, bindingFor, keyName, takesText } from './keys';
import { readPlace, writePlace } from './router.svelte';

const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...init });

describe('keys', () => {
  it('are named as the table writes them', () => {
    expect(keyName(press(' '))).toBe('Space');
    expect(keyName(press('k', { ctrlKey: true }))).toBe('Ctrl+k');
    expect(keyName(press('ArrowLeft', { altKey: true }))).toBe('Alt+ArrowLeft');
  });

  it('mean something on their own screen only', () => {
    expect(bindingFor(press('j'), 'explore')?.id).toBe('next');
    expect(bindingFor(press('j'), 'cases')).toBeUndefined();
    expect(bindingFor(press('?'), 'cases')?.id).toBe('help');
  });

  it('mean one thing each', () => {
    const all = BINDINGS.flatMap((b) => b.keys.map((key) => `${b.screen ?? ''} ${key}`));
    expect(new Set(all).size).toBe(all.length);
  });

  it('are letters where one types', () => {
    expect(takesText(document.createElement('input'))).toBe(true);
    expect(takesText(document.createElement('button'))).toBe(false);
    expect(takesText(null)).toBe(false);
  });
});

describe('places', () => {
  it('come back as they went', () => {
    const params = new URLSearchParams({ q: 'a?b#c', post: '4' });
    const back = readPlace(writePlace('explore', params));
    expect(back.screen).toBe('explore');
    expect(back.params.toString()).toBe(params.toString());
  });

  it('that are not known are the list of cases', () => {
    expect(readPlace('#/nowhere?x=1').screen).toBe('cases');
    expect(readPlace('').screen).toBe('cases');
  });
});
