import type { ReportedVariable } from '@cpo-console/shared/api/configuration.ts';
import { expect, test } from 'vitest';
import { groupVariables, matchesWords, placeKey, variableLabel } from './variable-groups.ts';

function variable(
  name: string,
  { component = null as ReportedVariable['component'], instance = null as string | null, attribute = 'Actual' } = {},
): ReportedVariable {
  return {
    component,
    variable: { name, instance },
    attribute,
    value: 'on',
    secret: false,
    mutability: 'ReadWrite',
    persistent: null,
    constant: null,
    rebootRequired: false,
    characteristics: null,
    updatedAt: '2026-05-04T10:00:00.000Z',
  };
}
const evse = (evseId: number, connectorId: number | null = null) => ({
  name: 'EVSE',
  instance: null,
  evseId,
  connectorId,
});

test('variables are grouped by component, with 2 before 10', () => {
  const groups = groupVariables([
    variable('Power', { component: evse(10) }),
    variable('b', { component: evse(2, 1) }),
    variable('a', { component: evse(2, 1) }),
    variable('Model', { component: { name: 'ChargingStation', instance: 'left', evseId: null, connectorId: null } }),
  ]);
  expect(groups.map(({ label, variables }) => [label, variables.map(variableLabel)])).toEqual([
    ['ChargingStation [left]', ['Model']],
    ['EVSE 2.1', ['a', 'b']],
    ['EVSE 10', ['Power']],
  ]);
});

test('a label names instance and attribute; a key does not depend on case', () => {
  expect(variableLabel(variable('Limit', { instance: 'x', attribute: 'MaxSet' }))).toBe('Limit [x] · MaxSet');
  expect(placeKey(variable('Limit'))).toBe(placeKey(variable('limit')));
  expect(placeKey(variable('Limit'))).not.toBe(placeKey(variable('Limit', { attribute: 'Target' })));
});

test('a search finds words in any order in component, name and value', () => {
  expect(matchesWords(variable('Power', { component: evse(2) }), 'on evse')).toBe(true);
  expect(matchesWords(variable('Power', { component: evse(2) }), 'evse off')).toBe(false);
});
