import { describe, expect, it } from 'vitest';
import type { Histogram } from '$lib/api';
import { bars, bucketAt, span, ticks } from './chart';
import { asText, hexLines } from './hex';

const h: Histogram = {
  unit: 'day',
  zone: 'UTC',
  starts: [0, 10, 20],
  counts: [0, 1, 1000],
  end: 30,
  undated: 0,
};

describe('the histogram', () => {
  it('shows that a bucket is not empty', () => {
    const [none, few, many] = bars(h, 300, 50);
    expect(none?.height).toBe(0);
    expect(few?.height).toBe(1.5);
    expect(many?.height).toBe(50);
    expect(many?.x).toBe(200);
  });

  it('draws nothing of nothing', () => {
    expect(bars({ ...h, starts: [], counts: [] }, 300, 50)).toEqual([]);
    expect(ticks(0, 5)).toEqual([]);
  });

  it('finds the bucket under the pointer', () => {
    expect(bucketAt(-5, 300, 3)).toBe(0);
    expect(bucketAt(150, 300, 3)).toBe(1);
    expect(bucketAt(999, 300, 3)).toBe(2);
  });

  it('gives the span of a drag in either direction, the last bucket included', () => {
    expect(span(h, 1, 2)).toEqual({ from: 10, to: 30 });
    expect(span(h, 1, 0)).toEqual({ from: 0, to: 20 });
  });

  it('has no more ticks than fit', () => {
    expect(ticks(160, 8)).toHaveLength(8);
    expect(ticks(3, 8)).toEqual([0, 1, 2]);
  });
});

describe('raw bytes', () => {
  it('are shown in lines of sixteen from where they are', () => {
    const lines = hexLines(new TextEncoder().encode('{"a":"é"}\n12345678'), 0x1000);
    expect(lines[0]).toEqual({
      at: '00001000',
      hex: '7b 22 61 22 3a 22 c3 a9 22 7d 0a 31 32 33 34 35',
      text: '{"a":"··"}·12345',
    });
    expect(lines[1]?.at).toBe('00001010');
    expect(lines).toHaveLength(2);
  });

  it('that are no UTF-8 are shown as such', () => {
    expect(asText(new Uint8Array([0x61, 0xff, 0x62]))).toBe('a\uFFFDb');
  });
});
