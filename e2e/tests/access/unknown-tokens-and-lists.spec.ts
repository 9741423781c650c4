import { expect } from '@playwright/test';
import { BOOT_2, BOOT_16, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('C01: a card that nobody knows is refused, shows on the page, is added with one click, and may charge', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  const idToken = { idToken: '04DEADBEEF', type: 'ISO14443' };
  const ask = () => chargePoint.call('Authorize', { idToken });
  await admin.goto(`${product.url}/access`);
  expect(await ask()).toMatchObject({ idTokenInfo: { status: 'Invalid' } });
  const unknown = admin.getByRole('region', { name: 'Unknown tokens' });
  await expect(unknown).toContainText('CP1');
  await unknown.getByRole('button', { name: 'Add 04DEADBEEF' }).click();
  await expect(unknown).toBeHidden();
  const row = admin.getByRole('row').filter({ hasText: '04DEADBEEF' });
  await expect(row).toContainText('Accepted');
  expect(await ask()).toMatchObject({ idTokenInfo: { status: 'Accepted' } });

  await row.getByRole('button', { name: 'Block' }).click();
  await expect(row).toContainText('Blocked');
  expect(await ask()).toMatchObject({ idTokenInfo: { status: 'Blocked' } });

  await row.getByRole('button', { name: 'Edit' }).click();
  await admin.getByRole('button', { name: 'Delete…' }).click();
  await admin
    .getByRole('dialog', { name: /Delete id token/ })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(row).toBeHidden();
  await chargePoint.close();
});

test('a file with a bad row is shown row by row and changes nothing; a good one is imported', async ({
  admin,
  product,
}) => {
  await admin.goto(`${product.url}/access`);
  await admin.getByRole('button', { name: 'Import CSV…' }).click();
  const file = admin.getByLabel('Tokens as CSV');
  await file.fill('idToken,status\nA1,Accepted\nB2,Nonsense\n');
  await expect(admin.getByText('1 of 2 rows is refused')).toBeVisible();
  await expect(admin.getByText(/^status must be one of/)).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Import 0 tokens' })).toBeDisabled();
  await file.fill('idToken,status,concurrentLimit\nA1,Accepted,3\nB2,Blocked,any\n');
  await admin.getByRole('button', { name: 'Import 2 tokens' }).click();
  const tokens = admin.getByRole('region', { name: 'Id tokens' });
  await expect(tokens.getByRole('row').filter({ hasText: 'A1' })).toContainText('3');
  await expect(tokens.getByRole('row').filter({ hasText: 'B2' })).toContainText('Blocked');
});

test('D01: a local list is sent on request; the page tells which list the charge point has, and when it is out of step', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1', { protocol: 'ocpp1.6' });
  await chargePoint.call('BootNotification', BOOT_16);
  await admin.request.post(`${product.url}/api/v1/id-tokens`, {
    data: { idToken: 'CARD-1' },
    headers: { origin: product.url },
  });
  await admin.goto(`${product.url}/charge-points/CP1?tab=access`);
  const list = admin.getByRole('region', { name: 'Local authorization list' });
  await expect(list).toContainText('not known');
  await admin.getByRole('button', { name: 'Send a list' }).click();
  await expect(list).toContainText('in step');
  await expect(admin.getByRole('region', { name: 'Tokens in the list' })).toContainText('CARD-1');

  chargePoint.answers.set('SendLocalList', { status: 'VersionMismatch' });
  await admin.getByRole('button', { name: 'Send a list' }).click();
  await expect(list).toContainText('out of step');
  await admin.goto(`${product.url}/access?view=lists`);
  await expect(admin.getByRole('row').filter({ hasText: 'CP1' })).toContainText('Full 2: VersionMismatch');

  chargePoint.answers.delete('SendLocalList');
  await admin.getByRole('link', { name: 'CP1' }).click();
  await admin.getByLabel('Which tokens').selectOption('same');
  await admin.getByRole('button', { name: 'Send a list' }).click();
  await expect(list).toContainText('in step');
  await chargePoint.close();
});
