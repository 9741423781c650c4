import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { setChargingProfileRequest } from '@cpo-console/shared/smart-charging/profile-on-the-wire.ts';
import { describe, expect, it } from 'vitest';
import { COMMANDS_2 } from './commands-v2.ts';
import { COMMANDS_16 } from './commands-v16.ts';
import { createConfiguration } from './configuration.ts';
import { createStation } from './create-station.ts';
import { createFileTransfer } from './firmware-and-logs.ts';
import { DEFAULT_HARDWARE } from './hardware.ts';
import { createOutbox } from './outbox.ts';
import { limitNow } from './smart-charging.ts';

const NOW = Date.parse('2026-05-04T12:00:00Z');
const DRAFT = {
  kind: 'Absolute',
  stackLevel: 0,
  startSchedule: '2026-05-04T00:00:00.000Z',
  unit: 'A',
  periods: [
    { start: 0, limit: 10 },
    { start: 43_260, limit: 6 },
  ],
} as const;

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version: OcppVersion) => {
  const is16 = version === 'ocpp1.6';
  const { station } = createStation({
    version,
    hardware: DEFAULT_HARDWARE,
    configuration: createConfiguration(version),
    outbox: createOutbox(),
    files: createFileTransfer(() => null),
    now: () => NOW,
    newId: () => 'id',
    onTokenRefused: () => undefined,
  });
  const ask = (action: string, payload: object): Record<string, unknown> => {
    const reply = (is16 ? COMMANDS_16 : COMMANDS_2).get(action)?.(station, payload as Record<string, unknown>);
    return reply?.kind === 'result' ? reply.payload : {};
  };
  const set = (purpose: 'TxProfile' | 'TxDefaultProfile' | 'ChargingStationMaxProfile', place: number, profileId = 1) =>
    ask(
      'SetChargingProfile',
      setChargingProfileRequest({ ...DRAFT, purpose, periods: [...DRAFT.periods] }, { version, place, profileId }),
    ).status;

  it('K08: the composite schedule is reckoned from the profiles that it has', () => {
    expect(set('TxDefaultProfile', 1)).toBe('Accepted');
    const place = is16 ? { connectorId: 1 } : { evseId: 1 };
    const answer = ask('GetCompositeSchedule', { ...place, duration: 600, chargingRateUnit: 'A' });
    const schedule = (answer.chargingSchedule ?? answer.schedule) as Record<string, unknown>;
    expect(schedule.chargingSchedulePeriod).toEqual([
      { startPeriod: 0, limit: 10 },
      { startPeriod: 60, limit: 6 },
    ]);
    expect(limitNow(station, 1)).toBe(10 * 3 * 230);
    expect(limitNow(station, 2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('K01: a TxProfile without a session, and a profile for a connector that it has not, are refused', () => {
    expect(set('TxProfile', 1, 5)).toBe('Rejected');
    expect(set('TxDefaultProfile', 9, 5)).toBe('Rejected');
  });

  it('K10: profiles are cleared by what is given', () => {
    const purpose = is16 ? 'ChargePointMaxProfile' : 'ChargingStationMaxProfile';
    expect(set('ChargingStationMaxProfile', 0, 2)).toBe('Accepted');
    const by = { chargingProfilePurpose: purpose };
    const clear = is16 ? by : { chargingProfileCriteria: by };
    expect(ask('ClearChargingProfile', clear).status).toBe('Accepted');
    expect(ask('ClearChargingProfile', clear).status).toBe('Unknown');
    expect(station.chargingProfiles.has(1)).toBe(true);
  });

  it('H01: a reserved connector is for its token; another reservation finds it occupied', () => {
    const until = '2026-05-04T13:00:00Z';
    const reserve = (id: number, token: string) =>
      is16
        ? ask('ReserveNow', { connectorId: 2, expiryDate: until, idTag: token, reservationId: id })
        : ask('ReserveNow', { id, evseId: 2, expiryDateTime: until, idToken: { idToken: token, type: 'ISO14443' } });
    expect(reserve(1, 'A').status).toBe('Accepted');
    expect(reserve(2, 'B').status).toBe('Occupied');
    expect(reserve(1, 'C').status).toBe('Accepted');
    const start = (token: string) =>
      is16
        ? ask('RemoteStartTransaction', { connectorId: 2, idTag: token })
        : ask('RequestStartTransaction', { evseId: 2, remoteStartId: 1, idToken: { idToken: token, type: 'Central' } });
    expect(start('A').status).toBe('Rejected');
    expect(start('C').status).toBe('Accepted');
    expect(ask('CancelReservation', { reservationId: 1 }).status).toBe('Accepted');
    expect(ask('CancelReservation', { reservationId: 1 }).status).toBe('Rejected');
  });
});
