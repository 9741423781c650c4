import type { Migration } from '../migration.ts';

/** Until when the progress of sessions is in the database; what they told since is in the log. */
export const sessionProgress: Migration = {
  name: '0110-session-progress',
  statements: ({ schema }) => [
    schema
      .createTable('session_progress')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('written_until', 'bigint', (column) => column.notNull()),
  ],
};
