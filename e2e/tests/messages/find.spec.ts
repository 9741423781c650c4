import { expect, type Page } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const rows = (page: Page) => page.getByRole('table', { name: 'Messages' }).getByRole('row');
const bar = (page: Page) => page.getByRole('combobox', { name: 'Search messages' });

const chip = (page: Page, text: string) => page.getByRole('button', { name: `Remove the filter ${text}` });

const type = async (page: Page, query: string): Promise<void> => {
  await page.keyboard.press('/');
  await expect(bar(page)).toBeFocused();
  await bar(page).fill(query);
  await bar(page).press('Enter');
};

test('what is typed becomes filters of the address; an empty result says which of them to drop', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('Authorize', { idToken: { idToken: 'DEADBEEF', type: 'ISO14443' } });
  await chargePoint.call('Authorize', { idToken: { idToken: 'CAFE0001', type: 'ISO14443' } });

  await admin.goto(`${product.url}/messages`);
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(2);
  await type(admin, 'deadbeef');
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(1);
  await expect(rows(admin).filter({ hasText: 'BootNotification' })).toHaveCount(0);
  await expect(admin).toHaveURL(/[?&]q=deadbeef/);
  await bar(admin).press('Backspace');
  await expect(rows(admin).filter({ hasText: 'BootNotification' })).toHaveCount(1);

  await bar(admin).fill('idToken.idToken = "CAFE0001"');
  await bar(admin).press('Enter');
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(1);
  await bar(admin).fill('direction:in');
  await bar(admin).press('Enter');
  await expect(admin).toHaveURL(/direction=in/);
  await admin.reload();
  await expect(admin.getByRole('button', { name: 'Remove the filter idToken.idToken = "CAFE0001"' })).toBeVisible();
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(1);
  // What comes live passes the same filter.
  await chargePoint.call('Authorize', { idToken: { idToken: 'CAFE0001', type: 'ISO14443' } });
  await chargePoint.call('Authorize', { idToken: { idToken: 'DEADBEEF', type: 'ISO14443' } });
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(2);

  await type(admin, 'error:SecurityError');
  await expect(admin.getByText('There are messages without one of these filters:')).toBeVisible();
  await admin.getByRole('button', { name: 'Without error:SecurityError' }).click();
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(2);

  // Under a name, it is there from anywhere.
  await admin.getByRole('button', { name: 'Saved searches' }).click();
  await admin.getByRole('textbox', { name: 'Name of this search' }).fill('Cafe');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('button', { name: 'Cafe', exact: true })).toBeVisible();
  await admin.getByRole('button', { name: 'Rename the saved search Cafe' }).click();
  await admin.getByRole('textbox', { name: 'New name of Cafe' }).fill('One card');
  await admin.keyboard.press('Enter');
  await expect(admin.getByRole('button', { name: 'One card', exact: true })).toBeVisible();
  await admin.goto(`${product.url}/messages?kind=error`);
  await admin.getByRole('button', { name: 'Saved searches' }).press('Enter');
  await admin.getByRole('button', { name: 'One card', exact: true }).press('Enter');
  await expect(admin).toHaveURL(/direction=in&path=idToken.idToken&value=CAFE0001$/);
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(2);
  await admin.getByRole('button', { name: 'Saved searches' }).click();
  await admin.getByRole('button', { name: 'Delete the saved search One card' }).click();
  await expect(admin.getByText('No saved searches yet.')).toBeVisible();
  await admin.keyboard.press('Escape');

  // What was set by its menu is a chip too; the arrow keys go along the chips.
  await admin.goto(`${product.url}/messages?thingName=CP1`);
  await admin.getByRole('button', { name: 'Direction any' }).click();
  await admin.getByRole('menuitem', { name: 'From the charge point' }).click();
  await expect(chip(admin, 'direction:in')).toBeVisible();
  await type(admin, 'customData = ""');
  await expect(admin).toHaveURL(
    ({ searchParams }) => searchParams.get('path') === 'customData' && searchParams.get('value') === '',
  );
  await admin.reload();
  await expect(chip(admin, 'customData = ""')).toBeVisible();
  await bar(admin).press('ArrowLeft');
  await expect(chip(admin, 'customData = ""')).toBeFocused();
  await admin.keyboard.press('ArrowLeft');
  await expect(chip(admin, 'direction:in')).toBeFocused();
  await admin.keyboard.press('Backspace');
  await expect(admin).toHaveURL((url) => !url.searchParams.has('direction') && url.searchParams.get('value') === '');
  await expect(bar(admin)).toBeFocused();

  // The same on the charge point's own page.
  await admin.goto(`${product.url}/charge-points/CP1?tab=messages`);
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(4);
  await type(admin, 'action:Authorize direction:in cafe0001');
  await expect(chip(admin, 'action:Authorize')).toBeVisible();
  await expect(rows(admin).filter({ hasText: 'Authorize' })).toHaveCount(2);

  await type(admin, 'unanswered:true');
  await expect(admin.getByText('not live: unanswered only after 30 seconds')).toBeVisible();
});
