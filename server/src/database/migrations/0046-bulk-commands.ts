import type { Migration } from '../migration.ts';

export const bulkCommands: Migration = {
  name: '0046-bulk-commands',
  statements: ({ schema }) => [
    schema
      .createTable('bulk_commands')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('total', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .addColumn('sent_by', 'text', (column) => column.notNull()),
    schema
      .createTable('bulk_targets')
      .addColumn('bulk_id', 'text', (column) => column.notNull())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('word', 'text')
      .addColumn('command_id', 'text')
      .addPrimaryKeyConstraint('bulk_targets_key', ['bulk_id', 'thing_name']),
    schema.createIndex('bulk_commands_by_time').on('bulk_commands').columns(['created_at']),
    schema.createIndex('bulk_targets_by_state').on('bulk_targets').columns(['bulk_id', 'state', 'word']),
    schema.createIndex('bulk_targets_by_command').on('bulk_targets').columns(['command_id']),
  ],
};
