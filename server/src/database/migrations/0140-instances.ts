import type { Migration } from '../migration.ts';

/** Which process goes on with it, where there are several; and by what all know that they have the same key. */
export const instances: Migration = {
  name: '0140-instances',
  statements: ({ schema }) => [
    schema.alterTable('commands').addColumn('instance', 'text'),
    schema.alterTable('bulk_commands').addColumn('instance', 'text'),
    schema
      .createTable('keys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('fingerprint', 'text', (column) => column.notNull()),
  ],
};
