import type { Migration } from '../migration.ts';

export const door: Migration = {
  name: '0070-door',
  statements: ({ schema }) => [
    schema
      .createTable('door_dismissals')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('door_dismissals_pk', ['thing_name', 'reason']),
  ],
};
