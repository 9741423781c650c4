import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './chromium.mjs';
import { inForeground, inRoot } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** Unit and whole-app tests, then the browser tests. The last line sums all of them. */
export async function test() {
  const folder = inRoot('.cache', 'test-results');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const vitestFile = `${folder}/vitest.json`;
  const playwrightFile = `${folder}/playwright.json`;

  const vitest = await inForeground('pnpm', [
    'exec',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestFile}`,
  ]);
  const chromium = await findChromium();
  process.stdout.write(`\nBrowser tests with ${chromium}\n`);
  const env = { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightFile };
  const playwright = await inForeground(
    'pnpm',
    ['--filter', './e2e', 'exec', 'playwright', 'test', '--reporter=list,json'],
    env,
  );

  const tallies = [vitestTally(vitestFile), playwrightTally(playwrightFile)];
  const sum = (/** @type {keyof Tally} */ key) => tallies.reduce((total, tally) => total + tally[key], 0);
  // A runner that broke off without a failed test still failed.
  const broken = [vitest, playwright].filter((code, index) => code !== 0 && tallies[index]?.failed === 0).length;
  const failed = sum('failed') + broken;
  const skipped = sum('skipped');
  process.stdout.write(`\n${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return failed > 0 ? 1 : 0;
}

/** @param {string} file @returns {Tally} */
function vitestTally(file) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

/** @param {string} file @returns {Tally} */
function playwrightTally(file) {
  const stats = readReport(file)?.stats;
  if (!stats) return { passed: 0, failed: 0, skipped: 0 };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** @param {string} file */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

const OF_CONSOLE = ['scroll', 'tail', 'replay'];

/**
 * The server against a bare one, then the console in a browser; a name runs one of them, `scroll` and `tail` the console's.
 * @param {string[]} names
 */
export async function bench(names) {
  const ofServer = names.filter((name) => !OF_CONSOLE.includes(name));
  if (names.length === 0 || ofServer.length > 0) {
    const code = await inForeground('node', ['server/bench/main.ts', ...ofServer]);
    if (code !== 0) return code;
  }
  for (const name of OF_CONSOLE.filter((each) => names.length === 0 || names.includes(each))) {
    const env = { ...process.env, CHROMIUM_PATH: await findChromium() };
    const code = await inForeground('node', [`e2e/bench/${name}.ts`], env);
    if (code !== 0) return code;
  }
  return 0;
}

/** Types, style, import directions, unused code, generated docs. All of them run, so that one look shows all problems. */
export async function check() {
  /** @type {[string, string, string[]][]} */
  const checks = [
    ...['shared', 'server', 'web', 'e2e', '.'].map(
      (folder) =>
        /** @type {[string, string, string[]]} */ ([
          `types of ${folder}`,
          'pnpm',
          ['exec', 'tsc', '--noEmit', '-p', folder],
        ]),
    ),
    ['style', 'pnpm', ['exec', 'biome', 'check', '--error-on-warnings', '.']],
    ['import directions', 'node', ['scripts/check-imports.ts']],
    ['unused code', 'pnpm', ['exec', 'knip']],
    ['generated docs', 'node', ['scripts/generate-docs.ts', '--check']],
  ];
  const failed = [];
  for (const [name, command, args] of checks) {
    const code = await inForeground(command, args);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}\n`);
    if (code !== 0) failed.push(name);
  }
  return failed.length > 0 ? 1 : 0;
}
