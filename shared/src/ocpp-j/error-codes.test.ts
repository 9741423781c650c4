import { expect, test } from 'vitest';
import { readErrorCode, wireErrorCode } from './error-codes.ts';
import { OCPP_VERSIONS, type OcppErrorCode } from './frame.ts';

test.each<[OcppErrorCode, string, string]>([
  ['FormatViolation', 'FormationViolation', 'FormatViolation'],
  ['OccurrenceConstraintViolation', 'OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
  ['TypeConstraintViolation', 'TypeConstraintViolation', 'TypeConstraintViolation'],
  ['RpcFrameworkError', 'ProtocolError', 'RpcFrameworkError'],
  ['MessageTypeNotSupported', 'NotSupported', 'MessageTypeNotSupported'],
])('%s is written %s in 1.6 and %s in 2.x', (code, in16, in2x) => {
  expect(OCPP_VERSIONS.map((version) => wireErrorCode(code, version))).toEqual([in16, in2x, in2x]);
});

test('every spelling is read, whatever the version', () => {
  for (const text of ['FormationViolation', 'FormatViolation']) expect(readErrorCode(text)).toBe('FormatViolation');
  for (const text of ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation']) {
    expect(readErrorCode(text)).toBe('OccurrenceConstraintViolation');
  }
  expect(readErrorCode('Oops')).toBeNull();
  expect(readErrorCode('constructor')).toBeNull();
});
