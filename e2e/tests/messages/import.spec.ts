import { expect } from '@playwright/test';
import { test } from '../../fixtures/test.ts';

const LOG = `2026-05-04 10:00:00,000 CP_1: send [2,"a","BootNotification",{"chargePointVendor":"Volt","chargePointModel":"V2"}]
2026-05-04 10:00:00,250 CP_1: receive message [3,"a",{"currentTime":"2026-05-04T10:00:00Z","interval":60,"status":"Accepted"}]
2026-05-04 10:00:02,000 CP_1: send [2,"b","StatusNotification",{"connectorId":1,"errorCode":"GroundFailure","status":"Faulted"}]
2026-05-04 10:00:02,100 CP_1: receive message [3,"b",
`;

test('support imports a log taken elsewhere, finds its way in it and replays it', async ({ admin, product }) => {
  await admin.goto(`${product.url}/messages`);
  await admin.getByRole('button', { name: 'Import…' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('File').setInputFiles({ name: 'case.log', mimeType: 'text/plain', buffer: Buffer.from(LOG) });
  await expect(dialog.getByText('The first 4 lines have 3 frames of CP_1.')).toBeVisible();
  await expect(dialog.getByText('1 line could not be read')).toBeVisible();
  await dialog.getByRole('button', { name: 'Import…' }).click();
  await dialog.getByRole('button', { name: 'Open' }).click();

  await expect(admin.getByText('Imported log case.log')).toBeVisible();
  await expect(admin.getByRole('row').filter({ hasText: 'StatusNotification' })).toContainText('no answer');
  await admin.getByRole('row').filter({ hasText: 'StatusNotification' }).click();
  await admin.getByRole('link', { name: 'Replay from here' }).click();
  const state = admin.getByRole('region', { name: /As it stood at/ });
  await expect(state.getByText('Volt V2')).toBeVisible();
  await expect(state.getByText('GroundFailure').first()).toBeVisible();
});

test('an upload says how far it is; stopped, nothing of it is kept', async ({ admin, product }) => {
  await admin.goto(`${product.url}/messages`);
  await admin.getByRole('button', { name: 'Import…' }).click();
  const dialog = admin.getByRole('dialog');
  const buffer = Buffer.from(LOG.repeat(8_000));
  await dialog.getByLabel('File').setInputFiles({ name: 'long.log', mimeType: 'text/plain', buffer });
  const begin = dialog.getByRole('button', { name: 'Import…' });
  await expect(begin).toBeEnabled();
  const network = await admin.context().newCDPSession(admin);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  await begin.click();
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  await expect(dialog.getByText(/of .* sent/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();

  await expect(begin).toBeEnabled();
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  expect((await (await admin.request.get(`${product.url}/api/v1/imports`)).json()).items).toEqual([]);
  await begin.click();
  await expect(dialog.getByText('long.log')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove' }).click({ timeout: 40_000 });
  await admin.getByRole('dialog', { name: 'Remove long.log?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(admin.getByRole('listitem').filter({ hasText: 'long.log' })).toHaveCount(0);
});
