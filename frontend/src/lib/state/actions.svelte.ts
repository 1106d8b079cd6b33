import type { Key } from '$lib/i18n/index.svelte';

/** Something that can be done from here, for the palette. */
export interface Action {
  id: string;
  /** The words under which it is found and shown. */
  text: string;
  /** What kind of thing it is. */
  group: Key;
  /** Keys that do the same, as the table of keys writes them. */
  keys?: readonly string[];
  run: () => void;
}

type Source = () => readonly Action[];

const sources = new Set<Source>();

/** Adds what a screen or a store can do as long as it is there; returns the function that takes it away. */
export function offer(source: Source): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** Everything that can be done now. */
export const offered = (): Action[] => [...sources].flatMap((source) => source());

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The actions whose words begin with every word that was typed, best first: those that begin with it all. */
export function matching(actions: readonly Action[], typed: string): Action[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [...actions];
  const found = actions.flatMap((action) => {
    const text = plain(action.text);
    const words = text.split(/[^\p{L}\p{N}]+/u);
    if (!wanted.every((want) => words.some((word) => word.startsWith(want)) || text.includes(want)))
      return [];
    const all = wanted.join(' ');
    return [{ action, rank: text.startsWith(all) ? 0 : words.some((word) => word.startsWith(all)) ? 1 : 2 }];
  });
  return found.toSorted((a, b) => a.rank - b.rank).map(({ action }) => action);
}
