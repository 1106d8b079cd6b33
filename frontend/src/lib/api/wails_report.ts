import * as go from '$wails/go/app/ReportService';
import { model, workspace } from '$wails/go/models';
import { toFault } from './fault';
import type { ReportApi } from './report';

/** Awaits a binding and turns what it throws into a Fault. */
type Call = <T>(work: Promise<unknown>) => Promise<T>;

export function reporting(call: Call): ReportApi {
  return {
    previewReport: (request) => call<string>(go.Preview(workspace.ReportRequest.createFrom(request))),
    async fetchDocument(url, signal) {
      const response = await fetch(url, signal ? { signal } : {});
      if (response.headers.has('X-Vedette-Problem')) throw toFault(await response.json());
      if (!response.ok) throw toFault(`${url}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    saveReport: (request, title) => call<string>(go.Save(workspace.ReportRequest.createFrom(request), title)),
    exportPosts: (selection, format, includePrivate, title) =>
      call<string>(go.Export(model.Selection.createFrom(selection), format, includePrivate, title)),
  };
}
