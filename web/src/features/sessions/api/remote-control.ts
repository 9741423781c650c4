import type { NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

export interface StartWish {
  /** The EVSE, in OCPP 1.6 the connector; 0: any. */
  place: number;
  idToken: string;
  idTokenType: string;
  /** Sent along as a profile of the session; null: none. */
  limit: { value: number; unit: 'A' | 'W' } | null;
}

/** @see OCPP 1.6 §5.11, OCPP 2.0.1 part 2, F01 */
export function startCommand({ place, idToken, idTokenType, limit }: StartWish, version: OcppVersion): NewCommand {
  const profile = limit && limitProfile(limit, version);
  if (version === 'ocpp1.6') {
    const payload = {
      ...(place > 0 && { connectorId: place }),
      idTag: idToken,
      ...(profile && { chargingProfile: profile }),
    };
    return { action: 'RemoteStartTransaction', payload };
  }
  const payload = {
    ...(place > 0 && { evseId: place }),
    idToken: { idToken, type: idTokenType },
    ...(profile && { chargingProfile: profile }),
  };
  return { action: 'RequestStartTransaction', payload };
}

const MAX_ID = 2 ** 31 - 1;

function limitProfile({ value, unit }: NonNullable<StartWish['limit']>, version: OcppVersion): object {
  const id = Date.now() % MAX_ID;
  const facts = { stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
  const schedule = { chargingRateUnit: unit, chargingSchedulePeriod: [{ startPeriod: 0, limit: value }] };
  return version === 'ocpp1.6'
    ? { chargingProfileId: id, ...facts, chargingSchedule: schedule }
    : { id, ...facts, chargingSchedule: [{ id: 1, ...schedule }] };
}
