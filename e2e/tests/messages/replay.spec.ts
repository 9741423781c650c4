import { expect } from '@playwright/test';
import { BOOT_2, connectChargePoint, status2 } from '../../fixtures/charge-point.ts';
import { register, test } from '../../fixtures/test.ts';

test('support replays what happened to a charge point, and sees its state at each frame', async ({
  admin,
  product,
}) => {
  await register(admin, product, { thingName: 'CP1' });
  const chargePoint = await connectChargePoint(product.ocppUrl, 'CP1');
  await chargePoint.call('BootNotification', BOOT_2);
  await chargePoint.call('StatusNotification', status2(1, 'Available'));
  await chargePoint.call('StatusNotification', status2(1, 'Faulted'));
  await chargePoint.close();

  await admin.goto(`${product.url}/charge-points/CP1?tab=messages`);
  await admin.getByRole('row').filter({ hasText: 'BootNotification' }).click();
  await admin.getByRole('link', { name: 'Replay from here' }).click();
  await expect(admin.getByRole('heading', { name: 'Replay · CP1' })).toBeVisible();
  const state = admin.getByRole('region', { name: /As it stood at/ });
  await expect(state.getByText('Acme ABC 123')).toBeVisible();
  await expect(state.getByText('Available')).toBeHidden();

  await admin.keyboard.press('Shift+ArrowRight');
  await expect(state.getByText('Available')).toBeVisible();
  await admin.keyboard.press('Shift+ArrowRight');
  await expect(state.getByText('Faulted').first()).toBeVisible();
  await admin.keyboard.press('Shift+ArrowRight');
  await expect(state.getByText('Offline')).toBeVisible();

  await admin
    .getByRole('button', { name: /StatusNotification/ })
    .first()
    .click();
  await expect(state.getByText('Available')).toBeVisible();
  const link = await state.getByRole('link', { name: 'Open the frame' }).getAttribute('href');
  const frame = new URLSearchParams(link?.split('?')[1]).get('message');
  await expect(admin).toHaveURL((url) => url.searchParams.get('frame') === frame);
  await admin.reload();
  await expect(state.getByText('Available')).toBeVisible();

  await admin.getByRole('button', { name: 'Closer (+)' }).click();
  await expect(admin).toHaveURL((url) => url.searchParams.has('viewFrom'));
  const slider = admin.getByRole('slider', { name: 'Position' });
  const shown = await slider.getAttribute('max');
  await admin.reload();
  await expect(slider).toHaveAttribute('max', String(shown));
  await admin.keyboard.press('0');
  await expect(admin).toHaveURL((url) => !url.searchParams.has('viewFrom'));

  await admin.keyboard.press('Space');
  await expect(state.getByText('Offline')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Play' })).toBeVisible();

  await admin.getByRole('button', { name: 'Annotate' }).click();
  await admin.getByLabel(/What is to be said about/).fill('Here it was still in order.');
  await admin.getByRole('button', { name: 'Save' }).click();
  const notes = admin.getByRole('region', { name: '1 note' });
  await expect(notes.getByText('Here it was still in order.')).toBeVisible();
  await expect(notes.getByText(/^ada · /)).toBeVisible();
  await notes.getByRole('button', { name: 'Change the note' }).click();
  await notes.getByLabel('Text of the note').fill('Here it was in order for the last time.');
  await notes.getByRole('button', { name: 'Save' }).click();
  await expect(notes.getByText('Here it was in order for the last time.')).toBeVisible();
  await expect(notes.getByText(/ · changed /)).toBeVisible();

  await register(admin, product, { thingName: 'SANDBOX-1', sandbox: true });
  await admin.reload();
  await expect(notes.getByText('Here it was in order for the last time.')).toBeVisible();
  await admin.getByRole('button', { name: 'Re-run…' }).click();
  await admin.getByRole('button', { name: 'Run it as SANDBOX-1' }).click();
  await expect(admin.getByRole('heading', { name: 'CP1 again, as SANDBOX-1' })).toBeVisible();
  await expect(admin.getByText('Every answer is as recorded, but for times and ids.')).toBeVisible();

  await admin.getByRole('link', { name: 'Replay', exact: true }).click();
  await expect(
    admin.getByRole('region', { name: 'Looked at before' }).getByRole('link', { name: 'CP1' }),
  ).toBeVisible();
  await expect(
    admin.getByRole('region', { name: 'Run again' }).getByRole('link', { name: 'CP1 again, as SANDBOX-1' }),
  ).toBeVisible();
  await admin.getByLabel('Charge point').fill('CP1');
  await admin.getByRole('button', { name: 'Replay' }).click();
  await notes.getByRole('button', { name: 'Remove the note' }).click();
  await expect(notes).toBeHidden();
});
