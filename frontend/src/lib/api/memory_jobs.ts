import { Fault } from './fault';
import type { Act, Job, JobsApi, MarkChange, Verified } from './jobs';

/** Jobs of the case in memory: tests put them in and hear of them. */
export interface MemoryJobs extends JobsApi {
  /** Adds or changes a job and tells whoever listens. */
  tell(job: Job): void;
  /** Every mark that was made. */
  readonly marked: { ids: string[]; change: MarkChange }[];
}

const VERIFIED: Verified = {
  ok: true,
  claim: 'checkpoint',
  records: 4,
  posts: 300,
  sightings: 300,
  containers: 1,
  found: 0,
  findings: null,
  custody: { size: 4, root: 'c0ffee'.padEnd(64, '0'), head: 'c0ffee'.padEnd(64, '0') },
};

export function memoryJobs(apply: (ids: string[], change: MarkChange) => void): MemoryJobs {
  let list: Job[] = [];
  const heard = new Set<(job: Job) => void>();
  const acts: Act[] = [];
  const marked: MemoryJobs['marked'] = [];
  const step = (undone: boolean): Promise<Act> => {
    const open = acts.filter((act) => Boolean(act.undone) !== undone);
    const act = undone ? open[0] : open.at(-1);
    if (!act) return Promise.reject(new Fault({ code: 'nothing_to_undo', message: 'nothing to undo' }));
    act.undone = undone;
    return Promise.resolve(act);
  };
  const tell = (job: Job) => {
    list = [job, ...list.filter((old) => old.id !== job.id)];
    for (const callback of heard) callback(job);
  };
  const done = (kind: Job['kind'], result?: unknown): Promise<string> => {
    const job: Job = {
      id: String(list.length + 1),
      kind,
      label: '',
      state: 'done',
      created: new Date(0).toISOString(),
      resumable: false,
      ...(result === undefined ? {} : { result }),
    };
    tell(job);
    return Promise.resolve(job.id);
  };
  return {
    marked,
    tell,
    jobs: () => Promise.resolve(list),
    cancelJob(id) {
      const job = list.find((known) => known.id === id);
      if (job) tell({ ...job, state: 'cancelled' });
      return Promise.resolve();
    },
    resumeJob: () => done('import'),
    verify: () => done('verify', VERIFIED),
    enrich: () => done('enrich'),
    onJob(callback) {
      heard.add(callback);
      return () => heard.delete(callback);
    },
    mark(ids, change) {
      marked.push({ ids, change });
      apply(ids, change);
      acts.unshift({ id: acts.length + 1, code: 'mark', at: new Date(0).toISOString() });
      return Promise.resolve();
    },
    history() {
      const undo = acts.find((act) => !act.undone);
      const redo = acts.findLast((act) => act.undone);
      return Promise.resolve({ acts, ...(undo ? { undo } : {}), ...(redo ? { redo } : {}) });
    },
    undo: () => step(true),
    redo: () => step(false),
  };
}
