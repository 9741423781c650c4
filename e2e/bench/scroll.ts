import { chromium } from '@playwright/test';
import { startProduct } from '../fixtures/product.ts';
import { fillFleet } from './fleet.ts';
import { scrollAndTrace } from './scroll-trace.ts';

/**
 * Scrolls the charge-point table of a big fleet in a real browser, to its end and back, while charge points report.
 * Says how long the page's main thread was busy at a stretch: what holds a frame back. Time on the processor is what the
 * console costs; the time on the clock also has what else this machine did meanwhile.
 */
const CHARGE_POINTS = 10_000;
const LONGEST_FRAME_MS = 50;
const TOKEN = 'bench-token-of-the-scroll-run';

const product = await startProduct({ ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'error' });
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  const fleet = await fillFleet(product, { count: CHARGE_POINTS, token: TOKEN });
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${TOKEN}` },
  });
  await page.goto(product.url);
  const table = page.getByRole('table', { name: 'Charge points' });
  await page.locator(`[aria-rowcount="${CHARGE_POINTS + 1}"]`).waitFor({ timeout: 60_000 });
  const stop = fleet.report();
  const { longestCpuMs, longestMs, tasks } = await scrollAndTrace(browser, { page, table });
  stop();
  console.log(
    `${'Longest main-thread task while scrolling, ms'.padEnd(44)} ${longestCpuMs.toFixed(1).padStart(7)}   ` +
      `goal ${`<= ${LONGEST_FRAME_MS}`.padEnd(16)} on the clock ${longestMs.toFixed(1)} ms, ` +
      `${tasks.filter((task) => task.cpuMs > LONGEST_FRAME_MS).length} of ${tasks.length} over it`,
  );
  fleet.close();
} finally {
  await browser.close();
  await product.dispose();
}
