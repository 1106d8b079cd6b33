import type { ChartAxis, ChartOption, ChartSeries } from '$lib/api';
import { clip } from '$lib/text/segments';
import { inkOn, onGround, type Look } from './look';

// Makes the option that ECharts draws of the one that Go writes: the same values, words and colours, in the look of
// the page. What strangers wrote stays text: no markup is ever made of it.

export interface Words {
  /** A value at a bar or on the value axis. */
  value: (value: number) => string;
  axis: (value: number) => string;
  /** Lines about a place, for the tooltip. */
  tip: (place: number) => readonly string[];
}

export interface Dressing {
  look: Look;
  words: Words;
  /** For a picture that stands alone. */
  title?: { text: string; subtitle: string };
  /** Values are percent: they end at 100 and may have fractions. */
  percent?: boolean;
  /** Instants on the value axis: where it starts, and how many of its units (hours) lie between two ticks. */
  time?: { name: string; every: number; max: number };
  /** The room for the names of rows, in pixels. */
  names?: number;
  /** What is written at the bars of a series, instead of their values. */
  labels?: readonly string[];
}

/** What ECharts takes. */
export type Drawable = Record<string, unknown>;

const SMALL = 11;
const LONGEST = 60;

/** In a tooltip "{name|text}" is markup of ECharts itself; a joiner that nobody sees takes its meaning away. */
export const plain = (text: string): string => text.replaceAll('{', '{\u2060');

export const isHorizontal = (option: ChartOption): boolean => option.yAxis[0]?.type === 'category';

export function dress(option: ChartOption, d: Dressing): Drawable {
  const horizontal = isHorizontal(option);
  const legend = option.series.length > 1 && option.series.every((s) => s.name);
  return {
    animation: false,
    backgroundColor: d.title ? d.look.surface : 'transparent',
    textStyle: { fontFamily: d.look.font, fontSize: SMALL, color: d.look.ink2 },
    ...(d.title ? { title: title(d.title, d.look) } : {}),
    grid: {
      left: d.title ? 16 : 2,
      right: horizontal && !legend ? 52 : d.title ? 20 : 12,
      top: (d.title ? 60 : 0) + (horizontal ? 2 : 22),
      bottom: (legend ? 26 : 0) + 22 + (d.title ? 10 : 0),
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: legend ? key(d) : { show: false },
    tooltip: tooltip(d),
    xAxis: horizontal ? values(option, d, true) : categories(option.xAxis[0], d, false),
    yAxis: horizontal ? categories(option.yAxis[0], d, true) : values(option, d, false),
    series: option.series.map((s, at) => series(s, at, option, d)),
  };
}

function title({ text, subtitle }: { text: string; subtitle: string }, look: Look): Drawable {
  return {
    text,
    subtext: subtitle,
    left: 16,
    top: 12,
    textStyle: { fontFamily: look.font, fontSize: 16, fontWeight: 600, color: look.ink },
    subtextStyle: { fontFamily: look.font, fontSize: 12, color: look.ink3 },
  };
}

function key({ look, title }: Dressing): Drawable {
  return {
    type: 'scroll',
    left: title ? 16 : 0,
    right: 0,
    bottom: title ? 8 : 0,
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 14,
    icon: 'rect',
    formatter: (name: string) => clip(name, 32),
    textStyle: { fontFamily: look.font, fontSize: SMALL, color: look.ink2 },
    inactiveColor: look.edge,
    pageIconColor: look.ink2,
    pageIconInactiveColor: look.line,
    pageIconSize: 11,
    pageTextStyle: { fontFamily: look.font, fontSize: SMALL, color: look.ink3 },
  };
}

function tooltip({ look, words }: Dressing): Drawable {
  return {
    trigger: 'axis',
    // Drawn by ECharts on its canvas: as HTML it would make markup of what strangers wrote.
    renderMode: 'richText',
    confine: true,
    axisPointer: { type: 'shadow', shadowStyle: { color: look.hover, opacity: 0.5 } },
    backgroundColor: look.surface,
    borderColor: look.edge,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { fontFamily: look.font, fontSize: 12, lineHeight: 18, color: look.ink },
    formatter: (params: unknown) =>
      words
        .tip(placeOf(params))
        .map((line) => plain(clip(line, LONGEST)))
        .join('\n'),
  };
}

/** The place that a tooltip is about; ECharts gives one point of each series. */
function placeOf(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  const place = typeof first === 'object' && first && 'dataIndex' in first ? first.dataIndex : 0;
  return typeof place === 'number' ? place : 0;
}

function categories(axis: ChartAxis | undefined, d: Dressing, horizontal: boolean): Drawable {
  return {
    type: 'category',
    inverse: horizontal,
    // A value that is missing gives an empty label, which ECharts takes for no category at all.
    data: (axis?.data ?? []).map((name) => clip(name, LONGEST) || '–'),
    ...(horizontal || !axis?.name ? {} : named(axis.name, d, 30)),
    axisLine: { lineStyle: { color: d.look.edge } },
    axisTick: { show: false },
    axisLabel: {
      color: d.look.ink2,
      fontFamily: d.look.font,
      fontSize: SMALL,
      hideOverlap: true,
      ...(horizontal
        ? {
            interval: 0,
            width: d.names ?? (d.title ? 220 : 132),
            overflow: 'truncate',
            ellipsis: '…',
            margin: 6,
          }
        : { margin: 6 }),
    },
  };
}

function named(name: string, { look }: Dressing, gap: number): Drawable {
  return {
    name,
    nameLocation: 'middle',
    nameGap: gap - 6,
    nameTextStyle: { fontFamily: look.font, fontSize: SMALL, color: look.ink3 },
  };
}

function values(option: ChartOption, d: Dressing, horizontal: boolean): Drawable {
  const axis = horizontal ? option.xAxis[0] : option.yAxis[0];
  const largest = Math.max(0, ...option.series.flatMap(({ data }) => data.map(({ value }) => value)));
  const { look, words, time } = d;
  const name = time?.name ?? axis?.name ?? '';
  return {
    type: 'value',
    min: 0,
    ...ends(axis, largest, d),
    ...(horizontal
      ? named(name, d, 30)
      : {
          name,
          nameLocation: 'end',
          nameGap: 8,
          nameTextStyle: { fontFamily: look.font, fontSize: SMALL, color: look.ink3, align: 'left' },
        }),
    splitNumber: 3,
    axisLabel: {
      color: look.ink3,
      fontFamily: look.font,
      fontSize: SMALL,
      hideOverlap: true,
      formatter: words.axis,
    },
    splitLine: { lineStyle: { color: look.line } },
  };
}

/** Where the value axis ends; percents near 100 get the whole, the others an axis of their own size. */
function ends(axis: ChartAxis | undefined, largest: number, { time, percent }: Dressing): Drawable {
  if (time) return { max: time.max, interval: time.every };
  if (axis?.max) return { max: axis.max, interval: axis.max / 4 };
  if (percent) return largest > 80 ? { max: 100, interval: 25 } : {};
  return { minInterval: 1 };
}

function series(s: ChartSeries, at: number, option: ChartOption, d: Dressing): Drawable {
  const color = s.itemStyle?.color ?? 'transparent';
  const hidden = color === 'transparent';
  return {
    type: 'bar',
    name: s.name ?? '',
    ...(s.stack ? { stack: s.stack } : {}),
    silent: hidden,
    cursor: 'pointer',
    barMaxWidth: isHorizontal(option) ? 20 : 28,
    barCategoryGap: isHorizontal(option) ? '28%' : '12%',
    barMinHeight: d.time && !hidden ? 3 : 0,
    itemStyle: { color: onGround(color, d.look) },
    emphasis: { disabled: true },
    data: s.data.map(({ value, itemStyle }) => ({
      value,
      ...(itemStyle?.color ? { itemStyle: { color: onGround(itemStyle.color, d.look) } } : {}),
    })),
    label: hidden || !isHorizontal(option) ? { show: false } : label(s, at, option, d),
  };
}

/** Values at the ends of bars; those of a split bar stand in its parts, where they have room. */
function label(s: ChartSeries, at: number, option: ChartOption, d: Dressing): Drawable {
  const split = option.series.length > 1 && option.series.every((one) => one.name);
  return {
    show: true,
    position: split ? 'inside' : 'right',
    fontFamily: d.look.font,
    fontSize: SMALL,
    color: split ? inkOn(onGround(s.itemStyle?.color ?? '', d.look)) : d.look.ink2,
    formatter: (point: unknown) => {
      const place = placeOf(point);
      const value = option.series[at]?.data[place]?.value ?? 0;
      if (split && value < 14) return '';
      return d.labels?.[place] ?? d.words.value(value);
    },
  };
}
