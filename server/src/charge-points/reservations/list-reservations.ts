import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Reservation, ReservationState } from '@cpo-console/shared/api/reservations.ts';
import type { Database } from '../../database/database.ts';
import { newestFirst } from '../page-cursor.ts';
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
  const { shown, nextCursor } = await newestFirst(select, 'requested_at', { limit, cursor });
  return { items: shown.map((row) => toReservation(row, now)), nextCursor };
}
