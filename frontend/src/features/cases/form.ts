import type { CaseMeta, NewCase, Tlp, Yardstick } from '$lib/api';
import type { Key } from '$lib/i18n/index.svelte';

export const TLPS: readonly Tlp[] = ['red', 'amber+strict', 'amber', 'green', 'clear'];
export const YARDSTICKS: readonly Yardstick[] = ['icd203', 'phia'];

export function emptyCase(zone: string): NewCase {
  return {
    name: '',
    owner: '',
    purpose: '',
    basis: '',
    tlp: 'amber',
    yardstick: 'icd203',
    zone,
    retain_until: '',
  };
}

/** The form as it describes a case that is there. */
export function caseForm(meta: CaseMeta): NewCase {
  return {
    name: meta.name,
    owner: meta.owner,
    purpose: meta.purpose,
    basis: meta.basis ?? '',
    tlp: meta.tlp,
    yardstick: meta.yardstick,
    zone: meta.zone,
    retain_until: meta.retain_until ?? '',
  };
}

export type Errors = Partial<Record<keyof NewCase | 'folder', Key>>;

/** What is missing or wrong in the form; empty when it is complete. A folder of null is not asked for. */
export function problems(form: NewCase, folder: string | null): Errors {
  const out: Errors = {};
  for (const field of ['name', 'owner', 'purpose'] as const) {
    if (!form[field].trim()) out[field] = 'form.required';
  }
  if (!form.zone) out.zone = 'form.required';
  if (form.retain_until && !isDate(form.retain_until)) out.retain_until = 'form.bad_date';
  if (folder === '') out.folder = 'form.no_folder';
  return out;
}

/** Whether a text is a day that exists, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
