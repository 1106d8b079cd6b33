import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '$lib/api';
import { faultText } from './fault';
import { lang, setLang, t, tn, tv } from './index.svelte';

beforeEach(() => setLang('en'));

describe('messages', () => {
  it('have their values put in', () => {
    expect(t('explore.remove', { what: '{n}' })).toBe('Remove {n}');
    expect(t('explore.remove')).toBe('Remove {what}');
  });

  it('count', () => {
    expect(tn('explore.posts', 1)).toBe('1 post');
    expect(tn('explore.posts', 1200)).toBe('1,200 posts');
    setLang('es');
    expect(tn('explore.posts', 1)).toBe('1 publicación');
    expect(tn('explore.posts', 2_000_000)).toBe('2.000.000 publicaciones');
  });

  it('of values that have none are the value', () => {
    expect(tv('platform', 'reddit')).toBe('Reddit');
    expect(tv('platform', 'gab')).toBe('gab');
    expect(tv('platform', 'constructor')).toBe('constructor');
  });

  it('come in the first language wanted that there is', () => {
    setLang('system', ['fr-FR', 'es-MX', 'en']);
    expect(lang()).toBe('es');
    expect(document.documentElement.lang).toBe('es');
    setLang('system', ['fr-FR']);
    expect(lang()).toBe('en');
  });
});

describe('faults', () => {
  it('are said by their code', () => {
    expect(faultText(new Fault({ code: 'case_locked', message: 'x' }))).toContain('Another window');
  });

  it('without a translation say their sentence', () => {
    expect(faultText(new Fault({ code: 'brand_new', message: 'the moon is full' }))).toContain(
      'the moon is full',
    );
  });
});
