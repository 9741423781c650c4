import type { Migration } from '../migration.ts';

export const registry: Migration = {
  name: '0001-registry',
  statements: ({ schema }) => [
    schema
      .createTable('things')
      .addColumn('thing_name', 'text', (column) => column.primaryKey())
      .addColumn('attributes', 'text', (column) => column.notNull())
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('auth_type', 'text', (column) => column.notNull())
      .addColumn('password_salt', 'text')
      .addColumn('password_digest', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('shadows')
      .addColumn('thing_name', 'text', (column) => column.primaryKey())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('reported', 'text', (column) => column.notNull())
      .addColumn('desired', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull()),
  ],
};
