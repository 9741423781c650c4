import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import fc from 'fast-check';
import { resolved, type Schema, schemaOf } from './example-payloads.ts';

const START = Date.parse('2026-05-04T10:00:00Z');
const HOUR_SECONDS = 3_600;

type Known = (schema: Schema) => fc.Arbitrary<unknown>;
const upTo =
  (max: number): Known =>
  ({ minimum = 0 }) =>
    fc.integer({ min: minimum, max });
const oneOf =
  (...texts: string[]): Known =>
  () =>
    fc.constantFrom(...texts);

/** Few values where frames have to meet: the same connectors, sessions and tokens come again and again. */
const KNOWN: Record<string, Known> = {
  connectorId: upTo(3),
  evseId: upTo(2),
  seqNo: upTo(20),
  idTag: oneOf('CARD-1', 'card-1', 'CARD-2', 'UNKNOWN'),
  idToken: oneOf('CARD-1', 'card-1', 'CARD-2', 'UNKNOWN'),
  meterStart: upTo(10_000),
  meterStop: upTo(20_000),
  reservationId: upTo(5),
};
const TRANSACTION_IDS: Record<OcppVersion, Known> = {
  'ocpp1.6': upTo(3),
  'ocpp2.0.1': oneOf('TX-1', 'TX-2', 'TX-3'),
  'ocpp2.1': oneOf('TX-1', 'TX-2', 'TX-3'),
};

/** Any payload that the schema of a request allows, of a size as charge points send. */
export const arbitraryRequest = (version: OcppVersion, action: string): fc.Arbitrary<object> =>
  arbitraryPayload(version, action, 'request');

/** The same of a request or of what answers it. */
export function arbitraryPayload(
  version: OcppVersion,
  action: string,
  kind: 'request' | 'response',
): fc.Arbitrary<object> {
  const root = schemaOf(version, action, kind);
  const known: Record<string, Known> = { ...KNOWN, transactionId: TRANSACTION_IDS[version] };
  return arbitrary(root, { root, known, name: '' }) as fc.Arbitrary<object>;
}

interface Place {
  root: Schema;
  known: Record<string, Known>;
  name: string;
}

function arbitrary(given: Schema, place: Place): fc.Arbitrary<unknown> {
  const schema = resolved(given, place.root);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const known = schema.type === 'object' ? undefined : place.known[place.name];
  if (known !== undefined) return known(schema);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, place);
    case 'array':
      return fc.array(arbitrary(schema.items ?? {}, place), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 2, 2)),
      });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1_000_000 });
    case 'number':
      return fc
        .integer({
          min: Math.ceil((schema.minimum ?? -1_000) * 10),
          max: Math.floor((schema.maximum ?? 1_000_000) * 10),
        })
        .map((tenths) => tenths / 10);
    case 'boolean':
      return fc.boolean();
    default:
      return textOf(schema);
  }
}

function objectOf(schema: Schema, place: Place): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'customData');
  const members = Object.fromEntries(properties.map(([name, member]) => [name, arbitrary(member, { ...place, name })]));
  const requiredKeys = (schema.required ?? []).filter((name) => name in members);
  return fc.record(members, { requiredKeys, noNullPrototype: true });
}

function textOf({ format, maxLength = 50 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc.nat({ max: HOUR_SECONDS }).map((seconds) => new Date(START + seconds * 1000).toISOString());
  }
  if (format === 'uri') return fc.constant('https://files.example/a');
  const number = fc.nat({ max: 99_999 }).map(String);
  return fc.oneof(number, fc.string({ unit: 'grapheme', maxLength: 12 })).map((text) => text.slice(0, maxLength));
}
