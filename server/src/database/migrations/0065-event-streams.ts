import type { Migration } from '../migration.ts';

export const eventStreams: Migration = {
  name: '0065-event-streams',
  statements: ({ schema }) => [
    schema
      .createTable('event_streams')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('stream_id', 'bigint', (column) => column.notNull())
      .addColumn('monitoring_id', 'bigint')
      .addColumn('interval_seconds', 'bigint')
      .addColumn('max_values', 'bigint')
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('closed_at', 'bigint')
      .addColumn('last_at', 'bigint')
      .addColumn('last_value', 'text')
      .addColumn('pending', 'bigint')
      .addColumn('received', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('event_streams_key', ['thing_name', 'stream_id']),
  ],
};
