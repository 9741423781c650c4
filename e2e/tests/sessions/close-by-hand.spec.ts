import { expect } from '@playwright/test';
import { fillWithDemoData } from '../../fixtures/demo-data.ts';
import { test } from '../../fixtures/test.ts';

test('a session that got stuck is closed by hand, and says by whom', async ({ admin: page, product }) => {
  const chargePoints = await fillWithDemoData(page, product);
  await page.getByRole('link', { name: 'Sessions' }).click();
  const row = page.getByRole('row').filter({ hasText: 'TX-1' });
  await expect(row).toContainText('Charging');
  await row.getByRole('link', { name: 'TX-1' }).click();
  await page.getByRole('button', { name: 'Close by hand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close this session of CP1?' });
  await expect(dialog).toContainText('CP1 is not told');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Close by hand' }).click();
  await dialog.getByRole('button', { name: 'Close by hand' }).click();

  await expect(page.getByText('Closed by')).toBeVisible();
  await expect(page.locator('dl')).toContainText('ada');
  await expect(page.getByRole('button', { name: 'Close by hand' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(row).toContainText('ended');
  // The whole console agrees: the charge point has no running session any more.
  await page.getByRole('link', { name: 'Charge points' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'CP1' })).not.toContainText('kW');
  for (const chargePoint of chargePoints) await chargePoint.close();
});
