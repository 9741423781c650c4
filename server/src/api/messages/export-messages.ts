import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { toTraceRecord } from '../../message-log/formats/open-ocpp-trace.ts';
import { createRedaction } from '../../message-log/formats/redact.ts';
import { maskSecrets } from '../../message-log/mask-secrets.ts';
import type { MessageLog, MessageQuery } from '../../message-log/message-log.ts';
import { csvLine } from '../../text/csv.ts';
import { messageView } from './message-view.ts';

const PAGE = 500;
const COLUMNS = [
  'id',
  'thingName',
  'connectionId',
  'at',
  'direction',
  'kind',
  'action',
  'messageId',
  'frame',
  'bytes',
  'latencyMs',
  'errorCode',
  'violations',
] as const;

export const FILE_TYPES = {
  jsonl: { type: 'application/jsonl', ending: 'jsonl' },
  csv: { type: 'text/csv', ending: 'csv' },
  trace: { type: 'application/jsonl', ending: 'trace.jsonl' },
} as const;

interface Export {
  log: Pick<MessageLog, 'query'>;
  filter: Omit<MessageQuery, 'limit'>;
  format: keyof typeof FILE_TYPES;
  redact: boolean;
  /** The version that a charge point speaks, where no connect among the rows says it. */
  protocolOf: (thingName: string) => OcppVersion | null;
}

/** Page by page, so that any size of answer costs the memory of one page. */
export const exportMessages = (options: Export): Readable => Readable.from(pages(options), { objectMode: false });

async function* pages({ log, filter, format, redact, protocolOf }: Export): AsyncGenerator<string> {
  const redacted = redact ? createRedaction(randomBytes(32)) : (frame: string) => frame;
  const toText = {
    jsonl: (row: LogRow) => `${JSON.stringify(messageView(row))}\n`,
    csv: (row: LogRow) => csvRow(messageView(row)),
    trace: createTraceLines(protocolOf),
  }[format];
  if (format === 'csv') yield csvLine(COLUMNS);
  let after = {};
  for (;;) {
    const rows = await log.query({ ...filter, ...after, limit: PAGE });
    const text = rows.map((row) => toText({ ...row, frame: redacted(maskSecrets(row.frame).frame) })).join('');
    if (text !== '') yield text;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { afterId: last.id };
  }
}

function createTraceLines(protocolOf: Export['protocolOf']): (row: LogRow) => string {
  const known = new Map<string, OcppVersion | null>();
  return (row) => {
    const said =
      row.action === 'connected' ? OCPP_VERSIONS.find((version) => row.frame.includes(`"${version}"`)) : undefined;
    if (said !== undefined || !known.has(row.thingName)) known.set(row.thingName, said ?? protocolOf(row.thingName));
    const record = toTraceRecord(row, known.get(row.thingName) ?? null);
    return record === null ? '' : `${JSON.stringify(record)}\n`;
  };
}

const csvRow = (message: Message): string =>
  csvLine(
    COLUMNS.map((column) => {
      if (column !== 'violations') return message[column];
      return message.violations?.map(({ path, rule }) => `${path} ${rule}`).join('; ');
    }),
  );
