import type { Settings } from '$lib/api';

// Browsers cap an element's height (Chromium near 33 M px, WebKit near 17 M), a list of a million rows is
// taller. The scroll bar therefore covers at most MAX px; small movements scroll pixel by pixel, large ones
// (dragging the thumb, Home, End) jump in proportion, so that every row can be reached.

export const MAX_HEIGHT = 8_000_000;

/** Height of a row in px: what --line-row and --row-pad of app.css give for the density and text size. */
export function rowHeight(settings: Pick<Settings, 'density' | 'text_size'>): number {
  const pad = settings.density === 'compact' ? 0.1875 : 0.375;
  return (16 * (3 * 1.125 + 2 * pad) * settings.text_size) / 100 + 1;
}

export interface Geometry {
  count: number;
  row: number;
  view: number;
}

/** Height of the whole list in px, were there no cap. */
export const fullHeight = (g: Geometry): number => g.count * g.row;

/** Height that the scrolled element gets. */
export const spacerHeight = (g: Geometry): number => Math.min(fullHeight(g), MAX_HEIGHT);

const span = (height: number, g: Geometry): number => Math.max(0, height - g.view);

/** Position in the whole list for a position of the scroll bar. */
export function toTop(scrollTop: number, g: Geometry): number {
  const bar = span(spacerHeight(g), g);
  return bar === 0 ? 0 : (Math.min(scrollTop, bar) / bar) * span(fullHeight(g), g);
}

/** Position of the scroll bar for a position in the whole list. */
export function toScroll(top: number, g: Geometry): number {
  const full = span(fullHeight(g), g);
  return full === 0 ? 0 : (Math.min(top, full) / full) * span(spacerHeight(g), g);
}

/** New position in the list when the scroll bar moved from one place to another. */
export function moved(top: number, from: number, to: number, g: Geometry): number {
  const full = span(fullHeight(g), g);
  if (fullHeight(g) <= MAX_HEIGHT) return Math.min(to, full);
  const step = to - from;
  if (Math.abs(step) > g.view * 2) return toTop(to, g);
  return Math.max(0, Math.min(full, top + step));
}

export interface Range {
  first: number;
  last: number;
}

/** Rows to draw: those in view and some above and below; last is not included. */
export function visible(top: number, g: Geometry, extra = 6): Range {
  const first = Math.max(0, Math.floor(top / g.row) - extra);
  const last = Math.min(g.count, Math.ceil((top + g.view) / g.row) + extra);
  return { first, last: Math.max(first, last) };
}

/** The position that brings a row into view with the least movement. */
export function reveal(index: number, top: number, g: Geometry): number {
  const start = index * g.row;
  if (start < top) return start;
  const end = start + g.row;
  return end > top + g.view ? Math.min(end - g.view, span(fullHeight(g), g)) : top;
}
