import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { HOSTILE_ELEMENT } from '../../../server/test/support/hostile-texts.ts';
import { fillWithHostileText, HOSTILE_THINGS } from '../../fixtures/hostile-fleet.ts';
import type { Product } from '../../fixtures/product.ts';
import { test } from '../../fixtures/test.ts';

const WEB = join(import.meta.dirname, '../../../web/src/app');
const AT_ONCE = 2;

test('what charge points say is text on every page, and nothing else', async ({ admin, product, context }) => {
  test.setTimeout(240_000);
  const chargePoints = await fillWithHostileText(admin, product);
  const addresses = await everyAddress(admin, product);
  const trouble: string[] = [];
  const downloads = new Set<string>();
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  const visit = async (): Promise<void> => {
    const page = await context.newPage();
    const pending = watch(page, trouble);
    await page.goto(product.url);
    await expect(page.getByRole('heading').first()).toBeVisible();
    for (let address = addresses.shift(); address !== undefined; address = addresses.shift()) {
      await open(page, product.url + address);
      await expect(page.getByRole('heading').first(), address).toBeVisible();
      await expect.poll(() => pending.size, { message: address }).toBe(0);
      trouble.push(...(await strangeThings(page)).map((each) => `${address}: ${each}`));
      for (const file of await page
        .locator('a[download]')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)))
        downloads.add(file);
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
  expect(trouble).toEqual([]);

  expect(downloads.size).toBeGreaterThan(4);
  for (const file of downloads) {
    const { 'content-disposition': disposition, 'x-content-type-options': sniff } = (
      await admin.request.get(file)
    ).headers();
    expect([file, disposition, sniff]).toEqual([
      file,
      expect.stringMatching(/^attachment; filename="[\w.()+ -]+"$/),
      'nosniff',
    ]);
  }
  await chargePoints.close();
});

/** As a click on a link does, which is much faster than a new page. What stands outside of the shell has no link. */
async function open(page: Page, address: string): Promise<void> {
  if (/\/(setup|password|sign-in)\b/.test(address)) await page.goto(address);
  else await page.evaluate((to) => history.pushState(null, '', to), address);
}

/** Dialogs, errors, and what the policy kept from running. @returns the requests that are under way */
function watch(page: Page, trouble: string[]): ReadonlySet<object> {
  const pending = new Set<object>();
  page.on('dialog', (dialog) => {
    trouble.push(`dialog at ${page.url()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trouble.push(`${error.message} at ${page.url()}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[34]/.test(message.text()))
      trouble.push(`${message.text()} at ${page.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().includes('/stream')) pending.add(request);
  });
  page.on('requestfinished', (request) => pending.delete(request));
  page.on('requestfailed', (request) => pending.delete(request));
  return pending;
}

const strangeThings = (page: Page): Promise<string[]> =>
  page.evaluate((element) => {
    const odd = `${element}, iframe, object, embed, base, [onerror], [onload], [onfocus], a[href^="javascript:" i], a[href^="data:" i]`;
    const found = [...document.querySelectorAll(odd)].map(({ outerHTML }) => outerHTML.slice(0, 200));
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...found, `is ${scrollWidth - clientWidth} px too wide`] : found;
  }, HOSTILE_ELEMENT);

/** Each page that the router knows, with what there is to see there. A new one without an example fails. */
async function everyAddress(page: Page, product: Product): Promise<string[]> {
  const ids = async (list: string): Promise<string[]> => {
    const { items } = (await (await page.request.get(`${product.url}/api/v1${list}`)).json()) as {
      items: { id: string }[];
    };
    return items.map(({ id }) => id);
  };
  const tabs = /TABS = \[([^\]]*)\]/.exec(readFileSync(join(WEB, 'routes/charge-point.ts'), 'utf8'))?.[1] ?? '';
  const examples: Record<string, string[]> = {
    '/': ['/'],
    '/access': ['/access', '/access?view=lists'],
    '/messages': ['/messages', '/messages?violation=true', '/messages?frames=true'],
    '/charge-points/$name': [...tabs.matchAll(/'(\w+)'/g)].flatMap(([, tab]) =>
      ['H16', 'H21'].map((name) => `/charge-points/${name}?tab=${tab}`),
    ),
    '/sessions/$id': (await ids('/transactions?limit=40'))
      .filter((_, index) => index % 10 === 0)
      .map((id) => `/sessions/${id}`),
    '/bulk-commands/$id': (await ids('/bulk-commands')).map((id) => `/bulk-commands/${id}`),
    '/reruns/$id': (await ids('/replays')).map((id) => `/reruns/${id}`),
    '/replay/$name': HOSTILE_THINGS.slice(0, 1).map((name) => `/replay/${name}`),
    '/setup': ['/setup?token=x'],
    '/password': ['/password?token=x'],
    $: ['/no-such-page'],
  };
  const plain = (path: string) => (path.includes('$') ? [] : [path]);
  return paths().flatMap((path) => {
    const found = examples[path] ?? plain(path);
    expect(found.length, `an example of ${path}`).toBeGreaterThan(0);
    return found;
  });
}

const paths = (): string[] =>
  readdirSync(join(WEB, 'routes')).flatMap((file) =>
    [...readFileSync(join(WEB, 'routes', file), 'utf8').matchAll(/^ {2}path: '([^']+)'/gm)].map(
      ([, path]) => path ?? '',
    ),
  );
