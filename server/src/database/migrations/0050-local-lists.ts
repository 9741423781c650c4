import type { Migration } from '../migration.ts';

export const localLists: Migration = {
  name: '0050-local-lists',
  statements: ({ schema }) => [
    schema
      .createTable('local_lists')
      .addColumn('thing_name', 'text', (column) => column.primaryKey())
      .addColumn('last_version', 'integer', (column) => column.notNull())
      .addColumn('agreed_version', 'integer')
      .addColumn('entries', 'text')
      .addColumn('attempt', 'text')
      .addColumn('reported_version', 'integer')
      .addColumn('reported_at', 'bigint')
      .addColumn('cache_status', 'text')
      .addColumn('cache_at', 'bigint'),
  ],
};
