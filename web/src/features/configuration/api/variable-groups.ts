import type { ReportedVariable, VariablePlace } from '@cpo-console/shared/api/configuration.ts';

export interface VariableGroup {
  /** `EVSE 1`, `Connector 1.2`, `Ctrlr [left]`; empty for the keys of OCPP 1.6. */
  label: string;
  variables: ReportedVariable[];
}

/** Names are compared without regard to case. */
export function placeKey({ component, variable, attribute }: VariablePlace): string {
  const owner = component && [component.name, component.instance, component.evseId, component.connectorId];
  return JSON.stringify([owner, variable.name, variable.instance, attribute]).toLowerCase();
}

export function componentLabel({ component }: Pick<VariablePlace, 'component'>): string {
  if (component === null) return '';
  const { name, instance, evseId, connectorId } = component;
  const place = evseId === null ? '' : ` ${evseId}${connectorId === null ? '' : `.${connectorId}`}`;
  return `${name}${place}${instance === null ? '' : ` [${instance}]`}`;
}

/** `HeartbeatInterval`, `ItemsPerMessage [GetReport]`, with the attribute where it is not the actual value. */
export function variableLabel({ variable, attribute }: VariablePlace): string {
  const instance = variable.instance === null ? '' : ` [${variable.instance}]`;
  return `${variable.name}${instance}${attribute === 'Actual' ? '' : ` · ${attribute}`}`;
}

/** By component, everything in order of name with numbers as numbers. */
export function groupVariables(variables: readonly ReportedVariable[]): VariableGroup[] {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const groups = Map.groupBy(variables, componentLabel);
  return [...groups]
    .map(([label, members]) => ({
      label,
      variables: members.toSorted((a, b) => compare(variableLabel(a), variableLabel(b))),
    }))
    .sort((a, b) => compare(a.label, b.label));
}

/** Every word somewhere in component, variable or value. */
export function matchesWords(variable: ReportedVariable, search: string): boolean {
  const text = `${componentLabel(variable)}\n${variableLabel(variable)}\n${variable.value ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export const isWritable = ({ mutability, constant }: ReportedVariable): boolean =>
  mutability !== 'ReadOnly' && constant !== true;
