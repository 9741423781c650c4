import type { Kysely } from 'kysely';
import type { Migration } from '../migration.ts';

interface Kept {
  thing_name: string;
  variable_key: string;
  component: string | null;
  component_instance: string | null;
  evse_id: number | null;
  connector_id: number | null;
  variable: string;
  variable_instance: string | null;
  attribute: string;
  value: string | null;
  mutability: string | null;
  updated_at: number;
}

const KEPT = [
  'component',
  'component_instance',
  'evse_id',
  'connector_id',
  'variable',
  'variable_instance',
  'attribute',
  'value',
  'mutability',
  'updated_at',
] as const;

/** Names of variables are compared without regard to case: their keys have to be made anew. */
export const deviceModel: Migration = {
  name: '0040-device-model',
  statements: (query) => [
    query.schema
      .createTable('device_variables')
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
      .addColumn('persistent', 'integer')
      .addColumn('constant', 'integer')
      .addColumn('reboot_required', 'integer')
      .addColumn('characteristics', 'text')
      .addColumn('seen_in', 'text')
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('device_variables_key', ['thing_name', 'variable_key']),
    moved(query as Kysely<{ variables: Kept; device_variables: Kept }>),
    query.schema.dropTable('variables'),
    query.schema
      .createTable('variable_reports')
      .addColumn('thing_name', 'text', (column) => column.notNull())
      .addColumn('request_id', 'bigint', (column) => column.notNull())
      .addColumn('run', 'text', (column) => column.notNull())
      .addColumn('kind', 'text')
      .addColumn('answer', 'text')
      .addColumn('parts', 'integer', (column) => column.notNull())
      .addColumn('variables', 'integer', (column) => column.notNull())
      .addColumn('complete', 'integer', (column) => column.notNull())
      .addColumn('intact', 'integer', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('variable_reports_key', ['thing_name', 'request_id']),
  ],
};

const moved = (query: Kysely<{ variables: Kept; device_variables: Kept }>) =>
  query
    .insertInto('device_variables')
    .columns(['thing_name', 'variable_key', ...KEPT])
    .expression(
      query
        .selectFrom('variables')
        .select((eb) => ['thing_name', eb.fn<string>('lower', ['variable_key']).as('variable_key'), ...KEPT])
        // SQLite takes `on conflict` after a `select` for a join unless there is a `where`.
        .where('thing_name', 'is not', null),
    )
    .onConflict((conflict) => conflict.doNothing());
