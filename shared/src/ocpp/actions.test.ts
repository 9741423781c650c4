import { expect, test } from 'vitest';
import { OCPP_VERSIONS } from '../ocpp-j/frame.ts';
import { ACTIONS, isAction } from './actions.ts';
import { createValidator } from './validate.ts';

const validator = await createValidator();

test.each([
  ['ocpp1.6', 39, 14, 26],
  ['ocpp2.0.1', 64, 25, 40],
] as const)('%s has %i actions: %i from the charge point, %i to it', (version, all, inbound, outbound) => {
  const table = Object.values(ACTIONS[version]);
  expect(table).toHaveLength(all);
  expect(table.filter(({ from }) => from !== 'csms')).toHaveLength(inbound);
  expect(table.filter(({ from }) => from !== 'charge-point')).toHaveLength(outbound);
});

test('2.1 has 91 actions, and 90 of them have a response', () => {
  const actions = Object.keys(ACTIONS['ocpp2.1']);
  expect(actions).toHaveLength(91);
  expect(actions.filter((action) => validator.hasAction('ocpp2.1', action, 'response'))).toHaveLength(90);
});

test.each(OCPP_VERSIONS)('%s: each action has schemas; a SEND has no response', (version) => {
  for (const [action, { send }] of Object.entries(ACTIONS[version])) {
    expect(validator.hasAction(version, action, 'request'), action).toBe(true);
    expect(validator.hasAction(version, action, 'response'), action).toBe(send !== true);
  }
});

test('names that objects have anyway are no actions', () => {
  expect(isAction('ocpp1.6', 'Heartbeat')).toBe(true);
  for (const name of ['constructor', '__proto__', 'toString', '']) {
    expect(isAction('ocpp1.6', name)).toBe(false);
    expect(validator.hasAction('ocpp1.6', name, 'request')).toBe(false);
  }
});
