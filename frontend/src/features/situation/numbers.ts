import type { AlertCard, Cell, Panel, Refinement } from '$lib/api';
import { has, t, tn, tv } from '$lib/i18n/index.svelte';
import { instant, number, percent1, signed, tenth } from '$lib/text/format';

// The numbers of a panel: as they read, and where they lead.

const SHARES = new Set(['share', 'mention_share', 'engagement_share', 'reach_share']);
const INSTANTS = new Set(['start', 'end']);
/** Columns that a machine needs and a person does not: their names stand beside them. */
const KEYS = new Set(['id', 'key']);
const POLARITIES = ['negative', 'neutral', 'positive', 'unknown'];

/** A column of the table that is shown. */
export interface Column {
  name: string;
  at: number;
  title: string;
  numeric: boolean;
}

export function columns(panel: Panel): Column[] {
  return panel.table.header.flatMap((name, at) => {
    if (KEYS.has(name) || (name === 'platform' && panel.kind !== 'accounts')) return [];
    const key = `situation.col.${name}`;
    const numeric = panel.table.rows.some((row) => typeof row[at] === 'number') && name !== 'episode';
    return [{ name, at, title: has(key) ? t(key) : name, numeric }];
  });
}

export const column = (panel: Panel, name: string): number => panel.table.header.indexOf(name);

/** A cell as it reads. */
export function cellText(name: string, cell: Cell | undefined, zone: string): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (typeof cell === 'boolean') return t(cell ? 'situation.yes' : 'situation.no');
  if (typeof cell === 'string') {
    if (INSTANTS.has(name)) return instant(cell, zone);
    return name === 'platform' ? tv('platform', cell) : cell;
  }
  if (SHARES.has(name)) return percent1(cell);
  if (name === 'mean') return signed(cell);
  if (name === 'score') return tenth(cell);
  return number(Number.isInteger(cell) ? cell : Math.round(cell * 10) / 10);
}

/** Whether two points lead to the same posts. */
const same = (a: Refinement | null | undefined, b: Refinement | null | undefined) =>
  JSON.stringify(a) === JSON.stringify(b);

/** Where a click leads; beside the bars of a place (series null) to what all its points have in common. */
export function behindPoint(panel: Panel, series: number | null, place: number): Refinement | null {
  if (series !== null) return panel.points[series]?.[place] ?? null;
  const all = panel.points.map((points) => points[place] ?? null);
  const [first] = all;
  if (!first || all.every((point) => same(point, first))) return first ?? null;
  const { from, to } = first;
  if (!from || !to || !all.every((point) => point?.from === from && point.to === to)) return null;
  return { from, to };
}

/** Where a row of the table leads. */
export function behindRow(panel: Panel, row: number, cards: readonly AlertCard[]): Refinement | null {
  const cells = panel.table.rows[row] ?? [];
  switch (panel.kind) {
    case 'alerts':
      return cards.find((card) => card.number === cells[0])?.posts ?? null;
    case 'voice':
      return panel.points[row]?.[0] ?? null;
    case 'topics':
    case 'volume':
    case 'sentiment':
      return behindPoint(panel, null, row);
    default:
      return behindValue(panel, cells);
  }
}

/** Rankings and shares chart their first values only; the other rows lead on in the same way. */
function behindValue(panel: Panel, cells: readonly Cell[]): Refinement | null {
  const [facet] = Object.keys(panel.points[0]?.[0]?.include ?? {});
  const key = cells[column(panel, 'key')];
  return facet && typeof key === 'string' ? { include: { [facet]: [key] } } : null;
}

/** Where one cell leads when it counts posts of its own, such as the negative ones of a day. */
export function behindCell(panel: Panel, row: number, name: string): Refinement | null {
  const series = POLARITIES.indexOf(name);
  return panel.kind === 'sentiment' && series >= 0 ? (panel.points[series]?.[row] ?? null) : null;
}

/** What the tooltip says of a place: its name, and the numbers there. */
export function tip(panel: Panel, place: number, zone: string, cards: readonly AlertCard[]): string[] {
  const { option } = panel;
  const axis = option.yAxis[0]?.type === 'category' ? option.yAxis[0] : option.xAxis[0];
  const name = axis?.data?.[place] ?? '';
  if (panel.kind === 'alerts') return alertTip(name, cardOf(name, cards), zone);
  const over = panel.kind === 'volume' || panel.kind === 'sentiment';
  const row = panel.table.rows[place] ?? [];
  const start = row[column(panel, 'start')];
  const lines = [over && typeof start === 'string' ? instant(start, zone) : name];
  for (const series of option.series) {
    const value = series.data[place]?.value ?? 0;
    lines.push(`${series.name ?? ''}: ${isShare(panel) ? percent1(value / 100) : number(value)}`);
  }
  const posts = row[column(panel, 'posts')];
  const rest = panel.kind !== 'voice' && panel.points[0]?.[place]?.exclude;
  if (panel.table.header.includes('share') && typeof posts === 'number' && !rest)
    lines.push(tn('explore.posts', posts));
  return lines;
}

export const isShare = (panel: Panel): boolean =>
  panel.table.header.some((name) => SHARES.has(name)) || panel.kind === 'voice';

function alertTip(name: string, card: AlertCard | undefined, zone: string): string[] {
  if (!card) return [name];
  const { lead } = card;
  return [
    name,
    `${at(lead.start, zone)} –`,
    at(lead.end, zone),
    `${t('situation.col.score')}: ${tenth(lead.score)}`,
    tn('explore.posts', lead.posts),
  ];
}

/** Unix seconds in words. */
export const at = (seconds: number, zone: string): string =>
  instant(new Date(seconds * 1000).toISOString(), zone);

/** The card of a row of the chart of episodes, which begins with the episode's number. */
export function cardOf(name: string, cards: readonly AlertCard[]): AlertCard | undefined {
  const digits = (name.split('·', 1)[0] ?? '').replace(/\D/g, '');
  return cards.find((card) => String(card.number) === digits);
}
