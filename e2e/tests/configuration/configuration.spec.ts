import { expect } from '@playwright/test';
import { BOOT_2, BOOT_16, type ChargePoint, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const entry = (component: string, variable: string, value: string, more: object = {}) => ({
  component: { name: component },
  variable: { name: variable },
  variableAttribute: [{ value, mutability: 'ReadWrite', ...more }],
  variableCharacteristics: { dataType: 'integer', supportsMonitoring: false, unit: 's' },
});

/** The request id of the report that was asked for. */
function askedReport({ frames }: ChargePoint): number | null {
  const calls = frames.map((text) => JSON.parse(text) as [number, string, string, { requestId: number }]);
  return calls.find(([type, , action]) => type === 2 && action === 'GetBaseReport')?.[3].requestId ?? null;
}

test('B05, B07: variables are read part by part, searched and changed, with a result for each', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await admin.goto(`${product.url}/charge-points/CP1`);
  await admin.getByRole('tab', { name: 'Configuration' }).click();
  await admin.getByRole('button', { name: 'Read all' }).first().click();
  await expect.poll(() => askedReport(chargePoint)).not.toBeNull();
  const report = { requestId: askedReport(chargePoint), generatedAt: new Date().toISOString() };
  const password = entry('SecurityCtrlr', 'BasicAuthPassword', 'hunter2');
  await chargePoint.call('NotifyReport', { ...report, seqNo: 0, tbc: true, reportData: [password] });
  await expect(admin.getByText('Full inventory: 1 variable in 1 parts so far…')).toBeVisible();
  const interval = entry('OCPPCommCtrlr', 'HeartbeatInterval', '60');
  const model = entry('ChargingStation', 'Model', 'ABC', { mutability: 'ReadOnly' });
  const ping = entry('OCPPCommCtrlr', 'WebSocketPingInterval', '30');
  await chargePoint.call('NotifyReport', { ...report, seqNo: 1, tbc: false, reportData: [interval, model, ping] });
  await expect(admin.getByText('Full inventory: 4 variables in 2 parts')).toBeVisible();

  const row = (name: string) => admin.getByRole('row').filter({ hasText: name });
  await expect(row('HeartbeatInterval')).toContainText('60');
  await expect(row('Model')).toContainText('read only');
  await expect(row('Model').getByRole('button')).toHaveCount(0);
  await expect(row('BasicAuthPassword')).toContainText('secret, set');
  await expect(admin.locator('body')).not.toContainText('hunter2');

  await admin.getByLabel('Search variables').fill('interval');
  await expect(row('Model')).toHaveCount(0);
  await expect(admin).toHaveURL(/find=interval/);
  await admin.getByRole('button', { name: 'Edit HeartbeatInterval' }).click();
  await admin.getByLabel('New value of HeartbeatInterval').fill('0090');
  await admin.getByRole('button', { name: 'Edit WebSocketPingInterval' }).click();
  await admin.getByLabel('New value of WebSocketPingInterval').fill('-1');
  const place = (variable: string) => ({ component: { name: 'OCPPCommCtrlr' }, variable: { name: variable } });
  chargePoint.answers.set('SetVariables', {
    setVariableResult: [
      { ...place('HeartbeatInterval'), attributeStatus: 'RebootRequired' },
      {
        ...place('WebSocketPingInterval'),
        attributeStatus: 'Rejected',
        attributeStatusInfo: { reasonCode: 'OutOfRange' },
      },
    ],
  });
  await admin.getByRole('button', { name: 'Send…' }).click();
  await expect(admin.getByRole('dialog')).toContainText('60 → 0090');
  await admin.getByRole('button', { name: 'Set 2 variables' }).click();
  await expect(row('HeartbeatInterval')).toContainText('0090');
  await expect(row('HeartbeatInterval')).toContainText('RebootRequired');
  await expect(row('WebSocketPingInterval')).toContainText('Rejected');
  await expect(row('WebSocketPingInterval')).toContainText('OutOfRange');
  await expect(admin.getByText('1 change, not sent')).toBeVisible();
  await admin.reload();
  await expect(row('HeartbeatInterval')).toContainText('after the next boot');
  await expect(row('WebSocketPingInterval')).toContainText('30');
  await chargePoint.close();
});

test('1.6 §5.3, §5.8: configuration keys are read and changed on the same page', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP16' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP16', { protocol: 'ocpp1.6' });
  await chargePoint.call('BootNotification', BOOT_16);
  chargePoint.answers.set('GetConfiguration', {
    configurationKey: [
      { key: 'HeartbeatInterval', readonly: false, value: '60' },
      { key: 'NumberOfConnectors', readonly: true, value: '2' },
    ],
  });
  await admin.goto(`${product.url}/charge-points/CP16?tab=configuration`);
  await admin.getByRole('button', { name: 'Read all' }).first().click();
  const row = (name: string) => admin.getByRole('row').filter({ hasText: name });
  await expect(row('NumberOfConnectors')).toContainText('read only');
  await admin.getByRole('button', { name: 'Edit HeartbeatInterval' }).click();
  await admin.getByLabel('New value of HeartbeatInterval').fill('90');
  await admin.getByRole('button', { name: 'Send…' }).click();
  await admin.getByRole('button', { name: 'Set it' }).click();
  await expect(row('HeartbeatInterval')).toContainText('Accepted');
  await expect(row('HeartbeatInterval')).toContainText('90');
  await chargePoint.close();
});
