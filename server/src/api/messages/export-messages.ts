import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { toTraceRecord } from '../../message-log/formats/open-ocpp-trace.ts';
import { maskSecrets } from '../../message-log/mask-secrets.ts';
import { type Rows, rowsOf } from '../../message-log/redaction/redact-log.ts';
import type { Redactor } from '../../message-log/redaction/redactor.ts';
import { csvLine } from '../../text/csv.ts';
import { messageView } from './message-view.ts';

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

export type ExportFormat = keyof typeof FILE_TYPES;

interface Export {
  rows: Rows;
  format: ExportFormat;
  /** null: everything as it is, but for secrets. */
  redactor: Redactor | null;
  /** The version that a charge point speaks, where no connect among the rows says it. */
  protocolOf: (thingName: string) => OcppVersion | null;
  /** Once a page. */
  onRows: (rows: readonly LogRow[]) => void;
}

/** Page by page, so that any size of answer costs the memory of one page. */
export async function* exportedText(options: Export): AsyncGenerator<string> {
  const { format, redactor, protocolOf, onRows } = options;
  const toText = {
    jsonl: (row: LogRow) => `${JSON.stringify(messageView(row))}\n`,
    csv: (row: LogRow) => csvRow(messageView(row)),
    trace: createTraceLines(protocolOf),
  }[format];
  const shown = (row: LogRow): LogRow => {
    const masked = { ...row, frame: maskSecrets(row.frame).frame };
    return redactor === null ? masked : redactor.row(masked);
  };
  if (format === 'csv') yield csvLine(COLUMNS);
  for await (const rows of rowsOf(options.rows)) {
    onRows(rows);
    const text = rows.map((row) => toText(shown(row))).join('');
    if (text !== '') yield text;
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
