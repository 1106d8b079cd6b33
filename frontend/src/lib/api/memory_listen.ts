import { Fault } from './fault';
import type { Job } from './jobs';
import type {
  Batch,
  Collector,
  FileInspection,
  Files,
  ImportOptions,
  ImportResult,
  ListenApi,
  ManualPost,
  NetRequest,
  Overview,
  Subject,
} from './listen';
import type { Source } from './types';

/** Listening in memory: tests say what dialogs answer, drop files, and read what was asked. */
export interface MemoryListen extends ListenApi {
  /** What the next dialog gives; null cancels it. */
  chosen: Files | null;
  /** What an inspection finds in the files. */
  found: FileInspection[];
  /** Whether imports end at once; else the job waits for finish(). */
  waits: boolean;
  drop(files: Files | Fault): void;
  /** Ends the import that waits. */
  finish(): void;
  readonly inspected: ImportOptions[];
  readonly imported: ImportOptions[];
  readonly retried: { batch: number; options: ImportOptions }[];
  readonly typed: { post: ManualPost; screenshot: string }[];
  readonly collected: string[][];
}

const AT = '2025-03-01T09:00:00Z';
const OPEN: Source = { name: 'Harbour desk', reliability: 'C', mode: 'open' };

/** A file as an inspection shows it; the parts given stand in for the usual ones. */
export const inspected = (part: Partial<FileInspection> = {}): FileInspection => ({
  file: 'export.jsonl',
  size: 24_000,
  format: 'x-api-v2',
  version: '1',
  profile: '',
  confidence: 95,
  why: 'objects with public_metrics',
  code: '',
  reason: '',
  columns: [],
  posts: [],
  rejects: [],
  read: 100,
  rejected: 2,
  records: 100,
  exact: true,
  unknown_fields: {},
  assumed: {},
  kinds: { post: 98 },
  visibility: { public: 98 },
  first: '2025-02-01T08:00:00Z',
  last: '2025-02-28T20:00:00Z',
  dates: null,
  near: null,
  ...part,
});

/** The sums of inspected files. */
const overviewOf = (files: readonly FileInspection[]): Overview => ({
  files: files.length,
  bytes: files.reduce((n, f) => n + f.size, 0),
  records: files.reduce((n, f) => n + f.records, 0),
  read: files.reduce((n, f) => n + f.read, 0),
  rejected: files.reduce((n, f) => n + f.rejected, 0),
  exact: files.every((f) => f.exact),
  formats: files
    .filter((f) => f.format)
    .map((f) => ({ format: f.format, files: 1, looked: 1, bytes: f.size, records: f.records })),
  refused: files
    .filter((f) => !f.format)
    .map((f) => ({ code: f.code, reason: f.reason, files: 1, file: f.file })),
  kinds: files[0]?.kinds ?? {},
  visibility: files[0]?.visibility ?? {},
  first: files[0]?.first ?? '',
  last: files[0]?.last ?? '',
});

const batch = (id: number, part: Partial<Batch> = {}): Batch => ({
  id,
  state: 'done',
  file: 'export.jsonl',
  sha256: 'cd'.repeat(32),
  format: 'x-api-v2',
  version: '1',
  source: OPEN,
  started: AT,
  finished: AT,
  read: 100,
  accepted: 90,
  duplicate: 8,
  rejected: 2,
  reasons: { bad_json: 2 },
  unknown_fields: { 'data.edit_controls': 12 },
  assumed: { zone: 'UTC' },
  ...part,
});

export function memoryListen(tell: (job: Job) => void): MemoryListen {
  let batches: Batch[] = [batch(1)];
  let subjects: Subject[] = [];
  let collectors: Collector[] = [];
  let requests: NetRequest[] = [];
  let waiting: Job | null = null;
  const heard = new Set<(files: Files | Fault) => void>();
  const job = (kind: Job['kind'], id: string, result: unknown): Job => ({
    id,
    kind,
    label: 'export.jsonl',
    state: 'done',
    created: AT,
    resumable: false,
    result,
  });
  const add = (part: Partial<Batch>): Batch => {
    const made = batch(batches.length + 1, part);
    batches = [...batches, made];
    return made;
  };
  const self: MemoryListen = {
    chosen: { token: 'f1', names: ['export.jsonl'], count: 1 },
    found: [inspected()],
    waits: false,
    inspected: [],
    imported: [],
    retried: [],
    typed: [],
    collected: [],
    drop: (files) => heard.forEach((callback) => callback(files)),
    finish() {
      if (waiting) tell(waiting);
      waiting = null;
    },
    chooseFiles: () => Promise.resolve(self.chosen),
    chooseImportFolder: () => Promise.resolve(self.chosen),
    chooseScreenshot: () => Promise.resolve(self.chosen),
    onFiles(callback) {
      heard.add(callback);
      return () => heard.delete(callback);
    },
    inspect(_token, options) {
      self.inspected.push(options);
      return Promise.resolve({
        files: self.found,
        skipped: null,
        more: 0,
        overview: overviewOf(self.found),
      });
    },
    startImport(_token, options) {
      self.imported.push(options);
      const result: ImportResult = {
        batches: self.found.map((f) => add({ file: f.file, source: options.source })),
        skipped: null,
      };
      const done = job('import', `i${self.imported.length}`, result);
      waiting = done;
      const progress = {
        job: 'import',
        stage: 'records',
        done: 40,
        total: 100,
        unit: 'records',
        rate: 20,
        seconds_left: 3,
      };
      tell({ ...done, state: 'running', result: undefined, progress });
      if (!self.waits) self.finish();
      return Promise.resolve(done.id);
    },
    batches: () => Promise.resolve(batches),
    rejects: (id, after) =>
      Promise.resolve({
        rejects: [after + 1, after + 2].map((seq) => ({
          batch: id,
          seq,
          file: 'export.jsonl',
          locator: { container: 'cd'.repeat(32), offset: 100 * seq, length: 12 },
          code: 'bad_json',
          reason: `the object at byte ${100 * seq} is not valid JSON`,
        })),
        next: after === 0 ? 2 : 0,
      }),
    exportRejects(id) {
      const done = job('export', `x${id}`, { file: 'rejects.jsonl', rejects: 2 });
      tell(done);
      return Promise.resolve(done.id);
    },
    retry(id, options) {
      self.retried.push({ batch: id, options });
      const made = add({
        file: 'export.jsonl',
        read: 2,
        accepted: 2,
        duplicate: 0,
        rejected: 0,
        reasons: {},
      });
      const done = job('import', `r${self.retried.length}`, { batches: [made], skipped: null });
      tell(done);
      return Promise.resolve(done.id);
    },
    withdraw(id, withdrawn) {
      batches = batches.map((b) => (b.id === id ? { ...b, withdrawn } : b));
      return Promise.resolve();
    },
    addManual(post, screenshot) {
      if (post.time === 'yesterday') {
        const params = { reason: 'the time "yesterday" is neither RFC 3339 nor YYYY-MM-DD HH:MM' };
        return Promise.reject(new Fault({ code: 'capture_rejected', message: params.reason, params }));
      }
      self.typed.push({ post, screenshot });
      return Promise.resolve(add({ file: 'capture.json', format: 'manual', source: post.source }));
    },
    subjects: () => Promise.resolve(subjects),
    putSubject(subject) {
      if (subject.query.includes('autor:')) {
        const params = { pos: '0', len: '5', field: 'autor' };
        return Promise.reject(new Fault({ code: 'query_unknown_field', message: 'no field autor', params }));
      }
      const kept = subject.id ? subject : { ...subject, id: `s${subjects.length + 1}` };
      subjects = [...subjects.filter((s) => s.id !== kept.id), kept];
      return Promise.resolve(kept);
    },
    removeSubject(id) {
      subjects = subjects.filter((s) => s.id !== id);
      return Promise.resolve();
    },
    collectors: () => Promise.resolve(collectors),
    putCollector(collector) {
      const kept = collector.id ? collector : { ...collector, id: `c${collectors.length + 1}`, created: AT };
      collectors = [...collectors.filter((c) => c.id !== kept.id), kept];
      return Promise.resolve(kept);
    },
    removeCollector(id) {
      collectors = collectors.filter((c) => c.id !== id);
      return Promise.resolve();
    },
    collect(ids) {
      self.collected.push(ids);
      const run = collectors.filter((c) => !ids.length || ids.includes(c.id));
      requests = [
        ...requests,
        ...run.map((c, i) => ({
          id: requests.length + i + 1,
          at: AT,
          collector: c.id,
          method: 'GET',
          url: c.url,
          status: 200,
          bytes: 4096,
          duration_ms: 31,
          robots: 'allowed' as const,
        })),
      ];
      const result = {
        collected: run.map((c) => ({ collector: c.id, url: c.url, batch: add({ file: c.url }) })),
      };
      const done = job('collect', `n${self.collected.length}`, result);
      tell(done);
      return Promise.resolve(done.id);
    },
    ledger: (after) => Promise.resolve(requests.filter((r) => r.id > after)),
  };
  return self;
}
