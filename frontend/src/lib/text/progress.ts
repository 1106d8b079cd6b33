import type { Job, Progress } from '$lib/api';
import { t, tv } from '$lib/i18n/index.svelte';
import { bytes, number, percent } from './format';

/** So many seconds, as a person says it: "12 s", "3 min", "1 h 05 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const amount = (n: number, unit: string) =>
  unit === 'bytes' ? bytes(n) : `${number(Math.round(n))} ${tv('unit', unit)}`;

/** How far a job is: its stage, how much of how much, the rate, and the time left where that is known. */
export function progressText(p: Progress): string {
  const done = p.total
    ? t('jobs.done_of', {
        done: amount(p.done, p.unit),
        total: amount(p.total, p.unit),
        share: percent(p.done / p.total),
      })
    : amount(p.done, p.unit);
  return [
    tv('stage', p.stage),
    done,
    p.rate >= 1 ? t('jobs.rate', { rate: amount(p.rate, p.unit) }) : '',
    p.seconds_left >= 1 ? t('jobs.left', { time: duration(p.seconds_left) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

interface Batches {
  batches?: { read: number; accepted: number; duplicate: number; rejected: number }[] | null;
}

/** What a job did, in a sentence; "" where its kind says enough. */
export function jobResult(job: Job): string {
  const result = job.result;
  if (typeof result !== 'object' || result === null) return '';
  if (job.kind === 'import') {
    const sum = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
    for (const batch of (result as Batches).batches ?? []) {
      sum.read += batch.read;
      sum.accepted += batch.accepted;
      sum.duplicate += batch.duplicate;
      sum.rejected += batch.rejected;
    }
    return t('jobs.import_result', {
      read: number(sum.read),
      accepted: number(sum.accepted),
      duplicate: number(sum.duplicate),
      rejected: number(sum.rejected),
    });
  }
  if (job.kind === 'verify') {
    const { ok, found } = result as { ok?: boolean; found?: number };
    return ok ? t('jobs.verified') : t('jobs.not_verified', { n: number(found ?? 0) });
  }
  const { file } = result as { file?: string };
  return file ?? '';
}
