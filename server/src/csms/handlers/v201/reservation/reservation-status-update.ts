import type { Messages } from '@cpo-console/shared/ocpp/v201/messages.ts';
import { takeReservationStatus } from '../../../behaviour/reservation-status.ts';
import type { Handler, HandlerDeps } from '../../handler.ts';

/** A reservation ended at the charging station. @see OCPP 2.0.1 part 2, H04 */
export function reservationStatusUpdate(
  deps: Pick<HandlerDeps, 'reservations'>,
): Handler<Messages, 'ReservationStatusUpdate'> {
  return async (request, call) => {
    await takeReservationStatus(deps, request, call);
    return {};
  };
}
