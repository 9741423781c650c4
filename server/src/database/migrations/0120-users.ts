import type { Migration } from '../migration.ts';

export const users: Migration = {
  name: '0120-users',
  statements: ({ schema }) => [
    schema.alterTable('users').addColumn('signed_in_at', 'bigint'),
    schema
      .createTable('password_links')
      .addColumn('token_digest', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('expires_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('password_links_by_user').on('password_links').column('user_id'),
  ],
};
