import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const CSV = [
  'thingName,tags,auth,site',
  'BULK-1,north dc,none,Harbour',
  'BULK 2,north,none,Harbour',
  'CP1,north,none,Harbour',
  'BULK-3,south,secret,Station',
  'BULK-1,south,none,Station',
  'BULK-4,south,basic,Station',
].join('\n');

test('many are registered from CSV: bad rows are marked first, good ones come with their passwords', async ({
  admin: page,
  product,
}) => {
  await register(page, product, { thingName: 'CP1' });
  await page.getByRole('button', { name: 'Register…' }).click();
  await page.getByRole('tab', { name: 'Many, from CSV' }).click();
  await page
    .getByLabel('Open a CSV file')
    .setInputFiles({ name: 'fleet.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });

  const rows = page.getByRole('region', { name: 'Rows of the file' });
  await expect(page.getByText('2 good, 4 with a fault')).toBeVisible();
  const texts = await rows.getByRole('row').allTextContents();
  expect(texts.slice(1, 5).map((text) => text.slice(0, 1))).toEqual(['3', '4', '5', '6']);
  await expect(rows.getByRole('row', { name: /^3 BULK 2/ })).toContainText('is not a name');
  await expect(rows.getByRole('row', { name: /^4 CP1/ })).toContainText('is registered already');
  await expect(rows.getByRole('row', { name: /^5 BULK-3/ })).toContainText('auth must be none or basic');
  await expect(rows.getByRole('row', { name: /^6 BULK-1/ })).toContainText('twice');

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Register 2 charge points' }).click();
  const [header, ...lines] = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n');
  expect(header).toBe('thingName,url,password');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['BULK-1', 'BULK-4']);
  await expect(page.getByText('2 registered, 4 left out')).toBeVisible();

  // The password of the file is the one that opens.
  const password = lines[1]?.split(',')[2] ?? '';
  expect(password).toMatch(/^[\w.]{20}$/);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('row', { name: /BULK-1/ })).toContainText(/never seen/i);
  const chargePoint = await connectChargePoint(product.ocppUrl, 'BULK-4', { password });
  await chargePoint.call('BootNotification', BOOT_2);
  await expect(page.getByRole('row', { name: /BULK-4/ })).toContainText(/connected/i);
  await chargePoint.close();
});

test('a file that is no list of charge points says what is missing', async ({ admin: page }) => {
  await page.getByRole('button', { name: 'Register…' }).click();
  await page.getByRole('tab', { name: 'Many, from CSV' }).click();
  await page.getByLabel('Charge points as CSV').fill('name;city\nCP1;Tokyo');
  await expect(page.getByRole('alert')).toContainText('thingName among them');
  await expect(page.getByRole('button', { name: 'Register 0 charge points' })).toBeDisabled();
});
