// The product itself: the real WebKitGTK window on a screen nobody sees, driven by its keys. What the page found is
// read from the window's title, which the page sets; a picture is kept in e2e/out/screens.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, scratch, startProgram, startScreen, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

const run = promisify(execFile);
const pictures = fileURLToPath(new URL('../out/screens/', import.meta.url));
const PATIENCE = 30_000;

let program;
before(async () => {
  program = await build('product');
  mkdirSync(pictures, { recursive: true });
});

test('the window opens a case and finds a post by typing', async (t) => {
  const dir = scratch(t);
  const folder = join(dir, 'case');
  const n = writePosts(join(dir, 'posts.jsonl'));
  await vedette(program, dir, 'case', 'new', folder, '--name', 'Calder flood', '--owner', 'O', '--purpose', 'P');
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');

  const display = await startScreen(t, '1360x860x24');
  const screen = { env: { ...process.env, DISPLAY: display } };
  const server = startProgram(t, program, ['window', folder], dir, display, { LANG: 'en_GB.UTF-8', LANGUAGE: 'en' });
  const xdotool = async (...args) => (await run('xdotool', args, screen)).stdout.trim();

  const title = async (want) => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const ids = await xdotool('search', '--name', '^Vedette').catch(() => '');
      const names = await Promise.all(
        ids.split('\n').filter(Boolean).map((id) => xdotool('getwindowname', id).catch(() => '')),
      );
      const at = names.indexOf(want);
      if (at >= 0) return ids.split('\n').filter(Boolean)[at];
      assert.equal(server.child.exitCode, null, `the program ended: ${server.errors()}`);
      assert.ok(Date.now() < end, `no window is called “${want}”, but ${JSON.stringify(names)}`);
    }
  };
  const picture = (name) => run('import', ['-window', 'root', join(pictures, `${name}.png`)], screen);

  const id = await title(`Vedette – Calder flood – ${n} posts`);
  // Without a window manager the window gets the keys only once it is told so.
  await xdotool('windowfocus', '--sync', id);
  await picture('webkit-explore');
  await xdotool('key', '--window', id, 'slash');
  await xdotool('type', '--window', id, '--delay', '30', 'volunteers');
  await xdotool('key', '--window', id, 'Return');
  await title(`Vedette – Calder flood – 40 of ${n} posts`);
  await xdotool('key', '--window', id, 'j', 'Return');
  await picture('webkit-found');
});
