import type { Migration } from '../migration.ts';

export const transfers: Migration = {
  name: '0050-transfers',
  statements: ({ schema }) => [
    schema
      .createTable('firmware_files')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'text')
      .addColumn('vendor', 'text')
      .addColumn('model', 'text')
      .addColumn('note', 'text')
      .addColumn('file_name', 'text', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('md5', 'text', (column) => column.notNull())
      .addColumn('signature', 'text')
      .addColumn('signing_certificate', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull()),
    schema
      .createTable('log_files')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('job_id', 'text')
      .addColumn('file_name', 'text', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('transfer_links')
      .addColumn('digest', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('job_id', 'text')
      .addColumn('firmware_file_id', 'text')
      .addColumn('allowance', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull()),
    schema.alterTable('jobs').addColumn('firmware_file_id', 'text'),
    schema.createIndex('log_files_by_job').on('log_files').columns(['job_id']),
    schema.createIndex('log_files_by_thing').on('log_files').columns(['thing_name', 'received_at']),
    schema.createIndex('jobs_by_firmware_file').on('jobs').columns(['firmware_file_id']),
  ],
};
