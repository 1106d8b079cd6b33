import { lang, t, tv } from '$lib/i18n/index.svelte';

// How a facet's values read: some have names of their own, the others read as the data gives them.

const NAMED = new Set(['platform', 'type', 'kind', 'polarity', 'mode', 'visibility', 'has']);

/** The name of a facet's value in the language of the page. */
export function valueLabel(facet: string, value: string, label = value): string {
  if (facet === 'lang') return langName(value);
  if (facet === 'country') return regionName(value);
  if (NAMED.has(facet)) return tv(facet, value);
  return label;
}

export function langName(code: string): string {
  if (!code || code === 'und') return t('lang.und');
  return displayName('language', code);
}

const regionName = (code: string) => displayName('region', code);

function displayName(type: 'language' | 'region', code: string): string {
  try {
    const name = new Intl.DisplayNames([lang()], { type }).of(code) ?? code;
    // Labels stand alone here, so that they begin with a capital in every language.
    return name.charAt(0).toLocaleUpperCase(lang()) + name.slice(1);
  } catch {
    return code;
  }
}
