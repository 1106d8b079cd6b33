import type { Panel, PanelKind, Refinement, Situation } from '$lib/api';
import { t, type Key } from '$lib/i18n/index.svelte';
import { day, number, percent1 } from '$lib/text/format';
import { column } from './numbers';

export interface Headline {
  id: string;
  label: string;
  value: string;
  note?: string;
  /** Leads to these posts. */
  posts?: Refinement;
  /** Leads to this part of the screen. */
  part?: PanelKind;
}

export const panelOf = (s: Situation, kind: PanelKind): Panel | undefined =>
  s.panels?.find((panel) => panel.kind === kind);

function sum(panel: Panel | undefined, name: string): number {
  if (!panel) return 0;
  const at = column(panel, name);
  return panel.table.rows.reduce((total, row) => total + Number(row[at] ?? 0), 0);
}

const POLARITIES = ['negative', 'positive', 'unknown'] as const;

/** The numbers above the charts. */
export function headlines(s: Situation, zone: string): Headline[] {
  return [
    { id: 'posts', label: t('situation.posts'), value: number(s.posts), posts: {} },
    ...period(s, zone),
    ...(['accounts', 'platforms', 'languages'] as const).map((kind): Headline => ({
      id: kind,
      label: t(`situation.${kind}` as Key),
      value: number(panelOf(s, kind)?.distinct ?? 0),
      part: kind,
    })),
    ...sentiment(s),
    {
      id: 'episodes',
      label: t('situation.episodes'),
      value: number(s.alerts.cards.length),
      part: 'alerts',
    },
  ];
}

function period(s: Situation, zone: string): Headline[] {
  const volume = panelOf(s, 'volume');
  const first = volume?.points[0]?.[0]?.from;
  const end = volume?.points[0]?.at(-1)?.to;
  if (!first || !end) return [];
  // The end is the first instant that is no longer in.
  const last = new Date(Date.parse(end) - 1000).toISOString();
  const from = day(first, zone);
  const to = day(last, zone);
  const value = from === to ? from : `${from} – ${to}`;
  return [{ id: 'period', label: t('situation.period'), value, note: zone }];
}

function sentiment(s: Situation): Headline[] {
  const panel = panelOf(s, 'sentiment');
  const dated = [...POLARITIES, 'neutral'].reduce((total, name) => total + sum(panel, name), 0);
  if (!panel || dated === 0) return [];
  return POLARITIES.map((name) => {
    const n = sum(panel, name);
    return {
      id: name,
      label: t(`situation.sentiment.${name}` as Key),
      value: percent1(n / dated),
      note: t('situation.of_dated', { n: number(n), all: number(dated) }),
      posts: { include: { polarity: [name] } },
    };
  });
}
