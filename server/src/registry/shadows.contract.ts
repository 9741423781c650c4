import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Shadows } from './shadows.ts';

export interface ShadowsUnderTest {
  shadows: Shadows;
  close(): Promise<void>;
}

/** What every kind of device shadow does; the rules are those of AWS IoT's shadow service. */
export function describeShadows(name: string, start: (now: () => number) => Promise<ShadowsUnderTest>): void {
  describe(name, () => {
    let under: ShadowsUnderTest;
    let shadows: Shadows;
    let time = 1_700_000_000_999;

    beforeEach(async () => {
      under = await start(() => time);
      shadows = under.shadows;
    });
    afterEach(() => under.close());

    test('a thing that never said anything has an empty shadow', async () => {
      expect(await shadows.get('CP1')).toEqual({
        thingName: 'CP1',
        version: 0,
        state: { reported: {}, desired: {} },
        timestamp: 0,
      });
    });

    test('objects merge, null removes a key, anything else replaces', async () => {
      await shadows.report('CP1', {
        chargingStation: { model: 'M', modem: { iccid: '1' } },
        list: [1, 2],
        reason: 'PowerUp',
      });
      await shadows.report('CP1', { chargingStation: { modem: { imsi: '2' } }, list: [3], reason: null });
      expect((await shadows.get('CP1')).state.reported).toEqual({
        chargingStation: { model: 'M', modem: { iccid: '1', imsi: '2' } },
        list: [3],
      });
    });

    test('each accepted update raises the version and sets the time in seconds', async () => {
      await shadows.report('CP1', { a: 1 });
      time += 5_000;
      expect(await shadows.desire('CP1', { interval: 60 })).toEqual({
        thingName: 'CP1',
        version: 2,
        state: { reported: { a: 1 }, desired: { interval: 60 } },
        timestamp: 1_700_000_005,
      });
    });

    test('desired: null removes all of it and leaves what was reported', async () => {
      await shadows.report('CP1', { a: 1 });
      await shadows.desire('CP1', { b: 2, c: { d: 3 } });
      expect((await shadows.desire('CP1', null)).state).toEqual({ reported: { a: 1 }, desired: {} });
    });

    test('tells of each update that was stored, in order, and of none that was refused', async () => {
      const heard: unknown[] = [];
      const stop = shadows.onUpdate((update) => heard.push(update));
      await Promise.allSettled([
        shadows.report('CP1', { a: 1 }),
        shadows.desire('CP1', { big: 'x'.repeat(8_192) }),
        shadows.desire('CP1', null),
      ]);
      stop();
      await shadows.report('CP1', { a: 2 });
      const timestamp = Math.floor(time / 1000);
      expect(heard).toEqual([
        { thingName: 'CP1', state: { reported: { a: 1 } }, version: 1, timestamp },
        { thingName: 'CP1', state: { desired: null }, version: 2, timestamp },
      ]);
    });

    test('updates at the same time are all merged, in order', async () => {
      const keys = Array.from({ length: 50 }, (_, position) => `k${position}`);
      await Promise.all(keys.map((key, position) => shadows.report('CP1', { [key]: position, last: key })));
      const { version, state } = await shadows.get('CP1');
      expect(version).toBe(50);
      expect(state.reported).toMatchObject({ k0: 0, k49: 49, last: 'k49' });
    });

    test('more than 8 KB or 8 levels are refused, and what came at the same time is not', async () => {
      const deep = JSON.parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`) as Record<string, unknown>;
      const outcomes = await Promise.allSettled([
        shadows.desire('CP1', { first: 1 }),
        shadows.desire('CP1', { big: 'x'.repeat(8_192) }),
        shadows.desire('CP1', deep),
        shadows.desire('CP1', { last: 1 }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect(outcomes[1]).toMatchObject({ reason: { statusCode: 413 } });
      expect(outcomes[2]).toMatchObject({ reason: { statusCode: 400 } });
      expect(await shadows.get('CP1')).toMatchObject({ version: 2, state: { desired: { first: 1, last: 1 } } });
    });

    test('names that mean something to JavaScript are keys like any other', async () => {
      await shadows.report('CP1', JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'));
      expect(JSON.stringify((await shadows.get('CP1')).state.reported)).toBe(
        '{"__proto__":{"polluted":true},"constructor":1}',
      );
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    });

    test('a removed shadow starts again, and no other thing notices', async () => {
      await shadows.report('CP1', { a: 1 });
      await shadows.report('CP2', { b: 1 });
      await shadows.remove('CP1');
      expect(await shadows.get('CP1')).toMatchObject({ version: 0, state: { reported: {} } });
      expect(await shadows.get('CP2')).toMatchObject({ version: 1, state: { reported: { b: 1 } } });
    });
  });
}
