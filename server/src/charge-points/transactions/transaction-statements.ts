import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import { prepare } from '../../database/prepare.ts';
import { newRecord, type TransactionRecord, toChanges, toProgress, toRow } from './transaction-record.ts';

export interface TransactionStatements {
  upsert(record: TransactionRecord): CompiledQuery;
  /** For a record that is stored and of which nothing else changed. */
  progress(record: TransactionRecord): CompiledQuery;
}

/** The statements that run for nearly every message of a session, built once. */
export function prepareStatements(query: Database['query']): TransactionStatements {
  const sample = newRecord({ id: '', thingName: '', transactionId: '', protocol: 'ocpp1.6', startedAt: 0 });
  const upsert = prepare(
    query
      .insertInto('transactions')
      .values(toRow(sample))
      .onConflict((conflict) => conflict.column('id').doUpdateSet(toChanges(sample))),
  );
  const progress = prepare(query.updateTable('transactions').set(toProgress(sample)).where('id', '=', sample.id));
  return {
    upsert(record) {
      const changes = Object.values(toChanges(record));
      return upsert([record.id, record.thingName, record.transactionId, record.protocol, ...changes, ...changes]);
    },
    progress: (record) => progress([...Object.values(toProgress(record)), record.id]),
  };
}
