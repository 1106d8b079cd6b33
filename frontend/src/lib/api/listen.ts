import type { Fault } from './fault';
import type { DateReadings, NearProfile } from './mapping';
import type { Locator, PostView, Source } from './types';

/** Files or folders that the user chose or dropped. The token stands for them; the names are for reading only. */
export interface Files {
  token: string;
  names: string[];
  /** How many there are; names may hold fewer. */
  count: number;
}

/** The choices of an import; "" leaves one to the program. Profile is the JSON of a mapping profile. */
export interface ImportOptions {
  source: Source;
  profile: string;
  format: string;
  zone: string;
  date_order: string;
  encoding: string;
  include_private: boolean;
}

export interface Reject {
  code: string;
  reason: string;
}

/** A file, or something in a folder, that was not taken in; there is no evidence of it in the case. */
export interface SkippedFile {
  file: string;
  code: string;
  reason: string;
}

/** One file as an import would read it; code and reason say why it would not be read. */
export interface FileInspection {
  file: string;
  size: number;
  format: string;
  version: string;
  profile: string;
  confidence: number;
  why: string;
  code: string;
  reason: string;
  columns: string[] | null;
  posts: PostView[] | null;
  rejects: Reject[] | null;
  read: number;
  rejected: number;
  /** How many records there are; estimated unless exact. */
  records: number;
  exact: boolean;
  unknown_fields: Record<string, number> | null;
  assumed: Record<string, string> | null;
  /** Of the posts that were read. */
  kinds: Record<string, number> | null;
  visibility: Record<string, number> | null;
  first: string;
  last: string;
  /** What an assumed order of day and month decides. */
  dates: DateReadings | null;
  /** A saved profile that a table without one resembles. */
  near: NearProfile | null;
}

/** All files of an inspection in sum; looked says how many files of a format records counts. */
export interface Overview {
  files: number;
  bytes: number;
  records: number;
  read: number;
  rejected: number;
  exact: boolean;
  formats: { format: string; files: number; looked: number; bytes: number; records: number }[] | null;
  refused: { code: string; reason: string; files: number; file: string }[] | null;
  kinds: Record<string, number> | null;
  visibility: Record<string, number> | null;
  first: string;
  last: string;
}

/** What an import would find; more is how many further files were not looked at. */
export interface Inspection {
  files: FileInspection[] | null;
  skipped: SkippedFile[] | null;
  more: number;
  overview: Overview;
}

export type BatchState = 'running' | 'done' | 'cancelled' | 'failed';

/** One import or collection of one file or answer: read = accepted + duplicate + rejected. */
export interface Batch {
  id: number;
  state: BatchState;
  file: string;
  sha256?: string;
  format?: string;
  version?: string;
  profile?: string;
  source: Source;
  started: string;
  finished?: string;
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  reasons?: Record<string, number>;
  unknown_fields?: Record<string, number>;
  assumed?: Record<string, string>;
  error?: string;
  withdrawn?: boolean;
}

/** The result of an import's job. */
export interface ImportResult {
  batches: Batch[] | null;
  skipped: SkippedFile[] | null;
}

/** A rejected record as kept in the case. */
export interface BatchReject extends Reject {
  batch: number;
  seq: number;
  file: string;
  locator: Locator;
}

/** The result of writing rejected records to a file. */
export interface SavedRejects {
  file: string;
  rejects: number;
}

/** A page of rejected records; next is what to ask after, 0 on the last page. */
export interface RejectPage {
  rejects: BatchReject[] | null;
  next: number;
}

/** One post typed in by hand. Nothing that is left empty is invented. */
export interface ManualPost {
  text: string;
  url: string;
  author?: string;
  /** RFC 3339, or a local time in the zone. */
  time?: string;
  zone?: string;
  platform?: string;
  type?: string;
  source: Source;
}

export const SUBJECT_TYPES = ['brand', 'person', 'image', 'product', 'service', 'topic', 'place'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Something that the case watches; the query selects the posts that mention it. */
export interface Subject {
  id: string;
  name: string;
  type: SubjectType;
  query: string;
  competitor?: boolean;
}

/** A source on the network. Nothing is fetched unless it is run. */
export interface Collector {
  id: string;
  type: string;
  url: string;
  name?: string;
  source: Source;
  every_minutes?: number;
  last_run?: string;
  not_before?: string;
  last_error?: string;
  created?: string;
}

/** One collector's run; batch is absent when nothing new was fetched. */
export interface Collected {
  collector: string;
  url: string;
  not_modified?: boolean;
  error?: string;
  batch?: Batch;
}

/** The result of a collection's job. */
export interface CollectResult {
  collected: Collected[] | null;
}

/** One row of the network ledger: one exchange that was made or refused. */
export interface NetRequest {
  id: number;
  at: string;
  collector?: string;
  method: string;
  url: string;
  final_url?: string;
  status?: number;
  bytes: number;
  sha256?: string;
  duration_ms: number;
  error?: string;
  address?: string;
  robots?: 'allowed' | 'refused';
}

/** How posts come into the case, and what is watched. */
export interface ListenApi {
  /** Asks in the system's dialog, under a title; null when the user cancels. */
  chooseFiles(title: string): Promise<Files | null>;
  chooseImportFolder(title: string): Promise<Files | null>;
  chooseScreenshot(title: string): Promise<Files | null>;
  /** Calls back with files dropped on the window, or why they could not be taken; returns what stops it. */
  onFiles(callback: (files: Files | Fault) => void): () => void;
  /** Looks at files as an import would read them; nothing is stored. */
  inspect(token: string, options: ImportOptions): Promise<Inspection>;
  /** Starts an import and gives the job's id; the job's result is an ImportResult. */
  startImport(token: string, options: ImportOptions): Promise<string>;
  batches(): Promise<Batch[]>;
  rejects(batch: number, after: number, limit: number): Promise<RejectPage>;
  /** Asks where to save the rejected records of a batch and starts a job; "" when the user cancels. */
  exportRejects(batch: number, title: string): Promise<string>;
  /** Reads the rejected records of a batch again in a job; its result is an ImportResult. */
  retry(batch: number, options: ImportOptions): Promise<string>;
  withdraw(batch: number, withdrawn: boolean): Promise<void>;
  addManual(post: ManualPost, screenshot: string): Promise<Batch>;

  subjects(): Promise<Subject[]>;
  putSubject(subject: Subject): Promise<Subject>;
  removeSubject(id: string): Promise<void>;

  collectors(): Promise<Collector[]>;
  putCollector(collector: Collector): Promise<Collector>;
  removeCollector(id: string): Promise<void>;
  /** Runs collectors, or all of them, in a job whose id it gives. This goes out to the network. */
  collect(ids: string[]): Promise<string>;
  ledger(after: number, limit: number): Promise<NetRequest[]>;
}
