import type { Migration } from '../migration.ts';

export const replays: Migration = {
  name: '0085-replays',
  statements: ({ schema }) => [
    schema
      .createTable('replays')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull()),
    schema
      .createTable('replay_differences')
      .addColumn('replay_id', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('replay_differences_pk', ['replay_id', 'position']),
    schema
      .createTable('annotations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('import_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('message_id', 'bigint')
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull()),
    schema.createIndex('annotations_by_place').on('annotations').columns(['thing_name', 'import_id', 'at']),
  ],
};
