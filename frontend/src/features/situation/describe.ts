import { valueLabel } from '$features/explore/labels';
import type { RunSpec, Selection } from '$lib/api';
import { has, t, tv } from '$lib/i18n/index.svelte';
import { filters } from '$lib/state/selection';
import { subjects } from '$lib/state/subjects.svelte';
import { instant } from '$lib/text/format';
import { clip } from '$lib/text/segments';

/** A selection in words, as short as it can be said. */
export function describe(selection: Selection, zone: string): string {
  const parts = selection.query ? [selection.query] : [];
  if (selection.subject) parts.push(`${t('situation.subject')}: ${subjects.name(selection.subject)}`);
  if (selection.from ?? selection.to)
    parts.push(`${instant(selection.from, zone) || '…'} – ${instant(selection.to, zone) || '…'}`);
  for (const { facet, value, standing } of filters(selection)) {
    const not = standing === 'not' ? `${t('explore.not')} ` : '';
    parts.push(`${tv('facet', facet)}: ${not}${valueLabel(facet, value)}`);
  }
  return parts.join(' · ') || t('situation.whole_case');
}

/** What an analysis is called, with the subjects that it compares. */
export function kindText({ kind, params }: RunSpec): string {
  const key = `situation.kind.${kind}`;
  const ids = (params?.['subjects'] ?? '').split(',').filter(Boolean);
  const names = ids.map((id) => clip(subjects.name(id), 40)).join(', ');
  return [has(key) ? t(key) : kind, ...(names ? [names] : [])].join(': ');
}
