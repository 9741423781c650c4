import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint, refusedStatus } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('a deleted charge point is disconnected, stays out and leaves its log', async ({ admin: page, product }) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await page.goto(`${product.url}/charge-points/CP1`);
  await expect(page.getByRole('heading', { name: 'CP1' })).toBeVisible();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete CP1?' });
  await expect(dialog).toContainText('CP1 is disconnected at once');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete CP1' }).click();

  await chargePoint.closed;
  await page.waitForURL(`${product.url}/`);
  await expect(page.getByRole('heading', { name: 'No charge points yet' })).toBeVisible();
  expect(await refusedStatus(product.ocppUrl, 'CP1')).toBe(404);
  await expect(page.getByRole('button', { name: 'Register CP1' })).toBeVisible();

  await page.goto(`${product.url}/charge-points/CP1`);
  await expect(page.getByRole('heading', { name: 'Nothing is here' })).toBeVisible();
  await page.goto(`${product.url}/messages?thingName=CP1`);
  await expect(page.getByText('BootNotification').first()).toBeVisible();
});
