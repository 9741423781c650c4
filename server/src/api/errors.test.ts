import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

it('what nothing serves is a 404 problem', async () => {
  const answer = await api.call('GET', '/api/v1/nothing?token=x');
  expect(answer.statusCode).toBe(404);
  expect(answer.json().detail).toBe('Nothing is served at GET /api/v1/nothing.');
});

it('a fault is a 500 that tells the caller nothing of its inside', async () => {
  api.log.search = async () => {
    throw new Error('SQLITE_IOERR /secret/path');
  };
  const answer = await api.call('GET', '/api/v1/messages');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret');
});
