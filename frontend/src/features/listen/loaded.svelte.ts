import { toFault, type Fault } from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { edits } from '$lib/state/edits.svelte';
import { jobs } from '$lib/state/jobs.svelte';

/** A list of the open case, as a section shows it: what was read last, and why it could not be read. */
export class Loaded<T> {
  /** Null until it was read once. */
  list = $state.raw<T[] | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #read: () => Promise<T[]>;
  #asked = 0;

  constructor(read: () => Promise<T[]>) {
    this.#read = read;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await this.#read();
      if (asked !== this.#asked) return;
      this.list = list;
      this.fault = null;
    } catch (reason) {
      if (asked === this.#asked) this.fault = toFault(reason);
    }
  }
}

/** What a list depends on: the case, what was taken back, and work that has ended. Read it in an effect. */
export const fresh = (): string =>
  `${app.info?.meta.id ?? ''}|${edits.changes}|${jobs.list.length - jobs.active.length}`;
