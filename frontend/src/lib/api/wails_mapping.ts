import * as go from '$wails/go/app/ListenService';
import { app } from '$wails/go/models';
import type { ImportOptions } from './listen';
import type { MappingApi, ProfileGuess, ProfileTrial, SavedProfile } from './mapping';

/** Awaits a binding and turns what it throws into a Fault. */
type Call = <T>(work: Promise<unknown>) => Promise<T>;

const options = (o: ImportOptions) => app.ImportOptions.createFrom(o);

export function mapping(call: Call): MappingApi {
  return {
    guessProfile: (token, file, o) => call<ProfileGuess>(go.GuessProfile(token, file, options(o))),
    tryProfile: (token, file, o) => call<ProfileTrial>(go.TryProfile(token, file, options(o))),
    profiles: () => call<SavedProfile[]>(go.Profiles()),
    profile: (name) => call<string>(go.Profile(name)),
    saveProfile: (profile) => call<SavedProfile>(go.SaveProfile(profile)),
    removeProfile: (name) => call(go.RemoveProfile(name)),
    openProfile: (title) => call<string>(go.OpenProfile(title)),
    exportProfile: (name, title) => call<string>(go.ExportProfile(name, title)),
  };
}
