// The shapes that cross the seam between the page and Go. Names are the JSON names of backend/model,
// backend/workspace and app; app/types_test.go holds the two sides together.

export type Tlp = 'red' | 'amber+strict' | 'amber' | 'green' | 'clear';
export type Yardstick = 'icd203' | 'phia';
export type Polarity = 'negative' | 'neutral' | 'positive' | 'unknown';
export type Sort = 'time' | 'time_asc' | 'relevance' | 'engagement';

export interface CaseMeta {
  id: string;
  name: string;
  owner: string;
  purpose: string;
  basis?: string;
  tlp: Tlp;
  yardstick: Yardstick;
  zone: string;
  retain_until?: string;
  training?: boolean;
  created: string;
}

export interface RecentCase {
  id: string;
  name: string;
  owner: string;
  dir: string;
  opened: string;
  exists: boolean;
}

export interface CustodyHead {
  size: number;
  root: string;
  head: string;
}

export interface Info {
  meta: CaseMeta;
  dir: string;
  read_only: boolean;
  encrypted: boolean;
  posts: number;
  accounts: number;
  batches: number;
  bytes: number;
  by_platform: Record<string, number> | null;
  by_type: Record<string, number> | null;
  by_lang: Record<string, number> | null;
  custody: CustodyHead;
  indexed: number;
  interrupted: number;
}

/** A folder that the user chose in the system's own dialog. The token stands for it; the path is for reading only. */
export interface Folder {
  token: string;
  path: string;
  is_case: boolean;
}

/** What the form for a new case says. */
export interface NewCase {
  name: string;
  owner: string;
  purpose: string;
  basis: string;
  tlp: Tlp;
  yardstick: Yardstick;
  zone: string;
  retain_until: string;
}

export interface Selection {
  query?: string;
  include?: Record<string, string[]>;
  exclude?: Record<string, string[]>;
  from?: string;
  to?: string;
  subject?: string;
}

export interface SearchRequest {
  selection: Selection;
  sort?: Sort;
  offset?: number;
  limit?: number;
  facets?: string[];
  facet_limit?: number;
  buckets?: number;
}

export interface Span {
  start: number;
  end: number;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export interface Histogram {
  unit: string;
  zone: string;
  starts: number[];
  counts: number[];
  end: number;
  undated: number;
}

/** One page of a selection, posts cut to what a list row shows. */
export interface SearchPage {
  total: number;
  took_ms: number;
  posts: Row[] | null;
  facets?: Record<string, FacetValue[]>;
  histogram?: Histogram;
  unindexed: number;
}

/** A post as a list row shows it; lead and cut say that text is missing before and after what is here. */
export interface Row {
  id: string;
  platform: string;
  type: string;
  kind: string;
  author: Author;
  title?: string;
  text: string;
  lead?: boolean;
  cut?: boolean;
  spans?: Span[];
  lang: string;
  created_at?: string;
  counts?: Counts;
  polarity: Polarity;
  sentiment?: number;
  marks?: Marks;
  media: number;
  links: number;
  sightings: number;
}

export interface Author {
  id?: string;
  handle?: string;
  name?: string;
  followers?: number;
}

export interface Counts {
  likes?: number;
  comments?: number;
  shares?: number;
  views?: number;
}

export interface Marks {
  starred?: boolean;
  labels?: string[];
  note?: string;
  grade?: string;
}

export interface Refs {
  reply_to?: string;
  repost_of?: string;
  quote_of?: string;
  thread?: string;
}

export interface Link {
  url: string;
  domain: string;
}

export interface Media {
  type: string;
  url?: string;
  alt?: string;
  sha256?: string;
  /** The perceptual hash of a picture. */
  phash?: string;
}

export interface Place {
  name?: string;
  country?: string;
  lat?: number;
  lon?: number;
  has_point?: boolean;
  provenance?: string;
}

/** A word that moved the sentiment score; start and end count UTF-8 bytes of the text. */
export interface WordReason {
  word: string;
  weight: number;
  start: number;
  end: number;
}

export interface Locator {
  container: string;
  member?: string;
  offset?: number;
  length?: number;
  row?: number;
  item?: string;
}

export interface PostView {
  id: string;
  uid: string;
  platform: string;
  type: string;
  kind: string;
  author: Author;
  title?: string;
  text: string;
  lang: string;
  created_at?: string;
  created_original?: string;
  zone?: 'stated' | 'assumed' | 'chosen';
  edited_at?: string;
  url?: string;
  counts?: Counts;
  refs?: Refs;
  hashtags?: string[];
  mentions?: string[];
  links?: Link[];
  media?: Media[];
  place?: Place;
  visibility: string;
  platform_lang?: string;
  lang_confidence: number;
  polarity: Polarity;
  sentiment?: number;
  sentiment_words?: WordReason[];
  enrich_version?: string;
  marks?: Marks;
  source?: string;
  mode: string;
  sightings: number;
  sha256: string;
  locator: Locator;
}

export interface Instant {
  time?: string;
  original?: string;
  zone?: 'stated' | 'assumed' | 'chosen';
}

export interface Metric {
  at: Instant;
  counts: Counts;
}

export interface Source {
  name?: string;
  reliability: string;
  mode: string;
  authority?: string;
  url?: string;
}

export interface CustodyRow {
  index: number;
  at: string;
  actor: string;
  action: string;
  object: string;
  hash: string;
}

/** A post as it was seen another time. */
export interface Version {
  title?: string;
  text: string;
  url?: string;
  edited_at?: string;
  /** Fields in which it differs from the first sighting, as in a post. */
  changed: string[];
}

export interface SightingDetail {
  id: number;
  post_id: number;
  batch: number;
  seq: number;
  locator: Locator;
  sha256: string;
  seen_at: Instant;
  counts: Counts;
  differs?: boolean;
  manual?: boolean;
  log_index: number;
  file: string;
  format: string;
  source: Source;
  custody: CustodyRow;
  version?: Version;
}

export interface PostDetail {
  post: PostView;
  thread: PostView[] | null;
  metrics: Metric[] | null;
  sightings: SightingDetail[] | null;
}

/** What bytes are asked of: a post's sighting, or a rejected record of a batch. */
export type RawOf = { post: string; sighting: number } | { batch: number; seq: number };

/** Which of the bytes to read. */
export type RawRequest = RawOf & { offset: number; limit: number };

/** A window of the evidence. */
export interface RawWindow {
  bytes: Uint8Array;
  offset: number;
  size: number;
  exact: boolean;
}

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  lang: 'system' | 'en' | 'es';
  density: 'comfortable' | 'compact';
  /** In per cent, 90 to 150. */
  text_size: number;
  facets_width: number;
  detail_width: number;
}

export interface About {
  version: string;
  platform: string;
  go: string;
  zone: string;
}

/** A text about whose work the program is made of; name is the file's. */
export interface Licence {
  name: string;
  text: string;
}

export interface Progress {
  job: string;
  stage: string;
  object?: string;
  done: number;
  total: number;
  unit: string;
  rate: number;
  seconds_left: number;
}

/** Every failure that reaches the page: a stable code to translate, and the values for its sentence. */
export interface FaultBody {
  code: string;
  message: string;
  params?: Record<string, string>;
}
