import {
  api,
  toFault,
  type ExportFormat,
  type ExportResult,
  type Fault,
  type PreviewResult,
  type ReportRequest,
  type ReportResult,
  type Tlp,
} from '$lib/api';
import { lang } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { edits } from '$lib/state/edits.svelte';
import { selected } from '$lib/state/selected.svelte';
import { Task } from './task.svelte';

/** A document that was made, and what it was made of. */
export interface Made {
  bytes: Uint8Array;
  key: string;
  lang: 'en' | 'es';
  at: string;
}

/** The report that is being written. It stays as it is while other screens are shown. */
class Reporting {
  title = $state('');
  lang = $state<'en' | 'es'>('en');
  /** "" stands for the marking of the case. */
  tlp = $state<Tlp | ''>('');
  format = $state<ExportFormat>('csv');
  includePrivate = $state(false);

  /** How many posts the selection has, and how many of the case words cannot find yet. */
  found = $state.raw<{ total: number; unindexed: number } | null>(null);
  /** Why they could not be counted. */
  countFault = $state.raw<Fault | null>(null);

  made = $state.raw<Made | null>(null);
  readonly previewing = new Task<PreviewResult>();
  readonly saving = new Task<ReportResult>();
  readonly exporting = new Task<ExportResult>();
  #case = '';

  get marking(): Tlp {
    return this.tlp || (app.info?.meta.tlp ?? 'red');
  }

  get request(): ReportRequest {
    const title = this.title.trim();
    return {
      ...(title ? { title } : {}),
      lang: this.lang,
      tlp: this.marking,
      selection: selected.value,
    };
  }

  /** Equal while a report would come out the same, as far as the page can tell. */
  get key(): string {
    return JSON.stringify([
      this.title.trim(),
      this.lang,
      this.marking,
      selected.key,
      app.info?.posts,
      app.info?.meta.name,
      edits.changes,
    ]);
  }

  get stale(): boolean {
    return this.made !== null && this.made.key !== this.key;
  }

  /** Whether there is anything to report on. */
  get empty(): boolean {
    return this.found?.total === 0;
  }

  /** Forgets what was begun in another case. */
  enter(): void {
    const id = app.info?.meta.id ?? '';
    if (id === this.#case) return;
    this.#case = id;
    this.title = this.tlp = '';
    this.lang = lang();
    this.format = 'csv';
    this.includePrivate = false;
    this.made = this.found = this.countFault = null;
    this.previewing.forget();
    this.saving.forget();
    this.exporting.forget();
  }

  async count(signal: AbortSignal): Promise<void> {
    try {
      const page = await api().search({ selection: selected.value, limit: 1 }, signal);
      if (signal.aborted) return;
      this.found = { total: page.total, unindexed: page.unindexed };
      this.countFault = null;
      app.found = page.total;
    } catch (reason) {
      if (signal.aborted) return;
      this.found = null;
      this.countFault = toFault(reason);
    }
  }

  async preview(): Promise<void> {
    const { key, request } = this;
    const of = this.#case;
    const done = await this.previewing.run(() => api().previewReport(request));
    if (!done) return;
    try {
      const bytes = await api().fetchDocument(done.url);
      if (of === this.#case) this.made = { bytes, key, lang: request.lang, at: new Date().toISOString() };
    } catch (reason) {
      this.previewing.fault = toFault(reason);
    }
  }

  async save(dialog: string): Promise<void> {
    const { request } = this;
    if (await this.saving.run(() => api().saveReport(request, dialog))) await this.#relearn();
  }

  async export(dialog: string): Promise<void> {
    const { format, includePrivate } = this;
    const begin = () => api().exportPosts(selected.value, format, includePrivate, dialog);
    if (await this.exporting.run(begin)) await this.#relearn();
  }

  /** What leaves the case is written into its custody log. */
  async #relearn(): Promise<void> {
    const info = await app.attempt(() => api().current());
    if (info?.meta.id === this.#case) app.setCase(info);
  }
}

export const reporting = new Reporting();
