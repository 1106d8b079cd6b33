import { tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import {
  api,
  toFault,
  type FacetValue,
  type Fault,
  type Histogram,
  type MarkChange,
  type Marks,
  type Row,
  type Selection,
  type Sort,
} from '$lib/api';
import { app } from '$lib/state/app.svelte';
import { edits } from '$lib/state/edits.svelte';
import { router } from '$lib/state/router.svelte';
import { FACETS, readSelection, writeSelection } from '$lib/state/selection';
import { around } from '$lib/state/selection_text';
import { Checks } from './checks.svelte';
import { changed } from './marks';
import { recent } from './recent.svelte';

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
  /** Counts the answers; after each, rows are asked for anew. */
  answers = $state(0);
  /** Counts the lists; each starts at its top. */
  lists = $state(0);
  /** Grows when what is known of a post may be out of date. */
  changes = $state(0);
  /** The row that the keys act on. */
  cursor = $state(0);
  /** The marks of the post whose details are open, as changed since they were read. */
  opened = $state.raw<{ id: string; marks: Marks } | null>(null);
  readonly checks = new Checks({
    row: (index) => this.row(index),
    total: () => this.total,
    read: (offset, limit) => this.#read(offset, limit),
  });
  readonly #pages = new SvelteMap<number, Row[]>();
  /** Pages that are shown until they have been read again. */
  #stale = new Set<number>();
  #pending = new Map<number, AbortController>();
  #search: AbortController | null = null;
  /** Whether another list than the one that is shown is on its way, and what is to be done with it. */
  #coming = false;
  #running = false;
  #waiting: (() => void)[] = [];
  #asked = '';
  #listed = '';
  #marking = 0;

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

  /** The id of the post whose neighbours in time are shown, or "". */
  get around(): string {
    return router.params.get('around') ?? '';
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
    if (this.around) params.set('around', this.around);
    router.go('explore', params);
  }

  /** Shows what was posted within five minutes of a post, and the post; "back" returns. */
  context(id: string, at: string): void {
    const params = writeSelection(around(at));
    params.set('around', id);
    params.set('post', id);
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

  /** Does something with the list that has been asked for: at once, or as soon as it is here. */
  whenListed(act: () => void): void {
    if (this.#coming || this.#running) this.#waiting.push(act);
    else act();
  }

  /** Lets go of what waits for a list. */
  forget(): void {
    this.#waiting = [];
  }

  /**
   * Searches when the selection, the order or the case is another than last time, or when acts were undone. The same
   * list stays where it is, with its checks; another one starts at its top.
   */
  async refresh(force = false): Promise<void> {
    const info = app.info;
    const list = `${info?.meta.id ?? ''}|${this.sort}|${this.around}|${writeSelection(this.selection).toString()}`;
    const key = `${list}|${info?.posts ?? 0}|${edits.changes}`;
    if (!info || (key === this.#asked && !force)) return;
    this.#asked = key;
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    this.#coming = list !== this.#listed;
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
      const same = list === this.#listed;
      this.#listed = list;
      if (same) this.#outdate();
      else this.#drop();
      this.total = app.found = page.total;
      this.took = page.took_ms;
      this.unindexed = page.unindexed;
      this.facets = page.facets ?? {};
      this.histogram = page.histogram ?? null;
      this.#pages.set(0, page.posts ?? []);
      this.fault = null;
      this.answered = true;
      this.answers++;
      this.changes++;
      if (same) {
        this.cursor = Math.max(0, Math.min(this.cursor, this.total - 1));
        await this.checks.reread();
      } else {
        this.cursor = 0;
        this.lists++;
        recent.add(info.meta.id, this.selection);
      }
    } catch (reason) {
      if (search.signal.aborted) return;
      this.fault = toFault(reason);
      this.forget();
    } finally {
      if (this.#search === search) {
        this.loading = this.#coming = false;
        void this.#run();
      }
    }
  }

  /** Does what waited for the list, one after the other: each may ask for another list. */
  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await tick();
    while (this.#waiting.length && !this.#coming) {
      this.#waiting.shift()?.();
      await tick();
    }
    this.#running = false;
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
      const known = this.#pages.has(page) && !this.#stale.has(page);
      if (page * PAGE < this.total && !known && !this.#pending.has(page)) void this.#load(page);
    }
  }

  /** Changes marks of posts and shows it at once; facets and numbers follow when Go has answered. */
  async mark(ids: readonly string[], change: MarkChange): Promise<void> {
    if (!ids.length || app.info?.read_only) return;
    this.#show(new Set(ids), change);
    this.#marking++;
    await app.attempt(() => api().mark([...ids], change));
    // Not before the last of several changes: an answer between them would take the later ones off the page again.
    if (--this.#marking > 0) return;
    const fault = app.fault;
    await this.refresh(true);
    if (fault) app.fault = fault;
  }

  /** Where a post of the list stands, or -1; only rows that are here are looked through. */
  indexOf(id: string): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE + at;
    }
    return -1;
  }

  #show(ids: ReadonlySet<string>, change: MarkChange): void {
    for (const [page, rows] of this.#pages) {
      if (!rows.some((row) => ids.has(row.id))) continue;
      const next = rows.map((row) =>
        ids.has(row.id) ? { ...row, marks: changed(row.marks ?? {}, change) } : row,
      );
      this.#pages.set(page, next);
    }
    this.checks.apply(ids, change);
    if (this.opened && ids.has(this.opened.id))
      this.opened = { id: this.opened.id, marks: changed(this.opened.marks, change) };
  }

  async #read(offset: number, limit: number, signal?: AbortSignal): Promise<Row[]> {
    const { selection, sort } = this;
    return (await api().search({ selection, sort, offset, limit }, signal)).posts ?? [];
  }

  async #load(page: number): Promise<void> {
    const control = new AbortController();
    this.#pending.set(page, control);
    try {
      const rows = await this.#read(page * PAGE, PAGE, control.signal);
      if (control.signal.aborted) return;
      for (const old of this.#pages.keys()) {
        if (this.#pages.size < KEEP) break;
        if (old !== page) this.#pages.delete(old);
      }
      this.#stale.delete(page);
      this.#pages.set(page, rows);
    } catch (reason) {
      if (!control.signal.aborted) app.fail(reason);
    } finally {
      if (this.#pending.get(page) === control) this.#pending.delete(page);
    }
  }

  #abandon(): void {
    for (const control of this.#pending.values()) control.abort();
    this.#pending.clear();
  }

  #outdate(): void {
    this.#abandon();
    this.#stale = new Set([...this.#pages.keys()].filter((page) => page !== 0));
  }

  #drop(): void {
    this.#abandon();
    this.#stale.clear();
    this.#pages.clear();
    this.checks.clear();
  }
}

export const explore = new Explore();
