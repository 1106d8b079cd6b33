// ECharts with what the page draws and nothing else: a piece of its own, fetched when the first chart is.
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { Drawable } from './dress';

use([
  BarChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export { init };

export interface Size {
  width: number;
  height: number;
}

/** A chart as the text of an SVG file; made without the page, so that the policy has nothing to say of it. */
export function drawSvg(option: Drawable, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(option);
    return still(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** Without what a drawing needs to answer a pointer; in texts these patterns cannot stand, since quotes are escaped. */
const still = (svg: string): string =>
  svg
    .replace(/<style ?>\s*<!\[CDATA\[.*?\]\]>\s*<\/style>\s*/s, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="\w*")/g, '');

/** A chart as a PNG file in base64, at twice the size so that it prints well. */
export function drawPng(option: Drawable, size: Size): string {
  const chart = init(document.createElement('div'), null, {
    renderer: 'canvas',
    ...size,
    devicePixelRatio: 2,
  });
  try {
    chart.setOption(option);
    const url = chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: '#ffffff' });
    return url.slice(url.indexOf(',') + 1);
  } finally {
    chart.dispose();
  }
}
