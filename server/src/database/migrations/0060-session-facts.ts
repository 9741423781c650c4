import type { Migration } from '../migration.ts';

/** What made a session begin and end, and what was asked about it. */
export const sessionFacts: Migration = {
  name: '0060-session-facts',
  statements: ({ schema }) => [
    schema.alterTable('transactions').addColumn('start_trigger', 'text'),
    schema.alterTable('transactions').addColumn('stop_trigger', 'text'),
    schema.alterTable('transactions').addColumn('stop_id_token', 'text'),
    schema.alterTable('transactions').addColumn('remote_start_id', 'bigint'),
    schema.alterTable('transactions').addColumn('charging_seconds', 'double precision'),
    schema.alterTable('transactions').addColumn('offline', 'integer', (column) => column.notNull().defaultTo(0)),
    schema
      .createTable('transaction_status')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('transaction_id', 'text', (column) => column.notNull())
      .addColumn('ongoing', 'integer')
      .addColumn('messages_in_queue', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('transaction_status_key', ['thing_name', 'transaction_id']),
  ],
};
