import type { ChargingProfile } from '@cpo-console/shared/api/charging.ts';
import { setChargingProfileRequest } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../../testing/render.tsx';

const at = '2026-05-04T12:00:00.000Z';
const profile = (profileId: number, stackLevel: number, limit: number): ChargingProfile => {
  const version = 'ocpp2.0.1';
  const draft = { purpose: 'TxDefaultProfile', kind: 'Absolute', startSchedule: at, unit: 'A' } as const;
  const request = setChargingProfileRequest(
    { ...draft, stackLevel, periods: [{ start: 0, limit }] },
    { version, place: 1, profileId },
  );
  return {
    thingName: 'CP-0000',
    profileId,
    protocol: version,
    evseId: 1,
    connectorId: null,
    purpose: 'TxDefaultProfile',
    kind: 'Absolute',
    stackLevel,
    transactionId: null,
    source: 'set',
    limitSource: null,
    profile: request.chargingProfile as Record<string, unknown>,
    installedAt: at,
    installedBy: 'ada',
    reportedAt: null,
  };
};

async function open(installed = [profile(4, 0, 32), profile(7, 2, 10)]) {
  const { api } = await renderApp({
    path: '/charge-points/CP-0000?tab=charging&place=1',
    things: 1,
    routes: [
      ({ method, path }) =>
        method === 'GET' && path === '/things/CP-0000/charging-profiles'
          ? { status: 200, body: { items: installed } }
          : undefined,
    ],
  });
  return api;
}

test('the page says which profile wins: the highest stack level', async () => {
  await open();
  const outlook = await screen.findByRole('region', { name: /may draw/ });
  const row = await within(outlook).findByRole('row', { name: /10\.0 A/ });
  within(row).getByText('#7 TxDefaultProfile');
  expect(within(outlook).queryByText(/32\.0 A/)).toBeNull();
});

test('of several schedules between which a car chooses, each can be looked at', async () => {
  const one = profile(4, 0, 32);
  const [first] = one.profile.chargingSchedule as object[];
  const second = { ...first, id: 2, chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }] };
  await open([{ ...one, profile: { ...one.profile, chargingSchedule: [first, second] } }]);
  const outlook = await screen.findByRole('region', { name: /may draw/ });
  await within(outlook).findByRole('row', { name: /32\.0 A/ });
  fireEvent.change(await screen.findByLabelText('Schedule of profile 4'), { target: { value: '1' } });
  await within(outlook).findByRole('row', { name: /6\.0 A/ });
  expect(within(outlook).queryByRole('row', { name: /32\.0 A/ })).toBeNull();
});

test('a profile with a bad value says where and why, and is not sent until it is mended', async () => {
  const api = await open();
  fireEvent.click(await screen.findByRole('button', { name: 'New profile…' }));
  const editor = await screen.findByRole('dialog');
  const limit = within(editor).getByLabelText('Limit of period 1');
  fireEvent.change(limit, { target: { value: '6.25' } });
  within(editor).getByText('may have one decimal');
  const set = within(editor).getByRole('button', { name: 'Set at CP-0000' }) as HTMLButtonElement;
  expect(set.disabled).toBe(true);
  fireEvent.change(limit, { target: { value: '6.5' } });
  fireEvent.change(within(editor).getByLabelText('Stack level'), { target: { value: '5' } });
  fireEvent.click(set);
  await waitFor(() => expect(api.requests.some(({ method }) => method === 'POST')).toBe(true));
  const sent = api.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/commands'));
  expect(sent?.body).toMatchObject({ action: 'SetChargingProfile' });
  expect(JSON.stringify(sent?.body)).toContain('"limit":6.5');
  expect(JSON.stringify(sent?.body)).toContain('"stackLevel":5');
});

test('OCPP 2.1: what is no limit is listed, said not to be drawn, and not lost unsaid by editing', async () => {
  const one = profile(9, 0, 16);
  const [schedule] = one.profile.chargingSchedule as object[];
  const chargingSchedulePeriod = [
    { startPeriod: 0, limit: 16 },
    { startPeriod: 600, operationMode: 'CentralSetpoint', setpoint: -11, dischargeLimit: -16 },
  ];
  const chargingSchedule = [{ ...schedule, randomizedDelay: 30, chargingSchedulePeriod }];
  await open([{ ...one, protocol: 'ocpp2.1', profile: { ...one.profile, chargingSchedule } }]);
  const outlook = await screen.findByRole('region', { name: /may draw/ });
  await within(outlook).findByText(/#9 says more than a limit: operationMode, setpoint, dischargeLimit\./);
  await within(outlook).findByRole('row', { name: /not by a limit #9/ });
  screen.getByText('0:00 16 A → 0:10 operationMode CentralSetpoint setpoint -11 dischargeLimit -16');
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByText(/#9 also says randomizedDelay, operationMode, setpoint, dischargeLimit:/);
});
