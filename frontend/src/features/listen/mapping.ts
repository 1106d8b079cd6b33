import type { MappingField, MappingProfile, ProfileGuess } from '$lib/api';

/** What kind of value a post's field takes. */
export type Sort = 'text' | 'word' | 'time' | 'count' | 'list' | 'float' | 'bool';

/** The fields of a post that a column can become, in the order in which they are offered. */
export const FIELDS = {
  text: 'text',
  title: 'text',
  created: 'time',
  id: 'word',
  url: 'word',
  'author.handle': 'word',
  'author.name': 'word',
  'author.id': 'word',
  'counts.likes': 'count',
  'counts.comments': 'count',
  'counts.shares': 'count',
  'counts.views': 'count',
  lang: 'word',
  platform: 'word',
  type: 'word',
  kind: 'word',
  visibility: 'word',
  reply_to: 'word',
  repost_of: 'word',
  quote_of: 'word',
  thread: 'word',
  hashtags: 'list',
  mentions: 'list',
  links: 'list',
  images: 'list',
  videos: 'list',
  'place.name': 'word',
  'place.country': 'word',
  'place.lat': 'float',
  'place.lon': 'float',
  edited: 'time',
  captured: 'time',
  'author.url': 'word',
  'author.description': 'text',
  'author.followers': 'count',
  'author.following': 'count',
  'author.posts': 'count',
  'author.created': 'time',
  'author.verified': 'bool',
  'author.bot': 'bool',
  'author.gender': 'word',
  'author.place': 'word',
  'author.country': 'word',
} as const satisfies Record<string, Sort>;

export type FieldName = keyof typeof FIELDS;
export const isField = (name: string): name is FieldName => name in FIELDS;

/** How the values of a field can be read: "member:value" of the profile's field; "" is as they are. */
const READINGS: Record<Sort, readonly string[]> = {
  text: ['', 'as:html', 'unescape:yes'],
  word: [],
  time: ['', 'as:unix', 'as:unix_ms'],
  count: ['', 'decimal:.', 'decimal:,'],
  float: ['', 'decimal:,'],
  list: ['', 'separator:,', 'separator:;', 'separator:|', 'separator: ', 'as:json'],
  bool: [],
};

export const readingsOf = (field: string): readonly string[] =>
  isField(field) ? READINGS[FIELDS[field]] : [];

/** A field as an object, whichever way it is written. */
export const fieldOf = (value: MappingField | string | undefined): MappingField =>
  typeof value === 'string' ? { from: [value] } : (value ?? {});

const columnsOf = (value: MappingField | string | undefined): string[] => {
  const { from } = fieldOf(value);
  return typeof from === 'string' ? [from] : (from ?? []);
};

/** What a column becomes; "" when it is left out. */
export function targetOf(profile: MappingProfile, column: string): string {
  return Object.keys(profile.fields).find((name) => columnsOf(profile.fields[name]).includes(column)) ?? '';
}

/** The profile with a column that becomes a field, or is left out (""). Several columns of one field: the first filled counts. */
export function withTarget(profile: MappingProfile, column: string, field: string): MappingProfile {
  const fields: MappingProfile['fields'] = {};
  for (const [name, value] of Object.entries(profile.fields)) {
    const from = columnsOf(value);
    if (!from.includes(column)) {
      fields[name] = value;
      continue;
    }
    const rest = from.filter((c) => c !== column);
    if (rest.length) fields[name] = { ...fieldOf(value), from: rest };
  }
  const ignore = (profile.ignore ?? []).filter((c) => c !== column);
  if (field === '') return { ...profile, fields, ignore: [...ignore, column] };
  const { template: _template, const: _const, ...kept } = fieldOf(fields[field]);
  fields[field] = { ...kept, from: [...columnsOf(kept), column] };
  return { ...profile, fields, ignore };
}

/** How a field's values are read, as one of its readings; null when the profile says something of its own. */
export function readingOf(profile: MappingProfile, field: string): string | null {
  const { as = '', decimal = '', separator = '', unescape = false } = fieldOf(profile.fields[field]);
  const said = [
    as && as !== 'auto' && as !== 'text' ? `as:${as}` : '',
    decimal ? `decimal:${decimal}` : '',
    separator ? `separator:${separator}` : '',
    unescape ? 'unescape:yes' : '',
  ].filter(Boolean);
  if (said.length > 1) return null;
  const reading = said[0] ?? '';
  return readingsOf(field).includes(reading) ? reading : null;
}

/** The profile with a field that is read in another way. */
export function withReading(profile: MappingProfile, field: string, reading: string): MappingProfile {
  const {
    as: _as,
    decimal: _decimal,
    separator: _separator,
    unescape: _unescape,
    ...kept
  } = fieldOf(profile.fields[field]);
  const at = reading.indexOf(':');
  const value = reading.slice(at + 1);
  const said = reading === '' ? {} : { [reading.slice(0, at)]: value === 'yes' ? true : value };
  return { ...profile, fields: { ...profile.fields, [field]: { ...kept, ...said } } };
}

/** What a profile cannot do without. */
export type Lack = 'name' | 'platform' | 'text';

export function lacks(profile: MappingProfile): Lack[] {
  const out: Lack[] = [];
  if (!profile.name.trim()) out.push('name');
  if (!profile.platform?.trim() && !('platform' in profile.fields)) out.push('platform');
  const media = profile.kind === 'media' && 'id' in profile.fields;
  if (!('text' in profile.fields) && !('title' in profile.fields) && !media) out.push('text');
  return out;
}

/** The fields that a profile fills from something else than columns of this table. */
export const fixedFields = (profile: MappingProfile, columns: readonly string[]): string[] =>
  Object.keys(profile.fields).filter(
    (name) => !columnsOf(profile.fields[name]).some((c) => columns.includes(c)),
  );

/** A profile made for another table, for this one: what its columns lack is taken out, and its signature is this table's. */
export function adapted(profile: MappingProfile, guess: ProfileGuess): MappingProfile {
  const columns = (guess.columns ?? []).map((column) => column.name);
  const fields: MappingProfile['fields'] = {};
  for (const [name, value] of Object.entries(profile.fields)) {
    const from = columnsOf(value);
    const here = from.filter((c) => columns.includes(c));
    if (!from.length) fields[name] = value;
    else if (here.length) fields[name] = { ...fieldOf(value), from: here };
  }
  const { required: _required, optional: _optional, ...rest } = profile;
  const json = guess.container === 'json';
  return {
    ...rest,
    fields,
    header: json ? (guess.profile.header ?? []) : columns,
    ...(json ? { rows: 'json' } : {}),
    ignore: columns.filter((c) => !Object.values(fields).some((value) => columnsOf(value).includes(c))),
  };
}
