import type {
  ReportedVariable,
  VariableCharacteristics,
  VariablePlace,
} from '@cpo-console/shared/api/configuration.ts';
import { isSecretName } from '@cpo-console/shared/ocpp/secret-names.ts';
import type { DeviceVariableRow } from '../../database/tables/device-model.tables.ts';

/** What was told about a variable. What is null was not told, and stays as it was; but for the value, which is replaced. */
export interface Variable extends VariablePlace {
  value: string | null;
  mutability: string | null;
  persistent?: boolean | null;
  constant?: boolean | null;
  rebootRequired?: boolean | null;
  characteristics?: VariableCharacteristics | null;
}

/** Stands for the value of a secret that is set. */
export const MASK = '•••';

/** Names are of case-insensitive types in every version. @see OCPP 2.0.1 part 2, identifierString; 1.6 CiString */
export function variableKey({ component, variable, attribute }: VariablePlace): string {
  const parts = [
    component?.name,
    component?.instance,
    component?.evseId,
    component?.connectorId,
    variable.name,
    variable.instance,
  ];
  return JSON.stringify([...parts.map((part) => part ?? ''), attribute]).toLowerCase();
}

export function toRow(
  thingName: string,
  variable: Variable,
  { at, seenIn }: { at: number; seenIn: string | null },
): DeviceVariableRow {
  const { component, value } = variable;
  return {
    thing_name: thingName,
    variable_key: variableKey(variable),
    component: component?.name ?? null,
    component_instance: component?.instance ?? null,
    evse_id: component?.evseId ?? null,
    connector_id: component?.connectorId ?? null,
    variable: variable.variable.name,
    variable_instance: variable.variable.instance,
    attribute: variable.attribute,
    value: value && isSecretName(variable.variable.name) ? MASK : value,
    mutability: variable.mutability,
    persistent: flagOf(variable.persistent),
    constant: flagOf(variable.constant),
    reboot_required: flagOf(variable.rebootRequired),
    characteristics: variable.characteristics == null ? null : JSON.stringify(variable.characteristics),
    seen_in: seenIn,
    updated_at: at,
  };
}

export function toVariable(row: DeviceVariableRow): ReportedVariable {
  const { component, component_instance, evse_id, connector_id } = row;
  return {
    component:
      component === null
        ? null
        : { name: component, instance: component_instance, evseId: evse_id, connectorId: connector_id },
    variable: { name: row.variable, instance: row.variable_instance },
    attribute: row.attribute,
    value: row.value,
    secret: isSecretName(row.variable),
    mutability: row.mutability,
    persistent: truthOf(row.persistent),
    constant: truthOf(row.constant),
    rebootRequired: row.reboot_required === 1,
    characteristics: row.characteristics === null ? null : (JSON.parse(row.characteristics) as VariableCharacteristics),
    updatedAt: new Date(Number(row.updated_at)).toISOString(),
  };
}

const flagOf = (flag: boolean | null | undefined): number | null => (flag == null ? null : Number(flag));
const truthOf = (flag: number | null): boolean | null => (flag === null ? null : flag === 1);
