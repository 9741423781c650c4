import { Readable } from 'node:stream';
import type { Message } from '@cpo-console/shared/api/contracts.ts';
import type { MessageLog, MessageQuery } from '../../message-log/message-log.ts';
import { csvLine } from '../csv.ts';
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

interface Export {
  log: Pick<MessageLog, 'query'>;
  filter: Omit<MessageQuery, 'limit'>;
  format: 'jsonl' | 'csv';
}

/** Page by page, so that any size of answer costs the memory of one page. */
export const exportMessages = (options: Export): Readable => Readable.from(lines(options), { objectMode: false });

async function* lines({ log, filter, format }: Export): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(COLUMNS);
  let after = {};
  for (;;) {
    const rows = await log.query({ ...filter, ...after, limit: PAGE });
    if (rows.length > 0) {
      yield rows
        .map((row) => (format === 'csv' ? csvRow(messageView(row)) : `${JSON.stringify(messageView(row))}\n`))
        .join('');
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { afterId: last.id };
  }
}

const csvRow = (message: Message): string =>
  csvLine(
    COLUMNS.map((column) => {
      if (column !== 'violations') return message[column];
      return message.violations?.map(({ path, rule }) => `${path} ${rule}`).join('; ');
    }),
  );
