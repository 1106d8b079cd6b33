import type { FileInspection, ImportOptions, Source } from '$lib/api';

export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const MODES = ['open', 'signed-in', 'interactive', 'closed', 'unstated'] as const;
/** The importers' names, as the program knows them (backend/importer/formats); "" recognises a file by its content. */
export const FORMATS = [
  '',
  'x-api-v2',
  'x-api-v1',
  'x-archive',
  'x-graphql',
  'snscrape',
  'zeeschuimer',
  'tiktok-export',
  'bluesky',
  'mastodon',
  'activitypub',
  'lemmy',
  'reddit',
  'youtube',
  'telegram',
  'whatsapp',
  'discord',
  'slack',
  'mbox',
  'facebook-export',
  'instagram-export',
  'meta-graph-api',
  'discourse',
  'hackernews',
  'stackexchange',
  'phpbb',
  'feed',
  'web-page',
  'mhtml',
  'har',
  'warc',
  'image',
  'table',
  'manual',
] as const;
export const ORDERS = ['', 'dmy', 'mdy', 'ymd'] as const;
export const ENCODINGS = [
  '',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1251',
  'shift_jis',
] as const;

export const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export const emptySource = (): Source => ({ name: '', reliability: 'F', mode: 'unstated', authority: '' });

/** The choices at the start: everything is left to what the files say. */
export const emptyOptions = (): ImportOptions => ({
  source: emptySource(),
  profile: '',
  format: '',
  zone: '',
  date_order: '',
  encoding: '',
  include_private: false,
});

/** What the files themselves do not say, so that the analyst is asked. */
export interface Questions {
  zone: boolean;
  order: boolean;
  mapping: boolean;
}

export function questions(files: readonly FileInspection[]): Questions {
  const open = (key: string, says = '') =>
    files.some((file) => {
      const value = file.assumed?.[key];
      return value !== undefined && value.includes(says);
    });
  return {
    zone: open('zone'),
    order: open('date_order', 'nothing says'),
    mapping: files.some((file) => file.code === 'needs_mapping'),
  };
}

/** Whether a text is the JSON of one object, or empty. */
export function isProfile(text: string): boolean {
  if (!text.trim()) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
