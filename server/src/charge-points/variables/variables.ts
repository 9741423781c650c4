import type { Database } from '../../database/database.ts';
import type { VariableRow } from '../../database/tables/charge-points.tables.ts';

/** A variable of the device model (2.x) or a configuration key (1.6, without a component) as last reported. */
export interface Variable {
  component: { name: string; instance: string | null; evseId: number | null; connectorId: number | null } | null;
  variable: { name: string; instance: string | null };
  /** `Actual`, `Target`, `MinSet`, `MaxSet`; always `Actual` in 1.6. */
  attribute: string;
  /** null when not known; `•••` for a secret. */
  value: string | null;
  mutability: string | null;
}

export interface Variables {
  /** Sorted by component and variable. */
  list(thingName: string): Promise<(Variable & { updatedAt: string })[]>;
  /** Adds or replaces. A mutability that is not told stays as it was. Durable when resolved. */
  put(thingName: string, variables: readonly Variable[]): Promise<void>;
  remove(thingName: string): Promise<void>;
}

export interface VariablesOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
}

/** Nobody may read back what these are set to. */
const SECRET = /password|authorizationkey|privatekey|secret/i;
const MASK = '•••';

export function createVariables({ database, now }: VariablesOptions): Variables {
  const { query } = database;

  function statement(row: VariableRow) {
    return query
      .insertInto('variables')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['thing_name', 'variable_key']).doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          mutability: eb.fn.coalesce('excluded.mutability', 'variables.mutability'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .compile();
  }

  return {
    async list(thingName) {
      const rows = await query
        .selectFrom('variables')
        .selectAll()
        .where('thing_name', '=', thingName)
        .orderBy('variable_key')
        .execute();
      return rows.map(toVariable);
    },
    put: (thingName, variables) =>
      database.write(...variables.map((variable) => statement(toRow(thingName, variable, now())))),
    remove: (thingName) => database.write(query.deleteFrom('variables').where('thing_name', '=', thingName).compile()),
  };
}

function toRow(
  thingName: string,
  { component, variable, attribute, value, mutability }: Variable,
  at: number,
): VariableRow {
  const parts = [
    component?.name,
    component?.instance,
    component?.evseId,
    component?.connectorId,
    variable.name,
    variable.instance,
  ];
  return {
    thing_name: thingName,
    variable_key: JSON.stringify([...parts.map((part) => part ?? ''), attribute]),
    component: component?.name ?? null,
    component_instance: component?.instance ?? null,
    evse_id: component?.evseId ?? null,
    connector_id: component?.connectorId ?? null,
    variable: variable.name,
    variable_instance: variable.instance,
    attribute,
    value: value && SECRET.test(variable.name) ? MASK : value,
    mutability,
    updated_at: at,
  };
}

function toVariable(row: VariableRow): Variable & { updatedAt: string } {
  const { component, component_instance, evse_id, connector_id } = row;
  return {
    component:
      component === null
        ? null
        : { name: component, instance: component_instance, evseId: evse_id, connectorId: connector_id },
    variable: { name: row.variable, instance: row.variable_instance },
    attribute: row.attribute,
    value: row.value,
    mutability: row.mutability,
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
