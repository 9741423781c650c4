import { Readable } from 'node:stream';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import { csvLine } from '../../text/csv.ts';
import type { SessionsQuery } from './session-view.ts';

const PAGE = 500;
const COLUMNS = [
  'id',
  'thingName',
  'transactionId',
  'protocol',
  'evseId',
  'connectorId',
  'idToken',
  'startedAt',
  'startTrigger',
  'stoppedAt',
  'stopReason',
  'stopTrigger',
  'stopIdToken',
  'meterStart',
  'meterStop',
  'energyWh',
  'chargingSeconds',
  'active',
  'stuck',
  'offline',
  'closedBy',
] as const;

type List = (query: SessionsQuery) => Promise<Page<Transaction>>;

/** Everything that matches, page by page. */
export const exportTransactions = (list: List, query: SessionsQuery): Readable =>
  Readable.from(lines(list, query), { objectMode: false });

async function* lines(list: List, query: SessionsQuery): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let cursor = query.cursor;
  do {
    const page = await list({ ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    if (page.items.length > 0) {
      yield page.items.map((item) => csvLine(COLUMNS.map((column) => item[column]))).join('');
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
