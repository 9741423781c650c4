import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { fillWithDemoData, PAGES } from '../../fixtures/demo-data.ts';
import { test } from '../../fixtures/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious accessibility violation, ${colorScheme}`, async ({ admin, product }) => {
    test.setTimeout(180_000);
    const chargePoints = await fillWithDemoData(admin, product);
    await admin.emulateMedia({ colorScheme });
    for (const path of PAGES) {
      await test.step(path, async () => {
        await admin.goto(product.url + path);
        await expect(admin.getByRole('heading').first()).toBeVisible();
        await admin.waitForLoadState('load');
        expect.soft(await violations(admin), path).toEqual([]);
      });
    }
    await test.step('a message that breaks a rule, with its details', async () => {
      await chargePoints[0]?.call('Heartbeat', { unknownMember: 1 });
      await admin.goto(`${product.url}/messages?violation=true`);
      await admin.getByRole('row').filter({ hasText: 'Heartbeat' }).first().click();
      await expect(admin.getByText('What we did:').first()).toBeVisible();
      expect.soft(await violations(admin), 'message').toEqual([]);
    });
    await test.step('the registration drawer', async () => {
      await admin.goto(product.url);
      await admin
        .getByRole('button', { name: /^register/i })
        .first()
        .click();
      await expect(admin.locator('#thing-name')).toBeVisible();
      // The drawer slides in; half-way its text is half transparent.
      await admin
        .getByRole('dialog')
        .evaluate((element) => Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished)));
      expect.soft(await violations(admin), 'register').toEqual([]);
    });
    for (const chargePoint of chargePoints) await chargePoint.close();
  });
}

test('sign-in and set-up have no serious accessibility violation', async ({ page, product }) => {
  await page.goto(`${product.url}/sign-in`);
  await expect(page.locator('form')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.goto(product.setupUrl() ?? '');
  await expect(page.locator('form')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(' | ')}`,
    );
}
