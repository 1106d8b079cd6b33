import { describe, expect, it } from 'vitest';
import { fullHeight, MAX_HEIGHT, moved, reveal, spacerHeight, toScroll, toTop, visible } from './virtual';

const small = { count: 100, row: 67, view: 600 };
const million = { count: 1_000_000, row: 67, view: 600 };

describe('a short list', () => {
  it('scrolls one to one', () => {
    expect(spacerHeight(small)).toBe(6700);
    expect(moved(0, 0, 1234, small)).toBe(1234);
    expect(toScroll(500, small)).toBeCloseTo(500, 6);
  });

  it('draws what is in view and a little more', () => {
    expect(visible(670, small, 2)).toEqual({ first: 8, last: 21 });
    expect(visible(0, { ...small, count: 3 }, 2)).toEqual({ first: 0, last: 3 });
    expect(visible(0, { ...small, count: 0 })).toEqual({ first: 0, last: 0 });
  });
});

describe('a million rows', () => {
  it('stay under the height that browsers cap', () => {
    expect(fullHeight(million)).toBe(67_000_000);
    expect(spacerHeight(million)).toBe(MAX_HEIGHT);
  });

  it('can be reached to the last by the scroll bar', () => {
    const end = MAX_HEIGHT - million.view;
    expect(toTop(end, million)).toBe(fullHeight(million) - million.view);
    expect(visible(toTop(end, million), million).last).toBe(million.count);
    expect(visible(moved(0, 0, end, million), million).last).toBe(million.count);
  });

  it('scroll pixel by pixel in small steps', () => {
    expect(moved(30_000_000, 3_500_000, 3_500_120, million)).toBe(30_000_120);
    expect(moved(50, 10, 0, million)).toBe(40);
  });

  it('jump in proportion in large ones', () => {
    expect(moved(0, 0, 4_000_000, million)).toBe(toTop(4_000_000, million));
  });

  it('map back and forth', () => {
    for (const top of [0, 12_345_678, 66_999_400]) {
      expect(toTop(toScroll(top, million), million)).toBeCloseTo(top, 3);
    }
  });

  it('every row can be brought into view', () => {
    for (const index of [0, 1, 499_999, 999_999]) {
      const top = reveal(index, 33_000_000, million);
      expect(index * 67).toBeGreaterThanOrEqual(top);
      expect(index * 67 + 67).toBeLessThanOrEqual(top + million.view);
    }
  });

  it('leave a row that is in view where it is', () => {
    expect(reveal(10, 600, small)).toBe(600);
  });
});
