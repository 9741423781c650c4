import type { Migration } from '../migration.ts';

/** Tokens: a limit instead of yes or no, a language. Those that nobody has registered. */
export const access: Migration = {
  name: '0040-access',
  statements: (query) => [
    query.schema.alterTable('id_tokens').addColumn('concurrent_limit', 'integer', (column) => column.defaultTo(1)),
    query.schema.alterTable('id_tokens').addColumn('language', 'text'),
    query
      .withTables<{ id_tokens: { concurrent: number; concurrent_limit: number | null } }>()
      .updateTable('id_tokens')
      .set({ concurrent_limit: null })
      .where('concurrent', '=', 1),
    query.schema.alterTable('id_tokens').dropColumn('concurrent'),
    query.schema
      .createTable('unknown_tokens')
      .addColumn('token_key', 'text', (column) => column.primaryKey())
      .addColumn('id_token', 'text', (column) => column.notNull())
      .addColumn('type', 'text')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('first_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull()),
  ],
};
