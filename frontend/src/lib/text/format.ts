import { lang } from '$lib/i18n/index.svelte';

// Numbers and instants as the page shows them: in its language, in the case's time zone.

const cache = new Map<string, unknown>();

/** Intl formatters are dear to make and a list row needs several. */
function cached<T>(key: string, make: () => T): T {
  let value = cache.get(key) as T | undefined;
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}

export function number(n: number): string {
  return cached(`n:${lang()}`, () => new Intl.NumberFormat(lang())).format(n);
}

/** 12,345 as 12K: at most three figures. */
export function compact(n: number): string {
  return cached(
    `c:${lang()}`,
    () => new Intl.NumberFormat(lang(), { notation: 'compact', maximumSignificantDigits: 3 }),
  ).format(n);
}

export function percent(share: number): string {
  return cached(
    `p:${lang()}`,
    () => new Intl.NumberFormat(lang(), { style: 'percent', maximumFractionDigits: 0 }),
  ).format(share);
}

/** A score with one decimal. */
export function tenth(n: number): string {
  return cached(
    `t:${lang()}`,
    () => new Intl.NumberFormat(lang(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  ).format(n);
}

/** A share with one decimal, as reports have it. */
export function percent1(share: number): string {
  return cached(
    `p1:${lang()}`,
    () =>
      new Intl.NumberFormat(lang(), {
        style: 'percent',
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }),
  ).format(share);
}

/** A score with its sign and two decimals. */
export function signed(x: number): string {
  return cached(
    `s:${lang()}`,
    () =>
      new Intl.NumberFormat(lang(), {
        signDisplay: 'exceptZero',
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
      }),
  ).format(x);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function bytes(n: number): string {
  let unit = 0;
  let value = n;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const text = new Intl.NumberFormat(lang(), { maximumFractionDigits: digits }).format(value);
  return `${text} ${UNITS[unit] ?? ''}`;
}

function parts(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d:${name}:${lang()}:${zone}`, () => {
    try {
      return new Intl.DateTimeFormat(lang(), { ...options, timeZone: zone });
    } catch {
      return new Intl.DateTimeFormat(lang(), { ...options, timeZone: 'UTC' });
    }
  });
}

const valid = (at: string | undefined): Date | null => {
  if (!at) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() <= 1 ? null : date;
};

/** The day, as "3 Feb 2025". */
export function day(at: string | undefined, zone: string): string {
  const date = valid(at);
  return date ? parts(zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(date) : '';
}

/** The time of day to the minute, on 24 hours. */
export function clock(at: string | undefined, zone: string): string {
  const date = valid(at);
  return date
    ? parts(zone, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date)
    : '';
}

/** Day and time to the second, with the zone's offset. */
export function instant(at: string | undefined, zone: string): string {
  const date = valid(at);
  if (!date) return '';
  const format = parts(zone, 'instant', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  });
  return format.format(date).replace('GMT', 'UTC');
}

/** What a zone is ahead of UTC at an instant, as "UTC+1". */
export function offset(zone: string, at = new Date()): string {
  const found = parts(zone, 'offset', { timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName');
  return (found?.value ?? 'UTC').replace('GMT', 'UTC');
}

/** A time bucket's start as its unit asks. */
export function bucket(seconds: number, unit: string, zone: string): string {
  const date = new Date(seconds * 1000);
  if (unit === 'month') return parts(zone, 'month', { month: 'short', year: 'numeric' }).format(date);
  if (unit === 'day' || unit === 'week') {
    return parts(zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
  }
  return parts(zone, 'hour', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(date);
}

/** A hash, shortened for reading beside its full form. */
export const short = (hash: string, n = 12): string => (hash.length > n ? `${hash.slice(0, n)}…` : hash);
