import type { TransactionState } from './charge-point-state.ts';
import { registerOf, withReadings } from './meter-readings.ts';
import { integerOf, type Members, membersOf, textOf, timeOf } from './read-payload.ts';
import { hasSequence, withSequence } from './sequence-ranges.ts';

/** Whether the event was taken already: a charge point that lost our answer sends it again. */
export function isRepeatedEvent({ seen }: TransactionState, payload: Members): boolean {
  const seqNo = integerOf(payload.seqNo);
  return seqNo !== null && hasSequence(seen, seqNo);
}

/**
 * A session after one of its events. Events may come late and in any order: each is placed by the charge point's own time.
 * `receivedAt` stands in for a time that can't be read.
 * @see OCPP 2.0.1 part 2, E01 to E13; E04 for those that were offline
 */
export function withEvent<Session extends TransactionState>(
  before: Session,
  payload: Members,
  receivedAt: number,
): Session {
  const info = membersOf(payload.transactionInfo);
  const evse = membersOf(payload.evse);
  const seqNo = integerOf(payload.seqNo);
  const at = timeOf(payload.timestamp, receivedAt);
  const isStart = payload.eventType === 'Started';
  const isNewest = at >= before.lastEventAt;
  const known: Session = {
    ...before,
    startedAt: isStart ? at : Math.min(before.startedAt, at),
    startSeen: before.startSeen || isStart,
    evseId: integerOf(evse.id) ?? before.evseId,
    connectorId: integerOf(evse.connectorId) ?? before.connectorId,
    // The one that began it; another may end it.
    idToken: before.idToken ?? (endsSession(payload) ? null : tokenOf(payload)),
    chargingState: (isNewest ? textOf(info.chargingState) : null) ?? before.chargingState,
    lastEventAt: Math.max(before.lastEventAt, at),
    seen: seqNo === null ? before.seen : withSequence(before.seen, seqNo),
  };
  const read = { ...known, ...withReadings(known, payload.meterValue, receivedAt) };
  if (!isStart || read.meterStartWh !== null) return read;
  // A start that comes after later readings still tells where the meter stood then.
  return { ...read, meterStartWh: registerOf(read, payload.meterValue, receivedAt) };
}

/** Its token, if any, is the one that ended the session. */
export const endsSession = ({ eventType, triggerReason }: Members): boolean =>
  eventType === 'Ended' || triggerReason === 'StopAuthorized';

/** NoAuthorization comes with an empty one. */
export const tokenOf = ({ idToken }: Members): string | null => textOf(membersOf(idToken).idToken);
