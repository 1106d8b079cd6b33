import * as go from '$wails/go/app/ListenService';
import { app, model, workspace } from '$wails/go/models';
import { EventsOn } from '$wails/runtime/runtime';
import { toFault } from './fault';
import type {
  Batch,
  Collector,
  Files,
  ImportOptions,
  Inspection,
  ListenApi,
  NetRequest,
  RejectPage,
  Subject,
} from './listen';
import type { FaultBody } from './types';

/** Awaits a binding and turns what it throws into a Fault. */
type Call = <T>(work: Promise<unknown>) => Promise<T>;

const options = (o: ImportOptions) => app.ImportOptions.createFrom(o);

export function listening(call: Call): ListenApi {
  return {
    chooseFiles: (title) => call<Files | null>(go.ChooseFiles(title)),
    chooseImportFolder: (title) => call<Files | null>(go.ChooseFolder(title)),
    chooseScreenshot: (title) => call<Files | null>(go.ChooseScreenshot(title)),
    onFiles: (callback) =>
      EventsOn('files', (told: Files | FaultBody) => callback('token' in told ? told : toFault(told))),
    inspect: (token, o) => call<Inspection>(go.Inspect(token, options(o))),
    startImport: (token, o) => call<string>(go.Import(token, options(o))),
    batches: () => call<Batch[]>(go.Batches()),
    rejects: (batch, after, limit) => call<RejectPage>(go.Rejects(batch, after, limit)),
    exportRejects: (batch, title) => call<string>(go.ExportRejects(batch, title)),
    retry: (batch, o) => call<string>(go.Retry(batch, options(o))),
    withdraw: (batch, withdrawn) => call(go.Withdraw(batch, withdrawn)),
    addManual: (post, screenshot) =>
      call<Batch>(go.AddManual(workspace.ManualPost.createFrom(post), screenshot)),

    subjects: () => call<Subject[]>(go.Subjects()),
    putSubject: (subject) => call<Subject>(go.PutSubject(model.Subject.createFrom(subject))),
    removeSubject: (id) => call(go.RemoveSubject(id)),

    collectors: () => call<Collector[]>(go.Collectors()),
    putCollector: (collector) => call<Collector>(go.PutCollector(model.Collector.createFrom(collector))),
    removeCollector: (id) => call(go.RemoveCollector(id)),
    collect: (ids) => call<string>(go.Collect(ids)),
    ledger: (after, limit) => call<NetRequest[]>(go.Ledger(after, limit)),
  };
}
