import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { describe, expect, it } from 'vitest';
import { COMMANDS_2 } from './commands-v2.ts';
import { COMMANDS_16 } from './commands-v16.ts';
import { createConfiguration } from './configuration.ts';
import { createStation } from './create-station.ts';
import { createFileTransfer } from './firmware-and-logs.ts';
import { DEFAULT_HARDWARE } from './hardware.ts';
import { createOutbox } from './outbox.ts';

const validator = await createValidator();

const COMPONENT = { component: { name: 'AuthCtrlr' }, variable: { name: 'AuthorizeRemoteStart' } };
const MONITOR = { ...COMPONENT, value: 1, type: 'UpperThreshold', severity: 4 };

/** Enough of a payload for an answer that depends on it. */
const PAYLOADS = new Map<string, Record<string, unknown>>([
  ['GetVariables', { getVariableData: [COMPONENT] }],
  ['SetVariables', { setVariableData: [{ ...COMPONENT, attributeValue: 'true' }] }],
  ['SetVariableMonitoring', { setMonitoringData: [MONITOR] }],
  ['ClearVariableMonitoring', { id: [1] }],
  ['GetCompositeSchedule', { evseId: 1, connectorId: 1, duration: 60 }],
]);

describe.each([
  ['ocpp1.6', COMMANDS_16],
  ['ocpp2.0.1', COMMANDS_2],
  ['ocpp2.1', COMMANDS_2],
] as const)('commands of %s', (version: OcppVersion, commands) => {
  const known = [...commands].filter(([action]) => Object.hasOwn(ACTIONS[version], action));

  it.each(known)('%s is answered as its schema says', (action, command) => {
    const { station } = createStation({
      version,
      hardware: DEFAULT_HARDWARE,
      configuration: createConfiguration(version),
      outbox: createOutbox(),
      files: createFileTransfer(() => null),
      now: () => 0,
      newId: () => 'id',
      onTokenRefused: () => undefined,
    });
    const reply = command(station, PAYLOADS.get(action) ?? {});
    expect(reply.kind).toBe('result');
    if (reply.kind === 'result')
      expect(validator.validate(version, action, 'response', reply.payload, 'in')).toEqual([]);
  });
});

describe('the 1.6 commands', () => {
  it('cover every action that a CSMS sends', () => {
    const asked = Object.entries(ACTIONS['ocpp1.6']).filter(([, { from }]) => from !== 'charge-point');
    expect([...COMMANDS_16.keys()].sort()).toEqual(asked.map(([action]) => action).sort());
  });
});
