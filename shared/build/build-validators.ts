/**
 * Compiles the schemas of all messages into plain functions, so that the server loads them in milliseconds, and
 * writes the schemas themselves for command forms and documentation. Everything goes to `shared/generated`.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv, type AnySchema, _ as code } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { ACTIONS } from '../src/ocpp/actions.ts';
import { formats } from '../src/ocpp/formats.ts';
import { VERSION_FOLDERS } from '../src/ocpp/versions.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../src/ocpp-j/frame.ts';
import { ocppSchemas, outboundRequests, type Schema, selfContained, type VersionSchemas } from './ocpp-schemas.ts';

const GENERATED = join(import.meta.dirname, '..', 'generated');
const FORMATS_FOLDER = join(import.meta.dirname, '..', 'src', 'ocpp');
const DEFINITIONS = 'definitions';

async function buildValidators(version: OcppVersion, schemas: VersionSchemas): Promise<void> {
  const ajv = new Ajv({
    strict: false,
    // Every violation is reported, not only the first. validate.ts bounds how many are kept.
    allErrors: true,
    messages: false,
    // One-decimal limits such as 0.3 are no exact multiples of 0.1 in binary.
    multipleOfPrecision: 6,
    formats,
    code: { source: true, esm: true, formats: code`formats` },
  });
  ajv.addSchema({ $id: DEFINITIONS, definitions: exactIntegers(schemas.definitions) } as AnySchema);
  const exported: Record<string, string> = {};
  const add = (name: string, schema: Schema): void => {
    ajv.addSchema({ ...pointAt(exactIntegers(schema), DEFINITIONS), $id: name });
    exported[name] = name;
  };
  for (const [action, { request, response }] of schemas.messages) {
    add(`${action}Request`, request);
    if (response !== null) add(`${action}Response`, response);
  }
  for (const [action, request] of outboundRequests(version, schemas)) add(`${action}RequestOut`, request);
  const compiled = standalone.default(ajv, exported);
  const { outputFiles } = await build({
    stdin: { contents: `import { formats } from './formats.ts';\n${compiled}`, resolveDir: FORMATS_FOLDER },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  await writeWhole(join(GENERATED, 'validators', `${VERSION_FOLDERS[version]}.mjs`), outputFiles[0]?.text ?? '');
}

/**
 * The same schema with limits for integers that have none: beyond them neither JavaScript nor a database holds the number
 * that was sent. OCPP 2.x has 32 bits for an integer; meters count further.
 */
function exactIntegers<Node>(node: Node): Node {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(exactIntegers) as Node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, exactIntegers(value)]));
  if (copy.type !== 'integer') return copy as Node;
  return { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...copy } as Node;
}

/** The same schema with its references leading into the shared definitions. */
function pointAt(node: Schema, base: string): Schema {
  return JSON.parse(JSON.stringify(node).replaceAll('"#/definitions/', `"${base}#/definitions/`)) as Schema;
}

async function writeSchemas(version: OcppVersion, schemas: VersionSchemas): Promise<void> {
  const folder = join(GENERATED, 'schemas', VERSION_FOLDERS[version]);
  await mkdir(folder, { recursive: true });
  const outbound = outboundRequests(version, schemas);
  const writes = [...schemas.messages].map(([action, { request, response }]) => {
    const both = {
      request: selfContained(outbound.get(action) ?? request, schemas.definitions),
      response: response && selfContained(response, schemas.definitions),
    };
    return writeWhole(join(folder, `${action}.json`), JSON.stringify(both));
  });
  await Promise.all(writes);
}

/** Nobody ever reads half a file, also when two builds run at once. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

await mkdir(join(GENERATED, 'validators'), { recursive: true });
for (const version of OCPP_VERSIONS) {
  const schemas = ocppSchemas(version);
  await buildValidators(version, schemas);
  await writeSchemas(version, schemas);
}
await writeWhole(join(GENERATED, 'actions.json'), JSON.stringify(ACTIONS, null, 2));
