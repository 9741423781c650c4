import { readFileSync } from 'node:fs';
import { VERSION_FOLDERS } from '@cpo-console/shared/ocpp/versions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** The part of JSON schema that the OCPP schemas use. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  definitions?: Record<string, Schema>;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export function schemaOf(version: OcppVersion, action: string, kind: 'request' | 'response'): Schema {
  const file = import.meta.resolve(`@cpo-console/shared/generated/schemas/${VERSION_FOLDERS[version]}/${action}.json`);
  return (JSON.parse(readFileSync(new URL(file), 'utf8')) as Record<typeof kind, Schema>)[kind];
}

export function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : (root.definitions?.[name] ?? {});
}

const TIME = '2026-05-04T10:00:00.000Z';

/** The smallest payload that the schema allows. */
function minimal(given: Schema, root: Schema): unknown {
  const schema = resolved(given, root);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const names = schema.required ?? [];
      return Object.fromEntries(names.map((name) => [name, minimal(schema.properties?.[name] ?? {}, root)]));
    }
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () => minimal(schema.items ?? {}, root));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      if (schema.format === 'date-time') return TIME;
      return schema.format === 'uri' ? 'https://files.example/a' : 'A'.slice(0, schema.maxLength);
  }
}

/** Where the smallest payload would say something that no charge point or operator would. */
const REQUESTS: Partial<Record<OcppVersion, Record<string, object>>> = {
  'ocpp1.6': {
    StopTransaction: { transactionId: 1, meterStop: 1500, timestamp: TIME, reason: 'EVDisconnected' },
    StatusNotification: { connectorId: 1, errorCode: 'NoError', status: 'Available' },
    MeterValues: {
      connectorId: 1,
      meterValue: [{ timestamp: TIME, sampledValue: [{ value: '12.5', unit: 'kWh' }] }],
    },
  },
};

/** One valid payload of every action and version. */
export const exampleRequest = (version: OcppVersion, action: string): object =>
  REQUESTS[version]?.[action] ??
  (minimal(rootOf(version, action, 'request'), rootOf(version, action, 'request')) as object);

export const exampleResponse = (version: OcppVersion, action: string): object =>
  minimal(rootOf(version, action, 'response'), rootOf(version, action, 'response')) as object;

const roots = new Map<string, Schema>();

function rootOf(version: OcppVersion, action: string, kind: 'request' | 'response'): Schema {
  const key = `${version} ${action} ${kind}`;
  const root = roots.get(key) ?? schemaOf(version, action, kind);
  roots.set(key, root);
  return root;
}
