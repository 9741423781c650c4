import type { VariableCharacteristics, VariablePlace } from '@cpo-console/shared/api/configuration.ts';
import {
  decimalOf,
  integerOf,
  listOf,
  type Members,
  membersOf,
  textOf,
} from '@cpo-console/shared/projection/read-payload.ts';
import type { Variable } from '../../charge-points/variables/variable-rows.ts';

const MAX_VALUE = 2_500;
const MAX_NAME = 255;
const MAX_ENTRIES = 2_000;

/** `reportData` of NotifyReport in any 2.x. What is left out has the defaults that its schema names. @see OCPP 2.0.1 part 2, B07 */
export function variablesOfReport(reportData: unknown): Variable[] {
  return listOf(reportData)
    .slice(0, MAX_ENTRIES)
    .flatMap((entry) => {
      const characteristics = characteristicsOf(membersOf(entry).variableCharacteristics);
      return listOf(membersOf(entry).variableAttribute)
        .slice(0, 4)
        .flatMap((item) => {
          const attribute = membersOf(item);
          return placeOf(entry, attribute.type).map((place) => ({
            ...place,
            value: textValue(attribute.value),
            mutability: textOf(attribute.mutability) ?? 'ReadWrite',
            persistent: attribute.persistent === true,
            constant: attribute.constant === true,
            characteristics,
          }));
        });
    });
}

/** One entry of what GetVariables answered or SetVariables asked for. */
export function variableOfEntry(entry: unknown): Variable[] {
  const { attributeType, attributeValue } = membersOf(entry);
  return placeOf(entry, attributeType).map((place) => ({
    ...place,
    value: textValue(attributeValue),
    mutability: null,
  }));
}

/** `eventData` of NotifyEvent: what monitored variables have become. @see OCPP 2.0.1 part 2, N07 */
export function variablesOfEvents(eventData: unknown): Variable[] {
  return listOf(eventData)
    .slice(0, MAX_ENTRIES)
    .flatMap((entry) => {
      const value = textValue(membersOf(entry).actualValue);
      return placeOf(entry, 'Actual').map((place) => ({ ...place, value, mutability: null }));
    });
}

function placeOf(entry: unknown, attribute: unknown): VariablePlace[] {
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
      attribute: textOf(attribute, MAX_NAME) ?? 'Actual',
    },
  ];
}

const textValue = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, MAX_VALUE) : null);

function characteristicsOf(value: unknown): VariableCharacteristics | null {
  if (value === undefined) return null;
  const members: Members = membersOf(value);
  return {
    dataType: textOf(members.dataType),
    unit: textOf(members.unit),
    minLimit: decimalOf(members.minLimit),
    maxLimit: decimalOf(members.maxLimit),
    maxElements: integerOf(members.maxElements),
    valuesList: textOf(members.valuesList, MAX_VALUE),
    supportsMonitoring: typeof members.supportsMonitoring === 'boolean' ? members.supportsMonitoring : null,
  };
}
