// A small case in memory, for unit tests and for `npm run dev` without Go. The product never contains it.

import { Fault } from './fault';
import type { Api } from './index';
import { memoryJobs, type MemoryJobs } from './memory_jobs';
import { memoryListen, type MemoryListen } from './memory_listen';
import { memoryMapping, type MemoryMapping } from './memory_mapping';
import { memoryReport, type MemoryReport } from './memory_report';
import { memorySaved } from './memory_saved';
import { memorySituation, type MemorySituation } from './memory_situation';
import type {
  CaseMeta,
  FacetValue,
  Info,
  PostDetail,
  PostView,
  RecentCase,
  Row,
  SearchPage,
  SearchRequest,
  Selection,
  Settings,
} from './types';

const HOUR = 3600;
const START = Date.UTC(2025, 1, 3) / 1000;
const PLATFORMS = ['x', 'reddit', 'bluesky', 'telegram'] as const;
const LANGS = ['en', 'es', 'pt', 'und'] as const;
const POLARITIES = ['negative', 'neutral', 'positive', 'unknown'] as const;
const TEXTS = [
  'The river is over its banks at Calder Bridge and nobody from the council has come.',
  'El puente sigue cerrado y el río no baja. Gracias a los voluntarios, han estado geniales.',
  'Great work by the volunteers tonight, hot food for everyone in the sports hall.',
  '<img src=x onerror=alert(1)> is what somebody posted as their name, again.',
  'فيضان النهر يغلق الجسر القديم في البلدة',
] as const;

const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

const NO_CUSTODY = 'c0ffee'.padEnd(64, '0');

/** The i-th post of the case in memory. */
function post(i: number): PostView {
  const text = pick(TEXTS, i);
  const polarity = pick(POLARITIES, i);
  return {
    id: String(i + 1),
    uid: `${pick(PLATFORMS, i)}:${1000 + i}`,
    platform: pick(PLATFORMS, i),
    type: 'social',
    kind: i % 7 === 0 ? 'comment' : 'post',
    author: {
      id: `x:${i % 11}`,
      handle: `reader_${i % 11}`,
      name: `Reader ${i % 11}`,
      followers: 40 * (i % 50),
    },
    text,
    lang: pick(LANGS, i),
    lang_confidence: 0.97,
    created_at: new Date((START + i * HOUR) * 1000).toISOString(),
    zone: i % 5 === 0 ? 'assumed' : 'stated',
    url: `https://example.org/post/${i}`,
    counts: { likes: (i * 37) % 4000, comments: i % 60, shares: i % 17 },
    hashtags: ['calderflood'],
    visibility: 'public',
    polarity,
    ...(polarity === 'unknown' ? {} : { sentiment: [-0.62, 0, 0.58][POLARITIES.indexOf(polarity)] ?? 0 }),
    sentiment_words: polarity === 'positive' ? [{ word: 'Great', weight: 0.62, start: 0, end: 5 }] : [],
    enrich_version: 'enrich/1',
    mode: 'unstated',
    sightings: 1,
    sha256: 'ab'.repeat(32),
    locator: { container: 'cd'.repeat(32), offset: 120 * i, length: 120 },
  };
}

const facetsOf = (name: string, p: PostView): readonly string[] =>
  ({
    platform: [p.platform],
    type: [p.type],
    kind: [p.kind],
    lang: [p.lang],
    polarity: [p.polarity],
    author: [p.author.id ?? ''],
    hashtag: p.hashtags ?? [],
    label: p.marks?.labels ?? [],
  })[name] ?? [];

function matches(selection: Selection, p: PostView): boolean {
  const word = (selection.query ?? '')
    .replace(/\bauthor:\S+/, '')
    .trim()
    .toLowerCase();
  if (word && !p.text.toLowerCase().includes(word)) return false;
  const at = Date.parse(p.created_at ?? '');
  if (selection.from && at < Date.parse(selection.from)) return false;
  if (selection.to && at >= Date.parse(selection.to)) return false;
  const every = (list: Record<string, string[]> | undefined, want: boolean) =>
    Object.entries(list ?? {}).every(
      ([name, values]) => facetsOf(name, p).some((value) => values.includes(value)) === want,
    );
  return every(selection.include, true) && every(selection.exclude, false);
}

function toRow(p: PostView, query: string): Row {
  const at = query ? p.text.toLowerCase().indexOf(query.toLowerCase()) : -1;
  return {
    id: p.id,
    platform: p.platform,
    type: p.type,
    kind: p.kind,
    author: p.author,
    text: p.text,
    spans: at < 0 ? [] : [{ start: at, end: at + query.length }],
    lang: p.lang,
    ...(p.created_at ? { created_at: p.created_at } : {}),
    ...(p.counts ? { counts: p.counts } : {}),
    polarity: p.polarity,
    marks: p.marks ?? {},
    media: 0,
    links: 0,
    sightings: 1,
  };
}

function countFacets(posts: PostView[], names: readonly string[]): Record<string, FacetValue[]> {
  const out: Record<string, FacetValue[]> = {};
  for (const name of names) {
    const counts = new Map<string, number>();
    for (const p of posts) {
      for (const value of facetsOf(name, p)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    out[name] = [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([value, count]) => ({ value, label: value, count }));
  }
  return out;
}

const DAY = 24 * HOUR;

function histogram(posts: PostView[]): NonNullable<SearchPage['histogram']> {
  const days = posts.map((p) => Math.floor((Date.parse(p.created_at ?? '') / 1000 - START) / DAY));
  const counts = new Array<number>(Math.max(0, ...days) + 1).fill(0);
  for (const d of days) counts[d] = (counts[d] ?? 0) + 1;
  return {
    unit: 'day',
    zone: 'UTC',
    starts: counts.map((_, i) => START + i * DAY),
    counts,
    end: START + counts.length * DAY,
    undated: 0,
  };
}

export interface Memory extends Api, MemoryJobs, MemoryReport {
  /** What is brought in and watched, for tests. */
  readonly listen: MemoryListen;
  readonly mapping: MemoryMapping;
  /** What the situation was asked and saved, for tests. */
  readonly situations: MemorySituation;
  /** Requests made, for tests. */
  readonly asked: SearchRequest[];
}

/** A case in memory with n posts; open says whether it is open at the start. */
export function implementation(n = 900, open = true): Memory {
  const posts = Array.from({ length: n }, (_, i) => post(i));
  const asked: SearchRequest[] = [];
  let meta: CaseMeta = {
    id: 'a1',
    name: 'Calder flood',
    owner: 'R. Ortega',
    purpose: 'Rumours about the closure of Calder Bridge',
    tlp: 'amber',
    yardstick: 'icd203',
    zone: 'Europe/Madrid',
    created: '2025-02-01T09:00:00Z',
    training: true,
  };
  let recents: RecentCase[] = [
    {
      id: 'a1',
      name: meta.name,
      owner: meta.owner,
      dir: '/cases/calder',
      opened: '2025-03-01T09:00:00Z',
      exists: true,
    },
    {
      id: 'b2',
      name: 'Lost folder',
      owner: 'M. Sand',
      dir: '/media/usb/lost',
      opened: '2025-01-05T09:00:00Z',
      exists: false,
    },
  ];
  let settings: Settings = {
    theme: 'system',
    lang: 'system',
    density: 'comfortable',
    text_size: 100,
    facets_width: 232,
    detail_width: 460,
  };
  const info = (): Info => ({
    meta,
    dir: '/cases/calder',
    read_only: false,
    encrypted: false,
    posts: n,
    accounts: 11,
    batches: 1,
    bytes: 120 * n,
    by_platform: { x: n / 2, reddit: n / 4, bluesky: n / 4 },
    by_type: { social: n },
    by_lang: { en: n / 2, es: n / 2 },
    custody: { size: 4, root: NO_CUSTODY, head: NO_CUSTODY },
    indexed: n,
    interrupted: 0,
  });
  let current: Info | null = open ? info() : null;
  const find = (id: string): PostView => {
    const found = posts.find((p) => p.id === id);
    if (!found) throw new Fault({ code: 'post_not_found', message: 'the post is not in this case' });
    return found;
  };

  const jobs = memoryJobs((ids, change) => {
    for (const id of ids) {
      const p = find(id);
      const labels = new Set([...(p.marks?.labels ?? []), ...(change.add_labels ?? [])]);
      for (const label of change.remove_labels ?? []) labels.delete(label);
      p.marks = {
        ...p.marks,
        labels: [...labels],
        ...(change.star === undefined ? {} : { starred: change.star }),
        ...(change.note === undefined ? {} : { note: change.note }),
        ...(change.grade === undefined ? {} : { grade: change.grade }),
      };
    }
  });

  const mapping = memoryMapping();
  const listen = memoryListen((job) => jobs.tell(job));
  const assessed = memorySituation(
    (selection) => posts.filter((p) => matches(selection, p)),
    (kind, result) => {
      const created = new Date(0).toISOString();
      jobs.tell({ id: 'a1', kind, label: '', state: 'done', created, resumable: false, result });
      return 'a1';
    },
  );

  return {
    ...jobs,
    ...listen,
    ...mapping,
    ...assessed,
    ...memoryReport((job) => jobs.tell(job)),
    ...memorySaved(),
    listen,
    mapping,
    asked,
    current: () => Promise.resolve(current),
    recent: () => Promise.resolve(recents),
    forget(id) {
      recents = recents.filter((r) => r.id !== id);
      return Promise.resolve();
    },
    chooseFolder: () => Promise.resolve({ token: 't1', path: '/cases', is_case: false }),
    create(_token, form) {
      meta = { ...meta, ...form, id: 'new', created: new Date().toISOString(), training: false };
      current = info();
      return Promise.resolve(current);
    },
    open: () => Promise.resolve((current = info())),
    openRecent: () => Promise.resolve((current = info())),
    openExample: () => Promise.resolve((current = info())),
    updateCase(form) {
      meta = { ...meta, ...form };
      current = info();
      return Promise.resolve(current);
    },
    close() {
      current = null;
      return Promise.resolve();
    },
    search(request) {
      asked.push(request);
      const query = request.selection.query ?? '';
      const mistake = query.indexOf('autor:');
      if (mistake >= 0) {
        const params = { pos: String(mistake), len: '5', field: 'autor', suggestion: 'author' };
        return Promise.reject(new Fault({ code: 'query_unknown_field', message: 'no field autor', params }));
      }
      const found = posts.filter((p) => matches(request.selection, p));
      if (request.sort !== 'time_asc') found.reverse();
      const from = request.offset ?? 0;
      const limit = Math.max(0, request.limit ?? 50);
      return Promise.resolve({
        total: found.length,
        took_ms: 3,
        posts: found.slice(from, from + limit).map((p) => toRow(p, query)),
        unindexed: 0,
        ...(request.facets ? { facets: countFacets(found, request.facets) } : {}),
        ...(request.buckets && found.length ? { histogram: histogram(found) } : {}),
      });
    },
    post(id) {
      const p = find(id);
      const detail: PostDetail = {
        post: p,
        thread: null,
        metrics: [{ at: { time: p.created_at ?? '' }, counts: p.counts ?? {} }],
        sightings: [
          {
            id: Number(id),
            post_id: Number(id),
            batch: 1,
            seq: Number(id) - 1,
            locator: p.locator,
            sha256: p.sha256,
            seen_at: { time: '2025-03-01T09:00:00Z' },
            counts: p.counts ?? {},
            log_index: 3,
            file: 'export.jsonl',
            format: 'x-archive',
            source: { reliability: 'F', mode: 'unstated' },
            custody: {
              index: 3,
              at: '2025-03-01T09:00:01Z',
              actor: 'ortega',
              action: 'append',
              object: 'batch 1',
              hash: NO_CUSTODY,
            },
          },
        ],
      };
      return Promise.resolve(detail);
    },
    raw(request) {
      const { offset, limit } = request;
      const all = new TextEncoder().encode(
        'post' in request ? JSON.stringify(find(request.post)) : '{"broken": ',
      );
      return Promise.resolve({
        bytes: all.slice(offset, offset + limit),
        offset,
        size: all.length,
        exact: true,
      });
    },
    star(ids, starred) {
      for (const id of ids) find(id).marks = { ...find(id).marks, starred };
      return Promise.resolve();
    },
    about: () => Promise.resolve({ version: 'dev', platform: 'memory', go: '1.0', zone: 'UTC' }),
    licences: () =>
      Promise.resolve([
        { name: 'NOTICE', text: 'Vedette' },
        { name: 'fonts', text: 'Fonts of the reports' },
      ]),
    settings: () => Promise.resolve(settings),
    saveSettings(next) {
      settings = next;
      return Promise.resolve();
    },
    title(text) {
      document.title = text;
      return Promise.resolve();
    },
    copy: () => Promise.resolve(),
    onProgress: () => () => undefined,
  };
}
