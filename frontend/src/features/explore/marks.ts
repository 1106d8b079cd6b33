import type { MarkChange, Marks } from '$lib/api';

// What the analyst puts on posts: how a change shows before Go has answered, and what many posts share.

/** Admiralty grades of information, best first; "6" says that it cannot be judged and is kept as none. */
export const GRADES = ['1', '2', '3', '4', '5', '6'] as const;

/** Length of a row's note, in UTF-16 units: one that long may have been cut (app/rows.go). */
export const ROW_NOTE = 240;

/** Marks after a change, as backend/casefile keeps them: labels sorted and distinct. */
export function changed(marks: Marks, change: MarkChange): Marks {
  const gone = new Set(change.remove_labels);
  const labels = [...new Set([...(marks.labels ?? []), ...(change.add_labels ?? [])])]
    .filter((label) => !gone.has(label))
    .sort();
  const { starred, note, grade } = {
    starred: change.star ?? marks.starred ?? false,
    note: change.note ?? marks.note ?? '',
    grade: (change.grade === '6' ? '' : change.grade) ?? marks.grade ?? '',
  };
  return {
    ...(starred ? { starred } : {}),
    ...(labels.length ? { labels } : {}),
    ...(note ? { note } : {}),
    ...(grade ? { grade } : {}),
  };
}

/** A label and how many of the posts have it. */
export interface Held {
  label: string;
  count: number;
}

/** What many posts have in common. */
export interface Shared {
  posts: number;
  starred: number;
  /** Those on most posts first. */
  labels: Held[];
  noted: number;
  /** The note when all have the same one. */
  note: string;
  graded: number;
  /** The grade when all have the same one. */
  grade: string;
}

export function shared(all: Iterable<Marks>): Shared {
  const counts = new Map<string, number>();
  const notes = new Set<string>();
  const grades = new Set<string>();
  const out: Shared = { posts: 0, starred: 0, labels: [], noted: 0, note: '', graded: 0, grade: '' };
  for (const marks of all) {
    out.posts++;
    if (marks.starred) out.starred++;
    if (marks.note) out.noted++;
    if (marks.grade) out.graded++;
    notes.add(marks.note ?? '');
    grades.add(marks.grade ?? '');
    for (const label of marks.labels ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [note = ''] = notes;
  const [grade = ''] = grades;
  // Notes that begin alike may end differently where they were cut.
  if (notes.size === 1 && note.length < ROW_NOTE) out.note = note;
  if (grades.size === 1) out.grade = grade;
  out.labels = [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
  return out;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Items whose text holds what was typed, whatever the case and the accents; those that begin with it first. */
export function narrowed<T>(items: readonly T[], text: (item: T) => string, typed: string): T[] {
  const want = plain(typed.trim());
  if (!want) return [...items];
  const begins: T[] = [];
  const holds: T[] = [];
  for (const item of items) {
    const at = plain(text(item)).indexOf(want);
    if (at === 0) begins.push(item);
    else if (at > 0) holds.push(item);
  }
  return [...begins, ...holds];
}
