import { api, type CollectResult, type Job } from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { refreshCase } from './intake.svelte';

/** A run of collectors, which goes on while other screens are shown. */
class Collecting {
  jobId = $state('');
  ended = $state.raw<Job | null>(null);
  result = $state.raw<CollectResult | null>(null);
  #case = '';

  get job(): Job | undefined {
    return this.jobId ? jobs.get(this.jobId) : undefined;
  }

  /** Forgets what was run in another case. */
  enter(): void {
    const id = app.info?.meta.id ?? '';
    if (id === this.#case) return;
    this.#case = id;
    this.ended = this.result = null;
  }

  /** Runs collectors by id, or all of them. */
  async run(ids: string[]): Promise<void> {
    if (this.jobId) return;
    this.ended = this.result = null;
    const of = app.info?.meta.id;
    const job = await jobs.run(async () => (this.jobId = await api().collect(ids)));
    this.jobId = '';
    if (!job || app.info?.meta.id !== of) return;
    this.ended = job;
    this.result = (job.result as CollectResult | null | undefined) ?? null;
    await refreshCase();
  }
}

export const collecting = new Collecting();
