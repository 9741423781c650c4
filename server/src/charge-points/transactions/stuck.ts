import type { StuckReason } from '@cpo-console/shared/api/transactions.ts';
import type { ChargePointState } from '@cpo-console/shared/projection/charge-point-state.ts';
import type { StoredTransaction } from './transaction-record.ts';

/** Without a word of it for so long, a session may be over. */
const QUIET_MS = 15 * 60_000;
/** A charge point goes on charging while it is offline, and tells later. */
const OFFLINE_MS = 60 * 60_000;

export interface StuckFacts {
  isRegistered: boolean;
  /** null: nothing is known of the charge point. */
  state: Pick<ChargePointState, 'connected' | 'disconnectedAt' | 'connectors'> | null;
  /** The newest active session at the same connector. */
  newestThere: { id: string } | undefined;
  now: number;
}

/** Why an active session seems to have ended without our hearing of it. */
export function stuckReason(session: StoredTransaction, facts: StuckFacts): StuckReason | null {
  const { isRegistered, state, newestThere, now } = facts;
  const heardAt = Date.parse(session.lastReceivedAt ?? session.startedAt);
  if (!session.active || now - heardAt < QUIET_MS) return null;
  if (!isRegistered) return 'unregistered';
  if (newestThere !== undefined && newestThere.id !== session.id) return 'newer-session';
  if (state === null) return null;
  if (!state.connected) return now - Math.max(heardAt, state.disconnectedAt ?? 0) >= OFFLINE_MS ? 'offline' : null;
  const connectors = state.connectors.filter(
    ({ evseId, connectorId }) =>
      evseId === session.evseId && (session.connectorId === null || connectorId === session.connectorId),
  );
  const isFree = connectors.length > 0 && connectors.every(({ status }) => status === 'Available');
  return isFree ? 'connector-free' : null;
}
