import type { Selection } from './types';

/** A named selection, as backend/model has it. */
export interface SavedSearch {
  id: string;
  name: string;
  selection: Selection;
}

/** Searches that the case keeps. */
export interface SavedApi {
  /** By name. */
  savedSearches(): Promise<SavedSearch[]>;
  /** Names a selection; the same name replaces the earlier one. It can be undone. */
  saveSearch(name: string, selection: Selection): Promise<SavedSearch>;
  /** It can be undone. */
  removeSavedSearch(id: string): Promise<void>;
}
