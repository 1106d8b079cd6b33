import type { Job } from './jobs';
import type {
  AlertCard,
  ChartFormat,
  ChartOption,
  Panel,
  PanelKind,
  Refinement,
  Run,
  Situation,
  SituationApi,
} from './situation';
import type { PostView, Selection } from './types';

export interface MemorySituation {
  /** Charts that were saved. */
  readonly saved: { name: string; format: ChartFormat; text: string }[];
  /** What each answer waits for; a test puts its own in. */
  wait: (selection: Selection) => Promise<void>;
  /** Puts other panels in the place of the usual ones. */
  change: (panels: Panel[]) => Panel[];
}

const COLORS: Record<string, string> = {
  negative: '#D55E00',
  neutral: '#9A9A9A',
  positive: '#0072B2',
  unknown: '#D9D9D9',
};
const DAY = 86_400;
const BLUE = '#0072B2';
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

interface Named {
  name: string;
  values: number[];
  color: string;
}

function option(names: string[], series: Named[], across: boolean, unit: string): ChartOption {
  const category = { type: 'category', name: 'Time (UTC)', data: names };
  const value = { type: 'value', name: unit };
  return {
    series: series.map(({ name, values, color }) => ({
      name,
      type: 'bar',
      itemStyle: { color },
      data: values.map((v) => ({ value: v })),
    })),
    xAxis: [across ? value : category],
    yAxis: [across ? category : value],
  };
}

function panel(kind: PanelKind, title: string, rest: Partial<Panel>): Panel {
  return {
    kind,
    title,
    subtitle: 'Posts per day · UTC',
    empty: false,
    distinct: 0,
    option: { series: [], xAxis: [], yAxis: [] },
    points: [],
    table: { header: [], rows: [] },
    ...rest,
  };
}

function overTime(posts: PostView[]): Panel[] {
  const days = new Map<number, PostView[]>();
  for (const post of posts) {
    const start = Math.floor(Date.parse(post.created_at ?? '') / 1000 / DAY) * DAY;
    days.set(start, [...(days.get(start) ?? []), post]);
  }
  const starts = [...days.keys()].sort((a, b) => a - b);
  const span = (start: number): Refinement => ({ from: iso(start), to: iso(start + DAY) });
  const count = (start: number, polarity?: string) =>
    (days.get(start) ?? []).filter((p) => !polarity || p.polarity === polarity).length;
  const names = starts.map((start) => iso(start).slice(5, 10));
  const polarities = Object.keys(COLORS);
  return [
    panel('volume', 'Posts over time', {
      option: option(
        names,
        [{ name: 'Posts', values: starts.map((s) => count(s)), color: BLUE }],
        false,
        'Posts',
      ),
      points: [starts.map(span)],
      table: {
        header: ['start', 'end', 'posts'],
        rows: starts.map((s) => [iso(s), iso(s + DAY), count(s)]),
      },
    }),
    panel('sentiment', 'Sentiment over time', {
      option: option(
        names,
        polarities.map((name) => ({
          name,
          values: starts.map((s) => count(s, name)),
          color: COLORS[name] ?? '',
        })),
        false,
        'Posts',
      ),
      points: polarities.map((name) => starts.map((s) => ({ ...span(s), include: { polarity: [name] } }))),
      table: {
        header: ['start', 'end', ...polarities, 'mean'],
        rows: starts.map((s) => [iso(s), iso(s + DAY), ...polarities.map((name) => count(s, name)), -0.25]),
      },
    }),
  ];
}

function byValue(kind: PanelKind, title: string, facet: string, values: string[]): Panel {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const charted = rows.slice(0, 10);
  return panel(kind, title, {
    empty: rows.length === 0,
    distinct: rows.length,
    option: option(
      charted.map(([key]) => key),
      [{ name: 'Posts', values: charted.map(([, n]) => n), color: BLUE }],
      true,
      'Posts',
    ),
    points: [charted.map(([key]) => ({ include: { [facet]: [key] } }))],
    table: { header: ['key', 'label', 'posts'], rows: rows.map(([key, n]) => [key, key, n]) },
  });
}

function card(posts: PostView[]): AlertCard[] {
  const first = posts[0];
  if (!first) return [];
  const start = Date.parse(first.created_at ?? '') / 1000;
  return [
    {
      number: 1,
      name: '<img src=x onerror=alert(1)> {b|bold}',
      lead: {
        id: 'a1',
        series: 'all',
        label: '',
        start,
        peak: start,
        end: start + DAY,
        score: 7.25,
        observed: 24,
        expected: 3,
        posts: 24,
        reasons: [
          { code: 'rise', values: { observed: '24' } },
          { code: 'carried', values: { posts: '24', authors: '9' } },
          { code: 'new_accounts', values: { share: '0.333', new: '3', authors: '9' } },
          { code: 'platforms', values: { count: '2', names: 'x 60%, reddit 40%', before: '1' } },
        ],
        post_ids: [],
      },
      others: [],
      posts: { from: iso(start), to: iso(start + DAY) },
    },
  ];
}

/** A situation of the case in memory; select finds its posts, done ends a job with a result. */
export function memorySituation(
  select: (selection: Selection) => PostView[],
  done: (kind: Job['kind'], result: unknown) => string,
): SituationApi & { situations: MemorySituation } {
  const runs: Run[] = [];
  const situations: MemorySituation = {
    saved: [],
    wait: () => Promise.resolve(),
    change: (panels) => panels,
  };
  return {
    situations,
    async situation(selection, lang): Promise<Situation> {
      await situations.wait(selection);
      const posts = select(selection);
      const panels = [
        ...overTime(posts),
        panel('voice', 'Share of voice', { empty: true }),
        byValue(
          'accounts',
          'Most active accounts',
          'author',
          posts.map((p) => p.author.id ?? ''),
        ),
        byValue(
          'platforms',
          'Platforms',
          'platform',
          posts.map((p) => p.platform),
        ),
      ];
      return {
        posts: posts.length,
        unindexed: 0,
        private: 0,
        lang,
        panels: situations.change(panels),
        alerts: { unit: 'day', threshold: 3, series: 4, too_short: ['Telegram'], cards: card(posts) },
      };
    },
    refine: (selection, point) =>
      Promise.resolve({
        ...selection,
        ...(point.from ? { from: point.from } : {}),
        ...(point.to ? { to: point.to } : {}),
        ...(point.subject ? { subject: point.subject } : {}),
        ...(point.include ? { include: { ...selection.include, ...point.include } } : {}),
        ...(point.exclude ? { exclude: { ...selection.exclude, ...point.exclude } } : {}),
      }),
    recordSituation(selection) {
      const run: Run = {
        id: runs.length + 1,
        spec: { kind: 'volume', selection },
        engine: 'memory/1',
        posts: select(selection).length,
        fingerprint: 'ab'.repeat(32),
        log_index: 10 + runs.length,
        result_hash: 'cd'.repeat(32),
        at: '2025-03-01T09:00:00Z',
      };
      runs.push(run);
      return Promise.resolve(done('analyze', [run]));
    },
    runs: () => Promise.resolve([...runs]),
    saveChart(name, format, data) {
      situations.saved.push({ name, format, text: new TextDecoder().decode(bytes(data)) });
      return Promise.resolve(`${name}.${format}`);
    },
  };
}

const bytes = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
