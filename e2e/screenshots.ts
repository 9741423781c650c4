import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { BOOT_16, type ChargePoint, connectChargePoint, refusedStatus, status16 } from './fixtures/charge-point.ts';
import { type Product, startProduct } from './fixtures/product.ts';
import { createAdministrator, register } from './fixtures/test.ts';

/** Writes the pictures of the documentation from the running product. */
const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs', 'screenshots');

const VOLT = ['--cp-vendor', 'Volt', '--cp-model', 'V2', '--cp-version', '3.1'];
const SIMULATED = [
  { id: 'CP1', tags: ['harbour'], args: ['--scenario', 'charge'] },
  { id: 'CP2', tags: ['harbour'], args: ['--protocol', 'ocpp2.1', '--cp-version', '11.0.2', '--cp-serial', 'S002'] },
  { id: 'CP-0422', tags: ['station'], args: ['--protocol', 'ocpp1.6', '--scenario', 'charge', ...VOLT] },
  { id: 'CP-0500', tags: ['station'], args: ['--cp-vendor', 'Nordlade', '--cp-model', 'Twin 22'] },
];
const FAULTED = 'CP-0421';
const NEVER_SEEN = 'CP-0999';
const AT_THE_DOOR = 'CP-NEW-7';

const PAGES = [
  { name: 'charge-points', path: '/' },
  { name: 'messages', path: '/messages' },
  { name: 'charge-point', path: '/charge-points/CP1' },
];

const product = await startProduct();
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  await takePictures(browser, product);
} finally {
  await browser.close();
  await product.dispose();
}

async function takePictures(opened: Browser, served: Product): Promise<void> {
  const context = await opened.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  await createAdministrator(page, served);
  await fill(page, served);
  const simulated = SIMULATED.map(({ id, args }) =>
    simulate(served, ['--cp-id', id, '--id-token', cardOf(id), ...args]),
  );
  const faulted = await connectFaulted(served);
  try {
    await page.goto(served.url);
    // Until the sessions have power and energy to show.
    await page
      .getByRole('row')
      .filter({ hasText: 'CP1' })
      .getByText(/\d kW · 0\.0[2-9] kWh/)
      .waitFor({ timeout: 30_000 });
    await mkdir(FOLDER, { recursive: true });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const { name, path } of PAGES)
        await takePicture(page, served.url + path, `${name}${colorScheme === 'dark' ? '-dark' : ''}`);
    }
  } finally {
    await Promise.all(simulated.map(end));
    await faulted.close();
  }
}

async function takePicture(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByText('CP1').first().waitFor();
  await page.getByRole('status').getByText('live', { exact: true }).waitFor();
  await page.waitForLoadState('load');
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}

function simulate(served: Product, args: string[]): ChildProcess {
  const script = join(ROOT, 'server', 'src', 'simulator', 'main.ts');
  return spawn(process.execPath, [script, '--url', served.ocppUrl, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function connectFaulted(served: Product): Promise<ChargePoint> {
  const chargePoint = await connectChargePoint(served.ocppUrl, FAULTED, { protocol: 'ocpp1.6' });
  await chargePoint.call('BootNotification', BOOT_16);
  await chargePoint.call('StatusNotification', status16(1, 'Faulted', 'GroundFailure'));
  await chargePoint.call('StatusNotification', status16(2, 'Available'));
  return chargePoint;
}

async function fill(page: Page, served: Product): Promise<void> {
  for (const { id } of SIMULATED) {
    await page.request.put(`${served.url}/api/v1/id-tokens/${cardOf(id)}`, {
      data: { type: 'ISO14443', status: 'Accepted' },
      headers: { origin: served.url },
    });
  }
  for (const { id, tags } of SIMULATED) await register(page, served, { thingName: id, tags });
  for (const thingName of [FAULTED, NEVER_SEEN]) await register(page, served, { thingName, tags: ['station'] });
  for (let tries = 0; tries < 3; tries++) await refusedStatus(served.ocppUrl, AT_THE_DOOR);
}

/** A card charges at one place at a time. */
function cardOf(id: string): string {
  return `CARD-${id}`;
}
