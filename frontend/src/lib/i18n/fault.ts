import type { Fault } from '$lib/api';
import { has, t } from './index.svelte';

/** The sentence for a fault in the language of the page; a code that has none says its English sentence. */
export function faultText(fault: Fault): string {
  const key = `fault.${fault.code}`;
  return has(key) ? t(key, fault.params) : t('fault.unexpected', { message: fault.message });
}
