import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Database } from '../../database/database.ts';
import { tokenKey } from '../id-tokens/token-key.ts';
import { encodePosition, newestFirst } from '../page-cursor.ts';
import { type StoredTransaction, type TransactionRecord, toRecord, toTransaction } from './transaction-record.ts';

export interface TransactionQuery {
  thingName?: string;
  idToken?: string;
  active?: boolean;
  /** Milliseconds since the epoch: started at or after. */
  from?: number;
  /** Milliseconds since the epoch: started before. */
  to?: number;
  limit: number;
  cursor?: string;
}

/**
 * Newest first.
 * @param newestOf what is known of a record that is newer than the database
 */
export async function listTransactions(
  query: Database['query'],
  wanted: TransactionQuery,
  newestOf: (record: TransactionRecord) => TransactionRecord,
): Promise<Page<StoredTransaction>> {
  let select = query.selectFrom('transactions').selectAll();
  if (wanted.thingName !== undefined) select = select.where('thing_name', '=', wanted.thingName);
  if (wanted.idToken !== undefined) select = select.where('id_token_key', '=', tokenKey(wanted.idToken));
  if (wanted.active !== undefined) select = select.where('active', '=', wanted.active ? 1 : 0);
  if (wanted.from !== undefined) select = select.where('started_at', '>=', wanted.from);
  if (wanted.to !== undefined) select = select.where('started_at', '<', wanted.to);
  const { shown, nextCursor } = await newestFirst(select, 'started_at', wanted);
  return { items: shown.map((row) => toTransaction(newestOf(toRecord(row)))), nextCursor };
}

/** Where a list goes on after a session. */
export const cursorAfter = ({ startedAt, id }: Pick<StoredTransaction, 'startedAt' | 'id'>): string =>
  encodePosition({ at: Date.parse(startedAt), id });
