// The page's side of the window: generated bindings for what is small, the data handler for what is large.
// Nothing else imports the bindings.

import * as cases from '$wails/go/app/CaseService';
import * as explore from '$wails/go/app/ExploreService';
import * as history from '$wails/go/app/HistoryService';
import * as jobs from '$wails/go/app/JobsService';
import * as system from '$wails/go/app/SystemService';
import { app, workspace } from '$wails/go/models';
import { ClipboardSetText, EventsOn } from '$wails/runtime/runtime';
import { toFault } from './fault';
import { listening } from './wails_listen';
import { mapping } from './wails_mapping';
import { reporting } from './wails_report';
import { saving } from './wails_saved';
import { assessing } from './wails_situation';
import type { Api } from './index';
import type { Act, History, Job, JobsApi } from './jobs';
import type { Info, Licence, PostDetail, Progress, RecentCase, SearchPage, Settings } from './types';

/** Awaits a binding; what it throws is what Go's error formatter made, as a Fault. */
async function call<T>(work: Promise<unknown>): Promise<T> {
  try {
    return (await work) as T;
  } catch (reason) {
    throw toFault(reason);
  }
}

/** Asks the data handler. */
async function ask(path: string, params: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(
    `/data/${path}?${new URLSearchParams(params).toString()}`,
    signal ? { signal } : {},
  );
  if (response.headers.has('X-Vedette-Problem')) throw toFault(await response.json());
  if (!response.ok) throw toFault(`${path}: ${response.status}`);
  return response;
}

function longWork(): JobsApi {
  return {
    jobs: () => call<Job[]>(jobs.List()),
    cancelJob: (id) => call(jobs.Cancel(id)),
    resumeJob: (id) => call<string>(jobs.Resume(id)),
    verify: () => call<string>(jobs.Verify()),
    enrich: () => call<string>(jobs.Enrich()),
    onJob: (callback) => EventsOn('jobs', (job: Job) => callback(job)),
    mark: (ids, change) => call(explore.Mark(ids, workspace.MarkChange.createFrom(change))),
    history: () => call<History>(history.History()),
    undo: () => call<Act>(history.Undo()),
    redo: () => call<Act>(history.Redo()),
  };
}

export function implementation(): Api {
  return {
    ...longWork(),
    ...listening(call),
    ...mapping(call),
    ...assessing(call),
    ...reporting(call),
    ...saving(call),
    current: () => call<Info | null>(cases.Current()),
    recent: () => call<RecentCase[]>(cases.Recent()),
    forget: (id) => call(cases.Forget(id)),
    chooseFolder: (title) => call(cases.ChooseFolder(title)),
    create: (token, form) => call<Info>(cases.Create(token, app.NewCase.createFrom(form))),
    open: (token, readOnly) => call<Info>(cases.Open(token, readOnly)),
    openRecent: (id, readOnly) => call<Info>(cases.OpenRecent(id, readOnly)),
    openExample: () => call<Info>(cases.OpenExample()),
    updateCase: (form) => call<Info>(cases.UpdateSettings(app.NewCase.createFrom(form))),
    close: () => call(cases.Close()),

    async search(request, signal) {
      const response = await ask('search', { request: JSON.stringify(request) }, signal);
      return (await response.json()) as SearchPage;
    },
    post: (id) => call<PostDetail>(explore.Post(id)),
    async raw(request, signal) {
      const params = Object.fromEntries(
        Object.entries(request).map(([name, value]) => [name, String(value)]),
      );
      const response = await ask('post' in request ? 'raw' : 'reject', params, signal);
      return {
        bytes: new Uint8Array(await response.arrayBuffer()),
        offset: request.offset,
        size: Number(response.headers.get('X-Vedette-Size')),
        exact: response.headers.get('X-Vedette-Exact') === 'true',
      };
    },
    star: (ids, starred) => call(explore.Star(ids, starred)),

    about: () => call(system.About()),
    licences: () => call<Licence[]>(system.Licences()),
    settings: () => call<Settings>(system.Settings()),
    saveSettings: (settings) => call(system.SaveSettings(app.Settings.createFrom(settings))),
    title: (text) => call(system.SetTitle(text)),
    async copy(text) {
      await call(ClipboardSetText(text));
    },
    onProgress: (callback) => EventsOn('progress', (progress: Progress) => callback(progress)),
  };
}
