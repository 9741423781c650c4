import { integerOf, listOf, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variables.ts';

const MAX_VALUE = 2_500;
const MAX_NAME = 255;

/** `reportData` of NotifyReport in any 2.x. Left out, an attribute's mutability is ReadWrite. @see OCPP 2.0.1 part 2, B07 */
export function variablesOfReport(reportData: unknown): Variable[] {
  return listOf(reportData).flatMap((entry) =>
    listOf(membersOf(entry).variableAttribute).flatMap((attribute) => {
      const { type, value, mutability } = membersOf(attribute);
      return variableOf(entry, { type, value, mutability: textOf(mutability) ?? 'ReadWrite' });
    }),
  );
}

/** One entry of what GetVariables answered or SetVariables asked for. */
export function variableOfEntry(entry: unknown): Variable[] {
  const { attributeType, attributeValue } = membersOf(entry);
  return variableOf(entry, { type: attributeType, value: attributeValue, mutability: null });
}

function variableOf(
  entry: unknown,
  attribute: { type: unknown; value: unknown; mutability: string | null },
): Variable[] {
  const component = membersOf(membersOf(entry).component);
  const variable = membersOf(membersOf(entry).variable);
  const evse = membersOf(component.evse);
  const name = textOf(variable.name, MAX_NAME);
  const componentName = textOf(component.name, MAX_NAME);
  if (name === null || componentName === null) return [];
  return [
    {
      component: {
        name: componentName,
        instance: textOf(component.instance, MAX_NAME),
        evseId: integerOf(evse.id),
        connectorId: integerOf(evse.connectorId),
      },
      variable: { name, instance: textOf(variable.instance, MAX_NAME) },
      attribute: textOf(attribute.type, MAX_NAME) ?? 'Actual',
      value: typeof attribute.value === 'string' ? attribute.value.slice(0, MAX_VALUE) : null,
      mutability: attribute.mutability,
    },
  ];
}
