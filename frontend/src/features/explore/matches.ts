import type { Row, Span } from '$lib/api';

/** Matches drawn in one text; a word that stands on every line is found without all of them. */
const MOST = 2000;

/** The words of a row's text that the query matched, each once. */
export function matchedWords(row: Row): string[] {
  return [...new Set((row.spans ?? []).map((span) => row.text.slice(span.start, span.end).toLowerCase()))];
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Where the matched words of a row stand in the whole text. A row that holds all of the text knows it; of a longer
 * text it has a part, whose words are found again in the rest.
 */
export function wholeSpans(row: Row | undefined, text: string): readonly Span[] {
  if (!row?.spans?.length) return [];
  if (!row.cut && !row.lead) return row.spans;
  const words = matchedWords(row).filter(Boolean);
  const any = words
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
  const out: Span[] = [];
  for (const hit of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu'))) {
    out.push({ start: hit.index, end: hit.index + hit[0].length });
    if (out.length === MOST) break;
  }
  return out;
}
