import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('B02: a charge point is held at its boot, seen to be, let in, and asked to boot again', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  await admin.goto(`${product.url}/charge-points/CP1`);
  await admin.getByRole('button', { name: 'More' }).click();
  await admin.getByRole('menuitem', { name: 'When it boots…' }).click();
  await admin.getByRole('radio', { name: /^Pending/ }).check();
  await admin.getByLabel('Seconds until its next try').fill('600');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('dialog')).toHaveCount(0);

  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  expect(await chargePoint.call('BootNotification', BOOT_2)).toMatchObject({ status: 'Pending', interval: 600 });
  await expect(chargePoint.call('Heartbeat', {})).rejects.toThrow('SecurityError');
  await expect(admin.getByText('Boot pending')).toBeVisible();

  await admin.getByRole('button', { name: 'Decide…' }).click();
  await admin.getByRole('radio', { name: /^Accepted/ }).check();
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => chargePoint.frames.some((frame) => frame.includes('"TriggerMessage"'))).toBe(true);
  expect(await chargePoint.call('BootNotification', { ...BOOT_2, reason: 'Triggered' })).toMatchObject({
    status: 'Accepted',
  });
  await expect(admin.getByText('Boot pending')).toHaveCount(0);
  await chargePoint.close();
});

test('B12: a reset that waits for a session is shown until the boot came', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  chargePoint.answers.set('Reset', { status: 'Scheduled' });
  await admin.goto(`${product.url}/charge-points/CP1`);
  await admin.getByRole('button', { name: 'Reset…' }).click();
  await expect(admin.getByRole('radio', { name: /OnIdle/ })).toBeChecked();
  await admin.getByRole('dialog').getByRole('button', { name: 'Reset…' }).click();
  await expect(admin.getByText('Resets when idle')).toBeVisible();
  expect(chargePoint.frames.some((frame) => frame.includes('{"type":"OnIdle"}'))).toBe(true);
  await chargePoint.call('BootNotification', { ...BOOT_2, reason: 'ScheduledReset' });
  await expect(admin.getByText('Resets when idle')).toHaveCount(0);
  await chargePoint.close();
});
