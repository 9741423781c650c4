import { type ChargePointState, LIMITS, type TransactionState } from './charge-point-state.ts';
import { withReadings } from './meter-readings.ts';
import { appended, decimalOf, integerOf, type Members, membersOf, textOf, timeOf } from './read-payload.ts';
import { remark } from './remark.ts';
import { isRepeatedEvent, withEvent } from './transaction-event.ts';

/** A StartTransaction request: a transaction that still lacks its id. OCPP 1.6. */
export function readStart(state: ChargePointState, payload: Members, at: number): TransactionState {
  const connectorId = integerOf(payload.connectorId);
  return {
    ...newTransaction('', timeOf(payload.timestamp, at)),
    connectorId,
    idToken: textOf(payload.idTag),
    meterStartWh: decimalOf(payload.meterStart),
    chargingState: chargingStateOf(state.connectors.find((connector) => connector.connectorId === connectorId)?.status),
    startSeen: true,
  };
}

/** We answered a StartTransaction: now it has an id. */
export function startTransaction(next: ChargePointState, start: TransactionState, id: unknown): void {
  const transactionId = idOf(id);
  if (transactionId === null || next.endedTransactionIds.includes(transactionId)) return;
  // Sent again, because our answer was lost.
  if (next.transactions.some((known) => known.transactionId === transactionId)) return;
  next.transactions = appended(next.transactions, { ...start, transactionId }, LIMITS.transactions);
  remark(next, { at: start.startedAt, name: 'transaction-started', detail: transactionId });
}

/** StopTransaction. OCPP 1.6. */
export function stopTransaction(next: ChargePointState, payload: Members, at: number): void {
  const transactionId = idOf(payload.transactionId);
  if (transactionId !== null) endTransaction(next, transactionId, { at, reason: textOf(payload.reason) });
}

/** By hand, in the console. */
export function closeSession(next: ChargePointState, { transactionId, by }: Members, at: number): void {
  const id = textOf(transactionId);
  if (id !== null) endTransaction(next, id, { at, reason: textOf(by) });
}

/** MeterValues: in 1.6 of a transaction, in 2.x outside of one. */
export function takeMeterValues(next: ChargePointState, payload: Members, at: number): void {
  const transactionId = idOf(payload.transactionId);
  const connectorId = integerOf(payload.connectorId);
  const transaction =
    transactionId === null && connectorId !== null
      ? newestAt(next.transactions, { evseId: null, connectorId })
      : next.transactions.find((known) => known.transactionId === transactionId);
  if (transaction === undefined) return;
  const index = next.transactions.indexOf(transaction);
  next.transactions = next.transactions.with(index, withReadings(transaction, payload.meterValue, at));
}

/** OCPP 2.x: start, progress and end in one message. @see OCPP 2.0.1 part 2, E01-E07 */
export function takeTransactionEvent(next: ChargePointState, payload: Members, at: number): void {
  const info = membersOf(payload.transactionInfo);
  const transactionId = idOf(info.transactionId);
  if (transactionId === null || next.endedTransactionIds.includes(transactionId)) return;
  if (payload.eventType === 'Ended') {
    endTransaction(next, transactionId, { at, reason: textOf(info.stoppedReason) });
    return;
  }
  const index = next.transactions.findIndex((transaction) => transaction.transactionId === transactionId);
  const known = next.transactions[index];
  if (known !== undefined) {
    if (!isRepeatedEvent(known, payload)) {
      next.transactions = next.transactions.with(index, withEvent(known, payload, at));
    }
    return;
  }
  const startedAt = timeOf(payload.timestamp, at);
  const transaction = withEvent(newTransaction(transactionId, startedAt), payload, at);
  next.transactions = appended(next.transactions, transaction, LIMITS.transactions);
  remark(next, { at: startedAt, name: 'transaction-started', detail: transactionId });
}

/** OCPP 1.6 says in StatusNotification what 2.x says in chargingState. */
export function takeChargingState(next: ChargePointState, connectorId: number, status: string): void {
  const chargingState = chargingStateOf(status);
  const session = newestAt(next.transactions, { evseId: null, connectorId });
  if (chargingState === null || session === undefined || session.chargingState === chargingState) return;
  next.transactions = next.transactions.with(next.transactions.indexOf(session), { ...session, chargingState });
}

/**
 * The session of a connector. An older one there, of which nobody has said that it ended, goes on in our books and shows as
 * stuck, but it isn't the one that charges.
 */
export function newestAt(
  transactions: readonly TransactionState[],
  { evseId, connectorId }: { evseId: number | null; connectorId: number },
): TransactionState | undefined {
  return transactions
    .filter((each) => each.evseId === evseId && (each.connectorId ?? connectorId) === connectorId)
    .reduce<TransactionState | undefined>(
      (newest, each) => (newest === undefined || each.startedAt >= newest.startedAt ? each : newest),
      undefined,
    );
}

function endTransaction(
  next: ChargePointState,
  id: string,
  { at, reason }: { at: number; reason: string | null },
): void {
  next.transactions = next.transactions.filter(({ transactionId }) => transactionId !== id);
  next.endedTransactionIds = appended(next.endedTransactionIds, id, LIMITS.endedTransactionIds);
  remark(next, { at, name: 'transaction-ended', detail: reason === null ? id : `${id}: ${reason}` });
}

/** One of which nothing else is known yet. */
export function newTransaction(transactionId: string, startedAt: number): TransactionState {
  return {
    transactionId,
    evseId: null,
    connectorId: null,
    idToken: null,
    startedAt,
    meterStartWh: null,
    energyWh: null,
    powerW: null,
    soc: null,
    chargingState: null,
    lastMeterAt: null,
    startSeen: false,
    lastEventAt: startedAt,
    seen: [],
  };
}

/** A number in 1.6, a text in 2.x. */
function idOf(id: unknown): string | null {
  const number = integerOf(id);
  return number === null ? textOf(id) : String(number);
}

function chargingStateOf(status: string | undefined): string | null {
  if (status === 'Finishing') return 'EVConnected';
  return status === 'Charging' || status === 'SuspendedEV' || status === 'SuspendedEVSE' ? status : null;
}
