import {
  api,
  toFault,
  type DateReadings,
  type Fault,
  type Files,
  type FileInspection,
  type ImportOptions,
  type ImportResult,
  type Inspection,
  type Job,
} from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { emptyOptions, isProfile, questions, type Questions } from './form';

/** An import from the choice of files to the reckoning. It goes on while other screens are shown. */
class Intake {
  files = $state.raw<Files | null>(null);
  options = $state(emptyOptions());
  inspection = $state.raw<Inspection | null>(null);
  /** Why the files could not be looked at. */
  fault = $state.raw<Fault | null>(null);
  looking = $state(false);
  /** What was asked of these files; a question that was answered stays where it was put. */
  asked = $state.raw<Questions>({ zone: false, order: false, mapping: false });
  /** The date that was shown to ask for the order of day and month. */
  dates = $state.raw<DateReadings | null>(null);
  /** The place of the file whose columns are being mapped, −1 for none. */
  mapping = $state(-1);
  jobId = $state('');
  result = $state.raw<ImportResult | null>(null);
  /** How the last import ended. */
  ended = $state.raw<Job | null>(null);
  #case = '';
  #looks = 0;

  get job(): Job | undefined {
    return this.jobId ? jobs.get(this.jobId) : undefined;
  }

  get inspected(): FileInspection[] {
    return this.inspection?.files ?? [];
  }

  /** Forgets what was begun in another case. */
  enter(): void {
    const id = app.info?.meta.id ?? '';
    if (id === this.#case) return;
    this.#case = id;
    this.options = emptyOptions();
    this.clear();
  }

  /** Takes files that were chosen or dropped and looks at them; while an import runs, they are not taken. */
  take(files: Files | null): void {
    if (!files || this.jobId) return;
    this.enter();
    this.clear();
    this.files = files;
    void this.look();
  }

  clear(): void {
    this.#looks++;
    this.files = this.inspection = this.fault = this.result = this.ended = null;
    this.looking = false;
    this.asked = { zone: false, order: false, mapping: false };
    this.dates = null;
    this.mapping = -1;
    // How these were read says nothing about the next ones; whose they are often holds for them, too.
    this.options = { ...emptyOptions(), source: this.options.source };
  }

  /** Looks at the files with the choices as they are now. */
  async look(): Promise<void> {
    const files = this.files;
    if (!files || !isProfile(this.options.profile)) return;
    const look = ++this.#looks;
    this.looking = true;
    try {
      const found = await api().inspect(files.token, $state.snapshot(this.options));
      if (look !== this.#looks) return;
      this.inspection = found;
      this.fault = null;
      this.dates ??= found.files?.find((file) => file.dates)?.dates ?? null;
      const now = questions(found.files ?? []);
      this.asked = {
        zone: this.asked.zone || now.zone,
        order: this.asked.order || now.order,
        mapping: this.asked.mapping || now.mapping,
      };
    } catch (reason) {
      if (look === this.#looks) this.fault = toFault(reason);
    } finally {
      if (look === this.#looks) this.looking = false;
    }
  }

  /** Goes back to the files when the columns of one are mapped, or not. */
  async mapped(): Promise<void> {
    this.mapping = -1;
    // It is looked at anew: what was asked before may be answered by the mapping.
    this.asked = { zone: false, order: false, mapping: false };
    this.dates = null;
    await this.look();
  }

  /** Reads the rejected records of an import again. */
  async retry(batch: number, options: ImportOptions): Promise<void> {
    this.clear();
    await this.#run(() => api().retry(batch, options));
  }

  /** Imports the files and waits for the end. */
  async start(): Promise<void> {
    const files = this.files;
    if (files) await this.#run(() => api().startImport(files.token, $state.snapshot(this.options)));
  }

  /** Goes on with imports that were interrupted. */
  async resume(): Promise<void> {
    this.clear();
    await this.#run(() => api().resumeJob(''));
  }

  async #run(begin: () => Promise<string>): Promise<void> {
    if (this.jobId) return;
    const of = app.info?.meta.id;
    const job = await jobs.run(async () => (this.jobId = await begin()));
    this.jobId = '';
    // Its reckoning is of no use in another case that was opened meanwhile.
    if (!job || app.info?.meta.id !== of) return;
    // Also an import that was stopped says what it did until then.
    this.ended = job;
    this.result = (job.result as ImportResult | null | undefined) ?? null;
    await refreshCase();
  }
}

/** Asks for the numbers of the open case anew. */
export async function refreshCase(): Promise<void> {
  const info = await app.attempt(() => api().current());
  if (info) app.setCase(info);
}

export const intake = new Intake();
