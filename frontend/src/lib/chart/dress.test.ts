import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChartOption } from '$lib/api';
import { dress, plain, type Dressing } from './dress';
import { drawSvg } from './echarts';
import { inkOn, onGround, PAPER } from './look';

const HOSTILE = '</text><script>alert(1)</script><img src=x onerror=alert(1)> {b|bold}';

const option: ChartOption = {
  series: [
    { name: HOSTILE, type: 'bar', stack: 'all', itemStyle: { color: '#1A1F2B' }, data: [{ value: 60 }] },
    { name: 'Two', type: 'bar', stack: 'all', itemStyle: { color: '#E69F00' }, data: [{ value: 40 }] },
  ],
  xAxis: [{ type: 'value', name: 'Share (%)', max: 100 }],
  yAxis: [{ type: 'category', inverse: true, data: [HOSTILE] }],
};

const dressing: Dressing = {
  look: PAPER,
  words: { value: (v) => `${v} %`, axis: String, tip: () => [HOSTILE] },
};

// jsdom has no canvas; without one ECharts estimates how wide texts are.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

describe('dress', () => {
  it('makes no markup of what strangers wrote', () => {
    const svg = drawSvg(dress(option, { ...dressing, title: { text: HOSTILE, subtitle: HOSTILE } }), {
      width: 600,
      height: 300,
    });
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/<(script|img|style|foreignObject|image|a)\b/);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/\s(on\w+|class|ecmeta_\w+)="/);
    expect(svg).toContain('60 %');
  });

  it('shows tooltips as text that is drawn', () => {
    const words = { ...dressing.words, tip: () => ['{b|bold}', HOSTILE] };
    const { tooltip } = dress(option, { ...dressing, words }) as {
      tooltip: { renderMode: string; formatter: (params: unknown) => string };
    };
    expect(tooltip.renderMode).toBe('richText');
    expect(tooltip.formatter([{ dataIndex: 0 }])).toContain('{\u2060b|bold}');
    expect(plain('{a|b}')).toBe('{\u2060a|b}');
  });

  it('keeps the colours, but for those of paper on a dark ground', () => {
    const dark = { ...PAPER, dark: true };
    expect(onGround('#E69F00', dark)).toBe('#E69F00');
    expect(onGround('#1A1F2B', dark)).not.toBe('#1A1F2B');
    expect(onGround('#1A1F2B', PAPER)).toBe('#1A1F2B');
    expect(inkOn('#1A1F2B')).toBe('#ffffff');
    expect(inkOn('#E69F00')).toBe('#000000');
    expect(inkOn('transparent')).toBe('#000000');
  });
});
