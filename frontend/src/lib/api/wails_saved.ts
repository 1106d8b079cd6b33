import * as go from '$wails/go/app/ExploreService';
import { model } from '$wails/go/models';
import type { SavedApi, SavedSearch } from './saved';

/** Awaits a binding and turns what it throws into a Fault. */
type Call = <T>(work: Promise<unknown>) => Promise<T>;

export function saving(call: Call): SavedApi {
  return {
    savedSearches: () => call<SavedSearch[]>(go.SavedSearches()),
    saveSearch: (name, selection) =>
      call<SavedSearch>(go.SaveSearch(model.SavedSearch.createFrom({ id: '', name, selection }))),
    removeSavedSearch: (id) => call(go.RemoveSavedSearch(id)),
  };
}
