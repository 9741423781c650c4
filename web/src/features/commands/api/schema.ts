import { isRecord } from '../../../lib/json.ts';

/** The part of JSON schema (draft 4 and 6) that the OCPP schemas use. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  format?: string;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  additionalProperties?: boolean | JsonSchema;
  definitions?: Record<string, JsonSchema>;
  $defs?: Record<string, JsonSchema>;
}

/** Follows `#/definitions/X`. The OCPP schemas refer in no other way. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.match(/^#\/(?:definitions|\$defs)\/(.+)$/)?.[1];
  if (name === undefined) return schema;
  const found = root.definitions?.[name] ?? root.$defs?.[name];
  return found ? resolve(found, root) : {};
}

export const typeOf = (schema: JsonSchema): string => {
  const [type] = [schema.type ?? (schema.properties ? 'object' : schema.enum ? 'string' : 'any')].flat();
  return type ?? 'any';
};

/** A value for a member that has to be there, by the id of its field: `root_evse_id`. */
export type Suggest = (fieldId: string) => string | undefined;

/** A value to begin with: what is required, and nothing that is not. */
export function initialValue(
  given: JsonSchema,
  root: JsonSchema,
  suggest: Suggest = () => undefined,
  fieldId = 'root',
): unknown {
  const schema = resolve(given, root);
  if (schema.enum)
    return [suggest(fieldId), schema.default].find((value) => schema.enum?.includes(value)) ?? schema.enum[0];
  switch (typeOf(schema)) {
    case 'object': {
      const required = (schema.required ?? []).filter((name) => schema.properties?.[name]);
      const member = (name: string) =>
        initialValue(schema.properties?.[name] ?? {}, root, suggest, `${fieldId}_${name}`);
      return Object.fromEntries(required.map((name) => [name, member(name)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, (_, index) =>
        initialValue(schema.items ?? {}, root, suggest, `${fieldId}_${index}`),
      );
    case 'integer':
    case 'number':
      return Number(suggest(fieldId) ?? schema.default ?? Math.max(schema.minimum ?? 0, 0));
    case 'boolean':
      return schema.default ?? false;
    default:
      return suggest(fieldId) ?? schema.default ?? (schema.format === 'date-time' ? new Date().toISOString() : '');
  }
}

export interface Finding {
  /** JSON pointer. */
  path: string;
  rule:
    | 'required'
    | 'additional'
    | 'type'
    | 'enum'
    | 'maxLength'
    | 'minLength'
    | 'minimum'
    | 'maximum'
    | 'minItems'
    | 'maxItems'
    | 'format';
  /** What the rule asks for. */
  limit: string;
}

/** A quick look before sending. The server has the last word, with the complete rules. */
export function lint(value: unknown, given: JsonSchema, root: JsonSchema, path = ''): Finding[] {
  const schema = resolve(given, root);
  const type = typeOf(schema);
  if (!hasType(value, type)) return [{ path, rule: 'type', limit: type }];
  if (schema.enum && !schema.enum.includes(value)) return [{ path, rule: 'enum', limit: schema.enum.join(', ') }];
  if (typeof value === 'string') return lintText(value, schema, path);
  if (typeof value === 'number') return lintNumber(value, schema, path);
  if (Array.isArray(value)) return lintArray(value, schema, root, path);
  return isRecord(value) ? lintObject(value, schema, root, path) : [];
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'boolean':
    case 'string':
      return typeof value === type;
    default:
      return true;
  }
}

function lintText(value: string, schema: JsonSchema, path: string): Finding[] {
  const findings: Finding[] = [];
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    findings.push({ path, rule: 'maxLength', limit: String(schema.maxLength) });
  if (schema.minLength !== undefined && value.length < schema.minLength)
    findings.push({ path, rule: 'minLength', limit: String(schema.minLength) });
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value)))
    findings.push({ path, rule: 'format', limit: 'date-time' });
  return findings;
}

function lintNumber(value: number, schema: JsonSchema, path: string): Finding[] {
  if (schema.minimum !== undefined && value < schema.minimum)
    return [{ path, rule: 'minimum', limit: String(schema.minimum) }];
  if (schema.maximum !== undefined && value > schema.maximum)
    return [{ path, rule: 'maximum', limit: String(schema.maximum) }];
  return [];
}

function lintArray(value: unknown[], schema: JsonSchema, root: JsonSchema, path: string): Finding[] {
  const findings = value.flatMap((item, index) => lint(item, schema.items ?? {}, root, `${path}/${index}`));
  if (schema.minItems !== undefined && value.length < schema.minItems)
    findings.push({ path, rule: 'minItems', limit: String(schema.minItems) });
  if (schema.maxItems !== undefined && value.length > schema.maxItems)
    findings.push({ path, rule: 'maxItems', limit: String(schema.maxItems) });
  return findings;
}

function lintObject(value: Record<string, unknown>, schema: JsonSchema, root: JsonSchema, path: string): Finding[] {
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  const findings: Finding[] = missing.map((name) => ({ path: `${path}/${name}`, rule: 'required', limit: name }));
  for (const [name, member] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (known) findings.push(...lint(member, known, root, `${path}/${name}`));
    else if (schema.additionalProperties === false)
      findings.push({ path: `${path}/${name}`, rule: 'additional', limit: name });
  }
  return findings;
}

/**
 * Where a text that has to be there is empty. The schemas allow it, and hardly a charge point makes sense of it.
 * @returns paths as `idToken.type`
 */
export function emptyTexts(value: unknown, given: JsonSchema, root: JsonSchema, path = ''): string[] {
  const schema = resolve(given, root);
  const below = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      item === '' ? [below(index + 1)] : emptyTexts(item, schema.items ?? {}, root, below(index + 1)),
    );
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (member === '' && schema.required?.includes(name)) return [below(name)];
    return emptyTexts(member, schema.properties?.[name] ?? {}, root, below(name));
  });
}
