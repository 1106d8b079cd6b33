import type { Selection, Tlp } from './types';

/** What a report says and of which posts. Without a title it has the case's name; without tlp the case's marking. */
export interface ReportRequest {
  title?: string;
  lang: 'en' | 'es';
  tlp?: Tlp;
  selection: Selection;
}

/** The result of a preview's job: where the document is fetched. */
export interface PreviewResult {
  url: string;
  bytes: number;
}

/** The result of a saved report's job: as_of is the custody record that the report is made as of. */
export interface ReportResult {
  file: string;
  bytes: number;
  sha256: string;
  as_of: number;
  lang: string;
  runs: number[] | null;
}

export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The result of an export's job: how many posts were written, and how many private ones left out. */
export interface ExportResult {
  file: string;
  format: string;
  posts: number;
  excluded_private: number;
}

/** What leaves the case: reports and exports. Each is a job, whose id is given; "" when its dialog was cancelled. */
export interface ReportApi {
  /** Makes a report for looking at; nothing is recorded. The job's result is a PreviewResult. */
  previewReport(request: ReportRequest): Promise<string>;
  /** Fetches a document by the address that a preview gave. */
  fetchDocument(url: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Asks where, in a dialog of that title, and saves the report as PDF. The job's result is a ReportResult. */
  saveReport(request: ReportRequest, title: string): Promise<string>;
  /** Asks where and writes the posts of a selection. The job's result is an ExportResult. */
  exportPosts(
    selection: Selection,
    format: ExportFormat,
    includePrivate: boolean,
    title: string,
  ): Promise<string>;
}
