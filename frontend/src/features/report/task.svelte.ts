import { toFault, type Fault, type Job } from '$lib/api';
import { faultOf, jobs } from '$lib/state/jobs.svelte';

/** A job that a screen starts and waits for, and what became of it. */
export class Task<T> {
  busy = $state(false);
  result = $state.raw<T | null>(null);
  /** Why it failed. */
  fault = $state.raw<Fault | null>(null);
  cancelled = $state(false);
  #id = $state('');
  #runs = 0;

  /** The job while it is under way; undefined while a dialog is open. */
  get job(): Job | undefined {
    return this.busy && this.#id ? jobs.get(this.#id) : undefined;
  }

  /**
   * Starts a job and gives its result; undefined when it gave none. When its dialog was cancelled, all stays as it
   * was.
   */
  async run(begin: () => Promise<string>): Promise<T | undefined> {
    const run = ++this.#runs;
    const current = () => run === this.#runs;
    this.busy = true;
    this.#id = '';
    try {
      const id = await begin();
      if (!current() || !id) return undefined;
      this.result = this.fault = null;
      this.cancelled = false;
      this.#id = id;
      const job = await jobs.end(id);
      if (!current()) return undefined;
      if (job.state === 'done') return (this.result = job.result as T);
      if (job.state === 'failed') this.fault = faultOf(job);
      else this.cancelled = true;
    } catch (reason) {
      if (current()) this.fault = toFault(reason);
    } finally {
      if (current()) this.busy = false;
    }
    return undefined;
  }

  /** As at first; a job under way goes on, but nobody waits for it here. */
  forget(): void {
    this.#runs++;
    this.busy = this.cancelled = false;
    this.result = this.fault = null;
    this.#id = '';
  }
}
