import { expect } from '@playwright/test';
import { fillWithDemoData } from '../../fixtures/demo-data.ts';
import { test } from '../../fixtures/test.ts';

test('the console is used by keyboard alone', async ({ admin: page, product }) => {
  const chargePoints = await fillWithDemoData(page, product);
  await page.goto(product.url);
  await expect(page.getByRole('row').filter({ hasText: 'CP1' })).toBeVisible();

  await test.step('/ searches the page, Escape leaves the field', async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('0421');
    await expect(page.getByRole('row').filter({ hasText: 'CP1' })).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('searchbox')).not.toBeFocused();
    await expect(page.getByRole('row').filter({ hasText: 'CP1' })).toBeVisible();
  });

  await test.step('j and k walk the charge points, Enter opens one', async () => {
    await page.keyboard.press('j');
    await expect(page.getByRole('link', { name: 'CP-0421' })).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect(page.getByRole('link', { name: 'CP1' })).toBeFocused();
    await page.keyboard.press('k');
    await expect(page.getByRole('link', { name: 'CP-0999' })).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'CP1' })).toBeVisible();
  });

  await test.step('? lists the keys, Escape closes', async () => {
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(help).toContainText('Jump to anything');
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
  });

  await test.step('Ctrl-K goes to a page and to a command of a charge point', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('combobox', { name: /^Jump to/ })).toBeFocused();
    await page.keyboard.type('messages');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('combobox', { name: /^Jump to/ })).toBeFocused();
    await page.keyboard.type('cp1 reset');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/charge-points\/CP1\?.*command=Reset/);
  });

  await test.step('j and k walk the messages, Escape closes the details', async () => {
    await page.goto(`${product.url}/messages`);
    await expect(page.getByRole('row').filter({ hasText: 'TransactionEvent' })).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const details = page.getByRole('region', { name: 'Message details' });
    await expect(details).toBeVisible();
    const second = new URL(page.url()).searchParams.get('message');
    await page.keyboard.press('k');
    await expect.poll(() => new URL(page.url()).searchParams.get('message')).not.toBe(second);
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('letters typed into a field are text', async () => {
    await page.getByRole('textbox', { name: 'Charge point' }).focus();
    await page.keyboard.type('j?k');
    await expect(page.getByRole('textbox', { name: 'Charge point' })).toHaveValue('j?k');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
  for (const chargePoint of chargePoints) await chargePoint.close();
});
