import type { ChargingProfiles } from '../../charge-points/charging-profiles/charging-profiles.ts';
import type { Reservations } from '../../charge-points/reservations/reservations.ts';

export interface ChargingSessionDeps {
  reservations: Pick<Reservations, 'end'>;
  chargingProfiles: Pick<ChargingProfiles, 'sessionStarted' | 'sessionEnded'>;
}

/** By which a session says that it is the one that was asked for: 1.6 has nothing but the token. */
export const remoteStartKey = {
  of16: (idTag: string): string => `token ${idTag.toLowerCase()}`,
  of2: (remoteStartId: number): string => `remote start ${remoteStartId}`,
} as const;

export interface SessionNews {
  thingName: string;
  transactionId: string;
  /** The EVSE, in OCPP 1.6 the connector. */
  place: number | null;
  reservationId?: number | undefined;
  remoteStartKey?: string | undefined;
}

/** What a beginning session changes beside its own record. Saying it twice does no harm. */
export async function takeSessionStart(
  { reservations, chargingProfiles }: ChargingSessionDeps,
  { thingName, transactionId, place, reservationId, remoteStartKey: key }: SessionNews,
): Promise<void> {
  // @see OCPP 1.6 §5.13, OCPP 2.0.1 part 2, H03
  if (reservationId !== undefined) {
    await reservations.end(thingName, reservationId, { state: 'used', transactionId });
  }
  if (key !== undefined) await chargingProfiles.sessionStarted({ thingName, transactionId, place, key });
}
