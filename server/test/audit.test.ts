import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry } from '@cpo-console/shared/api/audit.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type BuiltApp, buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const PASSWORD = 'correct horse battery staple';
const HERE = { 'sec-fetch-site': 'same-origin' };
let dataDir: string;
let built: BuiltApp;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'audit-'));
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ADMIN_TOKEN: TOKEN });
  if (!read.ok) throw new Error(read.problem);
  built = await buildApp({ config: read.config });
});
afterAll(async () => {
  await built.app.close();
  await rm(dataDir, { recursive: true, force: true });
});

const call = (method: string, url: string, payload?: object, headers: object = { authorization: `Bearer ${TOKEN}` }) =>
  built.app.inject({
    method: method as 'GET',
    url: `/api/v1${url}`,
    headers: headers as Record<string, string>,
    ...(payload && { payload }),
  });
const listening = async () => {
  await built.app.listen({ port: 0, host: '127.0.0.1' });
  return built.app.server.address() as AddressInfo;
};
const trail = async (filter = '') => (await call('GET', `/audit?${filter}`)).json<Page<AuditEntry>>().items;

it('says who did what, from where and what came of it, and keeps no secret', async () => {
  await call('POST', '/setup', { token: TOKEN, name: 'Ada', password: PASSWORD }, HERE);
  await call('POST', '/session', { name: 'Ada', password: 'wrong password' }, HERE);
  const made = (await call('POST', '/api-tokens', { name: 'Nightly', role: 'viewer' })).json();
  const asViewer = { authorization: `Bearer ${made.token}` };
  await call('POST', '/things', { thingName: 'CP1', auth: 'none' }, asViewer);
  await call('DELETE', `/api-tokens/${made.id}`);
  const entries = await trail();
  expect(entries.map(({ actor, via, role, method, path, status }) => [actor, via, role, method, path, status])).toEqual(
    [
      ['ADMIN_TOKEN', 'admin-token', 'admin', 'DELETE', `/api/v1/api-tokens/${made.id}`, 204],
      ['Nightly', 'api-token', 'viewer', 'POST', '/api/v1/things', 403],
      ['ADMIN_TOKEN', 'admin-token', 'admin', 'POST', '/api/v1/api-tokens', 201],
      ['Ada', 'none', null, 'POST', '/api/v1/session', 401],
      ['Ada', 'session', 'admin', 'POST', '/api/v1/setup', 200],
    ],
  );
  expect(entries[2]).toMatchObject({
    address: '127.0.0.1',
    what: 'Create an API token; its secret is shown this once',
    details: { name: 'Nightly', role: 'viewer' },
  });
  const text = JSON.stringify(entries);
  for (const secret of [TOKEN, PASSWORD, 'wrong password', made.token]) expect(text).not.toContain(secret);
});

it('has what was taken away as a file, with its filter, and not what was only read', async () => {
  await call('GET', '/things');
  await call('GET', '/id-tokens?format=csv&search=AB');
  const [newest] = await trail();
  expect(newest).toMatchObject({
    method: 'GET',
    path: '/api/v1/id-tokens',
    details: { filter: 'format=csv&search=AB' },
  });
});

it('does not grow by what costs its sender nothing', async () => {
  const before = (await trail('limit=1000')).length;
  await call('POST', '/session', { name: 'Eve', password: 'x' }, { 'sec-fetch-site': 'cross-site' });
  await call('POST', '/session', { name: 'Eve' }, HERE);
  await call('POST', '/things', { thingName: 'X' }, { authorization: 'Bearer made-up' });
  await call('DELETE', '/no-such-thing');
  expect(await trail('limit=1000')).toHaveLength(before);
});

it('is filtered and paged', async () => {
  expect((await trail('outcome=refused')).map(({ status }) => status)).toEqual([403, 401]);
  expect((await trail('actor=Nightly')).map(({ path }) => path)).toEqual(['/api/v1/things']);
  expect((await trail('about=NIGHTLY')).map(({ method }) => method)).toEqual(['POST']);
  expect(await trail('about=%25')).toEqual([]);
  expect(await trail(`to=2001-01-01T00:00:00Z`)).toEqual([]);
  const all = await trail();
  const paged: AuditEntry[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const url: string = `/audit?limit=2${cursor && `&cursor=${cursor}`}`;
    const page: Page<AuditEntry> = (await call('GET', url)).json();
    paged.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all);
});

it('as CSV runs no formula', async () => {
  await call('POST', '/session', { name: '=HYPERLINK("http://x")', password: 'wrong password' }, HERE);
  const csv = await call('GET', '/audit?format=csv');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="audit.csv"');
  expect(csv.body).toContain(`,"'=HYPERLINK(""http://x"")",none,`);
});

it('cannot be changed through the API, nor read by less than an administrator', async () => {
  const [{ id } = { id: '' }] = await trail();
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const url of ['/audit', `/audit/${id}`]) expect((await call(method, url)).statusCode).toBe(404);
  }
  const { token } = (await call('POST', '/api-tokens', { name: 'Op', role: 'operator' })).json();
  expect((await call('GET', '/audit', undefined, { authorization: `Bearer ${token}` })).statusCode).toBe(403);
});

it('says from where also when who asked has hung up meanwhile', async () => {
  const { port } = await listening();
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /api/v1/messages/import?name=cut.log HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\nabc`,
  );
  await vi.waitUntil(async () => (await readdir(join(dataDir, 'imports'))).length > 0, { timeout: 20_000 });
  socket.destroy();
  const entry = () => trail().then(([newest]) => newest);
  await vi.waitUntil(async () => (await entry())?.path === '/api/v1/messages/import', { timeout: 20_000 });
  expect(await entry()).toMatchObject({ address: '127.0.0.1', status: 400 });
  expect(await readdir(join(dataDir, 'imports'))).toEqual([]);
});
