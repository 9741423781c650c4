import { type Browser, chromium, type Page } from '@playwright/test';
import { status2 } from '../fixtures/charge-point.ts';
import { type Product, startProduct } from '../fixtures/product.ts';

/**
 * The replay of 100,000 frames in a real browser: how long until it shows the charge point as it stood, at the beginning
 * and by a link to the end, and how long a jump takes, the first one right after opening. Each opening is of a range that
 * nobody has looked at before.
 */
const EXCHANGES = 50_000;
const EXCHANGES_PER_SESSION = 400;
const EXCHANGE_EVERY_MS = 1_700;
const START = Date.UTC(2026, 4, 4);
const ROUNDS = 5;
const JUMPS = 20;
const TOKEN = 'bench-token-of-the-replay-run';
const STAND = 'section[aria-label^="As it stood"]';

interface ImportedLog {
  id: string;
  status: 'running' | 'done' | 'failed';
  problem: string | null;
  from: string | null;
  to: string | null;
}

/** A day of sessions with readings, one after another, and a heartbeat now and then. */
function* loggedLines(): Generator<string> {
  for (let count = 0; count < EXCHANGES; count += 1) {
    const at = START + count * EXCHANGE_EVERY_MS;
    const { action, payload } = callOf(count, new Date(at).toISOString());
    yield `${new Date(at).toISOString()} CP1: send ${JSON.stringify([2, `m${count}`, action, payload])}\n`;
    yield `${new Date(at + 20).toISOString()} CP1: receive message ${JSON.stringify([3, `m${count}`, {}])}\n`;
  }
}

function callOf(count: number, timestamp: string): { action: string; payload: object } {
  const seqNo = count % EXCHANGES_PER_SESSION;
  if (seqNo === 1) {
    const payload = status2(1, count % 800 === 1 ? 'Occupied' : 'Available');
    return { action: 'StatusNotification', payload };
  }
  if (seqNo % 50 === 2) return { action: 'Heartbeat', payload: {} };
  const reading = (value: number, measurand: string) => ({ value, measurand });
  const payload = {
    eventType: seqNo === 0 ? 'Started' : seqNo === EXCHANGES_PER_SESSION - 1 ? 'Ended' : 'Updated',
    timestamp,
    triggerReason: 'MeterValuePeriodic',
    seqNo,
    transactionInfo: { transactionId: `TX-${Math.floor(count / EXCHANGES_PER_SESSION)}` },
    evse: { id: 1, connectorId: 1 },
    meterValue: [
      {
        timestamp,
        sampledValue: [
          reading(count, 'Energy.Active.Import.Register'),
          reading(11_000 + (count % 100), 'Power.Active.Import'),
        ],
      },
    ],
  };
  return { action: 'TransactionEvent', payload };
}

async function fill({ url }: Product): Promise<ImportedLog> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const added = await fetch(`${url}/api/v1/messages/import?name=day.log&protocol=ocpp2.0.1`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: [...loggedLines()].join(''),
  });
  if (!added.ok) throw new Error(await added.text());
  const { id } = (await added.json()) as ImportedLog;
  for (;;) {
    const imported = (await (await fetch(`${url}/api/v1/imports/${id}`, { headers })).json()) as ImportedLog;
    if (imported.status === 'done') return imported;
    if (imported.status === 'failed') throw new Error(imported.problem ?? 'The log could not be imported');
  }
}

/** Milliseconds from the start of the navigation until the state is shown. */
async function open(page: Page, url: string): Promise<number> {
  const begin = performance.now();
  await page.goto(url);
  await page.locator(`${STAND}:not(:has(.skel))`).waitFor();
  return performance.now() - begin;
}

/** Milliseconds from the move of the timeline until the state of the other instant is painted. */
function jump(page: Page, share: number): Promise<number> {
  return page.evaluate(
    ({ stand, share }) => {
      const slider = document.querySelector('input[type=range]') as HTMLInputElement;
      const [min, max] = [Number(slider.min), Number(slider.max)];
      const title = () => document.querySelector(`${stand} h2`)?.textContent;
      const before = title();
      const begin = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(
        slider,
        String(Math.round(min + (max - min) * share)),
      );
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      return new Promise<number>((resolve) => {
        const look = () => {
          const shown = title() !== before && document.querySelector(`${stand} .skel`) === null;
          if (shown) requestAnimationFrame(() => resolve(performance.now() - begin));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    },
    { stand: STAND, share },
  );
}

const sorted = (values: number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;

function print(name: string, values: number[], goalMs: number): void {
  const [middle, most] = [median(values).toFixed(0), Math.max(...values).toFixed(0)];
  console.log(`${name.padEnd(52)} median ${middle.padStart(5)} ms   most ${most.padStart(5)} ms   goal ${goalMs} ms`);
}

async function measure(browser: Browser, product: Product, log: ImportedLog): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { authorization: `Bearer ${TOKEN}` },
  });
  // The program itself is in the browser's cache, as it is for whoever comes from another page.
  await page.goto(product.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const [from, to] = [Date.parse(log.from ?? ''), Date.parse(log.to ?? '')];
  let range = 0;
  const url = (search: Record<string, string> = {}): string => {
    range += 1;
    const iso = (at: number) => new Date(at).toISOString();
    const query = { import: log.id, from: iso(from - range), to: iso(to + range), ...search };
    return `${product.url}/replay/CP1?${new URLSearchParams(query)}`;
  };
  const opened: number[] = [];
  const linked: number[] = [];
  const first: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    opened.push(await open(page, url()));
    first.push(await jump(page, 0.98));
    for (let at = 0; at < JUMPS; at += 1) later.push(await jump(page, ((at * 37 + round * 7) % 100) / 100));
    linked.push(await open(page, url({ at: log.to ?? '' })));
  }
  print('Replay of 100,000 frames, opened', opened, 2_000);
  print('…, opened by a link to its end', linked, 2_000);
  print('…, the first jump, to its end', first, 200);
  print('…, later jumps', later, 200);
  await page.close();
}

const product = await startProduct({ ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'error' });
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  await measure(browser, product, await fill(product));
} finally {
  await browser.close();
  await product.dispose();
}
