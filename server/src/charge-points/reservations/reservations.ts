import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Reservation, ReservationState } from '@cpo-console/shared/api/reservations.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { ReservationRow } from '../../database/tables/reservations.tables.ts';
import { createListeners } from '../listeners.ts';
import { listReservations, type ReservationQuery } from './list-reservations.ts';
import { type ReservationRequest, toRow } from './reservation-record.ts';

/** Connectors held for somebody: what was asked for, what the charge point said to it, and how it ended. Writes are durable when resolved. */
export interface Reservations {
  /** An id that the charge point has not been given yet. */
  nextId(thingName: string): number;
  /** Before it is asked for, so that a session that follows at once finds it. */
  request(request: ReservationRequest): Promise<void>;
  /** What the charge point said to a request; null: nothing. One that was used meanwhile stays so. */
  answered(thingName: string, id: string, answer: string | null): Promise<void>;
  /** How an accepted one ended, by its id on the wire. What has ended before stays as it is. */
  end(thingName: string, reservationId: number, ending: ReservationEnding): Promise<void>;
  /** The charge point is no longer ours: what it held is not ours either. */
  removeOpen(thingName: string): Promise<void>;
  list(query: ReservationQuery): Promise<Page<Reservation>>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface ReservationEnding {
  state: Extract<ReservationState, 'used' | 'cancelled' | 'expired' | 'removed'>;
  answer?: string;
  transactionId?: string;
}

/** What may still come to something: a CALL that timed out may have been heard. */
const MAY_END: ReservationState[] = ['requested', 'accepted', 'unanswered'];

export async function createReservations({
  database,
  now,
}: {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
}): Promise<Reservations> {
  const { query } = database;
  const listeners = createListeners<string>();
  const lastIds = new Map<string, number>();
  const known = (thingName: string, reservationId: number): void => {
    if (reservationId > (lastIds.get(thingName) ?? 0)) lastIds.set(thingName, reservationId);
  };

  const readLastIds = () =>
    query
      .selectFrom('reservations')
      .select(({ fn }) => ['thing_name', fn.max('reservation_id').as('last')])
      .groupBy('thing_name')
      .execute();
  const take = (rows: Awaited<ReturnType<typeof readLastIds>>): void => {
    for (const { thing_name, last } of rows) known(thing_name, Number(last));
  };
  take(await readLastIds());
  database.follow('reservations', readLastIds, take);

  async function write(thingName: string, ...queries: CompiledQuery[]): Promise<void> {
    await database.write(...queries);
    listeners.tell(thingName);
  }

  const change = (changes: Partial<ReservationRow>, from: readonly ReservationState[]) =>
    query.updateTable('reservations').set(changes).where('state', 'in', from);

  return {
    nextId(thingName) {
      const next = ((lastIds.get(thingName) ?? 0) % MAX_ID) + 1;
      lastIds.set(thingName, next);
      return next;
    },
    async request(request) {
      known(request.thingName, request.reservationId);
      await write(request.thingName, query.insertInto('reservations').values(toRow(request, now())).compile());
    },
    async answered(thingName, id, answer) {
      const state = answer === null ? 'unanswered' : answer === 'Accepted' ? 'accepted' : 'refused';
      const ended_at = state === 'refused' ? now() : null;
      const taken = change({ state, answer, ended_at }, ['requested']).where('id', '=', id).compile();
      await write(thingName, ...(state === 'accepted' ? [replaceOlder(query, id, now())] : []), taken);
    },
    end: (thingName, reservationId, { state, answer, transactionId }) =>
      write(
        thingName,
        change(
          {
            state,
            ended_at: now(),
            ...(answer === undefined ? {} : { answer }),
            ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
          },
          MAY_END,
        )
          .where('thing_name', '=', thingName)
          .where('reservation_id', '=', reservationId)
          .compile(),
      ),
    removeOpen: (thingName) =>
      write(
        thingName,
        change({ state: 'removed', ended_at: now() }, MAY_END).where('thing_name', '=', thingName).compile(),
      ),
    list: (wanted) => listReservations(query, wanted, now()),
    onChange: listeners.add,
  };
}

const MAX_ID = 2 ** 31 - 1;

/** A ReserveNow with the id of a known reservation changes that one. @see OCPP 1.6 §5.13, OCPP 2.0.1 part 2, H01.FR.02 */
function replaceOlder(query: Database['query'], id: string, at: number) {
  const newer = query.selectFrom('reservations').where('id', '=', id);
  return query
    .updateTable('reservations')
    .set({ state: 'replaced', ended_at: at })
    .where('state', 'in', MAY_END)
    .where('id', '!=', id)
    .where('thing_name', '=', newer.select('thing_name'))
    .where('reservation_id', '=', newer.select('reservation_id'))
    .compile();
}
