import type { Migration } from '../migration.ts';

export const jobs: Migration = {
  name: '0020-jobs',
  statements: ({ schema }) => [
    schema
      .createTable('jobs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('request_id', 'bigint')
      .addColumn('request', 'text')
      .addColumn('requested_by', 'text')
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('job_history')
      .addColumn('job_id', 'text', (column) => column.notNull())
      .addColumn('position', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('info', 'text')
      .addPrimaryKeyConstraint('job_history_key', ['job_id', 'position']),
    schema
      .createTable('security_events')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('tech_info', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('jobs_by_thing').on('jobs').columns(['thing_name', 'created_at']),
    schema.createIndex('security_events_by_thing').on('security_events').columns(['thing_name', 'received_at']),
  ],
};
