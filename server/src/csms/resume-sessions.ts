import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { integerOf, type Members, membersOf, textOf, timeOf } from '@cpo-console/shared/projection/read-payload.ts';
import { isRepeatedEvent } from '@cpo-console/shared/projection/transaction-event.ts';
import type { TransactionRecord } from '../charge-points/transactions/transaction-record.ts';
import type { Transactions } from '../charge-points/transactions/transactions.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import { metered } from './behaviour/meter-readings.ts';
import { afterEvent, type TransactionEvent } from './behaviour/transaction-event.ts';

export interface ResumeSessionsOptions {
  log: Pick<MessageLog, 'query'>;
  transactions: Pick<Transactions, 'active' | 'activeAt' | 'save' | 'writtenUntil'>;
  /** Only of this one, since then. */
  of?: { thingName: string; since: number };
}

/** Between a CALL's place in the log and what it changed. */
const SLACK_MS = 10_000;
const PAGE = 1_000;

/**
 * Takes again what running sessions told just before the process ended without having written it. That a CALL was
 * answered says that it was taken; one that was not will come again.
 */
export async function resumeSessions({ log, transactions, of }: ResumeSessionsOptions): Promise<void> {
  const from = (of?.since ?? transactions.writtenUntil) - SLACK_MS;
  const only = of === undefined ? {} : { thingName: of.thingName };
  for (const [action, next] of [
    ['TransactionEvent', nextAfterEvent],
    ['MeterValues', nextAfterReadings],
  ] as const) {
    for await (const call of answeredCalls(log, { ...only, action, from })) {
      const record = next(transactions, call);
      if (record !== null) await transactions.save(record, call.at);
    }
  }
}

async function* answeredCalls(
  log: Pick<MessageLog, 'query'>,
  where: { thingName?: string; action: string; from: number },
): AsyncGenerator<LogRow> {
  const waiting = new Map<string, LogRow>();
  let afterId = 0;
  for (;;) {
    const rows = await log.query({ ...where, order: 'asc', limit: PAGE, afterId });
    for (const row of rows) {
      const exchange = `${row.connectionId} ${row.messageId}`;
      if (row.kind === 'call' && row.direction === 'in') waiting.set(exchange, row);
      if (row.kind !== 'result' || row.direction !== 'out') continue;
      const call = waiting.get(exchange);
      waiting.delete(exchange);
      if (call !== undefined) yield call;
    }
    if (rows.length < PAGE) return;
    afterId = rows.at(-1)?.id ?? afterId;
  }
}

type Next = (transactions: Pick<Transactions, 'active' | 'activeAt'>, call: LogRow) => TransactionRecord | null;

/** null: it is taken already, or its session has ended. OCPP 2.x. */
const nextAfterEvent: Next = (transactions, { thingName, frame, at: now }) => {
  const event = payloadOf(frame);
  const record = transactions.active(thingName, textOf(membersOf(event.transactionInfo).transactionId) ?? '');
  if (record === undefined || isRepeatedEvent(record, event)) return null;
  // It kept its schema, or it would not have been answered.
  return afterEvent(record, event as TransactionEvent, { at: timeOf(event.timestamp, now), now });
};

/** A reading taken twice changes nothing. OCPP 1.6: in 2.x MeterValues belong to no session. */
const nextAfterReadings: Next = (transactions, { thingName, frame, at }) => {
  const { transactionId, connectorId, meterValue } = payloadOf(frame);
  const id = integerOf(transactionId);
  const record =
    id === null
      ? transactions.activeAt(thingName, null, integerOf(connectorId))
      : transactions.active(thingName, String(id));
  return record?.protocol === 'ocpp1.6' ? metered(record, meterValue, at) : null;
};

const payloadOf = (frame: string): Members => membersOf((JSON.parse(frame) as unknown[])[3]);
