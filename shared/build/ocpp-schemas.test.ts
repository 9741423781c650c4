import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ocppSchemas, outboundRequests, type Schema, selfContained } from './ocpp-schemas.ts';

const OTHER_SOURCE = 'ocpp-rpc/lib/schemas/ocpp1_6.json';
const others = createRequire(import.meta.url)(OTHER_SOURCE) as (Schema & { $id: string })[];
const schemas = ocppSchemas('ocpp1.6');

/** What a schema asks for, one line per rule, in no order: `/connectorId type "integer"`. */
function rulesOf(schema: Schema, definitions: Record<string, Schema>): string[] {
  const rules: string[] = [];
  const walk = (node: Schema, path: string): void => {
    const ref = node.$ref;
    const target = typeof ref === 'string' ? definitions[ref.split('/').at(-1) ?? ''] : node;
    for (const [keyword, value] of Object.entries(target ?? {})) {
      if (keyword === 'properties') {
        for (const [name, member] of Object.entries(value as Record<string, Schema>)) walk(member, `${path}/${name}`);
      } else if (keyword === 'items') walk(value as Schema, `${path}/*`);
      else if (keyword === 'required') for (const name of value as string[]) rules.push(`${path} required ${name}`);
      else if (keyword === 'enum') for (const item of value as string[]) rules.push(`${path} enum ${item}`);
      else if (keyword === 'maxLength' || keyword === 'type' || keyword === 'format' || keyword === 'multipleOf') {
        rules.push(`${path} ${keyword} ${value}`);
      }
    }
  };
  walk(schema, '');
  return rules.sort();
}

test('the 1.6 schemas ask for what an independent set asks for, but for three lengths that we tolerate', () => {
  const differences: string[] = [];
  let compared = 0;
  for (const other of others) {
    const [, action = '', kind] = /^urn:(\w+)\.(req|conf)$/.exec(other.$id) ?? [];
    const ours = schemas.messages.get(action)?.[kind === 'req' ? 'request' : 'response'];
    if (!ours) throw new Error(`No schema for ${other.$id}`);
    compared++;
    const mine = rulesOf(ours, schemas.definitions);
    const theirs = rulesOf(other, (other.definitions ?? {}) as Record<string, Schema>);
    for (const rule of mine) if (!theirs.includes(rule)) differences.push(`${action}.${kind} has ${rule}`);
    for (const rule of theirs) if (!mine.includes(rule)) differences.push(`${action}.${kind} lacks ${rule}`);
  }
  expect(compared).toBe(78);
  expect(differences.sort()).toEqual([
    'ChangeConfiguration.req has /value maxLength 2048',
    'ChangeConfiguration.req lacks /value maxLength 500',
    'GetConfiguration.conf has /configurationKey/*/value maxLength 2048',
    'GetConfiguration.conf lacks /configurationKey/*/value maxLength 500',
    'StatusNotification.req has /info maxLength 100',
    'StatusNotification.req lacks /info maxLength 50',
  ]);
});

test('what we send keeps to 500 characters', () => {
  const properties = outboundRequests('ocpp1.6', schemas).get('ChangeConfiguration')?.properties;
  expect(properties).toMatchObject({ value: { maxLength: 500 } });
  expect(outboundRequests('ocpp2.1', ocppSchemas('ocpp2.1')).size).toBe(0);
});

test('a self-contained schema has every definition that it refers to, and no other', () => {
  const { messages, definitions } = ocppSchemas('ocpp2.1');
  for (const { request } of messages.values()) {
    const whole = selfContained(request, definitions);
    const referred = new Set([...JSON.stringify(whole).matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name]) => name));
    expect(new Set(Object.keys((whole.definitions ?? {}) as object))).toEqual(referred);
  }
});
