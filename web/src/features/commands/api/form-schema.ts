import type { JsonSchema } from './schema.ts';

/** Says where it is from, not what to type; vendors' own data has no shape to make fields of: it goes in as JSON. */
const LEFT_OUT = new Set(['$id', 'title', 'default', 'comment']);
const NO_FIELD = 'customData';

/** The schema as the form wants it: nothing is filled in unasked, and fields are named as on the wire. */
export function formSchema(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !LEFT_OUT.has(keyword))
      .map(([keyword, value]) => [keyword, formKeyword(keyword, value)]),
  );
}

function formKeyword(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case 'properties':
    case 'definitions': {
      const members = Object.entries(value as Record<string, JsonSchema>);
      return Object.fromEntries(
        members.filter(([name]) => name !== NO_FIELD).map(([name, member]) => [name, formSchema(member)]),
      );
    }
    case 'items':
      return formSchema(value as JsonSchema);
    case 'description':
      return plainWords(String(value));
    // Ids are for validators that keep schemas; numbers are compared with tolerance on the server.
    case 'additionalItems':
    case 'multipleOf':
      return undefined;
    default:
      return value;
  }
}

/**
 * The schemas of 2.x begin with names of another model: `Charging_ Profile. Stack_ Level. Counter urn:x-oca:ocpp:uid:1:569230`.
 * They mark what is new, `*(2.1)*`, and names, `_evseId_`.
 */
const plainWords = (description: string): string =>
  description
    .replace(/^.*urn:x-\S+\s*/s, '')
    .replaceAll(/\*\(2\.1\)\*\s*/g, '')
    .replaceAll(/(?<!\w)_(\w+?)_(?!\w)/g, '$1')
    .trim();
