import type { Transaction } from '@cpo-console/shared/api/transactions.ts';
import type { TransactionRecord } from '../charge-points/transactions/transaction-record.ts';
import type { EventStream } from './event-stream.ts';

/** Sessions progress slowly: a meter speaks every few seconds at most. */
const BATCH_EVERY_MS = 500;

export interface TransactionFeedOptions {
  stream: EventStream;
  transactions: { onChange(listener: (record: TransactionRecord) => void): () => void };
  view: (record: TransactionRecord) => Transaction;
  /** null for the whole fleet. */
  thingNames: ReadonlySet<string> | null;
}

/** New and changed sessions in batches: however often one changes, it comes once a batch, as it is then. */
export function startTransactionFeed({ stream, transactions, view, thingNames }: TransactionFeedOptions): void {
  const pending = new Map<string, TransactionRecord>();
  const flush = (): void => {
    if (pending.size === 0) return;
    stream.send('transaction', JSON.stringify([...pending.values()].map(view)));
    pending.clear();
  };
  const timer = setInterval(flush, BATCH_EVERY_MS);
  stream.onClose(() => clearInterval(timer));
  const stop = transactions.onChange((record) => {
    if (thingNames === null || thingNames.has(record.thingName)) pending.set(record.id, record);
  });
  stream.onClose(stop);
}
