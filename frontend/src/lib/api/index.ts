// The one seam between the page and Go. Features import from here; only ./wails imports generated bindings.

import type { JobsApi } from './jobs';
import type { ListenApi } from './listen';
import type { MappingApi } from './mapping';
import type { ReportApi } from './report';
import type { SavedApi } from './saved';
import type { SituationApi } from './situation';
import type {
  About,
  Folder,
  Info,
  Licence,
  NewCase,
  PostDetail,
  Progress,
  RawRequest,
  RawWindow,
  RecentCase,
  SearchPage,
  SearchRequest,
  Settings,
} from './types';

export * from './types';
export * from './jobs';
export * from './listen';
export * from './mapping';
export * from './report';
export * from './saved';
export * from './situation';
export { Fault, toFault } from './fault';

/** Everything that the page asks of Go. Each promise rejects with a Fault. */
export interface Api extends JobsApi, ListenApi, MappingApi, ReportApi, SavedApi, SituationApi {
  current(): Promise<Info | null>;
  recent(): Promise<RecentCase[]>;
  forget(id: string): Promise<void>;
  /** Opens the system's folder dialog with a title; null when the user cancels. */
  chooseFolder(title: string): Promise<Folder | null>;
  create(token: string, form: NewCase): Promise<Info>;
  open(token: string, readOnly: boolean): Promise<Info>;
  openRecent(id: string, readOnly: boolean): Promise<Info>;
  openExample(): Promise<Info>;
  /** Changes the description of the open case; it can be undone. */
  updateCase(form: NewCase): Promise<Info>;
  close(): Promise<void>;

  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchPage>;
  post(id: string): Promise<PostDetail>;
  raw(request: RawRequest, signal?: AbortSignal): Promise<RawWindow>;
  star(ids: string[], starred: boolean): Promise<void>;

  about(): Promise<About>;
  /** The program's own notice and licence first, then those of what it ships. */
  licences(): Promise<Licence[]>;
  settings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<void>;
  /** Names the window. */
  title(text: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Calls back with every step of a long job; returns the function that stops it. */
  onProgress(callback: (progress: Progress) => void): () => void;
}

let current: Api | undefined;

/** Sets the implementation, once, at start. */
export function provide(api: Api): void {
  current = api;
}

/** The implementation in use. */
export function api(): Api {
  if (!current) throw new Error('no api was provided');
  return current;
}
