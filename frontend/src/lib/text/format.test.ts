import { beforeEach, describe, expect, it } from 'vitest';
import { setLang } from '$lib/i18n/index.svelte';
import {
  bucket,
  bytes,
  clock,
  compact,
  day,
  instant,
  number,
  offset,
  percent,
  short,
  signed,
} from './format';

beforeEach(() => setLang('en'));

describe('formatting', () => {
  it('writes numbers as the language does', () => {
    expect(number(1234567)).toBe('1,234,567');
    expect(compact(12345)).toBe('12.3K');
    expect(percent(0.421)).toBe('42%');
    expect(signed(0.5)).toBe('+0.50');
    setLang('es');
    expect(number(1234567)).toBe('1.234.567');
    expect(signed(-0.5)).toBe('-0,50');
  });

  it('writes sizes', () => {
    expect(bytes(999)).toBe('999 B');
    expect(bytes(1500)).toBe('1.5 kB');
    expect(bytes(2_000_000_000)).toBe('2 GB');
  });

  it('writes instants in the zone of the case', () => {
    const at = '2025-07-01T22:30:00Z';
    expect(day(at, 'Europe/Madrid')).toBe('Jul 2, 2025');
    expect(clock(at, 'Europe/Madrid')).toBe('00:30');
    expect(instant(at, 'UTC')).toContain('22:30:00');
    expect(instant(at, 'Europe/Madrid')).toMatch(/UTC\+2$/);
    expect(offset('Europe/Madrid', new Date(at))).toBe('UTC+2');
  });

  it('has nothing to say of no instant', () => {
    expect(day('', 'UTC')).toBe('');
    expect(clock(undefined, 'UTC')).toBe('');
    expect(instant('0001-01-01T00:00:00Z', 'UTC')).toBe('');
    expect(instant('not a date', 'UTC')).toBe('');
  });

  it('takes UTC for a zone that there is not', () => {
    expect(clock('2025-07-01T22:30:00Z', 'Nowhere/At_all')).toBe('22:30');
  });

  it('names a bucket by its unit', () => {
    const t = Date.UTC(2025, 1, 3) / 1000;
    expect(bucket(t, 'month', 'UTC')).toBe('Feb 2025');
    expect(bucket(t, 'day', 'UTC')).toBe('Feb 3, 2025');
    expect(bucket(t, '1h', 'UTC')).toBe('Feb 3, 00:00');
  });

  it('shortens a hash', () => {
    expect(short('abcdef', 4)).toBe('abcd…');
    expect(short('abcd', 4)).toBe('abcd');
  });
});
