import { integerOf, type Members, membersOf, textOf, timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { ReservationRequest } from '../../charge-points/reservations/reservation-record.ts';
import type { Reservations } from '../../charge-points/reservations/reservations.ts';
import type { RequestHandler } from '../requests/request-handlers.ts';

interface Deps {
  reservations: Reservations;
}

type Asked = Omit<ReservationRequest, 'id' | 'thingName' | 'requestedBy'>;

/** @see OCPP 1.6 §5.13 */
export function reserveNow16(deps: Deps): RequestHandler {
  return reserveNow(deps, 'reservationId', (payload) => ({
    reservationId: integerOf(payload.reservationId) ?? 0,
    evseId: null,
    connectorId: integerOf(payload.connectorId),
    connectorType: null,
    idToken: textOf(payload.idTag) ?? '',
    groupIdToken: textOf(payload.parentIdTag),
    expiresAt: timeOf(payload.expiryDate, 0),
  }));
}

/** @see OCPP 2.0.1 part 2, H01 */
export function reserveNow2(deps: Deps): RequestHandler {
  return reserveNow(deps, 'id', (payload) => ({
    reservationId: integerOf(payload.id) ?? 0,
    evseId: integerOf(payload.evseId),
    connectorId: null,
    connectorType: textOf(payload.connectorType),
    idToken: textOf(membersOf(payload.idToken).idToken) ?? '',
    groupIdToken: textOf(membersOf(payload.groupIdToken).idToken),
    expiresAt: timeOf(payload.expiryDateTime, 0),
  }));
}

function reserveNow({ reservations }: Deps, idName: string, read: (payload: Members) => Asked): RequestHandler {
  return {
    complete(thingName, payload) {
      const isGiven = payload === null || typeof payload !== 'object' || idName in payload;
      return isGiven ? payload : { [idName]: reservations.nextId(thingName), ...payload };
    },
    sending: ({ id, thingName, payload, sentBy }) =>
      reservations.request({ id, thingName, requestedBy: sentBy, ...read(membersOf(payload)) }),
    unanswered: ({ thingName, id }) => reservations.answered(thingName, id, null),
  };
}
