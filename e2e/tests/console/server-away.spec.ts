import { expect, type Page } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const heartbeats = (page: Page) => page.getByRole('row').filter({ hasText: 'Heartbeat' });

test('the server goes away and comes back: the header says so, and nothing is missing or doubled', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  await page.goto(`${product.url}/messages`);
  const header = page.getByRole('banner').getByRole('status');
  await expect(header).toHaveText('live');
  const before = await connectChargePoint(product.ocppUrl, 'CP1');
  await before.call('BootNotification', BOOT_2);
  for (let at = 0; at < 3; at++) await before.call('Heartbeat', {});
  await expect(heartbeats(page)).toHaveCount(3);

  await product.stop();
  await before.closed;
  await expect(header).toContainText('stream lost');
  // What was there stays on the screen.
  await expect(heartbeats(page)).toHaveCount(3);

  await product.startAgain();
  // Some of it happens before the console is back.
  const after = await connectChargePoint(product.ocppUrl, 'CP1');
  await after.call('BootNotification', BOOT_2);
  for (let at = 0; at < 4; at++) await after.call('Heartbeat', {});
  await expect(header).toHaveText('live', { timeout: 20_000 });
  for (let at = 0; at < 2; at++) await after.call('Heartbeat', {});
  await expect(heartbeats(page)).toHaveCount(9);
  await expect(page.getByRole('row').filter({ hasText: 'BootNotification' })).toHaveCount(2);

  const shown = await heartbeats(page).allTextContents();
  expect(new Set(shown).size).toBe(9);
  await page.goto(product.url);
  await expect(page.getByRole('row').filter({ hasText: 'CP1' })).toContainText(/connected/i);
  await after.close();
});

test('a press on “Reconnect now” does not wait for the next try', async ({ admin: page, product }) => {
  const header = page.getByRole('banner').getByRole('status');
  await expect(header).toHaveText('live');
  await page.clock.install();
  await product.kill();
  await expect(header).toContainText('stream lost');
  // From here on the page's clock stands still: only a press can bring it back.
  const tried = page.waitForEvent('requestfailed', (request) => request.url().includes('/stream'));
  await page.clock.pauseAt(Date.now() + 60_000);
  await tried;
  await product.startAgain();
  await header.getByRole('button', { name: 'Reconnect now' }).click();
  await expect(header).toHaveText('live');
});
