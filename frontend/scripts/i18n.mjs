// Checks the message files: the same keys in both, no key missing or unused, nothing untranslated, the same
// {parameters}, and no text written into a .svelte file instead of a key. Exits 1 on any finding.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';

const root = new URL('../src/', import.meta.url).pathname;
const read = (path) => readFileSync(path, 'utf8');
const table = (lang) => JSON.parse(read(join(root, `lib/i18n/${lang}.json`)));
const en = table('en');
const es = table('es');
/** Messages that are the same in both languages: names, marks, and words that Spanish shares. */
const same = new Set(JSON.parse(read(join(root, 'lib/i18n/same.json'))));
const findings = [];
const find = (text) => findings.push(text);

const files = readdirSync(root, { recursive: true })
  .map((name) => join(root, name))
  .filter((path) => /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts'));

compareTables();
const used = usedKeys();
for (const key of Object.keys(en)) if (!used(key)) find(`unused: ${key}`);
for (const path of files.filter((name) => name.endsWith('.svelte'))) hardCoded(path);

for (const text of findings) console.error(text);
console.log(`i18n: ${Object.keys(en).length} keys, ${files.length} files, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);

function compareTables() {
  const params = (text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const key of new Set([...Object.keys(en), ...Object.keys(es)])) {
    if (!(key in en)) find(`missing in en: ${key}`);
    else if (!(key in es)) find(`missing in es: ${key}`);
    else if (!en[key] || !es[key]) find(`empty: ${key}`);
    else if (en[key] === es[key] && !same.has(key)) find(`untranslated in es: ${key}`);
    else if (en[key] !== es[key] && same.has(key)) find(`translated, yet in same.json: ${key}`);
    else if (params(en[key]) !== params(es[key])) find(`other parameters: ${key}`);
  }
  for (const key of same) if (!(key in en)) find(`in same.json, yet no key: ${key}`);
}

/** Whether a key is used: written out, counted with tn(), or under a prefix that is put together at run time. */
function usedKeys() {
  const literal = new Set();
  const prefixes = new Set();
  for (const path of files) {
    const text = read(path);
    for (const [, key] of text.matchAll(/['"`]([a-z]\w*\.[\w.+-]+)['"`]/g)) literal.add(key);
    for (const [, prefix] of text.matchAll(/`([a-z]\w*\.(?:\w+\.)*)\$\{/g)) prefixes.add(prefix);
    for (const [, prefix] of text.matchAll(/\btv\(\s*'(\w+)'/g)) prefixes.add(`${prefix}.`);
    for (const [, list] of text.matchAll(/const NAMED = new Set\(\[([^\]]*)\]/g)) {
      for (const [, prefix] of list.matchAll(/'(\w+)'/g)) prefixes.add(`${prefix}.`);
    }
    for (const [, key] of text.matchAll(/\bt\(\s*'([^']+)'/g))
      if (!(key in en)) find(`no such key: ${key} in ${path}`);
    for (const [, key] of text.matchAll(/\btn\(\s*'([^']+)'/g)) {
      if (!(`${key}.other` in en) || !(`${key}.one` in en)) find(`no counted key: ${key} in ${path}`);
    }
  }
  return (key) =>
    literal.has(key) ||
    literal.has(key.replace(/\.(one|other)$/, '')) ||
    [...prefixes].some((prefix) => key.startsWith(prefix));
}

/** Text nodes and spoken attributes of a component that hold letters. */
function hardCoded(path) {
  const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'text', 'aria-valuetext']);
  // Names that are the same in every language.
  const plain = /^(?:SHA-256|TLP:|#|@|[\d\W]*)$/;
  const visit = (node) => {
    if (!node || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    if (node.type === 'Text' && !plain.test(node.data.trim())) find(`text in ${path}: ${node.data.trim()}`);
    if (node.type === 'StyleDirective') return;
    if (node.type === 'Attribute') {
      if (!spoken.has(node.name) || !Array.isArray(node.value)) return;
      for (const part of node.value) {
        if (part.type === 'Text' && !plain.test(part.data.trim()))
          find(`text in ${path}: ${node.name}="${part.data}"`);
      }
      return;
    }
    for (const [key, child] of Object.entries(node))
      if (key !== 'attributes' || Array.isArray(child)) visit(child);
  };
  visit(parse(read(path), { modern: true }).fragment);
}
