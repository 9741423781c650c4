import type { VariableChange, VariablePlace } from '@cpo-console/shared/api/configuration.ts';

/** What was left out is null. */
export function toPlace({ component, variable, attribute }: Omit<VariableChange, 'value'>): VariablePlace {
  return {
    component:
      component == null
        ? null
        : {
            name: component.name,
            instance: component.instance ?? null,
            evseId: component.evseId ?? null,
            connectorId: component.connectorId ?? null,
          },
    variable: { name: variable.name, instance: variable.instance ?? null },
    attribute: attribute ?? 'Actual',
  };
}
