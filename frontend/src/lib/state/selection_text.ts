import type { Selection } from '$lib/api';
import { readSelection, writeSelection } from './selection';

// A selection as text to copy: as a query that says all of it, and as an address.

/** Facets whose field in the query language has another name. */
const FIELD: Record<string, string> = { polarity: 'sentiment' };

const quoted = (value: string) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(value) && !/^(AND|OR|NOT)$/.test(value)
    ? value
    : `"${value.replace(/["“”„\\]/g, '\\$&')}"`;

const term = (facet: string, value: string) => `${FIELD[facet] ?? facet}:${quoted(value)}`;

function any(facet: string, values: readonly string[]): string {
  const terms = values.map((value) => term(facet, value));
  return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' OR ')})`;
}

/** A whole second at or after an instant: the language counts in seconds, as the case does. */
const second = (at: string) =>
  new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toISOString().replace('.000Z', 'Z');

/** The selection in the query language; subject is the name of the watched subject. */
export function queryText(selection: Selection, subject = selection.subject ?? ''): string {
  const parts: string[] = [];
  for (const [facet, values] of Object.entries(selection.include ?? {}).sort()) {
    if (values.length) parts.push(any(facet, values));
  }
  for (const [facet, values] of Object.entries(selection.exclude ?? {}).sort()) {
    for (const value of values) parts.push(`NOT ${term(facet, value)}`);
  }
  if (selection.from) parts.push(`time:>=${second(selection.from)}`);
  if (selection.to) parts.push(`time:<${second(selection.to)}`);
  if (subject) parts.push(`subject:${quoted(subject)}`);
  const query = selection.query ?? '';
  if (query) parts.unshift(parts.length && /\s/.test(query) ? `(${query})` : query);
  return parts.join(' AND ');
}

/** The query that finds a conversation, by the UID of the post that it began with. */
export const threadQuery = (root: string): string => term('thread', root);

/** The selection as the part of an address that any Vedette with the same case understands. */
export const addressOf = (selection: Selection): string =>
  `#/explore?${writeSelection(selection).toString()}`;

/** The selection of an address that was copied, or null when the text is none. */
export function fromAddress(text: string): Selection | null {
  const found = /^\s*\S*#\/(?:explore|situation|report)\?(\S+)\s*$/.exec(text)?.[1];
  if (!found) return null;
  const selection = readSelection(new URLSearchParams(found));
  return Object.keys(selection).length ? selection : null;
}

const AROUND = 5 * 60;

/** The span of five minutes before and after an instant, both ends in it, and nothing else. */
export function around(at: string): Selection {
  const middle = Date.parse(at) / 1000;
  const text = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return { from: text(middle - AROUND), to: text(middle + AROUND + 1) };
}

/** The instant in the middle of such a span. */
export const middleOf = (selection: Selection): string =>
  new Date(Date.parse(selection.from ?? '') + AROUND * 1000).toISOString().replace('.000Z', 'Z');
