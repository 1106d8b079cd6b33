import type { AlertCard, Panel } from '$lib/api';
import { dress, type Drawable, type Dressing } from '$lib/chart/dress';
import type { Look } from '$lib/chart/look';
import { t } from '$lib/i18n/index.svelte';
import { compact, day, number, percent1, tenth } from '$lib/text/format';
import { cardOf, isShare, tip } from './numbers';

// A panel as ECharts draws it, on the screen and for a file.

const HOUR = 3600;
const DAY = 24;

export function drawing(
  panel: Panel,
  look: Look,
  zone: string,
  cards: readonly AlertCard[],
  standing = false,
): Drawable {
  const share = isShare(panel);
  const words: Dressing['words'] = {
    value: share ? (value) => percent1(value / 100) : number,
    // Short forms such as “12 mil” are longer than the number itself as long as it is small.
    axis: (value) => (share || value < 100_000 ? number(value) : compact(value)),
    tip: (place) => tip(panel, place, zone, cards),
  };
  const title = standing ? { title: { text: panel.title, subtitle: panel.subtitle } } : {};
  const episodes = panel.kind === 'alerts' ? timeline(panel, zone, cards) : null;
  if (!episodes) return dress(panel.option, { look, words, percent: share, ...title });
  return dress(panel.option, {
    look,
    words: { ...words, axis: episodes.axis },
    ...title,
    time: episodes.time,
    labels: episodes.labels,
    names: 240,
  });
}

/**
 * Episodes are drawn in hours from an instant; the axis names days instead. That instant is told by the first
 * episode: its start, less the hours before it.
 */
function timeline(panel: Panel, zone: string, cards: readonly AlertCard[]) {
  const names = panel.option.yAxis[0]?.data ?? [];
  const [before, above] = panel.option.series;
  const shown = names.map((name) => cardOf(name, cards));
  const first = shown[0];
  if (!first || !before || !above) return null;
  const start = first.lead.start - (before.data[0]?.value ?? 0) * HOUR;
  const last = Math.max(...before.data.map(({ value }, i) => value + (above.data[i]?.value ?? 0)));
  const every = Math.max(1, Math.ceil(last / DAY / 8)) * DAY;
  const max = Math.max(1, Math.ceil(last / every)) * every;
  return {
    axis: (hours: number) => day(new Date((start + hours * HOUR) * 1000).toISOString(), zone),
    labels: shown.map((card) => (card ? tenth(card.lead.score) : '')),
    time: { name: t('chart.time', { zone }), every, max },
  };
}

/** How high a panel's chart wants to be when it stands alone. */
export function height(panel: Panel): number {
  return panel.option.yAxis[0]?.type === 'category' ? Math.max(260, 130 + rowsOf(panel) * 28) : 480;
}

const rowsOf = (panel: Panel) => panel.option.yAxis[0]?.data?.length ?? 0;

/** The least height of a panel's chart on the screen. */
export function leastHeight(panel: Panel): number {
  if (panel.kind !== 'alerts') return 210;
  return panel.empty ? 60 : Math.min(520, 56 + rowsOf(panel) * 22);
}
