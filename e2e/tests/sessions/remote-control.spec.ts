import { expect } from '@playwright/test';
import { BOOT_2, type ChargePoint, connectChargePoint, status2 } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const at = (second: number) => new Date(Date.UTC(2026, 4, 4, 10, 0, second)).toISOString();

function event(chargePoint: ChargePoint, eventType: string, seqNo: number, facts: object = {}) {
  const sampledValue = [
    { value: 1000 + 100 * seqNo, unitOfMeasure: { unit: 'Wh' } },
    { value: 7400, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
    { value: 40 + seqNo, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: 'Percent' } },
    { value: 16, measurand: 'Current.Import', phase: 'L1', unitOfMeasure: { unit: 'A' } },
  ];
  return chargePoint.call('TransactionEvent', {
    eventType,
    seqNo,
    timestamp: at(seqNo * 10),
    triggerReason: 'MeterValuePeriodic',
    transactionInfo: { transactionId: 'TX-1', chargingState: 'Charging' },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{ timestamp: at(seqNo * 10), sampledValue }],
    ...facts,
  });
}

test('F01, F03, E14: a session is started from the page, followed, asked after and stopped', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const headers = { origin: product.url };
  await admin.request.put(`${product.url}/api/v1/id-tokens/CARD-1`, { data: { type: 'ISO14443' }, headers });
  const profile = {
    purpose: 'TxDefaultProfile',
    kind: 'Relative',
    stackLevel: 1,
    unit: 'W',
    periods: [{ start: 0, limit: 3700 }],
  };
  await admin.request.post(`${product.url}/api/v1/charging-profile-templates`, {
    data: { name: 'Gentle', profile },
    headers,
  });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', status2(1, 'Occupied'));

  await admin.goto(`${product.url}/charge-points/CP1?tab=sessions`);
  await admin.getByRole('button', { name: 'Start a session…' }).click();
  const form = admin.getByRole('dialog', { name: 'Start a session on CP1' });
  await form.getByLabel('Id token').fill('CARD-1');
  await form.getByLabel('Power limit', { exact: true }).fill('16');
  await expect(form.locator('datalist option[value="CARD-1"]')).toBeAttached();
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(form.getByText(/Accepted in/)).toBeVisible();
  const frame = chargePoint.frames.find((text) => text.includes('RequestStartTransaction')) ?? '';
  const [, , , payload] = JSON.parse(frame) as [number, string, string, Record<string, unknown>];
  expect(payload).toMatchObject({
    evseId: 1,
    remoteStartId: expect.any(Number),
    idToken: { idToken: 'CARD-1', type: 'ISO14443' },
    chargingProfile: { chargingProfilePurpose: 'TxProfile' },
  });
  await form.getByLabel('Charging profile').selectOption('Gentle');
  await expect(form.getByLabel('Power limit', { exact: true })).toBeHidden();
  await form.getByRole('button', { name: 'Start', exact: true }).click();
  const withTemplate = () => chargePoint.frames.find((text) => text.includes('"limit":3700')) ?? '';
  await expect.poll(withTemplate).toContain('"chargingProfilePurpose":"TxProfile"');
  await expect(form.getByText(/Accepted in/)).toBeVisible();
  await admin.keyboard.press('Escape');

  const transactionInfo = { transactionId: 'TX-1', remoteStartId: payload.remoteStartId };
  const idToken = { idToken: 'CARD-1', type: 'ISO14443' };
  await event(chargePoint, 'Started', 0, { triggerReason: 'RemoteStart', transactionInfo, idToken });
  await event(chargePoint, 'Updated', 1);
  await event(chargePoint, 'Updated', 4);
  await admin.goto(`${product.url}/sessions?active=true`);
  await expect(admin.getByRole('row').filter({ hasText: 'CP1' })).toContainText('events missing');
  await admin.getByRole('link', { name: 'TX-1' }).click();
  await expect(admin.getByText('2–3')).toBeVisible();
  await expect(admin.getByText('RemoteStart', { exact: true })).toBeVisible();
  await admin.getByRole('button', { name: 'Current.Import L1' }).click();
  await expect(admin).toHaveURL(/series=.*Current\.Import/);
  await expect(admin.getByRole('img', { name: 'What the meter said' })).toContainText('Current.Import L1');

  chargePoint.answers.set('GetTransactionStatus', { ongoingIndicator: true, messagesInQueue: true });
  await admin.getByRole('button', { name: 'Ask for its state' }).click();
  await expect(admin.getByText(/goes on, has messages for us/)).toBeVisible();

  await admin.getByRole('button', { name: 'Stop…' }).click();
  await admin.getByRole('dialog', { name: 'Stop session TX-1 on CP1?' }).getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => chargePoint.frames.some((text) => text.includes('RequestStopTransaction'))).toBe(true);
  for (const seqNo of [2, 3]) await event(chargePoint, 'Updated', seqNo);
  const stopped = { transactionId: 'TX-1', stoppedReason: 'Remote' };
  await event(chargePoint, 'Ended', 5, { triggerReason: 'RemoteStop', transactionInfo: stopped });
  await admin.reload();
  await expect(admin.getByText('RemoteStop', { exact: true })).toBeVisible();
  await expect(admin.getByText('0.50 kWh')).toBeVisible();
  await expect(admin.getByText('2–3')).toBeHidden();
  await admin.getByRole('link', { name: 'Show the frames' }).click();
  await expect(admin.getByText('TransactionEvent Ended').first()).toBeVisible();
  await chargePoint.close();
});
