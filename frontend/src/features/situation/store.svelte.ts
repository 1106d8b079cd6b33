import { SvelteSet } from 'svelte/reactivity';
import {
  api,
  toFault,
  type Fault,
  type PanelKind,
  type Refinement,
  type Run,
  type Situation,
} from '$lib/api';
import { lang, tn } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { edits } from '$lib/state/edits.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { selected } from '$lib/state/selected.svelte';

/** What the selection amounts to, as it was answered last; the selection itself is in the address. */
class Assessment {
  data = $state.raw<Situation | null>(null);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  recording = $state(false);
  runs = $state.raw<Run[] | null>(null);
  // How the screen was left, for whoever comes back from the posts behind a point.
  /** Panels that show their numbers. */
  readonly numbers = new SvelteSet<PanelKind>();
  scrolled = 0;
  #asked = '';
  #case = '';
  #turn = 0;

  /** Turns a panel from its chart to its numbers, and back. */
  turn(kind: PanelKind): void {
    if (!this.numbers.delete(kind)) this.numbers.add(kind);
  }

  /** What the answer depends on. Read it in an effect. */
  get key(): string {
    const { info } = app;
    const work = jobs.list.length - jobs.active.length;
    const indexed = info ? info.indexed >= info.posts : true;
    return [info?.meta.id, info?.posts, indexed, edits.changes, work, lang(), selected.key].join('|');
  }

  /** Asks anew when something that counts is another than last time. */
  async refresh(force = false): Promise<void> {
    const { key } = this;
    const id = app.info?.meta.id ?? '';
    if (!id || (key === this.#asked && !force)) return;
    if (id !== this.#case) {
      this.data = null;
      this.runs = null;
      this.numbers.clear();
      this.scrolled = 0;
      this.#case = id;
    }
    this.#asked = key;
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const data = await api().situation(selected.value, lang());
      // An answer to what was asked before must not replace that to what is asked now.
      if (turn !== this.#turn) return;
      this.data = data;
      this.fault = null;
      app.found = data.posts;
    } catch (reason) {
      if (turn === this.#turn) this.fault = toFault(reason);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }

  /** Goes to the posts behind a point. */
  async open(point: Refinement): Promise<void> {
    const refined = await app.attempt(() => api().refine(selected.value, point));
    if (refined) selected.show(refined);
  }

  /** Records the analyses, so that their figures can be cited. */
  async record(): Promise<void> {
    if (this.recording || app.info?.read_only) return;
    this.recording = true;
    try {
      const job = await jobs.run(() => api().recordSituation(selected.value));
      if (job?.state !== 'done') return;
      app.notice = tn('situation.recorded', Array.isArray(job.result) ? job.result.length : 0);
      await this.loadRuns();
    } finally {
      this.recording = false;
    }
  }

  async loadRuns(): Promise<void> {
    const id = app.info?.meta.id;
    const runs = await app.attempt(() => api().runs());
    if (runs && id === app.info?.meta.id) this.runs = runs.toReversed();
  }
}

export const assessment = new Assessment();
