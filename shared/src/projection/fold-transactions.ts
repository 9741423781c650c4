import { type ChargePointState, LIMITS, type TransactionState } from './charge-point-state.ts';
import { withReadings } from './meter-readings.ts';
import { appended, decimalOf, integerOf, type Members, membersOf, textOf, timeOf } from './read-payload.ts';
import { remark } from './remark.ts';

/** A StartTransaction request: a transaction that still lacks its id. OCPP 1.6. */
export function readStart(state: ChargePointState, payload: Members, at: number): TransactionState {
  const connectorId = integerOf(payload.connectorId);
  return {
    ...newTransaction('', timeOf(payload.timestamp, at)),
    connectorId,
    idToken: textOf(payload.idTag),
    meterStartWh: decimalOf(payload.meterStart),
    energyWh: decimalOf(payload.meterStart) === null ? null : 0,
    chargingState: chargingStateOf(state.connectors.find((connector) => connector.connectorId === connectorId)?.status),
    startSeen: true,
  };
}

/** We answered a StartTransaction: now it has an id. A newer one ends an older one of the same connector. */
export function startTransaction(next: ChargePointState, start: TransactionState, id: unknown): void {
  const transactionId = idOf(id);
  if (transactionId === null || next.endedTransactionIds.includes(transactionId)) return;
  const others = next.transactions.filter(
    (other) =>
      other.transactionId !== transactionId &&
      !(other.connectorId === start.connectorId && other.evseId === null && other.startedAt <= start.startedAt),
  );
  next.transactions = appended(others, { ...start, transactionId }, LIMITS.transactions);
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
  const index = next.transactions.findIndex((transaction) =>
    transactionId !== null
      ? transaction.transactionId === transactionId
      : connectorId !== null && transaction.evseId === null && transaction.connectorId === connectorId,
  );
  const transaction = next.transactions[index];
  if (transaction === undefined) return;
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
  const startedAt = timeOf(payload.timestamp, at);
  const event = withEvent(known ?? newTransaction(transactionId, startedAt), payload, info);
  const transaction = withReadings(event, payload.meterValue, at);
  if (known !== undefined) {
    next.transactions = next.transactions.with(index, transaction);
    return;
  }
  next.transactions = appended(next.transactions, transaction, LIMITS.transactions);
  remark(next, { at: startedAt, name: 'transaction-started', detail: transactionId });
}

/** OCPP 1.6 says in StatusNotification what 2.x says in chargingState. */
export function takeChargingState(next: ChargePointState, connectorId: number, status: string): void {
  const chargingState = chargingStateOf(status);
  if (chargingState === null) return;
  next.transactions = next.transactions.map((transaction) =>
    transaction.evseId === null &&
    transaction.connectorId === connectorId &&
    transaction.chargingState !== chargingState
      ? { ...transaction, chargingState }
      : transaction,
  );
}

function withEvent(transaction: TransactionState, payload: Members, info: Members): TransactionState {
  const evse = membersOf(payload.evse);
  const seqNo = integerOf(payload.seqNo);
  const isLate = seqNo !== null && transaction.seqNo !== null && seqNo < transaction.seqNo;
  return {
    ...transaction,
    evseId: integerOf(evse.id) ?? transaction.evseId,
    connectorId: integerOf(evse.connectorId) ?? transaction.connectorId,
    idToken: textOf(membersOf(payload.idToken).idToken) ?? transaction.idToken,
    chargingState: (isLate ? null : textOf(info.chargingState)) ?? transaction.chargingState,
    startSeen: transaction.startSeen || payload.eventType === 'Started',
    seqNo: isLate ? transaction.seqNo : (seqNo ?? transaction.seqNo),
  };
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
    seqNo: null,
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
