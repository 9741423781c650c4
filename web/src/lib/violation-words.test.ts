import { toViolations } from '@cpo-console/shared/ocpp/violation.ts';
import { expect, test } from 'vitest';
import { violationWords } from './violation-words.ts';

test.each([
  ['required', { missingProperty: 'evseId' }, 'missing', 'evseId'],
  ['additionalProperties', { additionalProperty: 'foo' }, 'extra', 'foo'],
  ['additionalProperties', { additionalProperty: '<b>' }, 'unnamedExtra', ''],
  ['type', { type: 'integer' }, 'type', 'integer'],
  ['type', { type: 'string' }, 'type', 'string'],
  ['enum', { allowedValues: ['A', 'B'] }, 'oneOf', 'A, B'],
  ['maxLength', { limit: 20 }, 'maxLength', '20'],
  ['minLength', { limit: 1 }, 'minLength', '1'],
  ['maxItems', { limit: 2 }, 'maxItems', '2'],
  ['minItems', { limit: 1 }, 'minItems', '1'],
  ['minimum', { limit: 0 }, 'minimum', '0'],
  ['maximum', { limit: 9.5 }, 'maximum', '9.5'],
  ['multipleOf', { multipleOf: 0.1 }, 'multipleOf', '0.1'],
  ['format', { format: 'date-time' }, 'dateTime', '2026-01-31T12:00:00Z'],
  ['format', { format: 'uri' }, 'format', 'URI'],
  ['not', {}, 'other', 'not'],
])('what is said of %s %o can be said in another language', (keyword, params, rule, what) => {
  const [violation] = toViolations([{ instancePath: '', keyword, params }]);
  expect(violationWords(violation!.message)).toEqual({ rule, what });
});

test('what is wrong with a text that is no frame is said as it is', () => {
  expect(violationWords('The message id has more than 36 characters')).toBeNull();
});
