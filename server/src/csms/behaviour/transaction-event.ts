import { registerOf } from '@cpo-console/shared/projection/meter-readings.ts';
import { timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import { endsSession, isRepeatedEvent, tokenOf, withEvent } from '@cpo-console/shared/projection/transaction-event.ts';
import { newRecord, type TransactionRecord } from '../../charge-points/transactions/transaction-record.ts';
import type { Call } from '../handlers/handler.ts';
import { type AuthorizationDeps, judgeToken, judgeUse } from './authorization.ts';
import { type ChargingSessionDeps, remoteStartKey, takeSessionStart } from './charging-session.ts';
import { type IdTokenInfo, type IdTokenTypes, idTokenInfo, needsNoAuthorization } from './id-token-info.ts';

/** What every 2.x says in a TransactionEvent. */
export type TransactionEvent = {
  eventType: string;
  triggerReason: string;
  timestamp: string;
  seqNo: number;
  offline?: boolean;
  transactionInfo: {
    transactionId: string;
    chargingState?: string;
    timeSpentCharging?: number;
    stoppedReason?: string;
    remoteStartId?: number;
  };
  evse?: { id: number; connectorId?: number };
  idToken?: { idToken: string; type: string };
  reservationId?: number;
  meterValue?: unknown[];
};

export type TransactionDeps = AuthorizationDeps & ChargingSessionDeps;

/** By the charge point's clock and by ours. */
interface When {
  at: number;
  now: number;
}

/**
 * A session begins, goes on or ends. An event with a token is answered with what the token is worth.
 * @see OCPP 2.0.1 part 2, E01, E05.FR.01
 */
export function answerTransactionEvent<Type extends string>(deps: TransactionDeps, types: IdTokenTypes<Type>) {
  return async (event: TransactionEvent, call: Call): Promise<{ idTokenInfo?: IdTokenInfo<Type> }> => {
    await takeTransactionEvent(deps, event, call);
    const { idToken, transactionInfo } = event;
    if (idToken === undefined) return {};
    if (needsNoAuthorization(idToken)) return { idTokenInfo: { status: 'Accepted' } };
    const judgement = endsSession(event)
      ? judgeToken(deps, idToken, call)
      : judgeUse(deps, idToken, { ...call, transactionId: transactionInfo.transactionId });
    return { idTokenInfo: idTokenInfo(deps, judgement, types) };
  };
}

/**
 * Takes an event into the session's record. Events may come late, in any order and more than once: each is placed by the
 * charge point's own time, and a sequence number counts once.
 * @see OCPP 2.0.1 part 2, E01 to E13; E04 for those that were offline
 */
async function takeTransactionEvent(deps: TransactionDeps, event: TransactionEvent, call: Call): Promise<void> {
  const { transactions, chargingProfiles } = deps;
  const { thingName, version, now } = call;
  const { transactionId, remoteStartId } = event.transactionInfo;
  const at = timeOf(event.timestamp, now);
  const known = transactions.active(thingName, transactionId) ?? (await transactions.find(thingName, transactionId));
  if (known && isRepeatedEvent(known, event)) return;
  const before =
    known ?? newRecord({ id: transactions.newId(), thingName, transactionId, protocol: version, startedAt: at });
  const record = afterEvent(before, event, { at, now });
  // First: once the event is kept, a repetition of it is not looked at.
  const session = { thingName, transactionId, place: record.evseId };
  await takeSessionStart(deps, {
    ...session,
    reservationId: event.reservationId,
    remoteStartKey: remoteStartId === undefined ? undefined : remoteStartKey.of2(remoteStartId),
  });
  if (event.eventType === 'Ended') await chargingProfiles.sessionEnded(session);
  await transactions.save(record);
}

/** The record of a session after one of its events. */
export function afterEvent(before: TransactionRecord, event: TransactionEvent, when: When): TransactionRecord {
  const { triggerReason, transactionInfo } = event;
  const known = withEvent(before, event, when.now);
  const next: TransactionRecord = {
    ...known,
    startTrigger: event.eventType === 'Started' ? triggerReason : before.startTrigger,
    remoteStartId: transactionInfo.remoteStartId ?? before.remoteStartId,
    stopIdToken: (endsSession(event) ? tokenOf(event) : null) ?? before.stopIdToken,
    offline: before.offline || event.offline === true,
  };
  if (event.eventType === 'Ended') return ended(next, event, when);
  if (next.active) return next;
  // It ended already. What comes late may tell where its meter stood at its start, never that power flows.
  const { meterStartWh, meterStopWh } = next;
  const isLateStart = before.meterStartWh === null && meterStartWh !== null && meterStopWh !== null;
  return { ...next, energyWh: isLateStart ? meterStopWh - meterStartWh : next.energyWh, powerW: null };
}

function ended(record: TransactionRecord, event: TransactionEvent, { at, now }: When): TransactionRecord {
  const { meterStartWh, energyWh } = record;
  const last = meterStartWh === null || energyWh === null ? null : meterStartWh + energyWh;
  return {
    ...record,
    active: false,
    stoppedAt: at,
    // Left out, it means Local. @see OCPP 2.0.1 part 2, TransactionType.stoppedReason
    stopReason: event.transactionInfo.stoppedReason ?? 'Local',
    stopTrigger: event.triggerReason,
    chargingSeconds: event.transactionInfo.timeSpentCharging ?? record.chargingSeconds,
    meterStopWh: registerOf(record, event.meterValue, now) ?? last ?? record.meterStopWh,
    chargingState: event.transactionInfo.chargingState ?? null,
    powerW: null,
    closedBy: null,
  };
}
