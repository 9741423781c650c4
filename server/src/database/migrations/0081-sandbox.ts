import type { Migration } from '../migration.ts';

export const sandbox: Migration = {
  name: '0081-sandbox',
  statements: ({ schema }) => [
    schema.alterTable('things').addColumn('sandbox', 'integer', (column) => column.notNull().defaultTo(0)),
  ],
};
