import type { CustodyHead, Progress } from './types';

/** What a long piece of work is. */
export type JobKind =
  'import' | 'collect' | 'index' | 'enrich' | 'analyze' | 'report' | 'preview' | 'export' | 'verify';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** A long piece of work in the open case, as backend/workspace has it. Result is what the work gave. */
export interface Job {
  id: string;
  kind: JobKind;
  /** What it works on: a file's name, an analysis. */
  label: string;
  state: JobState;
  created: string;
  started?: string;
  finished?: string;
  progress?: Progress;
  /** The fault that ended it: its code, its English sentence and the sentence's values. */
  code?: string;
  message?: string;
  params?: Record<string, string>;
  result?: unknown;
  /** Whether resuming goes on where it stopped. */
  resumable: boolean;
}

/** What the analyst did and can take back. */
export interface Act {
  id: number;
  /** Which kind of act: a key of the sentences "act.…". */
  code: string;
  params?: Record<string, string>;
  at: string;
  undone?: boolean;
}

export interface History {
  acts: Act[] | null;
  undo?: Act;
  redo?: Act;
}

/** What changes on marked posts; what is absent stays. */
export interface MarkChange {
  star?: boolean;
  add_labels?: string[];
  remove_labels?: string[];
  note?: string;
  grade?: string;
}

/** Something that does not hold when the custody is recomputed, or a remark on it. */
export interface Finding {
  code: string;
  object: string;
  message: string;
  params?: Record<string, string>;
}

/** What a verification's job gives: what was recomputed, and the first of what was found wrong. */
export interface Verified {
  ok: boolean;
  /** What the outcome rests on: a checkpoint kept outside the case, or the case alone. */
  claim: string;
  records: number;
  posts: number;
  sightings: number;
  containers: number;
  /** Findings, listed or not. */
  found: number;
  findings: Finding[] | null;
  /** What could not be verified, and the like. */
  notes?: Finding[];
  custody: CustodyHead;
}

/** Long work, and what can be undone. */
export interface JobsApi {
  /** Latest first, with those of earlier sessions. */
  jobs(): Promise<Job[]>;
  cancelJob(id: string): Promise<void>;
  /** Goes on with an interrupted import in a new job, whose id it gives; "" for whatever is left over. */
  resumeJob(id: string): Promise<string>;
  /** Starts the verification of the open case and gives the job's id. */
  verify(): Promise<string>;
  /** Starts understanding every post again and gives the job's id. */
  enrich(): Promise<string>;
  /** Calls back with every change of a job; returns the function that stops it. */
  onJob(callback: (job: Job) => void): () => void;

  mark(ids: string[], change: MarkChange): Promise<void>;
  history(): Promise<History>;
  undo(): Promise<Act>;
  redo(): Promise<Act>;
}
