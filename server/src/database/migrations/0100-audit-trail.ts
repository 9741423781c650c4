import type { Migration } from '../migration.ts';

export const auditTrail: Migration = {
  name: '0100-audit-trail',
  statements: ({ schema }) => [
    schema
      .createTable('audit_trail')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('via', 'text', (column) => column.notNull())
      .addColumn('role', 'text')
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('method', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull()),
    schema.createIndex('audit_trail_at').on('audit_trail').columns(['at', 'id']),
    schema.createIndex('audit_trail_actor').on('audit_trail').columns(['actor', 'at', 'id']),
  ],
};
