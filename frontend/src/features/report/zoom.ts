import type { Size } from './pdf';

// How large pages are shown and which of them are in view. At 100 % an inch of paper is 96 CSS pixels.

const PER_POINT = 96 / 72;
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
/** Space around and between pages, in CSS pixels. */
export const GAP = 16;
/** A page that fills a large screen is harder to read than one that does not. */
const MOST_FIT = 2;

export type Zoom = 'fit' | number;

/** CSS pixels per point for a zoom, in a view of so many CSS pixels. */
export function scaleOf(zoom: Zoom, sizes: readonly Size[], view: number): number {
  if (zoom !== 'fit') return zoom * PER_POINT;
  const widest = Math.max(1, ...sizes.map((size) => size.width));
  return Math.min(Math.max((view - 2 * GAP) / widest, 0.2), MOST_FIT * PER_POINT);
}

/** What is shown of a scale, such as 1.25. */
export const zoomOf = (scale: number): number => scale / PER_POINT;

/** The next larger or smaller step from a scale; the same scale's zoom at the end. */
export function stepFrom(scale: number, by: 1 | -1): number {
  const now = zoomOf(scale);
  const next = by > 0 ? STEPS.find((step) => step > now + 0.01) : STEPS.findLast((step) => step < now - 0.01);
  return next ?? now;
}

/** Where each page begins, in CSS pixels from the top, and where the last one ends. */
export function places(sizes: readonly Size[], scale: number): number[] {
  const out = [GAP];
  for (const size of sizes) out.push((out.at(-1) ?? 0) + Math.round(size.height * scale) + GAP);
  return out;
}

/** The page (from 1) that takes up the middle of the view. */
export function pageAt(tops: readonly number[], top: number, height: number): number {
  const middle = top + height / 2;
  let page = 1;
  while (page < tops.length - 1 && (tops[page] ?? 0) <= middle) page++;
  return page;
}

/** Whether a page (from 1) is in view or about to be. */
export function near(tops: readonly number[], page: number, top: number, height: number): boolean {
  const begin = tops[page - 1] ?? 0;
  const end = tops[page] ?? begin;
  return end > top - height && begin < top + 2 * height;
}
