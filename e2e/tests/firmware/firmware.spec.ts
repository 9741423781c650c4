import { expect, type Page } from '@playwright/test';
import { connectChargePoint } from '../../fixtures/charge-point.ts';
import { startSimulator } from '../../fixtures/simulator.ts';
import { register, test } from '../../fixtures/test.ts';

async function uploadFirmware(page: Page, { name, version }: { name: string; version: string }): Promise<void> {
  await page.getByRole('link', { name: 'Firmware', exact: true }).click();
  await page.getByRole('button', { name: 'Upload firmware…' }).click();
  const buffer = Buffer.from('a firmware image '.repeat(50_000));
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: `${name}.bin`, mimeType: '', buffer });
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name);
  await page.getByLabel('Version').fill(version);
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText(version);
}

for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']) {
  test(`${protocol}: firmware is uploaded, installed by a charge point, and its logs are fetched`, async ({
    admin,
    product,
  }) => {
    await register(admin, product, { thingName: 'CP1' });
    const station = await startSimulator(product.ocppUrl, 'CP1', protocol);
    await uploadFirmware(admin, { name: 'abc-12', version: '12.0' });

    await admin.goto(`${product.url}/charge-points/CP1?tab=firmware`);
    await admin.evaluate(() => Object.assign(window, { notReloaded: true }));
    await admin.getByRole('button', { name: 'Update firmware…' }).click();
    const form = admin.getByRole('dialog', { name: 'Update the firmware of CP1' });
    await form.getByLabel('File', { exact: true }).selectOption({ index: 1 });
    await form.getByRole('button', { name: 'Update CP1' }).click();
    const update = admin.getByRole('row').filter({ hasText: 'Update' });
    await expect(update).toContainText('Installed');
    await expect(update).toContainText('abc-12 12.0');
    await expect(admin.getByRole('region', { name: 'Current firmware' })).toContainText('abc-12');
    await update.getByRole('button', { name: /^History/ }).click();
    for (const step of ['Asked', 'Accepted', 'Downloading', 'File fetched from here', 'Downloaded', 'Installing'])
      await expect(admin.getByRole('listitem').filter({ hasText: step }).first()).toBeVisible();

    await admin.getByRole('button', { name: 'Get logs' }).click();
    const logs = admin.getByRole('row').filter({ hasText: 'uploaded here' });
    await expect(logs).toContainText('Uploaded');
    const download = admin.waitForEvent('download');
    await logs.getByRole('link').click();
    const content = await (await download).createReadStream();
    expect((await content.toArray()).join('')).toContain('firmware abc-12');
    expect(await admin.evaluate(() => 'notReloaded' in window)).toBe(true);
    await station.stop();
  });
}

test('a firmware file that is still needed says by whom before it is deleted', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await uploadFirmware(admin, { name: 'needed', version: '1' });
  await admin.goto(`${product.url}/charge-points/CP1?tab=firmware&form=update`);
  await admin.getByLabel('File', { exact: true }).selectOption({ index: 1 });
  await admin.getByRole('button', { name: 'Update CP1' }).click();
  await expect(admin.getByText(/Accepted in/)).toBeVisible();

  await admin.getByRole('link', { name: 'Firmware', exact: true }).click();
  await admin.getByRole('button', { name: 'Delete needed' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Delete needed' });
  await expect(dialog).toContainText('CP1 still has to fetch or install it.');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(admin.getByText('No firmware is kept here yet')).toBeVisible();
  await chargePoint.close();
});

test('security events show as they come, and a new password shows once', async ({ admin, product }) => {
  await register(admin, product, { thingName: 'CP1' });
  await register(admin, product, { thingName: 'CP2', auth: { type: 'basic' } });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await admin.goto(`${product.url}/charge-points/CP1?tab=security`);
  await expect(admin.getByText('No security event was reported')).toBeVisible();
  const timestamp = new Date().toISOString();
  const techInfo = '<img src=x onerror=alert(1)>';
  await chargePoint.call('SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp, techInfo });
  const row = admin.getByRole('row').filter({ hasText: 'TamperDetectionActivated' });
  await expect(row).toContainText('Critical');
  await expect(row).toContainText(techInfo);
  await chargePoint.close();

  await admin.goto(`${product.url}/charge-points/CP2?tab=security`);
  await admin.getByRole('button', { name: 'New password…' }).click();
  await admin.getByRole('button', { name: 'Make a new password' }).click();
  await expect(admin.getByText('It shows this once.')).toBeVisible();
  await expect(admin.locator('code')).toHaveText(/^\S{16,}$/);
});
