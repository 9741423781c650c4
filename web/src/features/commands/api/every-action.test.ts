import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { VERSION_FOLDERS } from '@cpo-console/shared/ocpp/versions.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { expect, test } from 'vitest';
import { NOTHING_KNOWN, suggestFrom } from './known-values.ts';
import { emptyTexts, initialValue, type JsonSchema } from './schema.ts';

const { resolve } = createRequire(import.meta.url);
const requestSchema = (version: OcppVersion, action: string): JsonSchema =>
  JSON.parse(
    readFileSync(resolve(`@cpo-console/shared/generated/schemas/${VERSION_FOLDERS[version]}/${action}.json`), 'utf8'),
  ).request;

const commands = Object.entries(ACTIONS).flatMap(([version, actions]) =>
  Object.entries(actions).flatMap(([action, { from }]) =>
    from === 'charge-point' ? [] : [[version as OcppVersion, action] as const],
  ),
);
/** Puts a text wherever the form asks for one; it may have to be a URI. */
const filled = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('""', '"x:y"'));

test.each(commands)(
  '%s %s begins with a payload that, with its texts filled in, keeps its schema',
  async (version, action) => {
    const schema = requestSchema(version, action);
    const beginning = initialValue(schema, schema, suggestFrom(NOTHING_KNOWN));
    const payload = filled(beginning);
    const validator = await createValidator();
    expect(validator.validate(version, action, 'request', payload, 'out')).toEqual([]);
    expect(emptyTexts(payload, schema, schema)).toEqual([]);
  },
);
