import type { Reservation, ReservationState } from '@cpo-console/shared/api/reservations.ts';
import type { ReservationRow } from '../../database/tables/reservations.tables.ts';

/** The states in which a charge point may still be holding a connector for somebody. */
export const OPEN_STATES = ['requested', 'accepted'] as const satisfies ReservationState[];

/** What ReserveNow asks for. Times are milliseconds since the epoch. */
export interface ReservationRequest {
  /** That of the command. */
  id: string;
  thingName: string;
  reservationId: number;
  evseId: number | null;
  connectorId: number | null;
  connectorType: string | null;
  idToken: string;
  groupIdToken: string | null;
  expiresAt: number;
  requestedBy: string;
}

export function toRow(request: ReservationRequest, requestedAt: number): ReservationRow {
  return {
    id: request.id,
    thing_name: request.thingName,
    reservation_id: request.reservationId,
    evse_id: request.evseId,
    connector_id: request.connectorId,
    connector_type: request.connectorType,
    id_token: request.idToken,
    group_id_token: request.groupIdToken,
    expires_at: request.expiresAt,
    state: 'requested',
    answer: null,
    transaction_id: null,
    requested_at: requestedAt,
    requested_by: request.requestedBy,
    ended_at: null,
  };
}

/** One that is past its time has expired, whether or not the charge point says so; an OCPP 1.6 one never does. */
export function toReservation(row: ReservationRow, now: number): Reservation {
  const isOpen = OPEN_STATES.some((state) => state === row.state);
  const hasExpired = isOpen && row.expires_at <= now;
  const endedAt = hasExpired ? row.expires_at : row.ended_at;
  return {
    id: row.id,
    thingName: row.thing_name,
    reservationId: row.reservation_id,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    connectorType: row.connector_type,
    idToken: row.id_token,
    groupIdToken: row.group_id_token,
    expiresAt: new Date(row.expires_at).toISOString(),
    state: hasExpired ? 'expired' : (row.state as ReservationState),
    answer: row.answer,
    transactionId: row.transaction_id,
    requestedAt: new Date(row.requested_at).toISOString(),
    requestedBy: row.requested_by,
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  };
}
