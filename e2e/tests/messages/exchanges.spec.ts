import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { BOOT_2, connectChargePoint } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

const STARTED = {
  eventType: 'Started',
  timestamp: new Date().toISOString(),
  triggerReason: 'CablePluggedIn',
  seqNo: 0,
  transactionInfo: { transactionId: 'tx-1', chargingState: 'EVConnected' },
  evse: { id: 1, connectorId: 1 },
};

const rows = (page: Page) => page.getByRole('table', { name: 'Messages' }).getByRole('row');
const details = (page: Page) => page.getByRole('region', { name: 'Message details' });

test('support sees what is remarkable about each exchange, what was done about it, and what it is part of', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  chargePoint.answers.set('ClearCache', { status: 'Rejected' });
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', {
    timestamp: '2026-05-04T10:00:00',
    connectorStatus: 'Available',
    evseId: 1,
    connectorId: 1,
  });
  await expect(chargePoint.call('Heartbeat', { unasked: randomUUID(), status: [] })).resolves.toBeDefined();
  await chargePoint.call('TransactionEvent', STARTED);
  const sent = await admin.request.post(`${product.url}/api/v1/things/CP1/commands`, {
    data: { action: 'ClearCache' },
    headers: { origin: product.url },
  });
  expect(sent.ok()).toBe(true);

  // Only answers match, and each has its call all the same.
  await admin.goto(`${product.url}/messages?thingName=CP1&kind=result`);
  await expect(rows(admin).filter({ hasText: 'ClearCache' })).toContainText('Rejected');
  const broken = rows(admin).filter({ hasText: 'StatusNotification' });
  await expect(broken).toContainText('1 violation');
  await broken.click();
  const request = details(admin).getByRole('region', { name: 'Request' });
  await expect(request).toContainText('timestamp Must be a date and time with a time zone');
  await expect(request).toContainText('It says 2026-05-04T10:00:00');
  await expect(request).toContainText('What we did: accepted it all the same');
  await expect(request).toContainText('OCPP 2.0.1 part 2, StatusNotificationRequest');
  await expect(details(admin).getByRole('region', { name: 'Answer' })).toBeVisible();
  await expect(details(admin).getByRole('region', { name: 'Before and after' })).toContainText('BootNotification');

  await admin.keyboard.press('k');
  await expect(details(admin).getByRole('heading', { level: 2 })).toHaveText('Heartbeat');
  await admin.keyboard.press('k');
  await details(admin).getByRole('link', { name: 'Session' }).click();
  await expect(admin.getByText('tx-1').first()).toBeVisible();
  await admin.goBack();

  await rows(admin).filter({ hasText: 'ClearCache' }).click();
  await details(admin).getByRole('link', { name: 'Command' }).click();
  await expect(admin.locator('[aria-current="true"]').filter({ hasText: 'ClearCache' })).toContainText('Rejected');
  await admin.goBack();
  await details(admin).getByRole('link', { name: 'Send again' }).click();
  await expect(admin.getByRole('form', { name: 'ClearCache' })).toBeVisible();
  await admin.goBack();
  await admin.keyboard.press('Escape');
  await expect(details(admin)).toBeHidden();
});

test('the live tail follows the filter and the charge point that the page shows', async ({ admin, product }) => {
  test.slow();
  for (const thingName of ['CP1', 'CP2']) await register(admin, product, { thingName });
  const one = await connectChargePoint(product.ocppUrl, 'CP1');
  const two = await connectChargePoint(product.ocppUrl, 'CP2');
  const streams: string[] = [];
  admin.on('request', (each) => each.url().includes('/stream?') && streams.push(new URL(each.url()).search));

  await admin.goto(`${product.url}/messages?thingName=CP1`);
  await expect(rows(admin).filter({ hasText: 'connected' })).toHaveCount(1);
  await expect.poll(() => streams.at(-1)).toContain('thingName=CP1');
  await two.call('BootNotification', BOOT_2);
  await one.call('BootNotification', BOOT_2);
  await expect(rows(admin).filter({ hasText: 'BootNotification' })).toHaveCount(1);

  // Several: another one beside it.
  await admin.getByRole('textbox', { name: 'Another charge point' }).fill('CP2');
  await admin.keyboard.press('Enter');
  await expect.poll(() => streams.at(-1)).toContain('thingName=CP1&thingName=CP2');
  await expect(rows(admin).filter({ hasText: 'BootNotification' })).toHaveCount(2);
  await two.call('Heartbeat', {});
  await expect(rows(admin).filter({ hasText: 'CP2' }).filter({ hasText: 'Heartbeat' })).toHaveCount(1);
  await admin.getByRole('button', { name: 'Remove the filter thing:CP2' }).click();

  // The whole fleet: the stream is opened anew where it was.
  await admin.getByRole('button', { name: 'Remove the filter thing:CP1' }).click();
  await expect.poll(() => streams.at(-1)).not.toContain('thingName=');
  await expect(rows(admin).filter({ hasText: 'BootNotification' })).toHaveCount(2);
  await two.call('Heartbeat', {});
  await expect(rows(admin).filter({ hasText: 'CP2' }).filter({ hasText: 'Heartbeat' })).toHaveCount(2);

  // With a filter, only what matches comes.
  await admin.goto(`${product.url}/messages?violation=true`);
  await expect.poll(() => streams.at(-1)).toContain('violation=true');
  await expect(admin.getByText('No message matches these filters')).toBeVisible();
  await one.call('Heartbeat', {});
  await one.call('Heartbeat', { unknownMember: 1 });
  await expect(rows(admin).filter({ hasText: 'Heartbeat' })).toHaveCount(1);
  await expect(rows(admin).filter({ hasText: 'Heartbeat' })).toContainText('1 violation');

  // Paused, the list keeps still; what came meanwhile is there once afterwards.
  await admin.goto(`${product.url}/messages`);
  const table = admin.getByRole('table', { name: 'Messages' });
  await expect(rows(admin).filter({ hasText: 'connected' })).toHaveCount(2);
  const before = Number(await table.getAttribute('aria-rowcount'));
  await admin.getByRole('button', { name: 'Pause', exact: true }).click();
  for (let n = 0; n < 37; n += 1) await one.call('Heartbeat', {});
  await expect(admin.getByRole('button', { name: '37 new' })).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', String(before));
  await admin.getByRole('button', { name: 'Resume' }).click();
  await expect(table).toHaveAttribute('aria-rowcount', String(before + 37));

  // A row that is looked at stays where it is.
  await rows(admin).filter({ hasText: 'Heartbeat' }).first().click();
  await one.call('BootNotification', BOOT_2);
  await admin.getByRole('button', { name: '1 new' }).click();
  await expect(rows(admin).nth(1)).toContainText('BootNotification');

  // More than a live list can be read at is counted, and all there once it is asked for; nothing twice.
  await admin.goto(`${product.url}/messages?action=Heartbeat`);
  await expect(rows(admin).filter({ hasText: 'Heartbeat' }).first()).toBeVisible();
  const known = Number(await table.getAttribute('aria-rowcount'));
  await expect.poll(() => streams.at(-1)).toContain('action=Heartbeat');
  const beats = Array.from({ length: 350 }, () => [one.call('Heartbeat', {}), two.call('Heartbeat', {})]);
  await Promise.all(beats.flat());
  await expect(admin.getByText(/\d+ not shown/)).toBeVisible();
  await expect.poll(() => rows(admin).count()).toBeLessThan(80);
  await admin.getByRole('button', { name: 'Pause and show all' }).click();
  await expect(admin.getByText(/\d+ not shown/)).toBeHidden();
  await expect
    .poll(
      async () => {
        await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return table.getAttribute('aria-rowcount');
      },
      { timeout: 60_000 },
    )
    .toBe(String(known + 700));
});
