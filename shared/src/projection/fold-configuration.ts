import { isSecretName } from '../ocpp/secret-names.ts';
import { type ChargePointState, type ConfigurationEntry, LIMITS } from './charge-point-state.ts';
import { integerOf, listOf, type Members, membersOf, textOf } from './read-payload.ts';

/**
 * Replaces entries with the same key, as it was spelled first, and appends the others; the oldest go when there are too
 * many. Names are compared without regard to case.
 */
export function rememberConfiguration(next: ChargePointState, entries: readonly ConfigurationEntry[]): void {
  if (entries.length === 0) return;
  const byKey = new Map(next.configuration.map((entry) => [entry.key.toLowerCase(), entry]));
  for (const entry of entries) {
    const known = byKey.get(entry.key.toLowerCase());
    byKey.set(entry.key.toLowerCase(), known === undefined ? entry : retold(known, entry));
  }
  next.configuration = [...byKey.values()].slice(-LIMITS.configuration);
}

function retold(known: ConfigurationEntry, { value, masked, readonly, at }: ConfigurationEntry): ConfigurationEntry {
  return { ...known, value, masked, readonly: readonly ?? known.readonly, at };
}

/** `unknownKey` of a GetConfiguration result: it has none of these. */
export function forgetKeys(next: ChargePointState, unknownKey: unknown): void {
  forget(next, bounded(unknownKey).map(String));
}

const GONE: ReadonlySet<unknown> = new Set(['UnknownComponent', 'UnknownVariable', 'NotSupportedAttributeType']);

/** Those of a `getVariableResult` that it does not have. */
export function forgetVariables(next: ChargePointState, getVariableResult: unknown): void {
  const gone = bounded(getVariableResult)
    .map(membersOf)
    .filter(({ attributeStatus }) => GONE.has(attributeStatus));
  forget(
    next,
    gone.flatMap((members) => placeOf(members, members.attributeType)?.key ?? []),
  );
}

function forget(next: ChargePointState, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  next.configuration = next.configuration.filter(({ key }) => !gone.has(key.toLowerCase()));
}

/** `configurationKey` of a GetConfiguration result. */
export function readConfigurationKeys(configurationKey: unknown, at: number): ConfigurationEntry[] {
  return bounded(configurationKey).flatMap((item) => {
    const { key, value, readonly } = membersOf(item);
    return entry16(key, value, { at, readonly: typeof readonly === 'boolean' ? readonly : null });
  });
}

/** A ChangeConfiguration request: what holds once it is accepted. */
export function readChangeConfiguration({ key, value }: Members, at: number): ConfigurationEntry[] {
  return entry16(key, value, { at, readonly: null });
}

/** `getVariableResult`, or `setVariableData` of a request: what holds once it is accepted. */
export function readVariables(list: unknown, at: number): ConfigurationEntry[] {
  return bounded(list).flatMap((item) => {
    const members = membersOf(item);
    if (members.attributeStatus !== undefined && members.attributeStatus !== 'Accepted') return [];
    return entry2x(members, { type: members.attributeType, value: members.attributeValue, readonly: null, at });
  });
}

/** `reportData` of a NotifyReport. */
export function readReportData(reportData: unknown, at: number): ConfigurationEntry[] {
  return bounded(reportData).flatMap((item) => {
    const members = membersOf(item);
    return listOf(members.variableAttribute).flatMap((attribute) => {
      const { type, value, mutability } = membersOf(attribute);
      const readonly = typeof mutability === 'string' ? mutability === 'ReadOnly' : null;
      return entry2x(members, { type, value, readonly, at });
    });
  });
}

/** Those entries of a SetVariables request that its result accepted. */
export function acceptedOnly(entries: readonly ConfigurationEntry[], setVariableResult: unknown): ConfigurationEntry[] {
  const accepted = new Set<string>();
  for (const item of bounded(setVariableResult)) {
    const members = membersOf(item);
    if (members.attributeStatus !== 'Accepted' && members.attributeStatus !== 'RebootRequired') continue;
    const place = placeOf(members, members.attributeType);
    if (place !== null) accepted.add(place.key.toLowerCase());
  }
  return entries.filter(({ key }) => accepted.has(key.toLowerCase()));
}

function entry16(key: unknown, value: unknown, { at, readonly }: { at: number; readonly: boolean | null }) {
  const name = textOf(key);
  if (name === null) return [];
  const place = { key: name, component: null, variable: { name, instance: null }, attribute: 'Actual' };
  return [{ ...place, ...shown(name, value), readonly, at }] satisfies ConfigurationEntry[];
}

interface Attribute {
  type: unknown;
  value: unknown;
  readonly: boolean | null;
  at: number;
}

function entry2x(members: Members, { type, value, readonly, at }: Attribute): ConfigurationEntry[] {
  const place = placeOf(members, type);
  return place === null ? [] : [{ ...place, ...shown(place.variable.name, value), readonly, at }];
}

function placeOf(members: Members, type: unknown) {
  const component = membersOf(members.component);
  const variable = membersOf(members.variable);
  const componentName = textOf(component.name);
  const variableName = textOf(variable.name);
  if (componentName === null || variableName === null) return null;
  const evse = membersOf(component.evse);
  const place = {
    component: {
      name: componentName,
      instance: textOf(component.instance),
      evseId: integerOf(evse.id),
      connectorId: integerOf(evse.connectorId),
    },
    variable: { name: variableName, instance: textOf(variable.instance) },
    attribute: textOf(type) ?? 'Actual',
  };
  return { key: keyOf(place), ...place };
}

/** `EVSE@1/Power`, `Connector@1.2/Available`, `OCPPCommCtrlr/RetryBackOff#Target`, `Ctrlr[a]/Variable[b]`. */
function keyOf({
  component,
  variable,
  attribute,
}: Omit<ConfigurationEntry, 'key' | 'value' | 'masked' | 'readonly' | 'at'>) {
  const at = component?.evseId == null ? '' : `@${component.evseId}${dotted(component.connectorId)}`;
  const owner = `${component?.name}${bracketed(component?.instance)}${at}`;
  return `${owner}/${variable.name}${bracketed(variable.instance)}${attribute === 'Actual' ? '' : `#${attribute}`}`;
}

function dotted(connectorId: number | null): string {
  return connectorId === null ? '' : `.${connectorId}`;
}

function bracketed(instance: string | null | undefined): string {
  return instance == null ? '' : `[${instance}]`;
}

function shown(name: string, value: unknown): Pick<ConfigurationEntry, 'value' | 'masked'> {
  const masked = isSecretName(name);
  return { value: masked || typeof value !== 'string' ? null : value.slice(0, LIMITS.value), masked };
}

function bounded(list: unknown): readonly unknown[] {
  return listOf(list).slice(0, LIMITS.configuration);
}
