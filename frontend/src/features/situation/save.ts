import { api, type AlertCard, type ChartFormat, type Panel } from '$lib/api';
import { charts } from '$lib/chart/load';
import { PAPER } from '$lib/chart/look';
import { t } from '$lib/i18n/index.svelte';
import { app } from '$lib/state/app.svelte';
import { base64, csv } from './csv';
import { drawing, height } from './drawing';

/** Saves a panel's chart or numbers where the user says, and says that it was done. */
export async function save(panel: Panel, format: ChartFormat, cards: readonly AlertCard[]): Promise<void> {
  const file = await app.attempt(async () =>
    api().saveChart(panel.title, format, await encode(panel, format, cards), t('chart.save_dialog')),
  );
  if (file) app.notice = t('chart.saved', { file });
}

async function encode(panel: Panel, format: ChartFormat, cards: readonly AlertCard[]): Promise<string> {
  if (format === 'csv') return base64(csv(panel.table));
  const { drawPng, drawSvg } = await charts();
  const option = drawing(panel, PAPER, app.zone, cards, true);
  const size = { width: 960, height: height(panel) };
  return format === 'png' ? drawPng(option, size) : base64(drawSvg(option, size));
}
