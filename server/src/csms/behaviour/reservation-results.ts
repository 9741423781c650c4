import { integerOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Reservations } from '../../charge-points/reservations/reservations.ts';
import type { CommandResult } from '../commands/create-command-service.ts';

interface Deps {
  reservations: Pick<Reservations, 'answered' | 'end'>;
}

/** The same in every version. @see OCPP 1.6 §5.13, OCPP 2.0.1 part 2, H01 */
export async function takeReserveNow(
  { reservations }: Deps,
  { commandId, thingName, response }: CommandResult,
): Promise<void> {
  await reservations.answered(thingName, commandId, textOf(membersOf(response).status) ?? 'Rejected');
}

/**
 * Rejected means that the charge point knows no such reservation, so we no longer believe in it either.
 * @see OCPP 1.6 §5.1, OCPP 2.0.1 part 2, H02
 */
export async function takeCancelReservation(
  { reservations }: Deps,
  { thingName, request, response }: CommandResult,
): Promise<void> {
  const reservationId = integerOf(membersOf(request).reservationId);
  const { status } = membersOf(response);
  if (reservationId === null) return;
  if (status === 'Accepted') await reservations.end(thingName, reservationId, { state: 'cancelled' });
  if (status === 'Rejected') await reservations.end(thingName, reservationId, { state: 'removed' });
}
