import { setInterval } from 'node:timers';
import { type Browser, chromium } from '@playwright/test';
import { BOOT_2, type ChargePoint, connectChargePoint } from '../fixtures/charge-point.ts';
import { type Product, startProduct } from '../fixtures/product.ts';
import { traceMainThread } from './main-thread.ts';

/**
 * The live tail in a real browser while 1,000 messages a second arrive, of the fleet and of one charge point. Says how
 * often a frame came on the clock, and how much of a frame's time the page's main thread took on the processor.
 */
const CHARGE_POINTS = 20;
const EXCHANGES_PER_SECOND = 500;
const SECONDS = 10;
const FRAME_MS = 1_000 / 60;
const EVERY_MS = 20;
const TOKEN = 'bench-token-of-the-tail-run';

async function connect(product: Product): Promise<ChargePoint[]> {
  const names = Array.from({ length: CHARGE_POINTS }, (_, at) => `CP-${at}`);
  return Promise.all(
    names.map(async (thingName) => {
      const response = await fetch(`${product.url}/api/v1/things`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ thingName }),
      });
      if (!response.ok) throw new Error(await response.text());
      const chargePoint = await connectChargePoint(product.ocppUrl, thingName);
      await chargePoint.call('BootNotification', BOOT_2);
      return chargePoint;
    }),
  );
}

function speak(chargePoints: ChargePoint[]): { stop(): number } {
  let said = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < (EXCHANGES_PER_SECOND * EVERY_MS) / 1_000; n += 1) {
      void chargePoints[said % chargePoints.length]?.call('Heartbeat', {});
      said += 1;
    }
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return said;
    },
  };
}

async function follow(
  browser: Browser,
  { url, label, talking }: { url: string; label: string; talking: ChargePoint[] },
) {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${TOKEN}` },
  });
  await page.goto(url);
  await page.getByRole('row').nth(1).waitFor();
  const speaking = speak(talking);
  let framesMs: number[] = [];
  const tasks = await traceMainThread(browser, page, async () => {
    framesMs = await page.evaluate(
      (ms) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const begin = performance.now();
          let last = begin;
          const next = (now: number) => {
            times.push(now - last);
            last = now;
            if (now - begin < ms) requestAnimationFrame(next);
            else resolve(times);
          };
          requestAnimationFrame(next);
        }),
      SECONDS * 1_000,
    );
  });
  const perSecond = (speaking.stop() * 2) / SECONDS;
  await page.close();
  framesMs.sort((a, b) => a - b);
  const long = tasks.filter((task) => task.cpuMs > FRAME_MS);
  const busy = tasks.reduce((sum, task) => sum + task.cpuMs, 0) / (SECONDS * 1_000);
  const at = (share: number) => (framesMs[Math.floor(framesMs.length * share)] ?? 0).toFixed(1);
  console.log(
    `${`Live tail of ${label}, messages a second`.padEnd(44)} ${perSecond.toFixed(0).padStart(7)}   ` +
      `frames ${(framesMs.length / SECONDS).toFixed(1)} a second, median ${at(0.5)} ms, p95 ${at(0.95)} ms on the clock; ` +
      `main thread busy ${(busy * 100).toFixed(0)} %, ${long.length} of ${tasks.length} tasks over a frame's ${FRAME_MS.toFixed(1)} ms, ` +
      `longest ${Math.max(...tasks.map((task) => task.cpuMs)).toFixed(1)} ms on the processor`,
  );
}

const product = await startProduct({ ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'error' });
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  const chargePoints = await connect(product);
  await follow(browser, { url: `${product.url}/messages`, label: 'the fleet', talking: chargePoints });
  const url = `${product.url}/messages?thingName=CP-0`;
  await follow(browser, { url, label: 'one charge point', talking: chargePoints.slice(0, 1) });
  for (const chargePoint of chargePoints) void chargePoint.close();
} finally {
  await browser.close();
  await product.dispose();
}
