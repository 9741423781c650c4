import { existsSync } from 'node:fs';
import { captured, fail, step } from './run.mjs';

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
  if (asked) return existsSync(asked) ? asked : fail(`CHROMIUM_PATH: there is no ${asked}`);
  return (await existing()) ?? (await fromDebian()) ?? (await fromPlaywright());
}

async function existing() {
  return KNOWN.find((path) => existsSync(path)) ?? (await playwrightsOwn());
}

async function playwrightsOwn() {
  const script = "import('@playwright/test').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const { code, output } = await captured('pnpm', ['--silent', '--filter', './e2e', 'exec', 'node', '-e', script]);
  const path = output.trim();
  return code === 0 && path !== '' && existsSync(path) ? path : undefined;
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  await captured('apt-get', ['update']);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code } = await captured('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return code === 0 ? KNOWN.find((path) => existsSync(path)) : undefined;
}

async function fromPlaywright() {
  await step('Chromium', 'pnpm', ['--filter', './e2e', 'exec', 'playwright', 'install', 'chromium']);
  return (await playwrightsOwn()) ?? fail('No Chromium could be installed. Name one in CHROMIUM_PATH.');
}
