// Writes wailsjs/ from the bound Go services: builds the program with the "bindings" tag and runs it once from
// the root, which writes the files and ends. With --check it fails when the files in the tree are not the same.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = (command, args, options = {}) =>
  execFileSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });

const folder = mkdtempSync(join(tmpdir(), 'vedette-bindings-'));
try {
  const program = join(folder, 'vedette-bindings');
  run('go', ['build', '-tags', 'bindings,webkit2_41,sqlite_fts5', '-o', program, '.']);
  // Wails lists every type that it writes as any; only failures matter here.
  run(program, [], { stdio: 'pipe' });
} finally {
  rmSync(folder, { recursive: true });
}

if (process.argv.includes('--check')) {
  const changed = run('git', ['status', '--porcelain', '--', 'frontend/wailsjs']).trim();
  if (changed) {
    console.error(`the bindings in the tree are not those of the code; run npm run bindings:\n${changed}`);
    process.exit(1);
  }
  console.log('bindings: the tree is up to date');
}
