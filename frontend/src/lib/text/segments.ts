import type { Span, WordReason } from '$lib/api';

export interface Segment {
  text: string;
  hit: boolean;
}

/** Cuts a text at its matched spans (UTF-16 units); spans that overlap or lie outside are made to fit. */
export function segments(text: string, spans: readonly Span[] = []): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, Math.min(span.start, text.length));
    const end = Math.max(start, Math.min(span.end, text.length));
    if (end === start) continue;
    if (start > at) out.push({ text: text.slice(at, start), hit: false });
    out.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at), hit: false });
  return out;
}

/** UTF-8 byte offsets as UTF-16 offsets of the same text, in one pass; offsets must rise. */
export function unitOffsets(text: string, byteOffsets: readonly number[]): number[] {
  const out: number[] = [];
  let seen = 0;
  let next = 0;
  for (let i = 0; i < text.length && next < byteOffsets.length;) {
    while (next < byteOffsets.length && seen >= (byteOffsets[next] ?? 0)) {
      out.push(i);
      next++;
    }
    const point = text.codePointAt(i) ?? 0;
    seen += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    i += point > 0xffff ? 2 : 1;
  }
  while (out.length < byteOffsets.length) out.push(text.length);
  return out;
}

export interface WeightedSpan extends Span {
  weight: number;
}

/** Where the words that moved a score stand in the text, in UTF-16 units. */
export function reasonSpans(text: string, words: readonly WordReason[] = []): WeightedSpan[] {
  const sorted = words.filter((w) => w.end > w.start).sort((a, b) => a.start - b.start);
  const bounds = [...new Set(sorted.flatMap((w) => [w.start, w.end]))].sort((a, b) => a - b);
  const units = unitOffsets(text, bounds);
  const unit = new Map(bounds.map((byte, i) => [byte, units[i] ?? text.length]));
  return sorted.map((w) => ({
    start: unit.get(w.start) ?? 0,
    end: unit.get(w.end) ?? 0,
    weight: w.weight,
  }));
}

// Controls that make text read otherwise than it stands, and characters that nobody sees. The marks that right-
// to-left scripts need in ordinary writing (U+200E, U+200F, the joiners) are not among them.
const HIDDEN = /[\u061c\u200b\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Whether a text carries characters that can make it read otherwise than it is. */
export const hasHidden = (text: string): boolean => text.search(HIDDEN) >= 0;

/** The text with such characters written out, as ⟨U+202E⟩; for reading, never for keeping. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (c) => `⟨U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** The first n UTF-16 units of a text, one less where they would end amid a character. */
export function start(text: string, n: number): string {
  const last = text.charCodeAt(n - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? n - 1 : n);
}

/** A name cut to n code points and made visible, so that no name can push the page about. */
export function clip(text: string, n: number): string {
  const points = Array.from(text.slice(0, n * 2 + 2));
  return visible(points.length > n ? `${points.slice(0, n).join('')}…` : text);
}
