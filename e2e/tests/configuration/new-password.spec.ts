import { expect } from '@playwright/test';
import { BOOT_16, connectChargePoint } from '../../fixtures/charge-point.ts';
import { test } from '../../fixtures/test.ts';

test('a new password that waits for a reboot shows until the charge point comes with it, and can be taken back', async ({
  admin,
  product,
}) => {
  const made = await admin.request.post(`${product.url}/api/v1/things`, {
    data: { thingName: 'CP1', auth: { type: 'basic' } },
    headers: { origin: product.url },
  });
  const { credentials } = (await made.json()) as { credentials: { password: string } };
  const comes = (password: string) => connectChargePoint(product.ocppUrl, 'CP1', { protocol: 'ocpp1.6', password });
  let chargePoint = await comes(credentials.password);
  await chargePoint.call('BootNotification', BOOT_16);
  chargePoint.answers.set('ChangeConfiguration', { status: 'RebootRequired' });

  const change = async (value: string) => {
    const sent = await admin.request.post(`${product.url}/api/v1/things/CP1/commands`, {
      data: { action: 'ChangeConfiguration', payload: { key: 'AuthorizationKey', value } },
      headers: { origin: product.url },
    });
    expect(sent.status()).toBe(200);
  };
  await admin.goto(`${product.url}/charge-points/CP1?tab=security`);
  await admin.getByRole('tab', { name: 'Security' }).click();
  const note = admin.getByRole('status').filter({ hasText: 'New password sent' });
  await expect(admin.getByRole('region', { name: 'Credentials' })).toBeVisible();
  await expect(note).toHaveCount(0);

  await change('a first new password');
  await expect(note).toContainText('it gets in with the old one as well');
  await note.getByRole('button', { name: 'Take the new one back…' }).click();
  const asks = admin.getByRole('dialog', { name: 'Let CP1 in with the old password only?' });
  await asks.getByRole('button', { name: 'Take it back' }).click();
  await expect(note).toHaveCount(0);
  await expect(comes('a first new password')).rejects.toThrow('401');

  await change('another new password');
  await expect(note).toBeVisible();
  await chargePoint.close();
  chargePoint = await comes('another new password');
  await expect(note).toHaveCount(0);
  await chargePoint.close();
  await expect(comes(credentials.password)).rejects.toThrow('401');
});
