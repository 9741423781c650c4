import type { ReportedVariable, VariablePlace } from '@cpo-console/shared/api/configuration.ts';
import type { CompiledQuery, ExpressionBuilder } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { Schema } from '../../database/schema.ts';
import { createChangeListeners } from '../change-listeners.ts';
import { MASK, toRow, toVariable, type Variable, variableKey } from './variable-rows.ts';

/** The variables of the device model (2.x) and configuration keys (1.6) as charge points told them. Changes are durable when resolved. */
export interface Variables {
  /** Sorted by component and variable. */
  list(thingName: string): Promise<ReportedVariable[]>;
  /** Those of these places, by thing. */
  at(
    thingNames: readonly string[],
    places: readonly VariablePlace[],
  ): Promise<ReadonlyMap<string, readonly ReportedVariable[]>>;
  /** Adds or replaces. */
  put(thingName: string, variables: readonly Variable[]): Promise<void>;
  /** The charge point says that there are none of these. */
  forget(thingName: string, places: readonly VariablePlace[]): Promise<void>;
  /** All that there is: what is not among these is gone, but for secrets, which nobody tells. */
  replace(thingName: string, variables: readonly Variable[]): Promise<void>;
  /** What waited for a boot has taken effect. */
  rebooted(thingName: string): Promise<void>;
  remove(thingName: string): Promise<void>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface VariablesOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

/** A charge point decides what it reports, not how much room it takes. */
export const MAX_VARIABLES = 20_000;

export function createVariables({ database, now, newId }: VariablesOptions): Variables {
  const { query } = database;
  const changes = createChangeListeners();

  async function write(thingName: string, ...queries: CompiledQuery[]): Promise<void> {
    await database.write(...queries);
    changes.tell(thingName);
  }

  async function fitting(thingName: string, variables: readonly Variable[]): Promise<readonly Variable[]> {
    const ofThing = query.selectFrom('device_variables').where('thing_name', '=', thingName);
    const { count } = await ofThing.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    if (Number(count) + variables.length <= MAX_VARIABLES) return variables;
    const rows = await ofThing.select('variable_key').execute();
    const known = new Set(rows.map((row) => row.variable_key));
    const isNew = (variable: Variable): boolean => !known.has(variableKey(variable));
    const room = Math.max(0, MAX_VARIABLES - known.size);
    const added = new Set(variables.filter(isNew).slice(0, room));
    return variables.filter((variable) => added.has(variable) || !isNew(variable));
  }

  return {
    async list(thingName) {
      const rows = await query
        .selectFrom('device_variables')
        .selectAll()
        .where('thing_name', '=', thingName)
        .orderBy('variable_key')
        .execute();
      return rows.map(toVariable);
    },
    async at(thingNames, places) {
      if (thingNames.length === 0 || places.length === 0) return new Map();
      const rows = await query
        .selectFrom('device_variables')
        .selectAll()
        .where('thing_name', 'in', thingNames)
        .where('variable_key', 'in', [...new Set(places.map(variableKey))])
        .execute();
      return Map.groupBy(
        rows.map((row) => ({ thingName: row.thing_name, ...toVariable(row) })),
        (row) => row.thingName,
      );
    },
    async put(thingName, variables) {
      if (variables.length === 0) return;
      const kept = await fitting(thingName, variables);
      await write(
        thingName,
        ...kept.map((each) => putVariable(database, thingName, each, { at: now(), seenIn: null })),
      );
    },
    async forget(thingName, places) {
      if (places.length === 0) return;
      await write(
        thingName,
        query
          .deleteFrom('device_variables')
          .where('thing_name', '=', thingName)
          .where('variable_key', 'in', places.map(variableKey))
          .compile(),
      );
    },
    async replace(thingName, variables) {
      const seenIn = newId();
      const kept = variables.slice(0, MAX_VARIABLES);
      await write(
        thingName,
        ...kept.map((each) => putVariable(database, thingName, each, { at: now(), seenIn })),
        dropUnseen(database, thingName, seenIn),
      );
    },
    async rebooted(thingName) {
      const waiting = (eb: ExpressionBuilder<Schema, 'device_variables'>) =>
        eb.and([eb('thing_name', '=', thingName), eb('reboot_required', '=', 1)]);
      const first = query.selectFrom('device_variables').select('variable_key').where(waiting).limit(1);
      if ((await first.execute()).length === 0) return;
      await write(
        thingName,
        query.updateTable('device_variables').set({ reboot_required: null }).where(waiting).compile(),
      );
    },
    remove: (thingName) =>
      write(
        thingName,
        query.deleteFrom('device_variables').where('thing_name', '=', thingName).compile(),
        query.deleteFrom('variable_reports').where('thing_name', '=', thingName).compile(),
      ),
    onChange: changes.onChange,
  };
}

export function putVariable(
  { query }: Pick<Database, 'query'>,
  thingName: string,
  variable: Variable,
  told: { at: number; seenIn: string | null },
): CompiledQuery {
  return query
    .insertInto('device_variables')
    .values(toRow(thingName, variable, told))
    .onConflict((conflict) =>
      conflict.columns(['thing_name', 'variable_key']).doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        mutability: eb.fn.coalesce('excluded.mutability', 'device_variables.mutability'),
        persistent: eb.fn.coalesce('excluded.persistent', 'device_variables.persistent'),
        constant: eb.fn.coalesce('excluded.constant', 'device_variables.constant'),
        reboot_required: eb.fn.coalesce('excluded.reboot_required', 'device_variables.reboot_required'),
        characteristics: eb.fn.coalesce('excluded.characteristics', 'device_variables.characteristics'),
        seen_in: eb.fn.coalesce('excluded.seen_in', 'device_variables.seen_in'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .compile();
}

/** What a whole report did not tell is gone. A secret is never told. */
export function dropUnseen({ query }: Pick<Database, 'query'>, thingName: string, seenIn: string): CompiledQuery {
  return query
    .deleteFrom('device_variables')
    .where('thing_name', '=', thingName)
    .where((eb) => eb.or([eb('seen_in', 'is', null), eb('seen_in', '!=', seenIn)]))
    .where((eb) => eb.or([eb('value', 'is', null), eb('value', '!=', MASK)]))
    .compile();
}
