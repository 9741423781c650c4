import type { Migration } from '../migration.ts';

export const reservations: Migration = {
  name: '0030-reservations',
  statements: ({ schema }) => [
    schema
      .createTable('reservations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('reservation_id', 'bigint', (column) => column.notNull())
      .addColumn('evse_id', 'integer')
      .addColumn('connector_id', 'integer')
      .addColumn('connector_type', 'text')
      .addColumn('id_token', 'text', (column) => column.notNull())
      .addColumn('group_id_token', 'text')
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('transaction_id', 'text')
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('requested_by', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'bigint'),
    schema.createIndex('reservations_by_wire_id').on('reservations').columns(['thing_name', 'reservation_id']),
    schema.createIndex('reservations_by_thing').on('reservations').columns(['thing_name', 'requested_at']),
    schema.createIndex('reservations_by_time').on('reservations').columns(['requested_at']),
  ],
};
