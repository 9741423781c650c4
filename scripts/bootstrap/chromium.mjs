import { existsSync } from 'node:fs';
import { captured, fail, step } from './run.mjs';

const START_TIMEOUT_MS = 30_000;
const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium for the browser tests: one that is there, else Debian's, else Playwright's own. @returns {Promise<string>} */
export async function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return (await starts(asked)) ? asked : fail(`CHROMIUM_PATH: ${asked} does not start`);
  return (await existing()) ?? (await fromDebian()) ?? (await fromPlaywright());
}

async function existing() {
  return (await firstThatStarts(KNOWN)) ?? (await playwrightsOwn());
}

/** @param {string[]} paths */
async function firstThatStarts(paths) {
  for (const path of paths) if (await starts(path)) return path;
  return undefined;
}

/** That a file is there says little: it may be a stub that asks to install something, or lack a library. @param {string} path */
async function starts(path) {
  if (!existsSync(path)) return false;
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--dump-dom', 'about:blank'];
  const { code, output } = await captured(path, args, { timeoutMs: START_TIMEOUT_MS });
  return code === 0 && output.includes('<html');
}

async function playwrightsOwn() {
  const script = "import('@playwright/test').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const { code, output } = await captured('pnpm', ['--silent', '--filter', './e2e', 'exec', 'node', '-e', script]);
  const path = output.trim();
  return code === 0 && path !== '' && (await starts(path)) ? path : undefined;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  await captured('apt-get', ['update']);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code } = await captured('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return code === 0 ? firstThatStarts(KNOWN) : undefined;
}

async function fromPlaywright() {
  await step('Chromium', 'pnpm', ['--filter', './e2e', 'exec', 'playwright', 'install', 'chromium']);
  return (await playwrightsOwn()) ?? fail('No Chromium could be installed. Name one in CHROMIUM_PATH.');
}
