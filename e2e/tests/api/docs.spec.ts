import { expect } from '@playwright/test';
import { test } from '../../fixtures/test.ts';

test('the reader at /docs shows every call and tries them with the session that is signed in', async ({
  admin,
  product,
}) => {
  const refused: string[] = [];
  admin.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await admin.goto(`${product.url}/docs`);
  const session = admin.locator('.opblock', { hasText: 'Who is signed in' });
  await session.getByRole('button').first().click();
  await session.getByRole('button', { name: 'Try it out' }).click();
  await session.getByRole('button', { name: 'Execute' }).click();
  await expect(session.locator('.live-responses-table .response-col_status').last()).toContainText('200');
  // What is far down is drawn when it comes near.
  await expect(async () => {
    await admin.keyboard.press('End');
    await expect(admin.locator('.opblock', { hasText: '/api/v1/health' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(refused).toEqual([]);
});
