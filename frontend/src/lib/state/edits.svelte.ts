import { api, type Act, type History } from '$lib/api';
import { has, t, tn } from '$lib/i18n/index.svelte';
import { app } from './app.svelte';

/** What an act was, in the language of the page. */
export function actText(act: Act): string {
  const key = `act.${act.code}`;
  if (!has(key)) return act.code;
  const { posts, ...params } = act.params ?? {};
  return t(key, posts === undefined ? params : { ...params, posts: tn('explore.posts', Number(posts)) });
}

/** The analyst's acts in this session, which can be taken back and done again. */
class Edits {
  history = $state.raw<History>({ acts: [] });
  /** Grows when acts were taken back or done again: what a screen shows may be out of date. */
  changes = $state(0);

  async load(): Promise<void> {
    if (!app.info) return;
    const history = await app.attempt(() => api().history());
    if (history) this.history = history;
  }

  undo(): Promise<void> {
    return this.#steps(1, () => api().undo(), 'history.undone');
  }

  redo(): Promise<void> {
    return this.#steps(1, () => api().redo(), 'history.redone');
  }

  /** Goes to where the history was just before an act, or just after it when it is undone. */
  goto(act: Act): Promise<void> {
    const acts = this.history.acts ?? [];
    const at = acts.findIndex((known) => known.id === act.id);
    const firstInForce = acts.findIndex((known) => !known.undone);
    const inForce = firstInForce < 0 ? acts.length : firstInForce;
    return act.undone
      ? this.#steps(inForce - at, () => api().redo(), 'history.redone')
      : this.#steps(at - inForce + 1, () => api().undo(), 'history.undone');
  }

  async #steps(
    n: number,
    step: () => Promise<Act>,
    said: 'history.undone' | 'history.redone',
  ): Promise<void> {
    let last: Act | undefined;
    for (let i = 0; i < n; i++) {
      const act = await app.attempt(step);
      if (!act) break;
      last = act;
    }
    if (last) {
      app.notice = t(said, { act: actText(last) });
      const info = await app.attempt(() => api().current());
      if (info) app.setCase(info);
      this.changes++;
    }
    await this.load();
  }
}

export const edits = new Edits();
