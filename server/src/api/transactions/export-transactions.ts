import { Readable } from 'node:stream';
import type { TransactionQuery } from '../../charge-points/transactions/list-transactions.ts';
import type { ApiDeps } from '../api-deps.ts';
import { csvLine } from '../csv.ts';

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
  'stoppedAt',
  'stopReason',
  'meterStart',
  'meterStop',
  'energyWh',
  'active',
  'closedBy',
] as const;

/** Everything that matches, page by page. */
export const exportTransactions = (store: Pick<ApiDeps['transactions'], 'list'>, query: TransactionQuery): Readable =>
  Readable.from(lines(store, query), { objectMode: false });

async function* lines(store: Pick<ApiDeps['transactions'], 'list'>, query: TransactionQuery): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let cursor = query.cursor;
  do {
    const page = await store.list({ ...query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    if (page.items.length > 0) {
      yield page.items.map((item) => csvLine(COLUMNS.map((column) => item[column]))).join('');
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
