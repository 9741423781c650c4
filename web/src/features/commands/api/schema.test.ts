import { expect, test } from 'vitest';
import { emptyTexts, initialValue, type JsonSchema, lint } from './schema.ts';

const schema: JsonSchema = {
  type: 'object',
  required: ['type', 'evse', 'items'],
  additionalProperties: false,
  definitions: {
    Evse: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer', minimum: 1 }, connectorId: { type: 'integer' } },
    },
  },
  properties: {
    type: { type: 'string', enum: ['Soft', 'Hard'] },
    evse: { $ref: '#/definitions/Evse' },
    items: { type: 'array', minItems: 1, items: { type: 'string', maxLength: 3 } },
    when: { type: 'string', format: 'date-time' },
  },
};

test('a form begins with what is required and nothing else, and that is almost valid', () => {
  const value = initialValue(schema, schema);
  expect(value).toEqual({ type: 'Soft', evse: { id: 1 }, items: [''] });
  expect(lint(value, schema, schema)).toEqual([]);
});

test('each broken rule is found at its place', () => {
  const broken = { type: 'Firm', evse: { id: 0 }, items: ['long!'], when: 'noon', extra: 1 };
  expect(lint(broken, schema, schema).map(({ path, rule }) => `${path} ${rule}`)).toEqual([
    '/type enum',
    '/evse/id minimum',
    '/items/0 maxLength',
    '/when format',
    '/extra additional',
  ]);
});

test('what is missing is named', () => {
  expect(lint({ type: 'Soft' }, schema, schema).map((finding) => finding.path)).toEqual(['/evse', '/items']);
});

test('a member named like one of every object is not known for that', () => {
  expect(lint({ ...(initialValue(schema, schema) as object), constructor: 1 }, schema, schema)[0]?.rule).toBe(
    'additional',
  );
});

test('texts that have to be there and are empty are found, also in groups and lists', () => {
  const root: JsonSchema = {
    ...schema,
    required: ['id'],
    properties: { ...schema.properties, id: { type: 'string' }, note: { type: 'string' }, whole: schema },
  };
  expect(emptyTexts({ id: '', note: '', items: ['', 'x'], whole: { id: '' } }, root, root)).toEqual(['id', 'items.1']);
  expect(emptyTexts({ id: ' ', items: [] }, root, root)).toEqual([]);
});
