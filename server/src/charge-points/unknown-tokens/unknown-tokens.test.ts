import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOW, startCsms, type TestCsms } from '../../csms/testing/start-csms.ts';
import { createUnknownTokens } from './unknown-tokens.ts';

let csms: TestCsms;
beforeEach(async () => {
  csms = await startCsms();
});
afterEach(() => csms.stop());

const sighting = (idToken: string, facts: object = {}) => ({
  idToken,
  type: null,
  thingName: 'CP1',
  at: NOW,
  ...facts,
});

test('a token is there once, however it is written, with how often and where it was last', async () => {
  csms.unknownTokens.saw(sighting('Card', { type: 'ISO14443' }));
  csms.unknownTokens.saw(sighting('other', { at: NOW + 1 }));
  csms.unknownTokens.saw(sighting('CARD', { thingName: 'CP2', at: NOW + 2 }));
  expect(csms.unknownTokens.list()).toEqual([
    {
      idToken: 'CARD',
      type: 'ISO14443',
      thingName: 'CP2',
      tries: 2,
      firstAt: '2026-05-04T12:00:00.000Z',
      lastAt: '2026-05-04T12:00:00.002Z',
    },
    expect.objectContaining({ idToken: 'other', tries: 1 }),
  ]);
  expect(await csms.unknownTokens.remove('card')).toBe(true);
  expect(await csms.unknownTokens.remove('card')).toBe(false);
  await csms.stop({ keepData: true });
  csms = await startCsms({ dataDir: csms.dataDir });
  expect(csms.unknownTokens.list()).toMatchObject([{ idToken: 'other' }]);
});

test('however many tokens a charge point invents, the last ones are kept', async () => {
  const unknown = await createUnknownTokens({ database: csms.database, max: 3 });
  for (let n = 0; n < 10; n++) unknown.saw(sighting(`T${n}`, { at: NOW + n }));
  expect(unknown.list().map(({ idToken }) => idToken)).toEqual(['T9', 'T8', 'T7']);
  const again = await createUnknownTokens({ database: csms.database, max: 3 });
  await expect.poll(() => again.list().length).toBeLessThanOrEqual(3);
});
