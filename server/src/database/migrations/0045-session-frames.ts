import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** When a session's frames came in, so that they are found in the log. */
export const sessionFrames: Migration = {
  name: '0045-session-frames',
  statements: (query) => [
    query.schema.alterTable('transactions').addColumn('first_received_at', 'bigint'),
    query.schema.alterTable('transactions').addColumn('last_received_at', 'bigint'),
    // Readings that belonged to no session are in the log.
    { compile: () => sql`delete from meter_values where transaction_ref is null`.compile(query) },
  ],
};
