import type { Batch, Locator, Selection, Source } from '$lib/api';
import { has, t, tv } from '$lib/i18n/index.svelte';
import { number } from '$lib/text/format';
import { clip } from '$lib/text/segments';

/** Names of files and addresses are strangers' text: none may push a table about. */
export const NAME = 90;

/** What was assumed while reading, as a sentence; a key that has none says itself. */
export function assumedText(key: string, value: string): string {
  const name = `assumed.${key}`;
  if (!has(name)) return `${key}: ${clip(value, NAME)}`;
  // "dmy (why)": the reason is for the log, the order is what matters here.
  const short = key === 'date_order' ? tv('date_order', value.split(' ')[0] ?? '') : value;
  return t(name, { value: key === 'page_type' ? tv('type', value) : clip(short, NAME) });
}

/** Why a file is not read: by its code, or as the program said it. */
export function whyText(code: string, reason: string): string {
  const name = `why.${code}`;
  return has(name) ? t(name) : clip(reason || code, 300);
}

/** Where in its file a record stands. */
export function placeText(at: Locator): string {
  const parts: string[] = [];
  if (at.member) parts.push(clip(at.member, 60));
  if (at.length) {
    parts.push(t('evidence.range', { offset: number(at.offset ?? 0), length: number(at.length) }));
  } else if (at.row) parts.push(t('evidence.row', { row: number(at.row) }));
  else if (at.item) parts.push(clip(at.item, 60));
  return parts.join(' · ');
}

export const sourceName = (source: Source) => (source.name ? clip(source.name, 60) : t('evidence.unnamed'));

/** More batches than this in one selection nobody can read; the whole case is shown instead. */
const MOST = 50;

/** The selection of what batches brought in; null when they brought nothing. */
export function postsOf(batches: readonly Batch[]): Selection | null {
  const ids = batches.filter((b) => b.accepted > 0 && !b.withdrawn).map((b) => String(b.id));
  if (ids.length > MOST) return {};
  return ids.length ? { include: { batch: ids } } : null;
}

/** The entries of a count, the largest first. */
export const counted = (counts: Record<string, number> | null | undefined) =>
  Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1]);

/** What numbers of batches add up to. */
export function sum(batches: readonly Batch[]) {
  const out = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
  for (const batch of batches) {
    out.read += batch.read;
    out.accepted += batch.accepted;
    out.duplicate += batch.duplicate;
    out.rejected += batch.rejected;
  }
  return out;
}
