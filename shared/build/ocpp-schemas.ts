import { OCPP16, OCPP20, OCPP21 } from 'typed-ocpp';
import type { OcppVersion } from '../src/ocpp-j/frame.ts';

/** A JSON schema, as plain data. */
export interface Schema {
  [keyword: string]: unknown;
}

/** One action's schemas; a SEND has no response. */
export interface ActionSchemas {
  request: Schema;
  response: Schema | null;
}

export interface VersionSchemas {
  /** Shared by all messages of the version. */
  definitions: Record<string, Schema>;
  /** The messages, without definitions of their own. */
  messages: Map<string, ActionSchemas>;
}

const SOURCES: Record<OcppVersion, Record<string, Schema>> = {
  'ocpp1.6': OCPP16.schemas as unknown as Record<string, Schema>,
  'ocpp2.0.1': OCPP20.schemas as unknown as Record<string, Schema>,
  'ocpp2.1': OCPP21.schemas as unknown as Record<string, Schema>,
};

/** The lengths that typed-ocpp relaxes for what we receive. What we send keeps to the specification. */
const OUTBOUND_LENGTHS_16 = [{ action: 'ChangeConfiguration', property: 'value', maxLength: 500 }];

export function ocppSchemas(version: OcppVersion): VersionSchemas {
  const messages = new Map<string, ActionSchemas>();
  let definitions: Record<string, Schema> = {};
  const source = SOURCES[version];
  for (const [name, schema] of Object.entries(source)) {
    if (name.endsWith('Response')) continue;
    const action = name.replace(/Request$/, '');
    const { definitions: shared, ...request } = schema;
    definitions = shared as Record<string, Schema>;
    messages.set(action, { request, response: withoutDefinitions(source[`${action}Response`]) });
  }
  return { definitions, messages };
}

/** Requests that are held to stricter limits when we send them. */
export function outboundRequests(version: OcppVersion, { messages }: VersionSchemas): Map<string, Schema> {
  const stricter = new Map<string, Schema>();
  if (version !== 'ocpp1.6') return stricter;
  for (const { action, property, maxLength } of OUTBOUND_LENGTHS_16) {
    const request = structuredClone(messages.get(action)?.request);
    const target = (request?.properties as Record<string, Schema> | undefined)?.[property];
    if (request === undefined || target === undefined) throw new Error(`No property ${property} in ${action}`);
    target.maxLength = maxLength;
    stricter.set(action, request);
  }
  return stricter;
}

/** The message with those definitions that it refers to, directly or not. */
export function selfContained(message: Schema, definitions: Record<string, Schema>): Schema {
  const used: Record<string, Schema> = {};
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const ref = (node as Schema).$ref;
    const name = typeof ref === 'string' ? ref.replace('#/definitions/', '') : null;
    const definition = name === null ? undefined : definitions[name];
    if (name !== null && definition !== undefined && !(name in used)) {
      used[name] = definition;
      collect(definition);
    }
    Object.values(node).forEach(collect);
  };
  collect(message);
  return Object.keys(used).length === 0 ? message : { ...message, definitions: used };
}

function withoutDefinitions(schema: Schema | undefined): Schema | null {
  if (schema === undefined) return null;
  const { definitions: _, ...message } = schema;
  return message;
}
