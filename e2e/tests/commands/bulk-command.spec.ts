import { expect } from '@playwright/test';
import { BOOT_2, BOOT_16, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('one command goes to the selected charge points, and its page tells what came of it at each', async ({
  admin: page,
  product,
}) => {
  for (const thingName of ['OLD-1', 'OLD-2', 'NEW-1', 'NEVER']) await register(page, product, { thingName });
  const old = await Promise.all(
    ['OLD-1', 'OLD-2'].map((name) => connectChargePoint(product.ocppUrl, name, { protocol: 'ocpp1.6' })),
  );
  for (const chargePoint of old) await chargePoint.call('BootNotification', BOOT_16);
  const other = await connectChargePoint(product.ocppUrl, 'NEW-1');
  await other.call('BootNotification', BOOT_2);

  await page.goto(product.url);
  await expect(page.getByRole('row', { name: /NEW-1/ }).getByText('2.0.1')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await page.getByRole('checkbox', { name: 'Select OLD-2' }).uncheck();
  await expect(page.getByText('3 charge points selected')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select OLD-2' }).check();
  await page.getByRole('button', { name: 'Send a command…' }).click();

  const drawer = page.getByRole('dialog', { name: 'A command for 4 charge points' });
  await drawer.getByRole('button', { name: /^ChangeConfiguration/ }).click();
  await drawer.getByLabel('key *').fill('HeartbeatInterval');
  await drawer.getByLabel('value *').fill('60');
  await expect(drawer.getByText('Goes to 2 charge points. 2 are left out')).toBeVisible();
  await drawer.getByRole('button', { name: 'Send to 2' }).click();
  const confirm = page.getByRole('dialog', { name: 'ChangeConfiguration on 2 charge points?' });
  await confirm.getByRole('button', { name: 'Send ChangeConfiguration' }).click();

  await page.waitForURL(/bulk-commands\/./);
  await expect(page.getByText('done')).toBeVisible();
  const results = page.getByRole('region', { name: 'Results' });
  await expect(results.getByRole('row', { name: /OLD-1 Accepted/ })).toBeVisible();
  await expect(results.getByRole('row', { name: /NEW-1 left out: its OCPP version/ })).toBeVisible();
  await expect(results.getByRole('row', { name: /NEVER left out: has never connected/ })).toBeVisible();
  await page.getByRole('button', { name: /^Accepted 2/ }).click();
  await expect(results.getByRole('row')).toHaveCount(3);
  expect(page.url()).toContain('word=Accepted');
  expect(old.every(({ frames }) => frames.some((frame) => frame.includes('"HeartbeatInterval"')))).toBe(true);
  expect(other.frames.some((frame) => frame.includes('HeartbeatInterval'))).toBe(false);

  await page.getByRole('link', { name: 'Bulk commands' }).click();
  await expect(page.getByRole('row', { name: /ChangeConfiguration done 4/ })).toBeVisible();

  await page.goto(product.url);
  await page.getByRole('checkbox', { name: 'Select OLD-1' }).check();
  await page.getByRole('checkbox', { name: 'Select OLD-2' }).check();
  const tag = async (typed: string, removed: string[]) => {
    await page.getByRole('button', { name: 'Tags…' }).click();
    const tags = page.getByRole('dialog', { name: 'Tags of 2 charge points' });
    await tags.getByLabel('Add').fill(typed);
    for (const each of removed) await tags.getByRole('button', { name: `${each} 2` }).click();
    await tags.getByRole('button', { name: 'Change the tags of 2' }).click();
    await expect(tags).toBeHidden();
  };
  await tag('north, wallbox', []);
  await expect(page.getByRole('row', { name: /OLD-1.*north.*wallbox/ })).toBeVisible();
  await tag('', ['north']);
  await expect(page.getByRole('row', { name: /OLD-2.*wallbox/ })).toBeVisible();
  await expect(page.getByText('north')).toHaveCount(0);
  for (const chargePoint of [...old, other]) await chargePoint.close();
});
