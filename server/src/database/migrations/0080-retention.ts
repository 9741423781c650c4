import type { Migration } from '../migration.ts';

export const retention: Migration = {
  name: '0080-retention',
  statements: ({ schema }) => [
    schema
      .createTable('retention')
      .addColumn('kind', 'text', (column) => column.primaryKey())
      .addColumn('days', 'integer')
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull()),
    schema
      .createTable('pins')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('from_at', 'bigint', (column) => column.notNull())
      .addColumn('to_at', 'bigint', (column) => column.notNull())
      .addColumn('transaction_ref', 'text')
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('pinned_at', 'bigint', (column) => column.notNull())
      .addColumn('pinned_by', 'text', (column) => column.notNull()),
    schema.createIndex('pins_by_thing').on('pins').columns(['thing_name', 'from_at']),
    schema.createIndex('security_events_by_time').on('security_events').columns(['received_at']),
    schema.createIndex('log_files_by_time').on('log_files').columns(['received_at']),
  ],
};
