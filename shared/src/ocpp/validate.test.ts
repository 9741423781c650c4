import { describe, expect, test } from 'vitest';
import { inspectFrame } from '../ocpp-j/inspect-frame.ts';
import type { PayloadKind } from './validate.ts';
import { createValidator } from './validate.ts';

const validator = await createValidator();
const STATUS = { connectorId: 1, errorCode: 'NoError', status: 'Available' };

function rulesOf(action: string, payload: unknown, kind: PayloadKind = 'request'): string[] {
  const violations = validator.validate('ocpp1.6', action, kind, payload, 'in');
  return violations.map(({ path, rule, code }) => `${path} ${rule} ${code}`);
}

describe('a broken rule is told by its place, its name and its error code', () => {
  test.each<[string, object, string]>([
    ['wrong type', { ...STATUS, connectorId: '1' }, '/connectorId type TypeConstraintViolation'],
    ['missing', { connectorId: 1, status: 'Available' }, ' required OccurrenceConstraintViolation'],
    ['not one of the values', { ...STATUS, status: 'Idle' }, '/status enum PropertyConstraintViolation'],
    ['too long', { ...STATUS, vendorId: 'x'.repeat(256) }, '/vendorId maxLength PropertyConstraintViolation'],
    ['unknown member', { ...STATUS, extra: 1 }, '/extra additionalProperties FormatViolation'],
    ['unknown member of any name', { ...STATUS, '<b>': 1 }, ' additionalProperties FormatViolation'],
    ['time without a zone', { ...STATUS, timestamp: '2026-01-01T00:00:00' }, '/timestamp format FormatViolation'],
    ['no such day', { ...STATUS, timestamp: '2026-02-30T00:00:00Z' }, '/timestamp format FormatViolation'],
  ])('%s', (_name, payload, expected) => {
    expect(rulesOf('StatusNotification', payload)).toEqual([expected]);
  });

  test('too few entries', () => {
    const [first] = validator.validate('ocpp2.0.1', 'GetVariables', 'request', { getVariableData: [] }, 'out');
    expect(first).toMatchObject({ rule: 'minItems', code: 'OccurrenceConstraintViolation' });
  });

  test('every violation is reported, up to 20 of them', () => {
    expect(rulesOf('StatusNotification', {})).toHaveLength(3);
    const keys = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 1]));
    expect(rulesOf('Heartbeat', keys)).toHaveLength(20);
  });
});

test('valid payloads share one empty list', () => {
  const of = (action: string, payload: object) => validator.validate('ocpp1.6', action, 'request', payload, 'in');
  expect(of('Heartbeat', {})).toEqual([]);
  expect(of('Heartbeat', {})).toBe(of('StatusNotification', STATUS));
});

test.each(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456+02:00', '2024-02-29t23:59:60z'])(
  '%s is a time',
  (time) => {
    expect(rulesOf('Heartbeat', { currentTime: time }, 'response')).toEqual([]);
  },
);

test('one-decimal limits are multiples of 0.1', () => {
  for (const limit of [0.3, 16.1, 32.7]) {
    const chargingSchedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] };
    expect(rulesOf('GetCompositeSchedule', { status: 'Accepted', chargingSchedule }, 'response')).toEqual([]);
  }
});

test('an integer that nobody can hold exactly is not taken', () => {
  const rulesWith = (connectorId: number) => rulesOf('StatusNotification', { ...STATUS, connectorId });
  expect(rulesWith(2 ** 53 - 1)).toEqual([]);
  for (const value of [2 ** 53, 2 ** 63, 1e308]) {
    expect(rulesWith(value)).toEqual(['/connectorId maximum PropertyConstraintViolation']);
  }
  expect(rulesWith(-(2 ** 53))).toEqual(['/connectorId minimum PropertyConstraintViolation']);
});

test('1.6: we accept a configuration value of 2,048 characters and send at most 500', () => {
  const payload = { key: 'k', value: 'x'.repeat(501) };
  expect(validator.validate('ocpp1.6', 'ChangeConfiguration', 'request', payload, 'out')).toHaveLength(1);
  expect(rulesOf('GetConfiguration', { configurationKey: [{ ...payload, readonly: true }] }, 'response')).toEqual([]);
});

test('a violation never repeats the value', () => {
  const value = 'hunter2'.repeat(100);
  const payload = { key: 'k', value, 'hunter2\n': 'hunter2', extra: value };
  const violations = validator.validate('ocpp1.6', 'ChangeConfiguration', 'request', payload, 'out');
  expect(violations).toHaveLength(3);
  expect(JSON.stringify(violations)).not.toContain('hunter2');
});

test('an answer is held against the schema of its CALL, one without a CALL against none', () => {
  const context = { version: 'ocpp1.6', validator, direction: 'in' } as const;
  const actionOf = (messageId: string) => (messageId === 'a' ? 'Reset' : undefined);
  expect(inspectFrame('[3,"a",{}]', { ...context, actionOf }).violations).toHaveLength(1);
  expect(inspectFrame('[3,"b",{}]', { ...context, actionOf }).violations).toEqual([]);
  expect(inspectFrame('[2,"c","Bogus",{}]', { ...context, actionOf }).violations).toEqual([]);
  expect(inspectFrame('[2,"c"', { ...context, actionOf }).decoded.ok).toBe(false);
});
