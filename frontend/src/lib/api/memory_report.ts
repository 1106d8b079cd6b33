import type { Job } from './jobs';
import type { ReportApi, ReportRequest } from './report';
import type { Selection } from './types';

/** Reports and exports of the case in memory, and what tests know of them. */
export interface MemoryReport extends ReportApi {
  readonly reports: {
    readonly previews: ReportRequest[];
    readonly saved: ReportRequest[];
    readonly exported: { selection: Selection; format: string; includePrivate: boolean }[];
    /** The next dialog is cancelled. */
    cancel: boolean;
    /** Jobs stay as they began until the test ends them. */
    hold: boolean;
  };
}

const AT = '2025-03-01T09:00:00Z';

export function memoryReport(tell: (job: Job) => void): MemoryReport {
  const reports: MemoryReport['reports'] = {
    previews: [],
    saved: [],
    exported: [],
    cancel: false,
    hold: false,
  };
  let n = 0;
  const job = (kind: Job['kind'], label: string, result: unknown): Promise<string> => {
    const id = `r${++n}`;
    const begun = { id, kind, label, created: AT, resumable: false };
    tell(reports.hold ? { ...begun, state: 'running' } : { ...begun, state: 'done', result });
    return Promise.resolve(id);
  };
  const cancelled = () => {
    const was = reports.cancel;
    reports.cancel = false;
    return was;
  };
  return {
    reports,
    previewReport(request) {
      reports.previews.push(request);
      return job('preview', request.title ?? '', { url: `/data/preview?token=${n}`, bytes: 5 });
    },
    fetchDocument: () => Promise.resolve(new TextEncoder().encode('%PDF-')),
    saveReport(request) {
      if (cancelled()) return Promise.resolve('');
      reports.saved.push(request);
      return job('report', 'calder-flood.pdf', {
        file: 'calder-flood.pdf',
        bytes: 41_200,
        sha256: 'ab'.repeat(32),
        as_of: 7,
        lang: request.lang,
        runs: [1, 2],
      });
    },
    exportPosts(selection, format, includePrivate) {
      if (cancelled()) return Promise.resolve('');
      reports.exported.push({ selection, format, includePrivate });
      const file = `calder-flood.${format}`;
      return job('export', file, { file, format, posts: 298, excluded_private: includePrivate ? 0 : 2 });
    },
  };
}
