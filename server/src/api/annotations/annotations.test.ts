import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
  await api.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
});
afterEach(() => api.close());

const AT = '2026-05-04T09:59:00.000Z';
const RANGE = 'from=2026-05-04T09:00:00Z&to=2026-05-04T10:00:00Z';
const add = (note: object) =>
  api.call('POST', '/api/v1/annotations', { thingName: 'CP1', at: AT, text: 'Here', ...note });
const list = async (more = '') =>
  (await api.call('GET', `/api/v1/annotations?thingName=CP1&${RANGE}${more}`)).json().items as { id: string }[];

it('a moment keeps what was written about it, by whom and when', async () => {
  const made = await add({ text: '  It fails here.\n', messageId: '17' });
  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({
    thingName: 'CP1',
    importId: null,
    at: AT,
    messageId: '17',
    text: 'It fails here.',
    createdBy: 'ada',
    createdAt: expect.stringMatching(/Z$/),
    removable: true,
  });
  await add({ at: '2026-05-04T09:10:00+00:00', text: 'Before' });
  await add({ at: '2026-05-04T10:00:00Z', text: 'After the range' });
  expect(await list()).toMatchObject([{ text: 'Before' }, { text: 'It fails here.' }]);
});

it('an imported log has its own, and one that nobody knows has none', async () => {
  await add({});
  expect(await list('&import=some')).toEqual([]);
  expect((await add({ importId: 'some' })).statusCode).toBe(404);
  expect((await add({ thingName: 'CP2' })).statusCode).toBe(404);
  expect((await add({ text: ' \n' })).statusCode).toBe(400);
  expect((await add({ text: 'x'.repeat(2_001) })).statusCode).toBe(400);
});

it('its author removes it, or an administrator, and nobody else', async () => {
  const { id } = (await add({})).json();
  const ofBob = await api.records.annotations.add({
    thingName: 'CP1',
    importId: null,
    at: Date.parse(AT),
    messageId: null,
    text: 'Mine',
    createdBy: 'bob',
  });
  api.session.permissions = (permission) => permission !== 'annotations:delete';
  expect(await list()).toMatchObject([{ removable: true }, { removable: false }]);
  expect((await api.call('DELETE', `/api/v1/annotations/${id}`)).statusCode).toBe(204);
  expect((await api.call('DELETE', `/api/v1/annotations/${ofBob?.id}`)).statusCode).toBe(403);
  api.session.permissions = null;
  expect((await api.call('DELETE', `/api/v1/annotations/${ofBob?.id}`)).statusCode).toBe(204);
  expect((await api.call('DELETE', `/api/v1/annotations/${id}`)).statusCode).toBe(404);
  expect(await list()).toEqual([]);
});

it('its author changes it, and it says when; nobody else, an administrator neither', async () => {
  const { id } = (await add({ text: 'It falls here.' })).json();
  const changed = await api.call('PATCH', `/api/v1/annotations/${id}`, { text: ' It fails here. ' });
  expect(changed.json()).toMatchObject({ id, text: 'It fails here.', at: AT, editedAt: expect.stringMatching(/Z$/) });
  expect(await list()).toMatchObject([{ text: 'It fails here.', editable: true }]);
  const ofBob = await api.records.annotations.add({
    thingName: 'CP1',
    importId: null,
    at: Date.parse(AT),
    messageId: null,
    text: 'Mine',
    createdBy: 'bob',
  });
  expect(await list()).toMatchObject([{}, { text: 'Mine', editedAt: null, editable: false, removable: true }]);
  expect((await api.call('PATCH', `/api/v1/annotations/${ofBob?.id}`, { text: 'Yours' })).statusCode).toBe(403);
  expect((await api.call('PATCH', `/api/v1/annotations/${id}`, { text: ' ' })).statusCode).toBe(400);
  expect((await api.call('PATCH', '/api/v1/annotations/none', { text: 'x' })).statusCode).toBe(404);
});
