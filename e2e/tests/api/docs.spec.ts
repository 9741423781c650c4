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
  await expect(admin.getByText('Register a charge point')).toBeVisible();
  const health = admin.locator('.opblock', { hasText: '/api/v1/health' });
  await health.getByRole('button').first().click();
  await health.getByRole('button', { name: 'Try it out' }).click();
  await health.getByRole('button', { name: 'Execute' }).click();
  await expect(health.locator('.live-responses-table .response-col_status').last()).toContainText('200');
  expect(refused).toEqual([]);
});
