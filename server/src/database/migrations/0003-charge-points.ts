import type { Migration } from '../migration.ts';

export const chargePoints: Migration = {
  name: '0003-charge-points',
  statements: ({ schema }) => [
    schema
      .createTable('transactions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('transaction_id', 'text', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('evse_id', 'integer')
      .addColumn('connector_id', 'integer')
      .addColumn('id_token', 'text')
      .addColumn('id_token_key', 'text')
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('stopped_at', 'bigint')
      .addColumn('stop_reason', 'text')
      .addColumn('meter_start', 'double precision')
      .addColumn('meter_stop', 'double precision')
      .addColumn('energy_wh', 'double precision')
      .addColumn('power_w', 'double precision')
      .addColumn('charging_state', 'text')
      .addColumn('active', 'integer', (column) => column.notNull())
      .addColumn('closed_by', 'text')
      .addColumn('last_event_at', 'bigint', (column) => column.notNull())
      .addColumn('last_meter_at', 'bigint')
      .addColumn('start_seen', 'integer', (column) => column.notNull())
      .addColumn('start_key', 'text')
      .addColumn('seen_seq', 'text', (column) => column.notNull()),
    schema
      .createTable('meter_values')
      .addColumn('transaction_ref', 'text')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('evse_id', 'integer')
      .addColumn('connector_id', 'integer')
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull()),
    schema
      .createTable('id_tokens')
      .addColumn('token_key', 'text', (column) => column.primaryKey())
      .addColumn('id_token', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('group_id_token', 'text')
      .addColumn('concurrent', 'integer', (column) => column.notNull())
      .addColumn('note', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull()),
    schema
      .createTable('variables')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('variable_key', 'text', (column) => column.notNull())
      .addColumn('component', 'text')
      .addColumn('component_instance', 'text')
      .addColumn('evse_id', 'integer')
      .addColumn('connector_id', 'integer')
      .addColumn('variable', 'text', (column) => column.notNull())
      .addColumn('variable_instance', 'text')
      .addColumn('attribute', 'text', (column) => column.notNull())
      .addColumn('value', 'text')
      .addColumn('mutability', 'text')
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('variables_key', ['thing_name', 'variable_key']),
    schema
      .createTable('commands')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('queued_payload', 'text')
      .addColumn('message_id', 'text')
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('response', 'text')
      .addColumn('error', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint')
      .addColumn('answered_at', 'bigint')
      .addColumn('expires_at', 'bigint')
      .addColumn('timeout_ms', 'bigint', (column) => column.notNull())
      .addColumn('sent_by', 'text', (column) => column.notNull()),
    schema.createIndex('transactions_wire_id').on('transactions').columns(['thing_name', 'transaction_id']).unique(),
    schema.createIndex('transactions_by_thing').on('transactions').columns(['thing_name', 'started_at']),
    schema.createIndex('transactions_by_time').on('transactions').columns(['started_at']),
    schema.createIndex('transactions_by_token').on('transactions').columns(['id_token_key', 'started_at']),
    schema.createIndex('transactions_by_active').on('transactions').columns(['active', 'started_at']),
    schema.createIndex('meter_values_by_transaction').on('meter_values').columns(['transaction_ref', 'received_at']),
    schema.createIndex('commands_by_thing').on('commands').columns(['thing_name', 'created_at']),
    schema.createIndex('commands_by_time').on('commands').columns(['created_at']),
    schema.createIndex('commands_by_status').on('commands').columns(['status']),
  ],
};
