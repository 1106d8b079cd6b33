// The product itself: the real WebKitGTK window on a screen nobody sees, driven by its keys. What the page found is
// read from the window's title, which the page sets; a picture is kept in e2e/out/screens.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, scratch, startProgram, startScreen, vedette } from '../lib/desk.mjs';
import { writePosts } from '../lib/posts.mjs';

const run = promisify(execFile);
const pictures = fileURLToPath(new URL('../out/screens/', import.meta.url));
const source = fileURLToPath(new URL('../lib/drag.c', import.meta.url));
const PATIENCE = 30_000;

let program;
before(async () => {
  program = await build('product');
  mkdirSync(pictures, { recursive: true });
});

/** A window of the product on a screen of its own, with what works its keys and reads its title. */
async function openWindow(t, dir, folder, size = '1360x860x24') {
  const display = await startScreen(t, size);
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
  /** Waits until the screen shows something else than before, and keeps still. */
  const settled = async (before) => {
    const end = Date.now() + PATIENCE;
    let last = before;
    for (let same = 0; same < 3; ) {
      const now = await looks();
      same = now === last && now !== before ? same + 1 : 0;
      last = now;
      assert.ok(Date.now() < end, 'the screen does not come to rest');
    }
  };
  const looks = async () => {
    const { stdout } = await run('import', ['-window', 'root', 'rgb:-'], { ...screen, encoding: 'buffer', maxBuffer: 1 << 26 });
    return createHash('sha256').update(stdout).digest('hex');
  };
  return { screen, server, xdotool, title, picture, settled, looks };
}

test('the window opens a case, finds a post by typing and marks it', async (t) => {
  const dir = scratch(t);
  const folder = join(dir, 'case');
  const n = writePosts(join(dir, 'posts.jsonl'));
  await vedette(program, dir, 'case', 'new', folder, '--name', 'Calder flood', '--owner', 'O', '--purpose', 'P');
  await vedette(program, dir, 'import', folder, join(dir, 'posts.jsonl'), '--json');
  const { server, xdotool, title, picture } = await openWindow(t, dir, folder);
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

  const press = (...keys) => xdotool('key', '--window', id, '--delay', '40', ...keys);
  const type = (text) => xdotool('type', '--window', id, '--delay', '30', text);
  /** Searches, which shows in the title how many posts there are. */
  const ask = async (query, count) => {
    await press('slash', 'ctrl+a');
    await type(query);
    await press('Return');
    await title(`Vedette – Calder flood – ${count} of ${n} posts`);
  };

  // What an analyst puts on a post, as fast as the keys come.
  await press('l');
  await type('bridge');
  await press('Return', 'Escape');
  await press('s');
  await press('g', '2');
  await press('n');
  await type('Ask the council.');
  await picture('webkit-note');
  await press('ctrl+Return');
  await ask('label:bridge AND starred:true AND grade:2', 1);
  await picture('webkit-marks');
  // Three posts at once, and one act taken back.
  await ask('volunteers', 40);
  await press('Home', 'space', 'shift+Down', 'shift+Down', 'l');
  await type('helpers');
  await press('Return', 'Escape', 'Escape');
  await ask('label:helpers', 3);
  await press('ctrl+z');
  await ask('label:bridge', 1);

  await server.stop();
  const { posts } = await vedette(program, dir, 'search', folder, 'label:bridge', '--json');
  assert.deepEqual(posts.map((post) => post.marks), [
    { starred: true, labels: ['bridge'], note: 'Ask the council.', grade: '2' },
  ]);
  assert.equal((await vedette(program, dir, 'search', folder, 'label:helpers', '--json')).posts?.length ?? 0, 0);
});

test('a file that is dropped on the window is offered for import, and not opened in its place', async (t) => {
  const dir = scratch(t);
  const folder = join(dir, 'case');
  const file = join(dir, 'posts.jsonl');
  const n = writePosts(file, 20);
  await vedette(program, dir, 'case', 'new', folder, '--name', 'Calder flood', '--owner', 'O', '--purpose', 'P');
  const { screen, xdotool, title, picture, settled, looks } = await openWindow(t, dir, folder, '1800x900x24');
  const id = await title('Vedette – Calder flood – 0 posts');
  const { stdout: flags } = await run('pkg-config', ['--cflags', '--libs', 'gtk+-3.0']);
  await run('gcc', [source, '-o', join(dir, 'drag'), ...flags.trim().split(/\s+/)]);
  const drag = spawn(join(dir, 'drag'), [file], { ...screen, stdio: 'ignore' });
  t.after(() => drag.kill());
  await xdotool('search', '--sync', '--name', '^drag$');
  await xdotool('windowmove', '--sync', id, '300', '20');
  await xdotool('windowfocus', '--sync', id);

  await xdotool('mousemove', '60', '60', 'mousedown', '1');
  for (const x of [80, 120, 200, 400, 700, 900]) await xdotool('mousemove', String(x), '330', 'sleep', '0.3');
  await picture('webkit-drag');
  const dragged = await looks();
  await xdotool('mouseup', '1');
  await settled(dragged);
  await picture('webkit-dropped');
  // The last button but one of the page begins the import.
  await xdotool('key', '--window', id, 'shift+Tab', 'shift+Tab', 'Return');
  await title(`Vedette – Calder flood – ${n} posts`);
});
