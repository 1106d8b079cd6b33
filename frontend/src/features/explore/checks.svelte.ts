import type { MarkChange, Marks, Row } from '$lib/api';
import { changed, shared } from './marks';

/** Posts that can be checked at once; more are marked by a rule, not by hand. */
export const CHECK_MOST = 5000;
/** Rows that Go gives in one answer. */
const READ = 1000;

/** What the checks need of the list. */
interface List {
  row: (index: number) => Row | undefined;
  total: () => number;
  read: (offset: number, limit: number) => Promise<Row[]>;
}

interface Checked {
  index: number;
  marks: Marks;
}

/** The checked posts of the list, with their marks, so that a bulk edit can show what they share. */
export class Checks {
  #posts = $state.raw<ReadonlyMap<string, Checked>>(new Map());
  readonly shared = $derived(shared([...this.#posts.values()].map((post) => post.marks)));
  readonly #list: List;
  // What Shift extends from, and what was checked when that began.
  #anchor = -1;
  #base: ReadonlyMap<string, Checked> = new Map();

  constructor(list: List) {
    this.#list = list;
  }

  get size(): number {
    return this.#posts.size;
  }

  get ids(): string[] {
    return [...this.#posts.keys()];
  }

  has(id: string): boolean {
    return this.#posts.has(id);
  }

  toggle(index: number): void {
    const row = this.#list.row(index);
    if (!row) return;
    const next = new Map(this.#posts);
    if (!next.delete(row.id)) next.set(row.id, { index, marks: row.marks ?? {} });
    this.#posts = next;
    this.#begin(index);
  }

  /** Checks all from where the last check or step was up to a row; gives how many fell off the end of the cap. */
  async extend(from: number, to: number): Promise<number> {
    if (this.#anchor < 0) this.#begin(from);
    const first = Math.min(this.#anchor, to);
    const last = Math.max(this.#anchor, to);
    const rows = await this.#rows(first, Math.min(last + 1, first + CHECK_MOST));
    return this.#check(this.#base, rows, first, last + 1 - first);
  }

  /** Checks all that are found, from the first, up to the cap. */
  async all(): Promise<number> {
    const n = this.#list.total();
    this.rest();
    return this.#check(new Map(), await this.#rows(0, Math.min(n, CHECK_MOST)), 0, n);
  }

  /** The cursor moved without Shift: the next range begins where it is then. */
  rest(): void {
    this.#anchor = -1;
  }

  clear(): void {
    this.rest();
    if (this.#posts.size) this.#posts = new Map();
  }

  /** Shows a change of marks. */
  apply(ids: ReadonlySet<string>, change: MarkChange): void {
    const next = new Map(this.#posts);
    for (const [id, post] of next)
      if (ids.has(id)) next.set(id, { ...post, marks: changed(post.marks, change) });
    this.#posts = next;
  }

  /** Reads the marks anew where the posts were; those no longer there are unchecked. */
  async reread(): Promise<void> {
    const asked = this.#posts;
    if (!asked.size) return;
    const pages = [...new Set([...asked.values()].map((post) => Math.floor(post.index / READ)))];
    const next = new Map<string, Checked>();
    for (const page of pages) {
      for (const [i, row] of (await this.#list.read(page * READ, READ)).entries())
        if (asked.has(row.id)) next.set(row.id, { index: page * READ + i, marks: row.marks ?? {} });
    }
    if (this.#posts === asked) this.#posts = next;
  }

  #begin(index: number): void {
    this.#anchor = index;
    this.#base = this.#posts;
  }

  #check(base: ReadonlyMap<string, Checked>, rows: Row[], first: number, wanted: number): number {
    const next = new Map(base);
    for (const [i, row] of rows.entries()) {
      if (next.size >= CHECK_MOST && !next.has(row.id)) break;
      next.set(row.id, { index: first + i, marks: row.marks ?? {} });
    }
    this.#posts = next;
    return Math.max(0, wanted - rows.length) + rows.filter((row) => !next.has(row.id)).length;
  }

  async #rows(first: number, last: number): Promise<Row[]> {
    const near = Array.from({ length: last - first }, (_, i) => this.#list.row(first + i));
    if (near.every((row) => row !== undefined)) return near;
    const out: Row[] = [];
    for (let at = first; at < last; at += READ)
      out.push(...(await this.#list.read(at, Math.min(READ, last - at))));
    return out;
  }
}
