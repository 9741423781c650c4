import type { Migration } from '../migration.ts';

export const liveState: Migration = {
  name: '0004-live-state',
  statements: ({ schema }) => [
    schema
      .createTable('live_states')
      .addColumn('thing_name', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('configuration', 'text', (column) => column.notNull())
      .addColumn('log_id', 'bigint', (column) => column.notNull()),
    schema
      .createTable('live_state_progress')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('log_id', 'bigint', (column) => column.notNull()),
  ],
};
