import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('an id token is made, changed and deleted, and charge points are told so', async ({ admin: page, product }) => {
  await register(page, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  const authorized = async () => {
    const { idTokenInfo } = await chargePoint.call('Authorize', { idToken: { idToken: 'VAN 7/a', type: 'ISO14443' } });
    return idTokenInfo;
  };
  await page.getByRole('link', { name: 'Access' }).click();
  const row = page.getByRole('row').filter({ hasText: 'VAN 7/a' });
  const drawer = page.getByRole('dialog');

  await page.getByRole('button', { name: 'New id token…' }).click();
  await drawer.getByLabel('Id token', { exact: true }).fill('VAN 7/a');
  await drawer.getByLabel('Note').fill('Van of the workshop');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
  await expect(row).toContainText('Accepted');
  expect(await authorized()).toMatchObject({ status: 'Accepted' });

  await page.getByRole('button', { name: 'New id token…' }).click();
  await drawer.getByLabel('Id token', { exact: true }).fill('VAN 7/a');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer.getByRole('alert')).toContainText('409');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  await row.getByRole('button', { name: 'Edit' }).click();
  await expect(drawer.getByLabel('Note')).toHaveValue('Van of the workshop');
  await drawer.getByLabel('Expires').fill('2020-01-31');
  await drawer.getByLabel('Group').fill('FLEET');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(drawer).toBeHidden();
  await expect(row).toContainText('FLEET');
  await expect(row).toContainText('2020');
  expect(await authorized()).toMatchObject({ status: 'Expired' });

  await row.getByRole('button', { name: 'Edit' }).click();
  await drawer.getByRole('button', { name: 'Delete…' }).click();
  const sure = page.getByRole('dialog', { name: 'Delete id token VAN 7/a?' });
  await sure.getByRole('button', { name: 'Delete' }).click();
  await expect(row).toHaveCount(0);
  expect(await authorized()).not.toMatchObject({ status: 'Accepted' });
  await chargePoint.close();
});
