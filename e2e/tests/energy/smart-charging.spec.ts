import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint, status2 } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('K01, K08, K10: a profile is drawn up, set, drawn beside what the charge point reckons, and cleared', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', status2(1, 'Available'));
  chargePoint.answers.set('GetCompositeSchedule', {
    status: 'Accepted',
    schedule: {
      evseId: 1,
      duration: 86_400,
      scheduleStart: new Date().toISOString(),
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 9 }],
    },
  });
  await admin.goto(`${product.url}/charge-points/CP1?tab=charging`);
  const outlook = admin.getByRole('region', { name: 'What EVSE 1 may draw' });
  await expect(outlook).toContainText('no limit');

  await admin.getByRole('button', { name: 'New profile…' }).click();
  const editor = admin.getByRole('dialog', { name: 'Charging profile' });
  await editor.getByLabel('Limit of period 1').fill('x');
  await expect(editor).toContainText('is not a number');
  await editor.getByLabel('Limit of period 1').fill('12.5');
  await expect(editor.getByRole('region', { name: 'With this profile' })).toContainText('12.5 A');
  await editor.getByLabel('Template name').fill('Slow');
  await editor.getByRole('button', { name: 'Keep as template' }).click();
  await expect(editor).toContainText('Kept as Slow.');
  await editor.getByRole('button', { name: 'Set at CP1' }).click();
  await expect(editor.getByRole('status')).toContainText('Accepted');
  await editor.getByRole('button', { name: 'Close' }).click();

  await expect(outlook).toContainText('#1 TxDefaultProfile');
  await admin.getByRole('button', { name: 'Ask for its schedule' }).click();
  await expect(outlook).toContainText('as the charge point reckons');

  await admin.getByRole('button', { name: 'New profile…' }).click();
  await editor.getByLabel('Template', { exact: true }).selectOption({ label: 'Slow' });
  await expect(editor.getByLabel('Limit of period 1')).toHaveValue('12.5');
  await expect(editor).toContainText('#1 has the same purpose and level here');
  await editor.getByRole('button', { name: 'Delete Slow…' }).click();
  const deletion = admin.getByRole('dialog', { name: 'Delete template Slow?' });
  await expect(deletion).toContainText('It holds just now at CP1 #1.');
  await deletion.getByRole('button', { name: 'Delete the template' }).click();
  await expect(deletion).toBeHidden();
  await editor.getByRole('button', { name: 'Close' }).click();

  await admin.getByRole('button', { name: 'Clear…' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Clear profile 1 at CP1?' });
  await dialog.getByRole('button', { name: 'Clear the profile' }).click();
  await expect(admin.getByText('No charging profile is known here')).toBeVisible();
  await chargePoint.close();
});
