import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import {
  api,
  toFault,
  type FacetValue,
  type Fault,
  type Histogram,
  type Row,
  type Selection,
  type Sort,
} from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { edits } from '$lib/state/edits.svelte';
import { router } from '$lib/state/router.svelte';
import { FACETS, readSelection, writeSelection } from '$lib/state/selection';

/** Rows asked for at a time. */
export const PAGE = 100;
/** Pages kept; the ones used longest ago go first. */
const KEEP = 40;
const BUCKETS = 160;
export const FACET_TOP = 7;
const SORTS: readonly Sort[] = ['time', 'time_asc', 'relevance', 'engagement'];

/** The state of Explore: what is selected is in the address, what was found is here. */
class Explore {
  total = $state(0);
  took = $state(0);
  unindexed = $state(0);
  facets = $state.raw<Record<string, FacetValue[]>>({});
  histogram = $state.raw<Histogram | null>(null);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  /** Whether a search has been answered for the open case. */
  answered = $state(false);
  /** Counts the answers; each is another list. */
  answers = $state(0);
  /** The row that the keys act on. */
  cursor = $state(0);
  readonly checked = new SvelteSet<string>();
  readonly #pages = new SvelteMap<number, Row[]>();
  #pending = new Map<number, AbortController>();
  #search: AbortController | null = null;
  #asked = '';

  get selection(): Selection {
    return readSelection(router.params);
  }

  get sort(): Sort {
    const asked = router.params.get('sort');
    return SORTS.find((name) => name === asked) ?? 'time';
  }

  /** The id of the post whose details are open, or "". */
  get post(): string {
    return router.params.get('post') ?? '';
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  select(selection: Selection): void {
    const params = writeSelection(selection);
    if (this.sort !== 'time') params.set('sort', this.sort);
    router.go('explore', params);
  }

  sortBy(sort: Sort): void {
    const params = writeSelection(this.selection);
    if (sort !== 'time') params.set('sort', sort);
    router.go('explore', params);
  }

  /** Opens a post's details beside the list, or closes them with "". */
  open(post: string): void {
    const params = new URLSearchParams(router.params);
    if (post) params.set('post', post);
    else params.delete('post');
    // Stepping from post to post is one step of "back", not one for each.
    router.go('explore', params, this.post !== '' && post !== '');
  }

  /** Searches when the selection, the order or the case is another than last time. */
  async refresh(force = false): Promise<void> {
    const info = app.info;
    const key = `${info?.meta.id ?? ''}|${info?.posts ?? 0}|${edits.changes}|${this.sort}|${writeSelection(this.selection).toString()}`;
    if (!info || (key === this.#asked && !force)) return;
    this.#asked = key;
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    this.loading = true;
    try {
      const page = await api().search(
        {
          selection: this.selection,
          sort: this.sort,
          limit: PAGE,
          facets: [...FACETS],
          facet_limit: FACET_TOP,
          buckets: BUCKETS,
        },
        search.signal,
      );
      if (search.signal.aborted) return;
      this.#drop();
      this.total = app.found = page.total;
      this.took = page.took_ms;
      this.unindexed = page.unindexed;
      this.facets = page.facets ?? {};
      this.histogram = page.histogram ?? null;
      this.#pages.set(0, page.posts ?? []);
      this.fault = null;
      this.cursor = 0;
      this.answered = true;
      this.answers++;
    } catch (reason) {
      if (!search.signal.aborted) this.fault = toFault(reason);
    } finally {
      if (this.#search === search) this.loading = false;
    }
  }

  /** Loads the pages that rows first to last (not included) are on, and gives up those no longer wanted. */
  need(first: number, last: number): void {
    const from = Math.floor(first / PAGE);
    const to = Math.floor(Math.max(first, last - 1) / PAGE);
    for (const [page, control] of this.#pending) {
      if (page < from || page > to) {
        control.abort();
        this.#pending.delete(page);
      }
    }
    for (let page = from; page <= to; page++) {
      if (page * PAGE < this.total && !this.#pages.has(page) && !this.#pending.has(page))
        void this.#load(page);
    }
  }

  /** Stars or unstars posts and shows it at once. */
  async star(ids: string[], starred: boolean): Promise<void> {
    await app.attempt(() => api().star(ids, starred));
    if (app.fault) return;
    for (const [page, rows] of this.#pages) {
      if (rows.some((row) => ids.includes(row.id))) {
        this.#pages.set(
          page,
          rows.map((row) => (ids.includes(row.id) ? { ...row, marks: { ...row.marks, starred } } : row)),
        );
      }
    }
  }

  async #load(page: number): Promise<void> {
    const control = new AbortController();
    this.#pending.set(page, control);
    try {
      const answer = await api().search(
        { selection: this.selection, sort: this.sort, offset: page * PAGE, limit: PAGE },
        control.signal,
      );
      if (control.signal.aborted) return;
      for (const old of this.#pages.keys()) {
        if (this.#pages.size < KEEP) break;
        this.#pages.delete(old);
      }
      this.#pages.set(page, answer.posts ?? []);
    } catch (reason) {
      if (!control.signal.aborted) app.fail(reason);
    } finally {
      if (this.#pending.get(page) === control) this.#pending.delete(page);
    }
  }

  #drop(): void {
    for (const control of this.#pending.values()) control.abort();
    this.#pending.clear();
    this.#pages.clear();
    this.checked.clear();
  }
}

export const explore = new Explore();
