import type { Histogram } from '$lib/api';

export interface Bar {
  x: number;
  width: number;
  height: number;
}

/** Bars of a histogram in a box; a bucket with posts is never less than 1.5 px high. */
export function bars(h: Histogram, width: number, height: number): Bar[] {
  const n = h.counts.length;
  const step = n ? width / n : 0;
  const top = Math.max(1, ...h.counts);
  const gap = step > 4 ? 1 : 0;
  return h.counts.map((count, i) => ({
    x: i * step,
    width: Math.max(0.5, step - gap),
    height: count === 0 ? 0 : Math.max(1.5, (count / top) * height),
  }));
}

/** The bucket at a horizontal position. */
export function bucketAt(x: number, width: number, n: number): number {
  return Math.max(0, Math.min(n - 1, Math.floor((x / Math.max(1, width)) * n)));
}

/** The span from the start of one bucket to the end of another, in Unix seconds. */
export function span(h: Histogram, a: number, b: number): { from: number; to: number } {
  const [first, last] = a <= b ? [a, b] : [b, a];
  return { from: h.starts[first] ?? 0, to: h.starts[last + 1] ?? h.end };
}

/** Buckets under which a tick stands: at most `most`, evenly spread, none at the very end. */
export function ticks(n: number, most: number): number[] {
  if (n === 0) return [];
  const step = Math.max(1, Math.ceil(n / Math.max(1, most)));
  const out: number[] = [];
  for (let i = 0; i < n; i += step) out.push(i);
  return out;
}
