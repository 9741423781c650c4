import type { Problem } from '@cpo-console/shared/api/page.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sayBytes } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// Every route of the OpenAPI document with what it must not take, against the running product.

interface Parameter {
  in: string;
  name: string;
  schema: { type?: string; enum?: unknown[]; format?: string; anyOf?: Parameter['schema'][] };
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Parameter['schema'] }> };
}

let server: RunningServer;
let operations: { method: string; path: string; operation: Operation }[];

beforeAll(async () => {
  server = await startServer();
  const { paths } = await server.api<{ paths: Record<string, Record<string, Operation>> }>('GET', '/openapi.json');
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, 'x'),
      operation,
    })),
  );
}, 30_000);
afterAll(() => server.stop(), 15_000);
afterEach(() => expect(server.isRunning()).toBe(true));

/** With a body where one is needed, so that only the query is wrong. */
function asked({ method, path, operation }: (typeof operations)[number], query: string): Promise<Response> {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  return server.request(
    method,
    `${path}?${query}`,
    type === undefined ? {} : { body: 'x', headers: { 'content-type': type } },
  );
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return (await response.json()) as Problem;
}

/** A value that this parameter can't have; null where any text will do. */
function wrongValue({ type, enum: values, format, anyOf = [] }: Parameter['schema']): string | null {
  if (anyOf.length > 0) return anyOf.every((one) => wrongValue(one) !== null) ? 'no-such-value' : null;
  if (values !== undefined || type === 'boolean') return 'no-such-value';
  if (type === 'integer' || type === 'number') return 'many';
  return format === 'date-time' ? 'yesterday' : null;
}

describe('every route', () => {
  it('names the query parameter that is wrong', async () => {
    let tried = 0;
    for (const each of operations) {
      const { method, path, operation } = each;
      for (const { in: place, name, schema } of operation.parameters ?? []) {
        const value = wrongValue(schema);
        if (place !== 'query' || value === null) continue;
        const response = await asked(each, `${name}=${value}`);
        expect([method, path, name, response.status]).toEqual([method, path, name, 400]);
        const { errors } = await problemOf(response);
        expect(errors).toContainEqual({ path: expect.stringMatching(`^/${name}`), message: expect.any(String) });
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(20);
  }, 60_000);

  it('names a query parameter that it does not know', async () => {
    for (const each of operations) {
      const { method, path, operation } = each;
      if (!operation.parameters?.some(({ in: place }) => place === 'query')) continue;
      const response = await asked(each, 'nonsense=1');
      expect([method, path, response.status]).toEqual([method, path, 400]);
      expect((await problemOf(response)).errors).toContainEqual({ path: '/nonsense', message: 'is not known here' });
    }
  }, 60_000);

  it('that takes JSON refuses what is none, and what has the wrong shape', async () => {
    const headers = { 'content-type': 'application/json' };
    let tried = 0;
    for (const { method, path, operation } of operations) {
      const schema = operation.requestBody?.content['application/json']?.schema;
      // One that may be left out may be null.
      if (schema === undefined || schema.anyOf?.some(({ type }) => type === 'null')) continue;
      for (const body of ['{', '', 'null', '5', '[]', '{"__proto__":{"x":1}}']) {
        const response = await server.request(method, path, { body, headers });
        expect([method, path, body, response.status]).toEqual([method, path, body, 400]);
        expect((await problemOf(response)).detail).toEqual(expect.any(String));
      }
      tried += 1;
    }
    expect(tried).toBeGreaterThan(5);
  }, 60_000);
});

describe('a request', () => {
  const PROBLEM = { title: expect.any(String), detail: expect.any(String) };

  it('of a type that nobody reads is a 415', async () => {
    const response = await server.request('POST', '/things', { body: '<x/>', headers: { 'content-type': 'text/xml' } });
    expect(await problemOf(response)).toMatchObject({ ...PROBLEM, status: 415 });
  });

  it('says once what is wrong with a value that may be null too', async () => {
    const body = JSON.stringify({ idToken: 'A', type: 'ISO14443', language: 'much too long', expiresAt: 'tomorrow' });
    const headers = { 'content-type': 'application/json' };
    const { errors } = await problemOf(await server.request('POST', '/id-tokens', { body, headers }));
    expect(errors?.map(({ path }) => path).sort()).toEqual(['/expiresAt', '/language']);
  });

  it('that is too large is a 413', async () => {
    const body = JSON.stringify({ thingName: 'x'.repeat(2_000_000) });
    const response = await server.request('POST', '/things', { body, headers: { 'content-type': 'application/json' } });
    expect(await problemOf(response)).toMatchObject({ ...PROBLEM, status: 413 });
  });

  it('for a thing whose name can not be read is a 400', async () => {
    expect(await problemOf(await server.request('GET', '/things/%E0%A4%A'))).toMatchObject({ ...PROBLEM, status: 400 });
  });

  it.each(['/../../../etc/passwd', '/..%2f..%2fetc/passwd', '/assets/%2e%2e/%2e%2e/package.json', '/%00'])(
    'for the file %s gets nothing from outside the web app',
    async (path) => {
      const answer = await sayBytes(server.port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).not.toMatch(/root:|"workspaces"|"version"/);
      expect(answer).toMatch(/^HTTP\/1.1 [24]\d\d /);
    },
  );

  it.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a bad chunk', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('of HTTP with %s is a 400', async (_what, rest) => {
    const answer = await sayBytes(
      server.port,
      `POST /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${rest}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  it('on a page that needs an upgrade does not hang when it is a REST route', async () => {
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n';
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const answer = await sayBytes(server.port, `GET /api/v1/things HTTP/1.1\r\nHost: x\r\n${upgrade}${key}\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
  });
});
