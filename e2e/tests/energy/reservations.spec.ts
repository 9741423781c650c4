import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint, status2 } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('H01, H02: a connector is reserved, shows so, and is given back', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', status2(1, 'Available'));
  await admin.goto(`${product.url}/charge-points/CP1?tab=reservations`);
  await admin.getByLabel('Id token').fill('CARD-7');
  await admin.getByRole('button', { name: 'Reserve', exact: true }).click();
  await expect(admin.getByRole('form', { name: 'New reservation' }).getByRole('status')).toContainText('Accepted');
  const row = admin.getByRole('row').filter({ hasText: 'CARD-7' });
  await expect(row).toContainText('Reserved');
  expect(chargePoint.frames.some((frame) => frame.includes('"ReserveNow",{"id":1,'))).toBe(true);
  await chargePoint.call('StatusNotification', status2(1, 'Reserved'));

  await row.getByRole('button', { name: 'Cancel…' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Cancel reservation 1 at CP1?' });
  await dialog.getByRole('button', { name: 'Cancel the reservation' }).click();
  await expect(row).toContainText('Cancelled');

  await admin.goto(`${product.url}/reservations`);
  await expect(admin.getByRole('row').filter({ hasText: 'CP1' })).toContainText('Cancelled');
  await admin.getByRole('button', { name: 'Open ones only' }).click();
  await expect(admin.getByText('No reservation is open')).toBeVisible();
  await chargePoint.close();
});

test('G03: a connector that charges goes out of service when its session ends', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  chargePoint.answers.set('ChangeAvailability', { status: 'Scheduled' });
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', status2(1, 'Occupied'));
  await admin.goto(`${product.url}/charge-points/CP1`);
  const card = admin.getByRole('region', { name: 'Connector 1' });
  await card.getByRole('button', { name: 'Take out of service…' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Take out of service' }).click();
  await expect(card).toContainText('goes out of service when its session ends');
  await chargePoint.call('StatusNotification', status2(1, 'Unavailable'));
  await expect(card).toContainText('taken out of service');
  await chargePoint.close();
});
