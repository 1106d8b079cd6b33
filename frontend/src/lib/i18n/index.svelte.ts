import en from './en.json';
import es from './es.json';

/** A key of the message files; en.json and es.json have the same ones (npm run i18n). */
export type Key = keyof typeof en;
export type Lang = 'en' | 'es';
type Params = Readonly<Record<string, string | number>>;
type Counted<K> = K extends `${infer Base}.other` ? Base : never;
/** A message that has a form for one and a form for many. */
export type CountedKey = Counted<Key>;

const tables: Record<Lang, Record<string, string>> = { en, es };

class Language {
  lang = $state<Lang>('en');
}

const language = new Language();

export const lang = (): Lang => language.lang;

/** Sets the language of the page: "system" takes the first that it has of those the system asks for. */
export function setLang(choice: Lang | 'system', wanted: readonly string[] = navigator.languages): void {
  const first = wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag in tables);
  language.lang = choice === 'system' ? ((first as Lang | undefined) ?? 'en') : choice;
  document.documentElement.lang = language.lang;
}

/** The message for a key in the language of the page, with {name} replaced by its value. */
export function t(key: Key, params: Params = {}): string {
  return fill(tables[language.lang][key] ?? key, params);
}

/** The message for a number of things; {n} is the number, formatted. */
export function tn(key: CountedKey, n: number, params: Params = {}): string {
  const form = new Intl.PluralRules(language.lang).select(n);
  const table = tables[language.lang];
  const text = table[`${key}.${form}`] ?? table[`${key}.other`] ?? key;
  return fill(text, { n: new Intl.NumberFormat(language.lang).format(n), ...params });
}

/** The message for a value that data decides, such as a platform; the value itself where there is none. */
export function tv(prefix: string, value: string): string {
  return tables[language.lang][`${prefix}.${value}`] ?? value;
}

export const has = (key: string): key is Key => key in en;

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
