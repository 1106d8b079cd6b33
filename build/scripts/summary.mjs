// summary.mjs CACHE: adds up what the three test runners counted, and prints
// the closing line of each and of all.
import { readFileSync } from 'node:fs';

const dir = process.argv[2];
const read = (name) => {
  try {
    return readFileSync(`${dir}/${name}`, 'utf8');
  } catch {
    return '';
  }
};
const strip = (s) => s.replace(/\u001b\[[0-9;]*m/g, '');

const go = { passed: 0, failed: 0, skipped: 0 };
for (const line of read('gotests.json').split('\n')) {
  if (!line) continue;
  const e = JSON.parse(line);
  if (!e.Test) continue;
  if (e.Action === 'pass') go.passed++;
  if (e.Action === 'fail') go.failed++;
  if (e.Action === 'skip') go.skipped++;
}

const count = (text, pattern) => Number(strip(text).match(pattern)?.[1] ?? 0);
const tests = strip(read('pagetests.log')).match(/^\s*Tests\s+.*$/m)?.[0] ?? '';
const page = { passed: count(tests, /(\d+) passed/), failed: count(tests, /(\d+) failed/), skipped: count(tests, /(\d+) skipped/) };

const e2eLog = read('e2e.log');
const e2e = { passed: count(e2eLog, /^\S* ?pass (\d+)/m), failed: count(e2eLog, /^\S* ?fail (\d+)/m), skipped: count(e2eLog, /^\S* ?skipped (\d+)/m) };

const say = (name, c) => console.log(`${name}: ${c.passed} passed, ${c.failed} failed, ${c.skipped} skipped`);
say('go', go);
say('page', page);
say('e2e', e2e);
const all = [go, page, e2e].reduce((a, c) => ({ passed: a.passed + c.passed, failed: a.failed + c.failed, skipped: a.skipped + c.skipped }));
console.log(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
process.exit(all.failed > 0 || page.passed === 0 || e2e.passed === 0 || go.passed === 0 ? 1 : 0);
