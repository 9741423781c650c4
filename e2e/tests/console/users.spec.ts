import { expect } from '@playwright/test';
import { test } from '../../fixtures/test.ts';

test('a colleague is added, chooses a password, gets another role and is removed', async ({
  admin,
  browser,
  product,
}) => {
  await admin.goto(`${product.url}/users`);
  await admin.getByRole('button', { name: 'Add a user' }).click();
  const form = admin.getByRole('dialog', { name: 'Add a user' });
  await form.getByLabel('Name').fill('Bob');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  const link = await admin.getByRole('dialog', { name: 'A link for Bob' }).getByLabel('One-time link').inputValue();
  await admin.getByRole('button', { name: 'I have it' }).click();
  const row = admin.getByRole('row').filter({ hasText: 'Bob' });
  await expect(row).toContainText('has a link');

  const context = await browser.newContext();
  const bob = await context.newPage();
  await bob.goto(link);
  await bob.getByLabel('Password').fill('a sentence of my own');
  await bob.getByRole('button', { name: 'Set password' }).click();
  await expect(bob.getByRole('button', { name: 'Bob · viewer' })).toBeVisible();
  await expect(bob.getByRole('link', { name: 'Messages' })).toBeHidden();
  await bob.goto(link);
  await bob.getByLabel('Password').fill('a sentence of my own');
  await bob.getByRole('button', { name: 'Set password' }).click();
  await expect(bob.getByText('The link has been used')).toBeVisible();
  await bob.goto(product.url);
  await expect(bob.getByText('No charge points yet')).toBeVisible();

  await admin.getByLabel('Role of Bob').selectOption('support');
  await expect(bob.getByRole('link', { name: 'Messages' })).toBeVisible();

  await admin.getByRole('button', { name: 'Remove Bob' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).toBeHidden();
  await expect(bob).toHaveURL(/sign-in/);
  await context.close();

  await admin.getByLabel(/^Role of/).selectOption('viewer');
  await expect(admin.getByText('the last administrator')).toBeVisible();
});

test('a token is created, shown once, good for its role, and revoked', async ({ admin, product, request }) => {
  await admin.goto(`${product.url}/users`);
  await admin.getByRole('button', { name: 'Create a token' }).click();
  const form = admin.getByRole('dialog', { name: 'Create an API token' });
  await form.getByLabel('What uses it').fill('billing');
  await form.getByRole('button', { name: 'Create', exact: true }).click();
  const token = await admin.getByRole('dialog').getByLabel('API token').inputValue();
  await admin.getByRole('button', { name: 'I have it' }).click();
  await expect(admin.getByText(token)).toBeHidden();
  const status = async (path: string) => {
    const answer = await request.get(`${product.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status();
  };
  expect(await status('/things')).toBe(200);
  expect(await status('/messages')).toBe(403);
  await admin.getByRole('button', { name: 'Revoke the token of billing' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(admin.getByText('No tokens yet')).toBeVisible();
  expect(await status('/things')).toBe(401);
});
