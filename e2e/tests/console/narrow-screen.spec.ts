import { expect } from '@playwright/test';
import { fillWithDemoData, PAGES } from '../../fixtures/demo-data.ts';
import { test } from '../../fixtures/test.ts';

test('on a phone of 390 px no page scrolls sideways', async ({ admin, product }) => {
  test.setTimeout(120_000);
  const chargePoints = await fillWithDemoData(admin, product);
  await admin.setViewportSize({ width: 390, height: 844 });
  for (const path of PAGES) {
    await admin.goto(product.url + path);
    await expect(admin.getByRole('heading').first()).toBeVisible();
    const width = await admin.evaluate(() => document.documentElement.scrollWidth);
    expect.soft(width, path).toBeLessThanOrEqual(390);
  }
  for (const chargePoint of chargePoints) await chargePoint.close();
});
