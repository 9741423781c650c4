import type { IdTokenImport } from '@cpo-console/shared/api/access.ts';
import type { IdToken } from '@cpo-console/shared/api/id-tokens.ts';
import type { Page, Problem } from '@cpo-console/shared/api/page.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiTestApp, startApi, TEST_NOW } from '../../../test/support/api-app.ts';
import { newRecord } from '../../charge-points/transactions/transaction-record.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const get = async <T>(url: string, headers = {}) => {
  const response = await api.app.inject({ url: `/api/v1${url}`, headers });
  return { status: response.statusCode, text: response.body, body: () => response.json() as T };
};
const importCsv = async <T>(csv: string, query = '') => {
  const headers = { 'content-type': 'text/csv' };
  const response = await api.app.inject({
    method: 'POST',
    url: `/api/v1/id-tokens/import${query}`,
    headers,
    body: csv,
  });
  return { status: response.statusCode, body: response.json() as T };
};
const put = (idToken: string, body: object) =>
  api.app.inject({ method: 'PUT', url: `/api/v1/id-tokens/${encodeURIComponent(idToken)}`, body });
const names = async () => (await get<Page<IdToken>>('/id-tokens')).body().items.map(({ idToken }) => idToken);

test('a preview tells what would become of each row and changes nothing', async () => {
  await put('OLD', {});
  const csv = [
    'idToken,status,expiresAt,concurrentLimit',
    'NEW,Accepted,2027-12-31,3',
    'old,Blocked,,any',
    ',Accepted,,',
    'BAD1,Fine,,',
    'BAD2,,whenever,',
    'BAD3,,,0',
    'new,,,',
    'BAD4,,,,,',
  ].join('\n');
  const { status, body } = await importCsv<IdTokenImport>(csv, '?preview=true');
  expect(status).toBe(200);
  expect(body).toMatchObject({ preview: true, imported: 0, refused: 6 });
  expect(body.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
    [2, 'added'],
    [3, 'replaced'],
    [4, 'refused'],
    [5, 'refused'],
    [6, 'refused'],
    [7, 'refused'],
    [8, 'refused'],
    [9, 'refused'],
  ]);
  expect(body.rows[3]?.message).toMatch(/status must be one of/);
  expect(body.rows[6]?.message).toMatch(/twice/);
  expect(await names()).toEqual(['OLD']);
});

test('one bad row refuses the whole import, with the line and the reason, and nothing is changed', async () => {
  const { status, body } = await importCsv<Problem>('idToken,status\nA,Accepted\nB,Nonsense\n');
  expect(status).toBe(400);
  expect(body.detail).toBe('1 of 2 rows cannot be imported. Nothing was changed.');
  expect(body.errors).toEqual([{ path: '/line/3', message: expect.stringMatching(/^status must be/) }]);
  expect(await names()).toEqual([]);
  for (const [csv, fault] of [
    ['', /empty/],
    ['A\nB\n', /idToken among them/],
    ['idToken,colour\nA,red\n', /no column colour/],
  ] as const) {
    expect((await importCsv<Problem>(csv)).body.detail).toMatch(fault);
  }
});

test('a good file adds and replaces; those that were waiting as unknown are no longer', async () => {
  await put('A', { note: 'before' });
  api.records.unknownTokens.saw({ idToken: 'B', type: null, thingName: 'CP1', at: TEST_NOW });
  const { body } = await importCsv<IdTokenImport>('idToken,note\nA,after\nB,"with, comma"\n');
  expect(body).toMatchObject({ preview: false, imported: 2, refused: 0 });
  const { items } = (await get<Page<IdToken>>('/id-tokens')).body();
  expect(items).toMatchObject([
    { idToken: 'A', note: 'after', concurrentLimit: 1 },
    { idToken: 'B', note: 'with, comma' },
  ]);
  expect((await get('/unknown-tokens')).body()).toEqual({ items: [] });
});

test('what is exported holds no formula, and importing it gives the same tokens', async () => {
  const expiresAt = '2027-01-01T00:00:00.000Z';
  await put('=A1', { note: '=HYPERLINK("http://evil")', groupIdToken: '@G', concurrentLimit: null, language: 'ja' });
  await put('plain', { status: 'Blocked', type: 'eMAID', expiresAt });
  const exported = await get('/id-tokens?format=csv');
  expect(exported.text).not.toMatch(/(^|[,"\n])[=@]/);
  const before = (await get<Page<IdToken>>('/id-tokens')).body().items;
  for (const { idToken } of before) await api.records.idTokens.remove(idToken);
  expect((await importCsv<IdTokenImport>(exported.text)).body).toMatchObject({ imported: 2 });
  expect((await get<Page<IdToken>>('/id-tokens')).body().items).toEqual(before);
});

test('an unknown token is listed until it is added or put away', async () => {
  for (const idToken of ['X', 'Y', 'Y']) {
    api.records.unknownTokens.saw({ idToken, type: 'ISO14443', thingName: 'CP1', at: TEST_NOW });
  }
  const { items } = (await get<{ items: object[] }>('/unknown-tokens')).body();
  expect(items).toMatchObject([
    { idToken: 'Y', tries: 2, thingName: 'CP1' },
    { idToken: 'X', tries: 1 },
  ]);
  await api.app.inject({ method: 'POST', url: '/api/v1/id-tokens', body: { idToken: 'Y' } });
  expect((await api.app.inject({ method: 'DELETE', url: '/api/v1/unknown-tokens/X' })).statusCode).toBe(204);
  expect((await api.app.inject({ method: 'DELETE', url: '/api/v1/unknown-tokens/X' })).statusCode).toBe(404);
  expect((await get('/unknown-tokens')).body()).toEqual({ items: [] });
});

test('what a token is used for is told before it is removed', async () => {
  await put('A', {});
  await put('B', { groupIdToken: 'a' });
  const began = newRecord({
    id: 's1',
    thingName: 'CP1',
    transactionId: '7',
    protocol: 'ocpp1.6',
    startedAt: TEST_NOW,
  });
  await api.records.transactions.save({ ...began, idToken: 'a' });
  expect((await get('/id-tokens/A/uses')).body()).toEqual({
    sessions: [{ id: 's1', thingName: 'CP1', transactionId: '7' }],
    groupMembers: 1,
    localLists: [],
  });
});
