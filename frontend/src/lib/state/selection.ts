import type { Selection } from '$lib/api';

// The selection is the one value that every screen reads. It lives in the address after "#", so that
// back, forward, copying and saving need nothing else.

type Filters = Record<string, string[]>;

/** Facets in the order in which the page lists them. */
export const FACETS = [
  'platform',
  'type',
  'kind',
  'lang',
  'polarity',
  'author',
  'hashtag',
  'mention',
  'domain',
  'country',
  'source',
  'mode',
  'label',
  'visibility',
] as const;

/** Writes a selection as address parameters, in a fixed order, so that equal selections give equal text. */
export function writeSelection(selection: Selection): URLSearchParams {
  const out = new URLSearchParams();
  if (selection.query) out.set('q', selection.query);
  writeFilters(out, 'in.', selection.include);
  writeFilters(out, 'not.', selection.exclude);
  if (selection.from) out.set('from', selection.from);
  if (selection.to) out.set('to', selection.to);
  if (selection.subject) out.set('subject', selection.subject);
  return out;
}

function writeFilters(out: URLSearchParams, prefix: string, filters: Filters | undefined): void {
  for (const facet of Object.keys(filters ?? {}).sort()) {
    for (const value of [...(filters?.[facet] ?? [])].sort()) out.append(prefix + facet, value);
  }
}

// A map, because a facet in an address may have any name, also one that every object has ("constructor").
function readFilters(params: URLSearchParams, prefix: string): Filters {
  const out = new Map<string, string[]>();
  for (const [key, value] of params) {
    if (!key.startsWith(prefix)) continue;
    const facet = key.slice(prefix.length);
    out.set(facet, [...(out.get(facet) ?? []), value]);
  }
  return Object.fromEntries(out);
}

/** Reads a selection from address parameters; anything that it does not know is left alone. */
export function readSelection(params: URLSearchParams): Selection {
  const out: Selection = {};
  const include = readFilters(params, 'in.');
  const exclude = readFilters(params, 'not.');
  const text = (key: string) => params.get(key) ?? '';
  if (text('q')) out.query = text('q');
  if (Object.keys(include).length) out.include = include;
  if (Object.keys(exclude).length) out.exclude = exclude;
  if (isInstant(text('from'))) out.from = text('from');
  if (isInstant(text('to'))) out.to = text('to');
  if (text('subject')) out.subject = text('subject');
  return out;
}

const isInstant = (text: string) => text !== '' && !Number.isNaN(Date.parse(text));

/** How a facet's value stands in the selection. */
export type Standing = 'in' | 'not' | '';

export function standing(selection: Selection, facet: string, value: string): Standing {
  if (selection.include?.[facet]?.includes(value)) return 'in';
  if (selection.exclude?.[facet]?.includes(value)) return 'not';
  return '';
}

/** The selection with a facet's value included, excluded, or neither. */
export function withFacet(selection: Selection, facet: string, value: string, to: Standing): Selection {
  const { include: oldIn, exclude: oldNot, ...out } = selection;
  const include = without(oldIn, facet, value);
  const exclude = without(oldNot, facet, value);
  if (to === 'in') include[facet] = [...(include[facet] ?? []), value];
  if (to === 'not') exclude[facet] = [...(exclude[facet] ?? []), value];
  return {
    ...out,
    ...(Object.keys(include).length ? { include } : {}),
    ...(Object.keys(exclude).length ? { exclude } : {}),
  };
}

function without(filters: Filters | undefined, facet: string, value: string): Filters {
  const out: Filters = {};
  for (const [name, values] of Object.entries(filters ?? {})) {
    const kept = name === facet ? values.filter((v) => v !== value) : values;
    if (kept.length) out[name] = kept;
  }
  return out;
}

/** The selection with another time span; seconds since 1970, or null for none. */
export function withSpan(selection: Selection, span: { from: number; to: number } | null): Selection {
  const { from: _from, to: _to, ...out } = selection;
  return span ? { ...out, from: instant(span.from), to: instant(span.to) } : out;
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export interface Filter {
  facet: string;
  value: string;
  standing: 'in' | 'not';
}

/** The facet filters as a flat list, included ones first. */
export function filters(selection: Selection): Filter[] {
  const list = (all: Filters | undefined, how: 'in' | 'not') =>
    Object.entries(all ?? {}).flatMap(([facet, values]) =>
      values.map((value): Filter => ({ facet, value, standing: how })),
    );
  return [...list(selection.include, 'in'), ...list(selection.exclude, 'not')];
}

export const isEmpty = (selection: Selection) => writeSelection(selection).size === 0;
