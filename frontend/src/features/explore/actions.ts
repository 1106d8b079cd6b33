import { api } from '$lib/api';
import { t } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { number } from '$lib/text/format';
import { CHECK_MOST } from './checks.svelte';
import { marking, type Mark } from './marking.svelte';
import { explore } from './store.svelte';

// What the keys and the palette do to posts: to those that are checked, else to the one that the cursor is on.

/** What the list can be asked to do. */
export interface ListView {
  go: (index: number) => void;
  pageSize: () => number;
}

/** The posts that an act is about. In the details it is the post that they are of. */
export function targets(inDetails = false): string[] {
  if (inDetails && explore.post) return [explore.post];
  if (explore.checks.size) return explore.checks.ids;
  const id = explore.row(explore.cursor)?.id ?? explore.post;
  return id ? [id] : [];
}

/** Stars posts, or takes the stars off when all have one. */
export function star(ids: readonly string[]): void {
  const [id] = ids;
  const row = explore.row(explore.cursor);
  const open = explore.opened;
  const all =
    ids.length > 1 || (id !== undefined && explore.checks.has(id))
      ? explore.checks.shared.starred === explore.checks.size
      : id === open?.id
        ? open?.marks.starred
        : row?.marks?.starred;
  void explore.mark(ids, { star: !all });
}

export function ask(what: Mark, ids: readonly string[]): void {
  void marking.ask(what, ids);
}

/** Shows what was posted within five minutes of the post that the cursor is on, or whose details are open. */
export async function context(inDetails = false): Promise<void> {
  const row = explore.row(explore.cursor);
  const id = inDetails || !row ? explore.post : row.id;
  if (!id) return;
  // A post that is open need not be in the list.
  const at = row?.id === id ? row : (await app.attempt(() => api().post(id)))?.post;
  if (at?.created_at) explore.context(id, at.created_at);
  else if (at) app.notice = t('explore.context_undated');
}

function capped(left: number | undefined): void {
  if (left) app.notice = t('explore.check_cap', { n: number(CHECK_MOST) });
}

export async function checkAll(): Promise<void> {
  capped(await app.attempt(() => explore.checks.all()));
}

export async function checkTo(from: number, to: number): Promise<void> {
  capped(await app.attempt(() => explore.checks.extend(from, to)));
}

export function openRow(index: number): void {
  const row = explore.row(index);
  if (row) explore.open(row.id === explore.post ? '' : row.id);
}

/** Moves the cursor; with extend, everything from where it started is checked. */
export function step(list: ListView | undefined, by: number, extend: boolean): void {
  const from = explore.cursor;
  list?.go(from + by);
  if (extend) void checkTo(from, explore.cursor);
  else explore.checks.rest();
  const row = explore.row(explore.cursor);
  if (explore.post && row) explore.open(row.id);
}
