import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, startApi } from '../../../test/support/api-app.ts';

let api: ApiTestApp;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const URL = '/api/v1/saved-searches';
const save = (search: object) => api.call('POST', URL, { name: 'Faults', query: 'q=fault', ...search });
const list = async () => (await api.call('GET', URL)).json().items as unknown[];
const ofBob = (shared: boolean) =>
  api.records.savedSearches.save({ owner: 'bob', name: 'Faults', query: 'kind=error', shared });

it('a search is kept under its name; saved again, it is the newer one', async () => {
  const made = await save({ name: ' Faults ' });
  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({ name: 'Faults', query: 'q=fault', shared: false, createdBy: 'ada' });
  await save({ name: 'Boots', query: 'action=BootNotification' });
  const again = await save({ query: 'q=ground+fault', shared: true });
  expect(again.json().id).toBe(made.json().id);
  expect(await list()).toMatchObject([{ name: 'Boots' }, { name: 'Faults', query: 'q=ground+fault', shared: true }]);
});

it('what has no name or says nothing is not saved, nor more than anybody needs', async () => {
  for (const wrong of [{ name: ' ' }, { name: 'x'.repeat(81) }, { query: '' }, { query: 'x'.repeat(4_001) }]) {
    expect((await save(wrong)).statusCode).toBe(400);
  }
  for (let n = 0; n < 200; n += 1) {
    await api.records.savedSearches.save({ owner: 'ada', name: `n${n}`, query: 'q=a', shared: false });
  }
  expect((await save({ name: 'one more' })).statusCode).toBe(409);
  expect((await save({ name: 'n7', query: 'q=b' })).statusCode).toBe(201);
});

it('others see it when it is shared; who saved it removes it, or an administrator', async () => {
  const hidden = await ofBob(false);
  expect(await list()).toEqual([]);
  expect((await api.call('DELETE', `${URL}/${hidden?.id}`)).statusCode).toBe(404);
  await ofBob(true);
  const { id } = (await save({ name: 'Mine' })).json();
  api.session.permissions = (permission) => permission !== 'saved-searches:delete';
  expect(await list()).toMatchObject([
    { name: 'Faults', createdBy: 'bob', removable: false },
    { name: 'Mine', createdBy: 'ada', removable: true },
  ]);
  expect((await api.call('DELETE', `${URL}/${hidden?.id}`)).statusCode).toBe(403);
  expect((await api.call('DELETE', `${URL}/${id}`)).statusCode).toBe(204);
  api.session.permissions = null;
  expect((await api.call('DELETE', `${URL}/${hidden?.id}`)).statusCode).toBe(204);
  expect(await list()).toEqual([]);
});

it('is renamed by who may remove it, but not to the name of another', async () => {
  const mine = (await save({ name: 'Mine' })).json();
  const bobs = await ofBob(true);
  await save({ name: 'Taken' });
  const rename = (id: string | undefined, name: string) => api.call('PATCH', `${URL}/${id}`, { name });
  expect((await rename(mine.id, ' Ours ')).json()).toEqual({ ...mine, name: 'Ours' });
  expect((await rename(mine.id, 'Ours')).statusCode).toBe(200);
  expect((await rename(mine.id, 'Taken')).statusCode).toBe(409);
  expect((await rename(mine.id, ' ')).statusCode).toBe(400);
  expect((await rename('nobody', 'X')).statusCode).toBe(404);
  api.session.permissions = (permission) => permission !== 'saved-searches:delete';
  expect((await rename(bobs?.id, 'Stolen')).statusCode).toBe(403);
  expect(await list()).toMatchObject([{ name: 'Faults' }, { name: 'Ours' }, { name: 'Taken' }]);
});
