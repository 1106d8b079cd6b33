// A desk for one test file: programs built from the tree, a screen nobody sees, a folder of its own for
// configuration and cases, and the window's page in Chromium. Nothing outside that folder is written.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'e2e/out');

/** With E2E_SLOW=ms a test meets a slow machine: what waits for too little fails, here as there. */
const SLOW = Number(process.env.E2E_SLOW ?? 0);

/**
 * Wails' own script for development builds fails once on load, whatever the page is, and when a page that is left
 * still asks something.
 */
const KNOWN = /reading '(nodes|send)'/;

/**
 * Builds one of the two programs: "dev" serves the page to a browser, "product" is what people get. With E2E_KEEP
 * set, what is there already is used as it is, which saves a minute while a test is being written; E2E_ASSETS names
 * another folder than frontend/dist with a built page.
 */
export async function build(kind) {
  const program = join(out, kind === 'dev' ? 'vedette-dev' : 'vedette');
  if (process.env.E2E_KEEP && existsSync(program)) return program;
  await run('npm', ['run', '--silent', 'build'], { cwd: join(root, 'frontend') });
  const tags = kind === 'dev' ? 'dev' : 'desktop,production';
  await run('go', ['build', '-tags', `${tags},webkit2_41,sqlite_fts5`, '-o', program, '.'], { cwd: root });
  return program;
}

const ends = new WeakMap();

/**
 * Does something after the test, the last first: what was begun last stands on what was begun before it. Node's own
 * order would take the folder from under a program that still writes in it.
 */
function atEnd(t, work) {
  const all = ends.get(t) ?? [];
  all.push(work);
  if (all.length > 1) return;
  ends.set(t, all);
  t.after(async () => {
    while (all.length) await all.pop()();
  });
}

/** A folder that is gone after the test. */
export function scratch(t) {
  const dir = mkdtempSync(join(tmpdir(), 'vedette-e2e-'));
  atEnd(t, () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

/** Starts a screen and returns its name, such as ":99". */
export async function startScreen(t, size = '1280x720x24') {
  // Without -noreset the screen begins anew whenever its last client leaves (each xdotool is one), and for that
  // moment refuses the window.
  const x = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  atEnd(t, () => end(x));
  // The number comes in one piece or in several; the end of the line says that it is whole.
  let number = '';
  for await (const part of x.stdio[3]) {
    number += part;
    if (number.endsWith('\n')) break;
  }
  return `:${number.trim()}`;
}

/** Starts the program on a screen with a configuration folder of its own. */
export function startProgram(t, program, args, dir, display, env = {}) {
  const child = spawn('dbus-run-session', ['--', program, ...args], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment(dir), DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', ...env },
  });
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  atEnd(t, () => end(child, true));
  return { child, errors: () => errors, stop: () => end(child, true) };
}

export const environment = (dir) => ({ XDG_CONFIG_HOME: join(dir, 'config'), XDG_DATA_HOME: join(dir, 'data'), HOME: dir });

/** Runs a subcommand to its end and returns what it printed; --json output is parsed. */
export async function vedette(program, dir, ...args) {
  const { stdout } = await run(program, args, {
    env: { ...process.env, ...environment(dir), DISPLAY: '' },
    maxBuffer: 1 << 26,
  });
  return args.includes('--json') ? JSON.parse(stdout) : stdout;
}

/** Ends a process that this file started, and (for a session) its group, and waits until they are gone. */
async function end(child, group = false) {
  const id = group ? -child.pid : child.pid;
  if (!signal(id, 'SIGTERM')) return;
  const late = Date.now() + 10_000;
  while (signal(id, Date.now() < late ? 0 : 'SIGKILL')) {
    // What nobody collects is dead, too.
    if (Date.now() > late + 2_000) return;
    await sleep(20);
  }
}

/** Sends a signal; false when nobody is there any more. */
function signal(id, name) {
  try {
    process.kill(id, name);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts the development build with the page in Chromium. */
export async function openDesk(t, program, args = []) {
  const dir = scratch(t);
  const display = await startScreen(t);
  const port = await freePort();
  const server = startProgram(t, program, args, dir, display, {
    devserver: `127.0.0.1:${port}`,
    assetdir: process.env.E2E_ASSETS ?? join(root, 'frontend/dist'),
    loglevel: 'Error',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilUp(`${url}/data/search`, server);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  atEnd(t, () => browser.close());
  return { dir, url, browser, program };
}

/** Waits for the server, which answers as soon as it listens. */
async function untilUp(url, server) {
  for (;;) {
    if (server.child.exitCode !== null) throw new Error(`the program ended: ${server.errors()}`);
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(50);
    }
  }
}

/** Opens the page in a fresh browser profile; errors collects what the console complains of. */
export async function openPage(desk, { lang = 'en', theme = 'light', width = 1280, height = 720, scale = 1, prepare } = {}) {
  const context = await desk.browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: theme,
    locale: lang === 'es' ? 'es-ES' : 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(SLOW ? 60_000 : 10_000);
  if (SLOW) await slowDown(page);
  await prepare?.(page);
  const errors = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !KNOWN.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    if (!KNOWN.test(error.message)) errors.push(error.message);
  });
  await page.goto(`${desk.url}/`);
  await page.getByRole('main').waitFor();
  return { page, errors, close: () => context.close() };
}

/** Makes every answer of the program late by up to SLOW milliseconds, and the page's own work six times as slow. */
async function slowDown(page) {
  const late = (work) => setTimeout(work, Math.random() * SLOW);
  await page.route('**/data/**', (route) => void late(() => route.continue().catch(() => undefined)));
  await page.routeWebSocket('**/wails/ipc', (socket) => {
    const program = socket.connectToServer();
    socket.onMessage((message) => void late(() => program.send(message)));
    program.onMessage((message) => void late(() => socket.send(message)));
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
}

/** Queues the answer that the next native dialog gives; development builds only. */
export async function answerDialog(desk, path) {
  const response = await fetch(`${desk.url}/dev/dialog?path=${encodeURIComponent(path)}`, { method: 'POST' });
  if (response.status !== 204) throw new Error(`the dialog took no answer: ${response.status}`);
}

/**
 * Steps of one journey: subtests in order, of which none runs after one that failed. The page as it was then is
 * kept as e2e/out/failed-<step>.png.
 */
export function journey(t, page) {
  let failed = '';
  return (name, work) =>
    t.test(name, async () => {
      if (failed) throw new Error(`not tried, since this failed: ${failed}`);
      try {
        await work();
      } catch (error) {
        failed = name;
        await page.screenshot({ path: join(out, `failed-${name.replace(/\W+/g, '-')}.png`) });
        throw error;
      }
    });
}
