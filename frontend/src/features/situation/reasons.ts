import type { Alert, AlertReason } from '$lib/api';
import { has, t, tv } from '$lib/i18n/index.svelte';
import { instant, number, percent, percent1, signed } from '$lib/text/format';

// Why there is an alert, in the same sentences as in a report. What the card's own figures say is not said again.

type Values = Record<string, string>;

/** The sentences of an alert; one that has no words yet is written as its code and values. */
export function reasons(alert: Alert, zone: string): string[] {
  const by = new Map((alert.reasons ?? []).map((reason) => [reason.code, reason.values ?? {}]));
  const out = (alert.reasons ?? []).flatMap((reason) => {
    const merged = merge(reason, by);
    return merged ? [sentence(merged, zone)] : [];
  });
  return [...new Set(out)];
}

/** Two that belong together become one, and what is told elsewhere or says little is left out. */
function merge({ code, values = {} }: AlertReason, by: Map<string, Values>): AlertReason | null {
  const join = (as: string, other: string): AlertReason => ({
    code: as,
    values: { ...by.get(other), ...values },
  });
  switch (code) {
    case 'rise':
    case 'since':
      return null;
    case 'seasonal':
      return by.has('trailing') ? join('baselines', 'trailing') : { code, values };
    case 'trailing':
      return by.has('seasonal') ? null : { code, values };
    case 'carried':
      return by.has('new_accounts') ? join('authors', 'new_accounts') : { code, values };
    case 'new_accounts':
      return by.has('carried') ? null : { code, values };
    case 'concentration':
      return Number(values['share'] ?? 1) < 0.1 ? null : { code, values };
    case 'sentiment':
      return { code: `sentiment_${trend(Number(values['shift'] ?? 0))}`, values };
    default:
      return { code, values };
  }
}

const trend = (shift: number) => (shift <= -0.05 ? 'fell' : shift >= 0.05 ? 'rose' : 'steady');

function sentence({ code, values = {} }: AlertReason, zone: string): string {
  const words = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, valueText(code, name, value, zone)]),
  );
  const key = `situation.reason.${code}`;
  if (has(key)) return t(key, words);
  const list = Object.entries(words).map(([name, value]) => `${name} ${value}`);
  return `${code}: ${list.join(', ')}`;
}

function valueText(code: string, name: string, value: string, zone: string): string {
  const n = Number(value);
  if (name === 'names' && code === 'platforms') return platforms(value);
  if (value === '' || Number.isNaN(n) || ['account', 'key', 'hashtags'].includes(name)) return value;
  if (['start', 'detected', 'end'].includes(name)) return instant(new Date(n * 1000).toISOString(), zone);
  if (name === 'share' || name === 'top_share') return percent1(n);
  if (['now', 'before', 'shift'].includes(name) && code !== 'platforms') return signed(n);
  return number(n);
}

/** "telegram 62%, x 38%" with the names that the page has for them. */
function platforms(list: string): string {
  return list
    .split(', ')
    .map((part) => {
      const [, key = part, share = ''] = /^(.*) (\d+)%$/.exec(part) ?? [];
      return share ? `${tv('platform', key)} ${percent(Number(share) / 100)}` : key;
    })
    .join(', ');
}
