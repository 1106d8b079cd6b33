import { api, Fault, type Job } from '$lib/api';
import { app } from './app.svelte';

const ENDED = new Set<Job['state']>(['done', 'failed', 'cancelled', 'interrupted']);

export const ended = (job: Job) => ENDED.has(job.state);

/** The long pieces of work of the open case: the panel lists them, screens start and await them. */
class Jobs {
  /** Latest first. */
  list = $state.raw<Job[]>([]);
  /** Whether the panel is open. */
  shown = $state(false);
  readonly #waiting = new Map<string, ((job: Job) => void)[]>();

  /** Those that are queued or running. */
  get active(): Job[] {
    return this.list.filter((job) => !ended(job));
  }

  get(id: string): Job | undefined {
    return this.list.find((job) => job.id === id);
  }

  /** Listens from now on; returns the function that stops. */
  start(): () => void {
    return api().onJob((job) => this.#take(job));
  }

  /** Reads the list anew, as when another case was opened. */
  async load(): Promise<void> {
    if (!app.info) {
      this.list = [];
      return;
    }
    const list = await app.attempt(() => api().jobs());
    if (list) this.list = list;
  }

  /**
   * Starts a job and waits for its end. Gives the ended job; undefined when it was not started, as when a dialog
   * was cancelled. A job that failed is a fault, shown like any other.
   */
  async run(begin: () => Promise<string>): Promise<Job | undefined> {
    const id = await app.attempt(begin);
    if (!id) return undefined;
    const job = await this.end(id);
    if (job.state === 'failed') app.fail(faultOf(job));
    return job;
  }

  /** Waits for a job's end. */
  async end(id: string): Promise<Job> {
    let told: ((job: Job) => void) | undefined;
    const end = new Promise<Job>((resolve) => (told = resolve));
    if (told) this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), told]);
    // It may have ended before anyone listened.
    for (const job of await api().jobs()) this.#take(job);
    return end;
  }

  #take(job: Job): void {
    const at = this.list.findIndex((known) => known.id === job.id);
    const known = this.list[at];
    if (known && ended(known) && !ended(job)) return;
    this.list = at < 0 ? [job, ...this.list] : this.list.with(at, job);
    this.list = this.list.toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created));
    if (!ended(job)) return;
    for (const tell of this.#waiting.get(job.id) ?? []) tell(job);
    this.#waiting.delete(job.id);
  }
}

/** Why a job failed, as a fault to show. */
export function faultOf(job: Job): Fault {
  return new Fault({
    code: job.code ?? 'unexpected',
    message: job.message ?? '',
    params: job.params ?? { message: job.message ?? '' },
  });
}

export const jobs = new Jobs();
