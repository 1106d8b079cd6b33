import type { Selection } from './types';

/** Narrows a selection to the posts behind a point of a chart; from is inclusive, to exclusive. */
export interface Refinement {
  from?: string;
  to?: string;
  include?: Record<string, string[]>;
  exclude?: Record<string, string[]>;
  subject?: string;
}

export type PanelKind =
  | 'volume'
  | 'sentiment'
  | 'voice'
  | 'topics'
  | 'accounts'
  | 'hashtags'
  | 'domains'
  | 'types'
  | 'languages'
  | 'platforms'
  | 'alerts';

export type Cell = string | number | boolean | null;

/** A panel's numbers: stable names of columns, instants as RFC 3339 in UTC. */
export interface NumberTable {
  header: string[];
  rows: Cell[][];
}

/** One chart with its numbers. Points[series][place] leads to the posts behind a point, null where there is no way. */
export interface Panel {
  kind: PanelKind;
  title: string;
  subtitle: string;
  empty: boolean;
  /** How many values the panel's dimension has in the selection; 0 for a panel without one. */
  distinct: number;
  option: ChartOption;
  points: (Refinement | null)[][];
  table: NumberTable;
}

/** What the page reads of the ECharts option that Go writes. */
export type ChartOption = Readonly<{
  series: readonly ChartSeries[];
  xAxis: readonly ChartAxis[];
  yAxis: readonly ChartAxis[];
}>;

export type ChartSeries = Readonly<{
  name?: string;
  type: string;
  stack?: string;
  itemStyle?: { color?: string };
  data: readonly ChartValue[];
}>;

export type ChartValue = Readonly<{ value: number; itemStyle?: { color?: string } }>;

export type ChartAxis = Readonly<{
  type: string;
  name?: string;
  max?: number | null;
  inverse?: boolean;
  data?: readonly string[];
}>;

export interface AlertReason {
  code: string;
  values?: Record<string, string>;
}

/** A stretch of time in which a series was above the threshold; Unix seconds. */
export interface Alert {
  id: string;
  series: string;
  label: string;
  start: number;
  peak: number;
  end: number;
  score: number;
  observed: number;
  expected: number;
  posts: number;
  reasons: AlertReason[] | null;
  post_ids: string[] | null;
}

export interface AlertSeen {
  name: string;
  alert: Alert;
  posts: Refinement | null;
}

/** One episode: the alert that leads it and what else rose with it. */
export interface AlertCard {
  number: number;
  name: string;
  lead: Alert;
  others: AlertSeen[];
  posts: Refinement | null;
}

export interface AlertSummary {
  unit: string;
  threshold: number;
  series: number;
  /** Series with too little history, named in words. */
  too_short: string[];
  cards: AlertCard[];
}

/** What a selection amounts to. */
export interface Situation {
  posts: number;
  /** Posts that words cannot find yet. */
  unindexed: number;
  /** Private and direct posts of the selection that were left out. */
  private: number;
  lang: string;
  panels: Panel[] | null;
  alerts: AlertSummary;
}

export interface RunSpec {
  kind: string;
  params?: Record<string, string>;
  selection: Selection;
}

/** A recorded analysis, without its result. */
export interface Run {
  id: number;
  spec: RunSpec;
  engine: string;
  posts: number;
  fingerprint: string;
  log_index: number;
  result_hash: string;
  at: string;
}

export type ChartFormat = 'png' | 'svg' | 'csv';

/** What a selection shows, and keeping it. */
export interface SituationApi {
  situation(selection: Selection, lang: string): Promise<Situation>;
  /** The selection of the posts behind a point. */
  refine(selection: Selection, point: Refinement): Promise<Selection>;
  /** Records the analyses behind the situation, in a job whose id it gives. */
  recordSituation(selection: Selection): Promise<string>;
  /** Recorded analyses, oldest first. */
  runs(): Promise<Run[]>;
  /** Asks where to save a chart, given as base64, and gives the file's name; "" when the user cancels. */
  saveChart(name: string, format: ChartFormat, data: string, dialog: string): Promise<string>;
}
