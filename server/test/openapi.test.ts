import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp } from '../src/app.ts';
import { isPermission } from '../src/auth/permissions.ts';
import { readConfig } from '../src/config/read-config.ts';

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: unknown[];
  parameters?: { in: string; name: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
}

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
/** Open to whoever is signed in: each person's own. */
const SIGNED_IN = ['/api/v1/session', '/api/v1/password', '/api/v1/open-sessions', '/api/v1/open-sessions/{id}'];
const PUBLIC = ['/api/v1/session', '/api/v1/password', '/api/v1/setup', '/healthz', '/metrics', '/readyz'];
let dataDir: string;
let built: BuiltApp;
let document: Document;
let operations: (Operation & { path: string; method: string })[];

const ask = (url: string, token: string | null = TOKEN) =>
  built.app.inject({ url, headers: token === null ? {} : { authorization: `Bearer ${token}` } });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'openapi-'));
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ADMIN_TOKEN: TOKEN });
  if (!read.ok) throw new Error(read.problem);
  built = await buildApp({ config: read.config });
  document = (await ask('/api/v1/openapi.json')).json();
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
});
afterAll(async () => {
  await built.app.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate({ ...document })).toEqual({ valid: true });
  });

  it('describes each route: what it is, what it takes, what it answers, who may ask', () => {
    expect(operations.length).toBeGreaterThan(50);
    const tags = new Set(document.tags.map(({ name }) => name));
    for (const each of operations) {
      const name = `${each.method} ${each.path}`;
      const { summary = '', responses } = each;
      expect(summary, name).toMatch(/^[A-Z].{3,}[^.]$/);
      expect(each.tags, name).toHaveLength(1);
      expect(tags, name).toContain(each.tags[0]);
      const successes = Object.keys(responses).filter((status) => status.startsWith('2'));
      expect(successes.length, name).toBeGreaterThan(0);
      for (const status of successes) {
        expect(responses[status]?.description, name).not.toBe('');
        expect(responses[status]?.content === undefined, name).toBe(status === '204');
      }
      if (each.path.startsWith('/api/v1')) {
        for (const status of ['4XX', '5XX'])
          expect(Object.keys(responses[status]?.content ?? {}), name).toEqual(['application/problem+json']);
      }
      const inPath = [...each.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const described = each.parameters
        ?.filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name);
      expect(described ?? [], name).toEqual(inPath);
    }
  });

  it('takes no member that it does not know, wherever it stands in a body', () => {
    const bodies = operations.filter(({ requestBody }) => requestBody?.content['application/json'] !== undefined);
    expect(bodies.length).toBeGreaterThan(20);
    for (const { method, path, requestBody } of bodies) {
      const open = openObjects(requestBody?.content['application/json']?.schema, 'body');
      expect([method, path, open]).toEqual([method, path, []]);
    }
  });

  it('gives each operation a name of its own', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('getThingsThingNameShadow');
  });

  it('says who may ask', () => {
    for (const { path, method, security, description = '' } of operations) {
      const isPublic = security?.length === 0;
      if (isPublic) expect(PUBLIC).toContain(path);
      const permission = /Needs `(.*?)`\./.exec(description)?.[1];
      if (permission !== undefined) expect([path, isPermission(permission)]).toEqual([path, true]);
      else expect([method, path, isPublic || SIGNED_IN.includes(path)]).toEqual([method, path, true]);
    }
  });

  it('is for those who are signed in', async () => {
    expect((await ask('/api/v1/openapi.json', null)).statusCode).toBe(401);
  });
});

describe('a request with a typo', () => {
  it('is refused with the name of the member, whatever it asks for', async () => {
    const bodies = operations.filter(({ requestBody }) => requestBody?.content['application/json'] !== undefined);
    for (const { method, path } of bodies) {
      const url = path.replaceAll(/\{\w+\}/g, 'x');
      const headers = { authorization: `Bearer ${TOKEN}` };
      const answer = await built.app.inject({ method: method as 'POST', url, headers, payload: { staus: 'Blocked' } });
      expect([method, path, answer.statusCode]).toEqual([method, path, 400]);
      expect([method, path, answer.json()]).toMatchObject([
        method,
        path,
        { errors: expect.arrayContaining([{ path: '/staus', message: 'is not known here' }]) },
      ]);
    }
  });

  it('is refused with the name of the query parameter, whatever it asks for', async () => {
    const lists = operations.filter(
      ({ method, path, parameters = [] }) =>
        method === 'get' && path.startsWith('/api/v1') && parameters.some((each) => each.in === 'query'),
    );
    expect(lists.length).toBeGreaterThan(20);
    for (const { path } of lists) {
      const answer = await ask(`${path.replaceAll(/\{\w+\}/g, 'x')}?limt=5`);
      expect([path, answer.statusCode]).toEqual([path, 400]);
      expect(answer.json().errors, path).toContainEqual({ path: '/limt', message: 'is not known here' });
    }
  });
});

/** Where objects of a schema take members that they do not name. Maps name none on purpose. */
function openObjects(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((each, index) => openObjects(each, `${at}/${index}`));
  const { properties, additionalProperties } = schema as { properties?: object; additionalProperties?: unknown };
  const own = properties !== undefined && additionalProperties !== false ? [at] : [];
  return [...own, ...Object.entries(schema).flatMap(([key, each]) => openObjects(each, `${at}/${key}`))];
}

describe('the reader at /docs', () => {
  it('is a page of our own files, with scripts that the security policy allows', async () => {
    const page = await ask('/docs/', null);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/<script>(?!\s*<)/);
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file).not.toMatch(/^https?:/);
      expect((await ask(new URL(file, 'http://x/docs/').pathname, null)).statusCode).toBe(200);
    }
    expect(page.headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe");
  });

  it('has no copy of the document: it is sent to where that is protected', async () => {
    for (const copy of ['/docs/json', '/docs/yaml']) {
      const { statusCode, headers, body } = await ask(copy, null);
      expect([statusCode, headers.location, body]).toEqual([302, '/api/v1/openapi.json', '']);
    }
  });
});
