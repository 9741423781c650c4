import type { Migration } from '../migration.ts';

export const smartCharging: Migration = {
  name: '0031-smart-charging',
  statements: ({ schema }) => [
    schema
      .createTable('charging_profiles')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('profile_id', 'bigint', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('place', 'integer')
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('stack_level', 'integer', (column) => column.notNull())
      .addColumn('transaction_id', 'text')
      .addColumn('awaits', 'text')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('limit_source', 'text')
      .addColumn('profile', 'text', (column) => column.notNull())
      .addColumn('installed_at', 'bigint', (column) => column.notNull())
      .addColumn('installed_by', 'text')
      .addColumn('reported_at', 'bigint')
      .addPrimaryKeyConstraint('charging_profiles_key', ['thing_name', 'profile_id']),
    schema
      .createTable('charging_reports')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('place', 'integer', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('charging_reports_key', ['thing_name', 'kind', 'place', 'source']),
    schema
      .createTable('profile_templates')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_by', 'text', (column) => column.notNull()),
    schema.createIndex('charging_profiles_by_purpose').on('charging_profiles').columns(['purpose', 'thing_name']),
  ],
};
