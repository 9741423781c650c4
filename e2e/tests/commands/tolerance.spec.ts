import { expect } from '@playwright/test';
import { BOOT_16, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('the page tells who breaks which rule, leads to the frames, and makes a model strict', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1', { protocol: 'ocpp1.6' });
  await page.goto(`${product.url}/tolerance`);
  await expect(page.getByText('No rule was broken')).toBeVisible();
  await chargePoint.call('BootNotification', BOOT_16);
  const sloppy = { connectorId: 1, errorCode: 'NoError', status: 'Available', info: 'x'.repeat(101) };
  await chargePoint.call('StatusNotification', sloppy);

  await page.reload();
  const ranking = page.getByRole('region', { name: 'Broken rules' });
  await expect(ranking.getByRole('row', { name: /Volt V2/ })).toContainText('1 charge point');
  await ranking.getByRole('button', { name: '1 rule' }).click();
  await expect(ranking.getByText('/info')).toBeVisible();
  await expect(ranking.getByText('Must have at most 100 characters.')).toBeVisible();

  await ranking.getByLabel('Tolerance for Volt V2').selectOption('strict');
  await page.getByRole('dialog').getByRole('button', { name: 'Be strict' }).click();
  await expect(page.getByRole('region', { name: 'Settings of models and charge points' })).toContainText('Volt V2');
  await expect(chargePoint.call('StatusNotification', sloppy)).rejects.toThrow('PropertyConstraintViolation');

  await page.getByRole('button', { name: 'by charge point' }).click();
  expect(page.url()).toContain('by=charge-point');
  await ranking.getByRole('button', { name: '1 rule' }).click();
  await ranking.getByRole('link', { name: 'Last frame' }).click();
  await page.waitForURL(/messages\?.*message=/);
  await expect(page.getByText('/info').first()).toBeVisible();
  await chargePoint.close();
});
