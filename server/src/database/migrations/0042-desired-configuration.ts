import type { Migration } from '../migration.ts';

export const desiredConfiguration: Migration = {
  name: '0042-desired-configuration',
  statements: ({ schema }) => [
    schema
      .createTable('desired_configuration')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('variable_key', 'text', (column) => column.notNull())
      .addColumn('component', 'text')
      .addColumn('component_instance', 'text')
      .addColumn('evse_id', 'integer')
      .addColumn('connector_id', 'integer')
      .addColumn('variable', 'text', (column) => column.notNull())
      .addColumn('variable_instance', 'text')
      .addColumn('attribute', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('apply_on_boot', 'integer', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_by', 'text', (column) => column.notNull()),
    schema
      .createIndex('desired_configuration_place')
      .on('desired_configuration')
      .columns(['scope', 'target', 'variable_key'])
      .unique(),
  ],
};
