import type { DesiredRule, DesiredScope } from '@cpo-console/shared/api/configuration.ts';
import type { Database } from '../../database/database.ts';
import type { DesiredRuleRow } from '../../database/tables/desired-configuration.tables.ts';
import { variableKey } from '../variables/variable-rows.ts';

export type NewDesiredRule = Omit<DesiredRule, 'id' | 'updatedAt'>;

/** What charge points are to be configured to. All rules are in memory; changes are durable when resolved. */
export interface DesiredConfiguration {
  /** By scope, target and variable. */
  list(): readonly DesiredRule[];
  get(id: string): DesiredRule | null;
  /** null when there is one for the same variable in the same scope. */
  create(rule: NewDesiredRule): Promise<DesiredRule | null>;
  replace(id: string, rule: NewDesiredRule): Promise<DesiredRule | 'taken' | null>;
  remove(id: string): Promise<boolean>;
  /** One rule for each variable: that of the thing before that of a tag before the fleet's; of tags, the first by name. */
  rulesFor(thing: { thingName: string; tags: readonly string[] }): DesiredRule[];
  removeThing(thingName: string): Promise<void>;
}

export interface DesiredConfigurationOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  now: () => number;
  newId: () => string;
}

export async function createDesiredConfiguration(options: DesiredConfigurationOptions): Promise<DesiredConfiguration> {
  const { database, now, newId } = options;
  const { query } = database;
  const rules = new Map<string, DesiredRule>();
  /** Scope and target → variable → rule. */
  const byScope = new Map<string, Map<string, DesiredRule>>();
  const read = () => query.selectFrom('desired_configuration').selectAll().execute();
  function take(rows: Awaited<ReturnType<typeof read>>): void {
    rules.clear();
    byScope.clear();
    for (const row of rows) remember(toRule(row));
  }
  take(await read());
  database.follow('desired_configuration', read, take);

  function remember(rule: DesiredRule): void {
    rules.set(rule.id, rule);
    const ofScope = byScope.get(scopeKey(rule)) ?? new Map<string, DesiredRule>();
    byScope.set(scopeKey(rule), ofScope.set(variableKey(rule), rule));
  }

  function forget(rule: DesiredRule): void {
    rules.delete(rule.id);
    byScope.get(scopeKey(rule))?.delete(variableKey(rule));
  }

  const inPlaceOf = (rule: NewDesiredRule): DesiredRule | undefined =>
    byScope.get(scopeKey(rule))?.get(variableKey(rule));

  async function save(rule: DesiredRule): Promise<DesiredRule> {
    const { id, ...values } = toRow(rule);
    await database.write(
      query
        .insertInto('desired_configuration')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .compile(),
    );
    const before = rules.get(id);
    if (before !== undefined) forget(before);
    remember(rule);
    return rule;
  }

  const dated = (id: string, rule: NewDesiredRule): DesiredRule => ({
    ...rule,
    id,
    updatedAt: new Date(now()).toISOString(),
  });

  async function remove(gone: readonly DesiredRule[]): Promise<void> {
    if (gone.length === 0) return;
    const ids = gone.map(({ id }) => id);
    await database.write(query.deleteFrom('desired_configuration').where('id', 'in', ids).compile());
    gone.forEach(forget);
  }

  return {
    list: () => [...rules.values()].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    get: (id) => rules.get(id) ?? null,
    create: async (rule) => (inPlaceOf(rule) === undefined ? save(dated(newId(), rule)) : null),
    async replace(id, rule) {
      if (!rules.has(id)) return null;
      const other = inPlaceOf(rule);
      return other === undefined || other.id === id ? save(dated(id, rule)) : 'taken';
    },
    async remove(id) {
      const rule = rules.get(id);
      if (rule !== undefined) await remove([rule]);
      return rule !== undefined;
    },
    rulesFor({ thingName, tags }) {
      const scopes = [
        scopeKey({ scope: 'fleet', target: null }),
        ...[...tags]
          .sort()
          .reverse()
          .map((target) => scopeKey({ scope: 'tag', target })),
        scopeKey({ scope: 'thing', target: thingName }),
      ];
      const holding = new Map(scopes.flatMap((scope) => [...(byScope.get(scope) ?? [])]));
      return [...holding].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
    },
    removeThing: (thingName) =>
      remove([...(byScope.get(scopeKey({ scope: 'thing', target: thingName }))?.values() ?? [])]),
  };
}

const scopeKey = ({ scope, target }: { scope: DesiredScope; target: string | null }): string =>
  `${scope} ${target ?? ''}`;

const SCOPE_ORDER: Record<DesiredScope, number> = { fleet: 0, tag: 1, thing: 2 };
const sortKey = (rule: DesiredRule): string => `${SCOPE_ORDER[rule.scope]} ${rule.target ?? ''} ${variableKey(rule)}`;

const toRow = (rule: DesiredRule): DesiredRuleRow => ({
  id: rule.id,
  scope: rule.scope,
  target: rule.target ?? '',
  variable_key: variableKey(rule),
  component: rule.component?.name ?? null,
  component_instance: rule.component?.instance ?? null,
  evse_id: rule.component?.evseId ?? null,
  connector_id: rule.component?.connectorId ?? null,
  variable: rule.variable.name,
  variable_instance: rule.variable.instance,
  attribute: rule.attribute,
  value: rule.value,
  apply_on_boot: Number(rule.applyOnBoot),
  updated_at: Date.parse(rule.updatedAt),
  updated_by: rule.updatedBy,
});

function toRule(row: DesiredRuleRow): DesiredRule {
  const { component, component_instance, evse_id, connector_id } = row;
  return {
    id: row.id,
    scope: row.scope as DesiredScope,
    target: row.scope === 'fleet' ? null : row.target,
    component:
      component === null
        ? null
        : { name: component, instance: component_instance, evseId: evse_id, connectorId: connector_id },
    variable: { name: row.variable, instance: row.variable_instance },
    attribute: row.attribute,
    value: row.value,
    applyOnBoot: row.apply_on_boot === 1,
    updatedAt: new Date(Number(row.updated_at)).toISOString(),
    updatedBy: row.updated_by,
  };
}
