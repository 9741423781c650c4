import type { Migration } from '../migration.ts';

export const savedSearches: Migration = {
  name: '0090-saved-searches',
  statements: ({ schema }) => [
    schema
      .createTable('saved_searches')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('query', 'text', (column) => column.notNull())
      .addColumn('shared', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('saved_searches_name', ['owner', 'name']),
  ],
};
