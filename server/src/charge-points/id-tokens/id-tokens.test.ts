import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../../csms/testing/start-csms.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
});
afterEach(() => csms.stop());

test('tokens are created once, replaced, found without regard to case, listed in pages, removed and kept', async () => {
  for (const name of ['b2', 'A1', 'c3']) await csms.token(name, { note: `of ${name}` });
  const { createdAt: _created, updatedAt: _updated, ...a1 } = (await csms.idTokens.get('a1'))!;
  expect(await csms.idTokens.create(a1)).toBeNull();
  csms.clock.now += 1000;
  expect(await csms.idTokens.put({ ...a1, status: 'Blocked' })).toMatchObject({
    createdAt: '2026-05-04T12:00:00.000Z',
  });
  const first = await csms.idTokens.list({ limit: 2 });
  expect(first.items.map(({ idToken }) => idToken)).toEqual(['A1', 'b2']);
  const second = await csms.idTokens.list({ limit: 2, cursor: first.nextCursor! });
  expect(second).toMatchObject({ items: [{ idToken: 'c3' }], nextCursor: null });
  expect((await csms.idTokens.list({ search: 'OF C', limit: 9 })).items).toHaveLength(1);
  expect(await csms.idTokens.remove('C3')).toBe(true);
  expect(await csms.idTokens.remove('c3')).toBe(false);
  await csms.stop({ keepData: true });
  csms = await startCsms({ dataDir: csms.dataDir });
  expect((await csms.idTokens.list({ limit: 9 })).items).toMatchObject([
    { idToken: 'A1', status: 'Blocked' },
    { idToken: 'b2' },
  ]);
});
