import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCsms, type TestCsms } from '../testing/start-csms.ts';

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  let csms: TestCsms;
  beforeEach(async () => {
    csms = await startCsms();
    csms.present('CP1', version);
  });
  afterEach(() => csms.stop());

  const is16 = version === 'ocpp1.6';
  async function authorize(idToken: string): Promise<Record<string, unknown>> {
    const payload = is16 ? { idTag: idToken } : { idToken: { idToken, type: 'ISO14443' } };
    const answer = (await csms.call('CP1', 'Authorize', payload)) as Record<string, Record<string, unknown>>;
    return answer.idTagInfo ?? answer.idTokenInfo ?? {};
  }

  test.each([
    ['accepted', {}, 'Accepted'],
    ['blocked', { status: 'Blocked' }, 'Blocked'],
    ['expired by its state', { status: 'Expired' }, 'Expired'],
    ['expired by its time', { expiresAt: '2026-05-04T12:00:00.000Z' }, 'Expired'],
    ['blocked, and past its time', { status: 'Blocked', expiresAt: '2020-01-01T00:00:00.000Z' }, 'Blocked'],
    ['not yet expired', { expiresAt: '2026-05-04T12:00:00.001Z' }, 'Accepted'],
  ])('C01.FR.07, 1.6 §4.1: a token that is %s', async (_how, facts, status) => {
    await csms.token('CARD', facts);
    expect(await authorize('card')).toMatchObject({ status });
    expect(csms.unknownTokens.list()).toEqual([]);
  });

  test('an unknown token is Invalid, and remembered with who asked, when and how often', async () => {
    expect(await authorize('Stranger')).toEqual({ status: 'Invalid' });
    csms.clock.now += 60_000;
    await authorize('STRANGER');
    expect(csms.unknownTokens.list()).toEqual([
      {
        idToken: 'STRANGER',
        type: is16 ? null : 'ISO14443',
        thingName: 'CP1',
        tries: 2,
        firstAt: '2026-05-04T12:00:00.000Z',
        lastAt: '2026-05-04T12:01:00.000Z',
      },
    ]);
  });

  test('C09, 1.6 §3.2: tokens of one group name the same group, so that one may end what the other began', async () => {
    await csms.token('ADA', { groupIdToken: 'FLEET' });
    await csms.token('BOB', { groupIdToken: 'FLEET' });
    const group = is16 ? { parentIdTag: 'FLEET' } : { groupIdToken: { idToken: 'FLEET', type: 'Central' } };
    expect(await authorize('ADA')).toMatchObject(group);
    expect(await authorize('BOB')).toMatchObject(group);
  });

  test('C01: the language of the holder goes along in 2.x; 1.6 has no place for it', async () => {
    await csms.token('ADA', { language: 'ja' });
    expect(await authorize('ADA')).toEqual({ status: 'Accepted', ...(is16 ? {} : { language1: 'ja' }) });
  });
});
