// What `npm start`, `npm test` and the other commands run. Plain JavaScript that Node.js 18 understands: nothing is installed yet.
import { buildValidators, buildWeb } from './bootstrap/build.mjs';
import { findChromium } from './bootstrap/chromium.mjs';
import { installPackages, toolPath } from './bootstrap/install.mjs';
import { fail, inForeground, inRoot, together } from './bootstrap/run.mjs';
import { bench, check, test } from './bootstrap/verify.mjs';

const [command = '', ...rest] = process.argv.slice(2);
const args = rest[0] === '--' ? rest.slice(1) : rest;

/** @type {Record<string, () => Promise<number>>} */
const commands = {
  async start() {
    await prepare('product');
    return inForeground('node', ['server/src/main.ts']);
  },
  async dev() {
    await prepare('everything');
    return together([
      { command: 'node', args: ['scripts/reload-server.mjs'] },
      { command: 'node', args: ['node_modules/vite/bin/vite.js'], cwd: inRoot('web') },
    ]);
  },
  async simulate() {
    await prepare('product', { web: false });
    return inForeground('node', ['server/src/simulator/main.ts', ...args]);
  },
  async replay() {
    await prepare('product', { web: false });
    return inForeground('node', ['server/src/rerun/main.ts', ...args]);
  },
  async bench() {
    await prepare('everything');
    return bench(args);
  },
  async fuzz() {
    await prepare('everything', { web: false });
    return inForeground('node', ['server/fuzz/main.ts', ...args]);
  },
  async 'test:faults'() {
    await prepare('everything', { web: false });
    return inForeground('node', ['server/faults/main.ts', ...args]);
  },
  async test() {
    await prepare('everything');
    return test();
  },
  async check() {
    await prepare('everything');
    return check();
  },
  async interop() {
    await prepare('everything', { web: false });
    return inForeground('bash', ['e2e/interop/run.sh']);
  },
  async 'interop:versions'() {
    await prepare('everything', { web: false });
    return inForeground('bash', ['e2e/interop/versions.sh', ...args]);
  },
  async screenshots() {
    await prepare('everything');
    const env = { ...process.env, CHROMIUM_PATH: await findChromium() };
    return inForeground('node', ['e2e/screenshots.ts', ...args], env);
  },
};

/**
 * Installs and builds what is missing or has changed.
 * @param {'product' | 'everything'} scope what to install: the product needs no test tools
 * @param {{ web?: boolean }} [options]
 */
async function prepare(scope, { web = true } = {}) {
  // Node.js keeps what it compiled: a quarter off every later start.
  process.env.NODE_COMPILE_CACHE ??= inRoot('.cache', 'node');
  await toolPath();
  await installPackages(scope);
  await Promise.all([buildValidators(), web ? buildWeb() : null]);
}

const run = commands[command];
if (!run) fail(`Unknown command "${command}". There are: ${Object.keys(commands).join(', ')}`);
process.exit(await run());
