import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('health is public and the documents describe every route in OpenAPI 3.1', async () => {
  expect((await api.call('GET', '/healthz')).json()).toEqual({ status: 'ok' });
  expect((await api.call('GET', '/readyz')).json()).toEqual({
    status: 'ready',
    checks: { database: true, bus: true, log: true },
  });
  expect((await api.call('GET', '/api/v1/health')).json()).toMatchObject({
    ok: true,
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    backEnd: 'embedded',
    database: { ok: true, trouble: null, kind: 'sqlite' },
    disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
    instances: [
      { name: 'this-one', connections: 0 },
      { name: 'other-one', connections: 0 },
    ],
  });
  const document = (await api.call('GET', '/api/v1/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/v1/things/{thingName}', '/api/v1/messages', '/api/v1/stream']),
  );
  const { parameters, responses } = document.paths['/api/v1/things'].get;
  expect(parameters.find((each: { name: string }) => each.name === 'limit')).toMatchObject({ required: false });
  expect(Object.keys(responses['4XX'].content)).toEqual(['application/problem+json']);
  const reader = await api.call('GET', '/docs/');
  expect(reader.statusCode).toBe(200);
  expect(reader.body).not.toMatch(/<script>(?!\s*<)/);
});
