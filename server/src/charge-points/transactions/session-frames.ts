import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { listOf, membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { MessageLog, MessageQuery } from '../../message-log/message-log.ts';
import type { TransactionRecord } from './transaction-record.ts';

/** A `meterValue` array as it was on the wire. */
export interface Readings {
  receivedAt: number;
  meterValue: readonly unknown[];
}

/** Calls that carry readings of a session, and where in their payload. */
const CARRIERS: Record<'v16' | 'v2', ReadonlyMap<string, string>> = {
  v16: new Map([
    ['MeterValues', 'meterValue'],
    ['StopTransaction', 'transactionData'],
  ]),
  v2: new Map([['TransactionEvent', 'meterValue']]),
};
const PAGE = 1_000;
/** Between a frame's place in the log and the moment when csms took it. */
const SLACK_MS = 60_000;

/** The readings that came with a session's frames, in the order in which they came. The log is where they are kept. */
export async function readingsInLog(log: Pick<MessageLog, 'query'>, record: TransactionRecord): Promise<Readings[]> {
  const readings: { id: number; of: Readings }[] = [];
  const seen = new Set<unknown>();
  for (const [action, member] of CARRIERS[record.protocol === 'ocpp1.6' ? 'v16' : 'v2']) {
    for await (const row of framesOf(log, record, action)) {
      const payload = payloadOf(row);
      if (!belongsTo(record, payload) || isRepetition(action, payload, seen)) continue;
      const meterValue = listOf(payload[member]);
      if (meterValue.length > 0) readings.push({ id: row.id, of: { receivedAt: row.at, meterValue } });
    }
  }
  return readings.sort((a, b) => a.id - b.id).map(({ of }) => of);
}

async function* framesOf(
  log: Pick<MessageLog, 'query'>,
  { thingName, startedAt, firstReceivedAt, lastReceivedAt }: TransactionRecord,
  action: string,
): AsyncGenerator<LogRow> {
  const query = { thingName, action, kind: 'call', direction: 'in', order: 'asc', limit: PAGE } as const;
  const range: Pick<MessageQuery, 'from' | 'to'> = { from: (firstReceivedAt ?? startedAt) - SLACK_MS };
  if (lastReceivedAt !== null) range.to = lastReceivedAt + 1;
  let afterId = 0;
  for (;;) {
    const rows = await log.query({ ...query, ...range, afterId });
    yield* rows;
    if (rows.length < PAGE) return;
    afterId = rows.at(-1)?.id ?? afterId;
  }
}

/** A CALL is in the log as such only when its frame could be read. */
const payloadOf = ({ frame }: LogRow): Record<string, unknown> => membersOf((JSON.parse(frame) as unknown[])[3]);

/** MeterValues of OCPP 1.6 that name no transaction belong to the one on their connector. */
function belongsTo(
  { transactionId, protocol, connectorId }: TransactionRecord,
  payload: Record<string, unknown>,
): boolean {
  const id = transactionIdOf(payload);
  if (id !== null || protocol !== 'ocpp1.6') return id === transactionId;
  return connectorId !== null && payload.connectorId === connectorId;
}

function transactionIdOf({ transactionId, transactionInfo }: Record<string, unknown>): string | null {
  const id = transactionId ?? membersOf(transactionInfo).transactionId;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/** What was sent again, because our answer was lost: an event by its number, and the one stop of a 1.6 transaction. */
function isRepetition(action: string, { seqNo }: Record<string, unknown>, seen: Set<unknown>): boolean {
  const key = action === 'StopTransaction' ? action : seqNo;
  if (key === undefined) return false;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
