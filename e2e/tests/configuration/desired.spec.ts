import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('a value that the fleet is to have is marked where it is not so, and applied with its result', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  const place = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
  const variableAttribute = [{ value: '60', mutability: 'ReadWrite' }];
  const report = { requestId: 1, seqNo: 0, generatedAt: new Date().toISOString() };
  await chargePoint.call('NotifyReport', { ...report, reportData: [{ ...place, variableAttribute }] });

  await admin.goto(`${product.url}/charge-points/CP1?tab=configuration`);
  const row = admin.getByRole('row').filter({ hasText: 'HeartbeatInterval' });
  await row.hover();
  await admin.getByRole('button', { name: 'Set… the desired value of HeartbeatInterval' }).click();
  await admin.getByLabel('Desired value', { exact: true }).fill('300');
  await admin.getByLabel('For', { exact: true }).selectOption({ label: 'all charge points' });
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('300');
  await expect(row).toContainText('differs');

  await admin.getByRole('link', { name: 'Configuration' }).click();
  await expect(admin.getByRole('row').filter({ hasText: 'HeartbeatInterval' })).toContainText('fleet');
  await admin.getByRole('region', { name: 'Out of step' }).getByRole('link', { name: 'CP1' }).click();
  await expect(admin).toHaveURL(/show=drift/);

  chargePoint.answers.set('SetVariables', { setVariableResult: [{ ...place, attributeStatus: 'Accepted' }] });
  await admin.getByRole('button', { name: 'Apply 1 desired value…' }).click();
  await expect(admin.getByRole('dialog')).toContainText('60 → 300');
  await admin.getByRole('button', { name: 'Set it' }).click();
  await admin.getByRole('button', { name: 'Out of step' }).click();
  await expect(row).toContainText('in step');
  await expect(row).toContainText('Accepted');
  await expect(admin.getByRole('button', { name: /^Apply/ })).toHaveCount(0);
  await chargePoint.close();
});
