import { expect, type Page } from '@playwright/test';
import { BOOT_2, connectChargePoint, refusedStatus, status2 } from '../../fixtures/charge-point.ts';
import type { Product } from '../../fixtures/product.ts';
import { createAdministrator, register, test } from '../../fixtures/test.ts';

test('an operator registers a charge point, watches it boot, sees every frame and resets it', async ({
  page,
  product,
}) => {
  await createAdministrator(page, product);
  await registerInBrowser(page, 'CP1');

  // Marks the document: a reload would lose it.
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  const row = page.getByRole('row').filter({ hasText: 'CP1' });
  await expect(row).toBeVisible();
  await expect(row).toContainText(/never seen/i);

  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  expect(await chargePoint.call('BootNotification', BOOT_2)).toMatchObject({ status: 'Accepted' });
  await chargePoint.call('StatusNotification', status2(1, 'Available'));
  await expect(row).toContainText(/connected/i);
  await expect(row).toContainText('Acme ABC 123');
  await expect(row).toContainText('10.9.8.ABC');
  await expect(row).toContainText('Available');

  await row.getByRole('link', { name: 'CP1' }).click();
  await page.getByRole('tab', { name: /messages/i }).click();
  await expect(page.getByText('BootNotification').first()).toBeVisible();
  await expect(page.getByText('StatusNotification').first()).toBeVisible();
  await chargePoint.call('Heartbeat', {});
  await expect(page.getByText('Heartbeat').first()).toBeVisible();
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  await expectLogToBe(page, product, chargePoint.frames);

  await sendReset(page);
  await expect.poll(() => chargePoint.frames.some((frame) => frame.includes('"Reset"'))).toBe(true);
  await expect(page.getByText(/Accepted in \d+/)).toBeVisible();
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  await expectLogToBe(page, product, chargePoint.frames);
  await chargePoint.close();
});

test('one that is not registered is refused and waits at the door', async ({ admin, product }) => {
  expect(await refusedStatus(product.ocppUrl, 'CP2')).toBe(404);
  await admin.getByRole('button', { name: 'Register CP2' }).click();
  await expect(admin.locator('#thing-name')).toHaveValue('CP2');
  await admin
    .locator('form')
    .filter({ has: admin.locator('#thing-name') })
    .locator('button[type=submit]')
    .click();
  await expect(admin.getByText(`${product.ocppUrl}/CP2`).first()).toBeVisible();
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP2');
  expect(await chargePoint.call('BootNotification', BOOT_2)).toMatchObject({ status: 'Accepted' });
  await chargePoint.close();
});

for (const how of ['SIGTERM', 'kill -9'] as const) {
  test(`everything is still there after ${how} and a new start`, async ({ admin, product }) => {
    await register(admin, product, { thingName: 'CP1' });
    const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
    await chargePoint.call('BootNotification', BOOT_2);
    await chargePoint.call('StatusNotification', status2(1, 'Available'));
    const frames = [...chargePoint.frames];
    if (how === 'SIGTERM') expect(await product.stop()).toBe(0);
    else await product.kill();
    await chargePoint.closed;
    await product.startAgain();
    expect(product.setupUrl()).toBeNull();

    await admin.goto(product.url);
    const row = admin.getByRole('row').filter({ hasText: 'CP1' });
    await expect(row).toContainText('Acme ABC 123');
    await expect(row).toContainText(/offline/i);
    await expectLogToBe(admin, product, frames);
    await admin.reload();
    await expect(row).toContainText('Acme ABC 123');
  });
}

async function registerInBrowser(page: Page, thingName: string): Promise<void> {
  await page
    .getByRole('button', { name: /^register/i })
    .first()
    .click();
  await page.locator('#thing-name').fill(thingName);
  await page
    .locator('form')
    .filter({ has: page.locator('#thing-name') })
    .locator('button[type=submit]')
    .click();
  await expect(page.getByText(new RegExp(`ws://.*/ocpp/${thingName}`)).first()).toBeVisible();
  await page.keyboard.press('Escape');
}

async function sendReset(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Reset…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reset…' }).click();
}

/** Complete, in order, and to the letter. */
async function expectLogToBe(page: Page, product: Product, frames: string[]): Promise<void> {
  await expect
    .poll(async () => {
      const response = await page.request.get(`${product.url}/api/v1/messages?thingName=CP1&order=asc&limit=200`);
      const { items } = (await response.json()) as { items: { kind: string; frame: string }[] };
      return items.filter(({ kind }) => kind !== 'event').map(({ frame }) => frame);
    })
    .toEqual(frames);
}
