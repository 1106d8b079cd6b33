import type { SavedApi, SavedSearch } from './saved';

/** Saved searches of the case in memory. */
export function memorySaved(): SavedApi {
  let list: SavedSearch[] = [];
  return {
    savedSearches: () => Promise.resolve(list),
    saveSearch(name, selection) {
      const known = list.find((one) => one.name === name);
      const saved = { id: known?.id ?? `s${list.length + 1}`, name, selection };
      list = [...list.filter((one) => one !== known), saved].toSorted((a, b) => a.name.localeCompare(b.name));
      return Promise.resolve(saved);
    },
    removeSavedSearch(id) {
      list = list.filter((one) => one.id !== id);
      return Promise.resolve();
    },
  };
}
