import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { cursorAfter, type TransactionQuery } from '../../charge-points/transactions/list-transactions.ts';
import { stuckReason } from '../../charge-points/transactions/stuck.ts';
import type { StoredTransaction } from '../../charge-points/transactions/transaction-record.ts';
import type { ApiDeps } from '../api-deps.ts';

export type SessionDeps = Pick<ApiDeps, 'transactions' | 'registry' | 'liveStates' | 'now'>;

/** With what more than its record tells: whether it is stuck, and in OCPP 1.6 what it does. */
export function sessionView(
  session: StoredTransaction,
  { transactions, registry, liveStates, now }: SessionDeps,
): Transaction {
  const { thingName, evseId, connectorId, active } = session;
  if (!active) return { ...session, stuck: null };
  const state = liveStates.get(thingName);
  const live = state?.transactions.find(({ transactionId }) => transactionId === session.transactionId);
  const stuck = stuckReason(session, {
    isRegistered: registry.get(thingName) !== null,
    state,
    newestThere: transactions.activeAt(thingName, evseId, connectorId),
    now: now(),
  });
  // In OCPP 1.6 the connector's status tells it, not a message of the session.
  return { ...session, chargingState: session.chargingState ?? live?.chargingState ?? null, stuck };
}

export interface SessionsQuery extends TransactionQuery {
  /** Only active ones that are stuck, or only others. */
  stuck?: boolean;
}

const READ_AT_ONCE = 500;

/** Newest first. Whether one is stuck is in no column, so of the active ones as many are looked at as a page takes. */
export async function listSessions({ stuck, ...query }: SessionsQuery, deps: SessionDeps): Promise<Page<Transaction>> {
  if (stuck === undefined) {
    const page = await deps.transactions.list(query);
    return { ...page, items: page.items.map((session) => sessionView(session, deps)) };
  }
  const items: Transaction[] = [];
  let { cursor } = query;
  for (;;) {
    const wanted = { ...query, ...(stuck ? { active: true } : {}), limit: READ_AT_ONCE };
    const page = await deps.transactions.list(cursor === undefined ? wanted : { ...wanted, cursor });
    for (const session of page.items) {
      const view = sessionView(session, deps);
      if ((view.stuck !== null) !== stuck) continue;
      items.push(view);
      if (items.length === query.limit) return { items, nextCursor: cursorAfter(session) };
    }
    if (page.nextCursor === null) return { items, nextCursor: null };
    cursor = page.nextCursor;
  }
}
