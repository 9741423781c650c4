import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RegisteredThing, Registry } from './registry.ts';

export interface RegistryUnderTest {
  registry: Registry;
  /** The same things, as another process or the next start would see them. */
  reopen(): Promise<Registry>;
  close(): Promise<void>;
}

/** What every registry does. `start` gives an empty one that lets things without credentials in. */
export function describeRegistry(name: string, start: () => Promise<RegistryUnderTest>): void {
  describe(name, () => {
    let under: RegistryUnderTest;
    let registry: Registry;

    beforeEach(async () => {
      under = await start();
      registry = under.registry;
    });
    afterEach(() => under.close());

    const newThing = (thingName: string, authType: RegisteredThing['authType'] = 'none') =>
      registry.create({ thingName, attributes: { site: 'North' }, tags: ['fast'], authType });

    const basic = (userName: string, password: string) => ({ userName, password: Buffer.from(password) });

    async function newPassword(thingName: string): Promise<string> {
      const created = await newThing(thingName, 'basic');
      if (created?.password == null) throw new Error('no password was made');
      return created.password;
    }

    test('a thing that was created is there, also after a restart', async () => {
      const created = await newThing('CP1');
      expect(created).toMatchObject({ thing: { thingName: 'CP1', tags: ['fast'] }, password: null });
      expect(registry.get('CP1')).toEqual(created?.thing);
      expect((await under.reopen()).get('CP1')).toEqual(created?.thing);
    });

    test('a name can be taken once, also by two at the same time', async () => {
      const outcomes = await Promise.all([newThing('CP1'), newThing('CP1')]);
      expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
      expect(await newThing('CP1')).toBeNull();
    });

    test('things are listed by name', async () => {
      await Promise.all(['b', 'a', 'C', 'a1'].map((name) => newThing(name)));
      expect(registry.list().map(({ thingName }) => thingName)).toEqual(['C', 'a', 'a1', 'b']);
      await registry.remove('a');
      expect(registry.list().map(({ thingName }) => thingName)).toEqual(['C', 'a1', 'b']);
    });

    test('an unknown thing may not connect, whatever it offers', () => {
      const refused = { admitted: false, reason: 'not-registered' };
      expect(registry.admit('CP1', null)).toEqual(refused);
      expect(registry.admit('CP1', basic('CP1', 'password'))).toEqual(refused);
      expect(registry.admit('__proto__', null)).toEqual(refused);
    });

    test('a thing without credentials may connect', async () => {
      const created = await newThing('CP1');
      expect(registry.admit('CP1', null)).toEqual({ admitted: true, thing: created?.thing, credential: null });
    });

    test('a password is made of 16 to 20 bytes and shown once', async () => {
      const password = await newPassword('CP1');
      expect(password).toMatch(/^[A-Za-z0-9_.]{16,20}$/);
      expect(JSON.stringify(registry.get('CP1'))).not.toContain(password);
      expect(await newPassword('CP2')).not.toBe(password);
    });

    test('a thing with a password connects with its own name and password only', async () => {
      const password = await newPassword('CP1');
      const other = await newPassword('CP2');
      expect(registry.admit('CP1', basic('CP1', password))).toMatchObject({ admitted: true });
      expect((await under.reopen()).admit('CP1', basic('CP1', password))).toMatchObject({ admitted: true });
      expect(registry.admit('CP1', null)).toEqual({ admitted: false, reason: 'credentials-missing' });
      const refused = { admitted: false, reason: 'bad-credentials' };
      expect(registry.admit('CP1', basic('CP1', other))).toEqual(refused);
      expect(registry.admit('CP1', basic('CP1', ''))).toEqual(refused);
      expect(registry.admit('CP1', basic('CP1', `${password}x`))).toEqual(refused);
      expect(registry.admit('CP1', basic('CP2', password))).toEqual(refused);
    });

    test('after new credentials the old ones stop working', async () => {
      const before = await newPassword('CP1');
      const renewed = await registry.renewCredentials('CP1');
      expect(registry.admit('CP1', basic('CP1', before))).toMatchObject({ admitted: false });
      expect(registry.admit('CP1', basic('CP1', renewed?.password ?? ''))).toMatchObject({ admitted: true });
    });

    test('only a thing that has credentials gets new ones', async () => {
      await newThing('CP1');
      expect(await registry.renewCredentials('CP1')).toBeNull();
      expect(await registry.renewCredentials('CP2')).toBeNull();
    });

    test('a password that the charge point took over works from then on, byte for byte, and the old one no longer', async () => {
      const before = await newPassword('CP1');
      const password = Buffer.from('00ff10c3', 'hex');
      expect(await registry.adoptPassword('CP1', password)).toBe(true);
      for (const opened of [registry, await under.reopen()]) {
        expect(opened.admit('CP1', { userName: 'CP1', password })).toMatchObject({ admitted: true });
        expect(opened.admit('CP1', basic('CP1', before))).toMatchObject({ reason: 'bad-credentials' });
      }
    });

    const offered = Buffer.from('00ff10c4', 'hex');
    const comesIn = (opened: Registry, password: Buffer | string) =>
      opened.admit('CP1', { userName: 'CP1', password: Buffer.from(password) }).admitted;

    test('a thing that was told of a new password gets in with either, also after a restart', async () => {
      const before = await newPassword('CP1');
      expect(registry.get('CP1')?.passwordOfferedAt).toBeNull();
      expect(await registry.offerPassword('CP1', offered)).toBe(true);
      expect(registry.get('CP1')?.passwordOfferedAt).toEqual(expect.any(Number));
      expect(registry.admit('CP1', { userName: 'CP2', password: offered })).toMatchObject({
        reason: 'bad-credentials',
      });
      for (const opened of [registry, await under.reopen()]) {
        expect(comesIn(opened, before)).toBe(true);
        expect(comesIn(opened, 'another')).toBe(false);
      }
      expect(comesIn(await under.reopen(), offered)).toBe(true);
    });

    test('once it came with the new password, the old one stops working', async () => {
      const before = await newPassword('CP1');
      await registry.offerPassword('CP1', offered);
      const first = registry.admit('CP1', { userName: 'CP1', password: offered });
      await vi.waitFor(() => expect(registry.get('CP1')?.passwordOfferedAt).toBeNull());
      // It is the same credential as before it was settled: a second connection with it is the same charge point.
      const second = registry.admit('CP1', { userName: 'CP1', password: offered });
      expect(first.admitted && second.admitted && first.credential === second.credential).toBe(true);
      for (const opened of [registry, await under.reopen()])
        expect([comesIn(opened, offered), comesIn(opened, before)]).toEqual([true, false]);
      expect(await registry.adoptPassword('CP1', offered)).toBe(true);
      expect(comesIn(registry, offered)).toBe(true);
    });

    test('of several new passwords it may come with any; with one, those before it stop working', async () => {
      const before = await newPassword('CP1');
      for (const password of ['one', 'two', 'three']) await registry.offerPassword('CP1', Buffer.from(password));
      expect(await registry.adoptPassword('CP1', Buffer.from('two'))).toBe(true);
      expect([before, 'one', 'two', 'three'].map((password) => comesIn(registry, password))).toEqual([
        false,
        false,
        true,
        true,
      ]);
    });

    test('a new password that it refused, or that was taken back, does not work', async () => {
      const before = await newPassword('CP1');
      await registry.offerPassword('CP1', offered);
      await registry.offerPassword('CP1', Buffer.from('other'));
      expect(await registry.withdrawPassword('CP1', offered)).toBe(true);
      expect(await registry.withdrawPassword('CP1', offered)).toBe(false);
      expect(comesIn(registry, offered)).toBe(false);
      expect(await registry.withdrawPassword('CP1', null)).toBe(true);
      expect(await registry.withdrawPassword('CP9', null)).toBe(false);
      expect(registry.get('CP1')?.passwordOfferedAt).toBeNull();
      for (const opened of [registry, await under.reopen()])
        expect(['other', before].map((password) => comesIn(opened, password))).toEqual([false, true]);
    });

    test('new credentials end what it was told of; other changes do not', async () => {
      await newPassword('CP1');
      await registry.offerPassword('CP1', Buffer.from('one'));
      expect(await registry.update('CP1', { tags: [] })).toMatchObject({ passwordOfferedAt: expect.any(Number) });
      expect(comesIn(await under.reopen(), 'one')).toBe(true);
      const renewed = await registry.renewCredentials('CP1');
      expect(['one', renewed?.password ?? ''].map((password) => comesIn(registry, password))).toEqual([false, true]);
    });

    test('only a thing with a password takes over another, and never an empty one', async () => {
      await newThing('CP1');
      const before = await newPassword('CP2');
      expect(await registry.adoptPassword('CP1', Buffer.from('x'))).toBe(false);
      expect(await registry.adoptPassword('CP3', Buffer.from('x'))).toBe(false);
      expect(await registry.adoptPassword('CP2', Buffer.alloc(0))).toBe(false);
      expect(await registry.offerPassword('CP1', Buffer.from('x'))).toBe(false);
      expect(await registry.offerPassword('CP2', Buffer.alloc(0))).toBe(false);
      expect(registry.admit('CP2', basic('CP2', before))).toMatchObject({ admitted: true });
    });

    test('the highest security profile above 1 that it came with is kept until it is forgotten', async () => {
      await newThing('CP1', 'basic');
      const kept = () => registry.get('CP1')?.securityProfile;
      for (const [profile, after] of [
        [1, null],
        [2, 2],
        [1, 2],
      ] as const) {
        await registry.reachProfile('CP1', profile);
        expect(kept()).toBe(after);
      }
      await registry.update('CP1', { tags: ['x'] });
      await registry.renewCredentials('CP1');
      expect((await under.reopen()).get('CP1')?.securityProfile).toBe(2);
      expect(await registry.forgetProfile('CP1')).toBe(true);
      expect(kept()).toBeNull();
      expect(await registry.forgetProfile('CP1')).toBe(false);
      await registry.reachProfile('CP9', 2);
      expect(await registry.forgetProfile('CP9')).toBe(false);
    });

    test('a thing that identifies itself by certificate does not connect without one', async () => {
      await newThing('CP1', 'certificate');
      expect(registry.admit('CP1', basic('CP1', 'x'))).toEqual({ admitted: false, reason: 'certificate-missing' });
    });

    test('a certificate opens for the thing whose serial number, or else name, is the one common name in it', async () => {
      const thing = await newThing('CP1', 'certificate');
      const shows = (...commonNames: string[]) => registry.admit('CP1', null, { trusted: true, commonNames });
      const refused = { admitted: false, reason: 'certificate-of-another' };
      expect(shows('CP1')).toEqual({ admitted: true, thing: thing?.thing, credential: null });
      for (const names of [['CP2'], ['CP1', 'CP2'], ['CP1', 'CP1'], ['cp1'], []])
        expect(shows(...names)).toEqual(refused);
      await registry.update('CP1', { attributes: { serialNumber: 'SN-7' } });
      expect(shows('SN-7')).toMatchObject({ admitted: true });
      expect(shows('CP1')).toEqual(refused);
      const revoked = { trusted: false, reason: 'certificate-revoked' } as const;
      expect(registry.admit('CP1', null, revoked)).toEqual({ admitted: false, reason: 'certificate-revoked' });
    });

    test('a certificate stands for no password', async () => {
      await newPassword('CP1');
      const certificate = { trusted: true, commonNames: ['CP1'] } as const;
      expect(registry.admit('CP1', null, certificate)).toEqual({ admitted: false, reason: 'credentials-missing' });
    });

    test('an update changes what it names and keeps the rest, the password included', async () => {
      const password = await newPassword('CP1');
      await registry.update('CP1', { tags: ['slow', 'roof'] });
      const updated = await registry.update('CP1', { attributes: { floor: '2' } });
      expect(updated).toMatchObject({ attributes: { floor: '2' }, tags: ['slow', 'roof'], authType: 'basic' });
      expect(registry.get('CP1')).toEqual(updated);
      expect(registry.admit('CP1', basic('CP1', password))).toMatchObject({ admitted: true });
      expect(await registry.update('CP2', {})).toBeNull();
    });

    test('changes at the same time are all kept', async () => {
      await newThing('CP1');
      await Promise.all([
        registry.update('CP1', { tags: ['one'] }),
        registry.update('CP1', { attributes: { two: '2' } }),
      ]);
      expect((await under.reopen()).get('CP1')).toMatchObject({ tags: ['one'], attributes: { two: '2' } });
    });

    test('is a sandbox from the beginning or from a change on, and stays one', async () => {
      await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none', sandbox: true });
      await newThing('CP2');
      expect([registry.get('CP1')?.sandbox, registry.get('CP2')?.sandbox]).toEqual([true, false]);
      await registry.update('CP1', { tags: ['x'] });
      await registry.update('CP2', { sandbox: true });
      const reopened = await under.reopen();
      expect([reopened.get('CP1')?.sandbox, reopened.get('CP2')?.sandbox]).toEqual([true, true]);
    });

    test('a removed thing may not connect any more', async () => {
      await newThing('CP1');
      expect(await registry.remove('CP1')).toBe(true);
      expect(await registry.remove('CP1')).toBe(false);
      expect(registry.admit('CP1', null)).toMatchObject({ reason: 'not-registered' });
      expect((await under.reopen()).list()).toEqual([]);
    });

    test('every change is told, in order, until somebody stops listening', async () => {
      const told: string[] = [];
      const stop = registry.onChange(({ thingName, kind }) => told.push(`${thingName} ${kind}`));
      await newThing('CP1', 'basic');
      await registry.update('CP1', { tags: [] });
      await registry.renewCredentials('CP1');
      await registry.remove('CP1');
      stop();
      await newThing('CP2');
      expect(told).toEqual(['CP1 created', 'CP1 updated', 'CP1 updated', 'CP1 removed']);
    });
  });
}
