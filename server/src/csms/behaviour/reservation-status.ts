import type { Reservations } from '../../charge-points/reservations/reservations.ts';
import type { Call } from '../handlers/handler.ts';

const ENDINGS: ReadonlyMap<string, 'expired' | 'removed' | 'used'> = new Map([
  ['Expired', 'expired'],
  ['Removed', 'removed'],
  // OCPP 2.1: the driver came, but no transaction followed.
  ['NoTransaction', 'used'],
] as const);

/** A reservation ended without a transaction. @see OCPP 2.0.1 part 2, H04 */
export async function takeReservationStatus(
  { reservations }: { reservations: Pick<Reservations, 'end'> },
  update: { reservationId: number; reservationUpdateStatus: string },
  { thingName }: Call,
): Promise<void> {
  const answer = update.reservationUpdateStatus;
  const state = ENDINGS.get(answer) ?? 'removed';
  await reservations.end(thingName, update.reservationId, { state, answer });
}
