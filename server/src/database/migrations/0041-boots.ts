import type { Migration } from '../migration.ts';

export const boots: Migration = {
  name: '0041-boots',
  statements: ({ schema }) => [
    schema
      .createTable('boots')
      .addColumn('thing_name', 'text', (column) => column.primaryKey())
      .addColumn('decision', 'text')
      .addColumn('retry_interval_seconds', 'integer')
      .addColumn('told', 'text'),
  ],
};
