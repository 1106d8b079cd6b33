import { api, type Marks } from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { changed, ROW_NOTE, shared, type Shared } from './marks';
import { explore } from './store.svelte';

export type Mark = 'labels' | 'note' | 'grade';

/** The small dialog in which posts get labels, a note or a grade: which of them, for which posts. */
class Marking {
  what = $state<Mark | null>(null);
  ids = $state.raw<readonly string[]>([]);
  /** Whether all is known of what the posts have. */
  whole = $state(true);
  #alone = $state.raw<Marks>({});

  /** What the posts share, as it is now. */
  get shared(): Shared {
    if (this.ids.length !== 1) return explore.checks.shared;
    const id = this.ids[0];
    return shared([explore.opened?.id === id ? (explore.opened?.marks ?? {}) : this.#alone]);
  }

  /** Opens it for posts: a single one, or those that are checked. At once, so that what is typed next is meant for it. */
  async ask(what: Mark, ids: readonly string[]): Promise<void> {
    if (!ids.length || app.info?.read_only) return;
    const [id] = ids;
    this.ids = ids;
    this.what = what;
    this.whole = true;
    if (ids.length > 1 || id === undefined || explore.opened?.id === id) return;
    const row = explore.row(explore.indexOf(id));
    this.#alone = row?.marks ?? {};
    if (row && (what !== 'note' || (row.marks?.note ?? '').length < ROW_NOTE)) return;
    // A row has its note cut short; what is edited must be all of it.
    this.whole = false;
    const detail = await app.attempt(() => api().post(id));
    if (this.ids !== ids) return;
    this.#alone = detail?.post.marks ?? {};
    this.whole = true;
    if (!detail) this.close();
  }

  async change(change: Parameters<typeof explore.mark>[1]): Promise<void> {
    this.#alone = changed(this.#alone, change);
    await explore.mark(this.ids, change);
  }

  close(): void {
    this.what = null;
  }
}

export const marking = new Marking();
