import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { IndexWriter } from '../src/message-log/index/index-writer.ts';
import { SignatureBuilder } from '../src/message-log/index/signature.ts';
import {
  decodeBatches,
  encodeBatch,
  encodeRecord,
  type IndexedRow,
} from '../src/message-log/journal/segment-format.ts';
import { segmentPath } from '../src/message-log/journal/segments.ts';

const DAY_MS = 86_400_000;
export const DAYS = 7;
export const FIRST_DAY = Date.UTC(2026, 0, 5);
export const THINGS = 500;
const TOKENS = 20_000;
const SEGMENT_ROWS = 150_000;
const BATCH_ROWS = 500;
/** One in so many is signed once more, to see what it costs. */
const SAMPLED_SEGMENTS = 8;

export interface Filled {
  rows: number;
  /** CPU of the index writer, and of it for the signatures. */
  indexUs: number;
  signatureUs: number;
}

let seed = 1;
export function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}
const hex = (): string =>
  random(2 ** 32)
    .toString(16)
    .padStart(8, '0');

export const thingName = (index: number): string => `CP-${String(index).padStart(4, '0')}`;
/** 14 hexadecimal digits, as a card has; always the same for an index. */
export const tokenOf = (index: number): string =>
  (0x04_000000000000n + ((BigInt(index) * 0x9e3779b97f4a7c15n) & 0xffffffffffffn))
    .toString(16)
    .toUpperCase()
    .padStart(14, '0');

/** A week of a fleet's exchanges, put into the log as the product would, without waiting for the disk. */
export function fillLog(dataDir: string, rows: number): Filled {
  const journal = join(dataDir, 'journal');
  const index = join(dataDir, 'message-index');
  for (const folder of [journal, index]) mkdirSync(folder, { recursive: true });
  const writer = new IndexWriter({ index, journal });
  const filled: Filled = { rows, indexUs: 0, signatureUs: 0 };
  for (let first = 1, segment = 1; first <= rows; first += SEGMENT_ROWS, segment += 1) {
    const last = Math.min(rows, first + SEGMENT_ROWS - 1);
    const bytes = segmentOf({ first, last, rows });
    const file = openSync(segmentPath(journal, segment), 'w');
    writeSync(file, bytes);
    closeSync(file);
    indexSegment(writer, { segment, position: 0, bytes }, filled);
  }
  writer.close();
  return filled;
}

function segmentOf({ first, last, rows }: { first: number; last: number; rows: number }): Buffer {
  const batches: Buffer[] = [];
  for (let from = first; from <= last; from += BATCH_ROWS) {
    let records = '';
    for (let id = from; id <= Math.min(last, from + BATCH_ROWS - 1); id += 2) {
      const at = FIRST_DAY + Math.floor((id / rows) * DAYS * DAY_MS);
      const [call, answer] = exchange(id, at);
      records += encodeRecord(call) + encodeRecord(answer);
    }
    batches.push(encodeBatch(records));
  }
  return Buffer.concat(batches);
}

function indexSegment(
  writer: IndexWriter,
  part: { segment: number; position: number; bytes: Buffer },
  filled: Filled,
): void {
  const before = process.threadCpuUsage();
  for (let from = 0; from < part.bytes.length; ) {
    const chunk = { ...part, position: from, bytes: part.bytes.subarray(from, from + (4 << 20)) };
    const rows: IndexedRow[] = [];
    const { consumed } = decodeBatches(chunk, (row) => rows.push(row));
    writer.write(rows, { segment: part.segment, bytes: from + consumed }, chunk);
    from += consumed;
  }
  filled.indexUs += spentUs(before);
  if (part.segment % SAMPLED_SEGMENTS !== 1) return;
  const again = process.threadCpuUsage();
  const signatures = new SignatureBuilder();
  decodeBatches(part, ({ id, offset, bytes }) =>
    signatures.add(id, { bytes: part.bytes, begin: offset, end: offset + bytes }),
  );
  const withDecoding = spentUs(again);
  const decoding = process.threadCpuUsage();
  decodeBatches(part, () => undefined);
  filled.signatureUs += (withDecoding - spentUs(decoding)) * SAMPLED_SEGMENTS;
}

function spentUs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

function exchange(id: number, at: number): [LogRow, LogRow] {
  const thing = random(THINGS);
  const messageId = `${hex()}-0b1c-4d2e-${hex()}${hex()}`;
  const [action, request, response] = payloads(thing, new Date(at).toISOString());
  const common = {
    thingName: thingName(thing),
    connectionId: `c-${thing}`,
    action,
    messageId,
    errorCode: null,
    violations: null,
  };
  const frames = [JSON.stringify([2, messageId, action, request]), JSON.stringify([3, messageId, response])] as const;
  return [
    { ...common, id, at, direction: 'in', kind: 'call', frame: frames[0], latencyMs: null },
    { ...common, id: id + 1, at: at + 5, direction: 'out', kind: 'result', frame: frames[1], latencyMs: 5 },
  ];
}

function payloads(thing: number, timestamp: string): [string, object, object] {
  const evse = { id: 1 + random(2), connectorId: 1 };
  const turn = random(1_000);
  if (turn < 1) return ['SecurityEventNotification', { type: 'InvalidCsmsCertificate', timestamp }, {}];
  if (turn < 3) {
    const techInfo = `RCD tripped, leakage ${random(40)} mA`;
    return [
      'NotifyEvent',
      { generatedAt: timestamp, seqNo: 0, eventData: [{ component: { name: 'Connector', evse }, techInfo }] },
      {},
    ];
  }
  if (turn < 60) {
    const idToken = { idToken: tokenOf(random(TOKENS)), type: 'ISO14443' };
    return ['Authorize', { idToken }, { idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: timestamp } }];
  }
  if (turn < 250) return ['Heartbeat', {}, { currentTime: timestamp }];
  if (turn < 400)
    return ['StatusNotification', { timestamp, connectorStatus: 'Occupied', evseId: evse.id, connectorId: 1 }, {}];
  const sampledValue = ['Energy.Active.Import.Register', 'Power.Active.Import', 'Current.Import'].map((measurand) => ({
    value: random(1_000_000) / 10,
    measurand,
    unitOfMeasure: { unit: 'Wh' },
  }));
  const transactionInfo = { transactionId: `${thing}-${timestamp.slice(0, 13)}`, chargingState: 'Charging' };
  const event = {
    eventType: 'Updated',
    timestamp,
    triggerReason: 'MeterValuePeriodic',
    seqNo: random(500),
    transactionInfo,
    evse,
  };
  return ['TransactionEvent', { ...event, meterValue: [{ timestamp, sampledValue }] }, {}];
}
