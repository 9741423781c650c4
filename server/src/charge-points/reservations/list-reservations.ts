import type { Page, Reservation, ReservationState } from '@cpo-console/shared/api/contracts.ts';
import type { Database } from '../../database/database.ts';
import { decodePosition, encodePosition } from '../page-cursor.ts';
import { OPEN_STATES, toReservation } from './reservation-record.ts';

export interface ReservationQuery {
  thingName?: string;
  idToken?: string;
  state?: ReservationState;
  /** Requested or accepted, and not past its time. */
  open?: boolean;
  limit: number;
  cursor?: string;
}

/** Newest first. */
export async function listReservations(
  query: Database['query'],
  wanted: ReservationQuery,
  now: number,
): Promise<Page<Reservation>> {
  let select = query.selectFrom('reservations').selectAll();
  const { thingName, idToken, state, open, cursor, limit } = wanted;
  if (thingName !== undefined) select = select.where('thing_name', '=', thingName);
  if (idToken !== undefined) select = select.where('id_token', '=', idToken);
  if (state !== undefined) {
    select = select.where(({ eb, and, or }) => {
      const isOverdue = and([eb('state', 'in', OPEN_STATES), eb('expires_at', '<=', now)]);
      if (state === 'expired') return or([eb('state', '=', state), isOverdue]);
      const isOpen = OPEN_STATES.some((each) => each === state);
      return isOpen ? and([eb('state', '=', state), eb('expires_at', '>', now)]) : eb('state', '=', state);
    });
  }
  if (open !== undefined) {
    select = select.where(({ eb, and, not }) => {
      const isOpen = and([eb('state', 'in', OPEN_STATES), eb('expires_at', '>', now)]);
      return open ? isOpen : not(isOpen);
    });
  }
  const after = cursor === undefined ? null : decodePosition(cursor);
  if (after !== null) {
    select = select.where(({ eb, and, or }) =>
      or([eb('requested_at', '<', after.at), and([eb('requested_at', '=', after.at), eb('id', '<', after.id)])]),
    );
  }
  const newestFirst = select.orderBy('requested_at', 'desc').orderBy('id', 'desc');
  const rows = await newestFirst.limit(limit + 1).execute();
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map((row) => toReservation(row, now)),
    nextCursor: last === undefined ? null : encodePosition({ at: last.requested_at, id: last.id }),
  };
}
