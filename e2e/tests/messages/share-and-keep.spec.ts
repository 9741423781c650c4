import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { Product } from '../../fixtures/product.ts';
import { test } from '../../fixtures/test.ts';

const LINE = (at: string, frame: string) => `${at} CP_1: send ${frame}\n`;
const LOG =
  LINE('2026-05-04 10:00:00', '[2,"a","BootNotification",{"chargePointVendor":"Volt","chargePointModel":"V2"}]') +
  LINE('2026-05-04 10:00:05', '[2,"b","Authorize",{"idTag":"CARD-4711"}]');

test('support passes a case on as one file without names in it', async ({ admin, product }) => {
  const id = await importLog(admin, product);
  await admin.goto(`${product.url}/messages?import=${id}&thingName=CP_1`);
  await admin.getByRole('button', { name: 'Export…' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Case bundle').check();
  await expect(dialog.getByLabel('Id tokens and contracts')).toBeChecked();
  const download = admin.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^case-.*\.zip$/);
  const content = await readFile(await file.path());
  expect(content.subarray(0, 2).toString()).toBe('PK');
  await expect(dialog.getByText(/^Downloaded · 2 frames/)).toBeVisible();
});

test('support pins what is disputed, and an administrator says how long the rest is kept', async ({
  admin,
  product,
}) => {
  await admin.goto(`${product.url}/messages?thingName=CP_1`);
  await admin.getByRole('button', { name: 'Pin…' }).click();
  await admin.getByLabel('Why').fill('Ticket 4711');
  await admin.getByRole('button', { name: 'Pin', exact: true }).click();
  await admin.getByRole('link', { name: 'See what is pinned' }).click();
  const pinned = admin.getByRole('row').filter({ hasText: 'Ticket 4711' });
  await expect(pinned).toContainText('CP_1');
  await expect(pinned).toContainText('ada');

  await admin.getByLabel('Days that Messages are kept').fill('30');
  await admin.getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByRole('dialog')).toContainText('older than 30 days');
  await admin.getByRole('button', { name: 'Keep for 30 days' }).click();
  await expect(admin.getByRole('row').filter({ hasText: 'Every frame both ways' })).toContainText('ada');
  await admin.getByRole('button', { name: 'Remove what is due now' }).click();
  await expect(admin.getByText(/Last run .*: nothing was due/)).toBeVisible();

  await pinned.getByRole('button', { name: 'Unpin…' }).click();
  await admin.getByRole('button', { name: 'Unpin', exact: true }).click();
  await expect(admin.getByText('Nothing is pinned')).toBeVisible();
});

async function importLog(page: Page, product: Product): Promise<string> {
  const answer = await page.request.post(`${product.url}/api/v1/messages/import?name=case.log`, {
    data: LOG,
    headers: { origin: product.url, 'content-type': 'application/octet-stream' },
  });
  const { id } = (await answer.json()) as { id: string };
  const status = async () => (await (await page.request.get(`${product.url}/api/v1/imports/${id}`)).json()).status;
  await expect.poll(status).toBe('done');
  return id;
}
