import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const event = (eventType: string, seqNo: number, wattHours: number) => ({
  eventType,
  timestamp: new Date().toISOString(),
  triggerReason: seqNo === 0 ? 'Authorized' : 'MeterValuePeriodic',
  seqNo,
  transactionInfo: { transactionId: 'TX-LIVE', chargingState: 'Charging' },
  evse: { id: 1, connectorId: 1 },
  ...(seqNo === 0 && { idToken: { idToken: 'CARD-1', type: 'ISO14443' } }),
  meterValue: [
    {
      timestamp: new Date().toISOString(),
      sampledValue: [{ value: wattHours, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'Wh' } }],
    },
  ],
});

test('sessions begin, go on and end on the page by themselves, without asking again', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  await page.goto(`${product.url}/sessions`);
  await expect(page.getByRole('heading', { name: 'No sessions' })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('live');
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('TransactionEvent', event('Started', 0, 1_000));
  const row = page.getByRole('row').filter({ hasText: 'TX-LIVE' });
  await expect(row).toContainText('Charging');
  await chargePoint.call('TransactionEvent', event('Updated', 1, 3_500));
  await expect(row).toContainText('2.50 kWh');
  // By now the stream has opened, and what happened before it has been fetched.
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/transactions')) asked.push(request.url());
  });
  await chargePoint.call('TransactionEvent', event('Ended', 2, 4_000));
  await expect(row).toContainText('ended');
  await expect(row).toContainText('3.00 kWh');
  expect(asked).toEqual([]);
  await chargePoint.close();
});
