import { expect } from '@playwright/test';
import { BOOT_2, BOOT_16, connectChargePoint, status16 } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('a form offers what the charge point has, keeps optional parts folded, and the exchange shows both frames', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1', { protocol: 'ocpp1.6' });
  await chargePoint.call('BootNotification', BOOT_16);
  await chargePoint.call('StatusNotification', status16(2, 'Available'));
  await page.goto(`${product.url}/charge-points/CP1?tab=commands&command=UnlockConnector`);
  await expect(page.getByLabel('connectorId *')).toHaveValue('2');

  await page.getByRole('searchbox', { name: 'Search actions' }).fill('message right now');
  await page.getByRole('button', { name: /^TriggerMessage/ }).click();
  await page.getByLabel('requestedMessage *').selectOption('StatusNotification');
  await expect(page.getByLabel('connectorId')).toHaveCount(0);
  await page.getByRole('button', { name: /^Optional: connectorId/ }).click();
  await page.getByLabel('connectorId').click();
  await page.getByRole('option', { name: '2 Available' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByText(/Accepted in \d+ ms/)).toBeVisible();
  await expect(history.getByText('ada')).toBeVisible();
  await history.getByRole('button', { name: 'Request and answer' }).click();
  await expect(history.locator('pre').first()).toContainText('"requestedMessage": "StatusNotification"');
  await expect(history.locator('pre').last()).toContainText('"status": "Accepted"');
  const call = JSON.parse(chargePoint.frames.find((frame) => frame.includes('TriggerMessage')) ?? '[]') as unknown[];
  expect(call[3]).toEqual({ requestedMessage: 'StatusNotification', connectorId: 2 });
  await chargePoint.close();
});

test('the JSON tab marks what the schema objects to at its place, as it is typed', async ({ admin: page, product }) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await page.goto(`${product.url}/charge-points/CP1?tab=commands&command=Reset`);
  await page.getByRole('tab', { name: 'JSON' }).click();
  const editor = page.getByRole('textbox', { name: 'Payload as JSON' });
  await editor.fill('{"type": "Soft", "evseId": "1"}');
  await expect(page.locator('.cm-lintRange-error')).toHaveText(['"Soft"', '"1"']);
  await expect(page.getByText('2 places to mend')).toBeVisible();
  await editor.fill('{"type": "OnIdle", "evseId": 1');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await editor.fill('{"type": "OnIdle", "evseId": 1}');
  await expect(page.locator('.cm-lintRange-error')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Form' }).click();
  await expect(page.getByLabel('evseId')).toHaveValue('1');
  await chargePoint.close();
});

test('a command for one that is away is kept until it boots, and can be taken back', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  const first = await connectChargePoint(product.ocppUrl, 'CP1');
  await first.call('BootNotification', BOOT_2);
  await first.close();
  await page.goto(`${product.url}/charge-points/CP1?tab=commands&command=ClearCache`);
  const send = async () => {
    await page.getByLabel('It is not connected.').selectOption({ label: 'Send it when it boots within 8 hours' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send ClearCache' }).click();
  };
  const history = page.getByRole('region', { name: 'History' });
  await send();
  await history.getByRole('button', { name: 'Take back' }).click();
  await expect(history.getByText('taken back')).toBeVisible();

  await send();
  await expect(history.getByText('queued')).toBeVisible();
  const second = await connectChargePoint(product.ocppUrl, 'CP1');
  await second.call('BootNotification', BOOT_2);
  await expect(history.getByText(/Accepted in \d+ ms/)).toBeVisible();
  expect(second.frames.filter((frame) => frame.includes('ClearCache'))).toHaveLength(1);
  await second.close();
});

test('an address that is empty is asked about once; a link to here takes what the charge point puts there', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1', { protocol: 'ocpp1.6' });
  chargePoint.answers.set('GetDiagnostics', { fileName: 'today.log' });
  await chargePoint.call('BootNotification', BOOT_16);
  await page.goto(`${product.url}/charge-points/CP1?tab=commands&command=GetDiagnostics`);
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await send.click();
  await expect(page.getByRole('alert').filter({ hasText: 'Empty: location' })).toBeVisible();
  await page.getByRole('button', { name: 'Use a link to here' }).click();
  await expect(page.getByLabel('location *')).toHaveValue(/^http/);
  await send.click();
  await expect(page.getByRole('region', { name: 'History' }).getByText(/answered in \d+ ms/)).toBeVisible();

  const call = chargePoint.frames.map((frame) => JSON.parse(frame)).find((frame) => frame[2] === 'GetDiagnostics');
  const put = await fetch(call[3].location, { method: 'PUT', body: 'what happened today' });
  expect(put.ok).toBe(true);
  await page.getByRole('tab', { name: 'Firmware & logs' }).click();
  await expect(page.getByText('19 byte')).toBeVisible();
  await chargePoint.close();
});
