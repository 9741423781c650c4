import type { Migration } from '../migration.ts';

export const tolerances: Migration = {
  name: '0010-tolerances',
  statements: ({ schema }) => [
    schema
      .createTable('tolerances')
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('tolerances_key', ['scope', 'name']),
  ],
};
