import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.ts';
import type { ThingFilter } from '../../bus/aws-iot/aws-iot-settings.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { createEmbeddedRegistry } from '../embedded/embedded-registry.ts';
import { describeRegistry, type RegistryUnderTest } from '../registry.contract.ts';
import { hasMoto, type Moto, startMoto } from '../testing/moto.ts';
import { type StrictIot, startStrictIot } from '../testing/strict-iot.ts';
import { type AwsRegistry, createAwsRegistry } from './aws-registry.ts';
import { openIotControl } from './iot-control.ts';
import { createRemoteThings } from './remote-things.ts';

interface Opened extends RegistryUnderTest {
  registry: AwsRegistry;
  /** What was logged. */
  warnings: string[];
}

interface Opening {
  filter?: ThingFilter;
  pollMs?: number;
  maxAttempts?: number;
}

async function open(
  controlUrl: string,
  { filter = { kind: 'all' }, pollMs = 60_000, maxAttempts = 2 }: Opening = {},
): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aws-registry-'));
  const database = await openTestDatabase(dataDir);
  const secretKey = randomBytes(32);
  const warnings: string[] = [];
  const logger = {
    warn: (details: object, message: string) => warnings.push(`${message}: ${JSON.stringify(details)}`),
  };
  const opened: AwsRegistry[] = [];

  async function reopen(): Promise<AwsRegistry> {
    const control = await openIotControl({ region: 'eu-west-1', controlUrl, logger, maxAttempts });
    const things = createRemoteThings({ control, thingType: 'ChargePoint', filter, pause: async () => undefined });
    const replica = await createEmbeddedRegistry({
      database,
      secretKey,
      unauthenticatedThings: 'allow',
      now: Date.now,
    });
    const registry = await createAwsRegistry({
      replica,
      things,
      trouble: control.trouble,
      logger,
      now: Date.now,
      pollMs,
    });
    opened.push(registry);
    return registry;
  }

  return {
    registry: await reopen(),
    reopen,
    warnings,
    async close() {
      await Promise.all(opened.map((registry) => registry.close()));
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const saved: Record<string, string | undefined> = {};
beforeAll(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    saved[name] = process.env[name];
    process.env[name] = 'testing';
  }
});
afterAll(() => {
  for (const [name, value] of Object.entries(saved)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe.runIf(hasMoto)('over moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.close());
  beforeEach(() => moto.reset());

  describeRegistry('the AWS registry', () => open(moto.url));
});

describe('as strict as AWS', () => {
  let iot: StrictIot;
  beforeEach(async () => {
    iot = await startStrictIot();
  });
  afterEach(() => iot.close());

  describeRegistry('the AWS registry', () => open(iot.url));

  describe('what AWS says', () => {
    let opened: Opened | null = null;
    afterEach(async () => {
      await opened?.close();
      opened = null;
    });
    const start = async (options?: Opening): Promise<AwsRegistry> => {
      opened = await open(iot.url, options);
      return opened.registry;
    };
    const outside = (
      thingName: string,
      more: Partial<typeof iot.things extends Map<string, infer T> ? T : never> = {},
    ) =>
      iot.things.set(thingName, {
        attributes: {},
        thingTypeName: undefined,
        version: 1,
        principals: new Set(),
        lingering: 0,
        ...more,
      });

    it('a thing that is made elsewhere may connect at its first try, and is in the list within seconds', async () => {
      const registry = await start({ pollMs: 100 });
      expect(await registry.lookUp('CP1')).toBe('unknown');
      outside('CP2');
      expect(registry.get('CP2')).toBeNull();
      expect(await registry.lookUp('CP2')).toBe('known');
      expect(registry.admit('CP2', null)).toMatchObject({ admitted: true });
      outside('CP3', { attributes: { site: 'North', 'cpo-auth': 'basic' } });
      iot.groups.set('roof', new Set(['CP3']));
      await eventually(() =>
        expect(registry.get('CP3')).toMatchObject({ attributes: { site: 'North' }, tags: ['roof'], authType: 'basic' }),
      );
      iot.things.delete('CP2');
      await eventually(() => expect(registry.get('CP2')).toBeNull());
    });

    it('registry events are taken in at once', async () => {
      const registry = await start();
      const heard = new Map<string, (topic: string) => void>();
      await registry.follow({
        subscribe: async (filter, handler) => {
          heard.set(filter, (topic) => handler({ topic, text: '{}' }));
          return async () => undefined;
        },
      });
      outside('CP1');
      heard.get('$aws/events/thing/+/+')?.('$aws/events/thing/CP1/created');
      await eventually(() => expect(registry.get('CP1')).not.toBeNull());
      iot.groups.set('roof', new Set(['CP1']));
      heard.get('$aws/events/thingGroupMembership/thingGroup/+/thing/+/+')?.(
        '$aws/events/thingGroupMembership/thingGroup/roof/thing/CP1/added',
      );
      await eventually(() => expect(registry.get('CP1')?.tags).toEqual(['roof']));
    });

    it.each([false, true])('lists go through all pages; the index of the fleet: %s', async (indexed) => {
      iot.indexed = indexed;
      const names = Array.from({ length: 20 }, (_, n) => `CP${String(n).padStart(2, '0')}`);
      for (const name of names) outside(name);
      iot.groups.set('many', new Set(names));
      const registry = await start();
      expect(registry.list().map(({ thingName, tags }) => `${thingName} ${tags}`)).toEqual(
        names.map((name) => `${name} many`),
      );
      expect(iot.asked.filter((operation) => operation === (indexed ? 'SearchIndex' : 'ListThings'))).toHaveLength(7);
      expect(iot.asked.includes('ListThings')).toBe(!indexed);
    });

    it('an index that is not ready is done without', async () => {
      iot.indexed = true;
      iot.fail('SearchIndex', { type: 'IndexNotReadyException', status: 400 });
      outside('CP1');
      const registry = await start();
      expect(registry.get('CP1')).not.toBeNull();
      expect(registry.trouble()).toBeNull();
    });

    it.each<[ThingFilter]>([
      [{ kind: 'type', thingType: 'Charger' }],
      [{ kind: 'attribute', name: 'kind', value: 'charger' }],
    ])('things that are no charge points stay out: %j', async (filter) => {
      outside('lamp', { attributes: { kind: 'lamp' } });
      outside('CP1', { attributes: { kind: 'charger' }, thingTypeName: 'Charger' });
      const registry = await start({ filter });
      expect(registry.list().map(({ thingName }) => thingName)).toEqual(['CP1']);
      expect(await registry.lookUp('lamp')).toBe('unknown');
      await registry.create({ thingName: 'CP2', attributes: {}, tags: [], authType: 'none' });
      expect((await opened?.reopen())?.get('CP2')).not.toBeNull();
    });

    it('any text fits into attributes and groups', async () => {
      const registry = await start();
      const attributes = { 'Line 1': 'Hauptstraße 5', empty: '', sign: 'a=b', 充電: '東京' };
      await registry.create({ thingName: 'CP1', attributes, tags: ['on the roof', '屋根', 'a:b'], authType: 'none' });
      expect(iot.things.get('CP1')?.attributes).toMatchObject({ 'Line:201': 'Hauptstra=C3=9Fe=205' });
      expect([...iot.groups.keys()]).toContain('on::20the::20roof');
      const anew = await open(iot.url);
      expect(anew.registry.get('CP1')).toMatchObject({ attributes, tags: ['a:b', 'on the roof', '屋根'] });
      await anew.close();
    });

    it('a certificate comes with a policy for that thing alone; new ones replace it; it goes with the thing', async () => {
      const registry = await start();
      const made = await registry.create({ thingName: 'A:1', attributes: {}, tags: [], authType: 'certificate' });
      expect(made?.certificate?.certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----/);
      expect(made?.certificate?.privateKeyPem).toMatch(/PRIVATE KEY/);
      const policy = iot.policies.get('cpo-console-A=1');
      const resources = JSON.parse(policy?.document ?? '').Statement.map(
        ({ Resource }: { Resource: string }) => Resource,
      );
      const account = 'arn:aws:iot:eu-west-1:123456789012';
      expect(resources).toEqual([
        `${account}:client/A:1`,
        `${account}:topic/A:1/in`,
        `${account}:topicfilter/A:1/out`,
        `${account}:topic/A:1/out`,
      ]);
      const before = [...(iot.things.get('A:1')?.principals ?? [])];
      const renewed = await registry.renewCredentials('A:1');
      expect(renewed?.certificate?.certificatePem).not.toBe(made?.certificate?.certificatePem);
      const after = [...(iot.things.get('A:1')?.principals ?? [])];
      expect(after).toHaveLength(1);
      expect(after).not.toEqual(before);
      // AWS says for a while that what was detached is attached.
      expect(await registry.remove('A:1')).toBe(true);
      expect([iot.things.size, iot.policies.size]).toEqual([0, 0]);
    });

    it('what could not be made whole is taken back', async () => {
      const registry = await start();
      iot.fail('AttachThingPrincipal', { type: 'UnauthorizedException', status: 401 });
      const creating = registry.create({ thingName: 'CP1', attributes: {}, tags: ['x'], authType: 'certificate' });
      await expect(creating).rejects.toThrow(
        'AWS does not allow iot:AttachThingPrincipal: the IAM policy of our credentials must have this action',
      );
      expect(iot.things.size).toBe(0);
      expect(registry.get('CP1')).toBeNull();
    });

    it('a name that is taken in AWS is taken here, and shown', async () => {
      const registry = await start();
      outside('CP1', { attributes: { site: 'Elsewhere' } });
      expect(await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' })).toBeNull();
      expect(registry.get('CP1')?.attributes).toEqual({ site: 'Elsewhere' });
    });

    it('a change made elsewhere in between is kept', async () => {
      const registry = await start();
      await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
      iot.fail('UpdateThing', { type: 'VersionConflictException', status: 409, times: 2 });
      expect(await registry.update('CP1', { attributes: { site: 'North' } })).toMatchObject({
        attributes: { site: 'North' },
      });
      expect(iot.things.get('CP1')?.attributes).toMatchObject({ site: 'North' });
    });

    it.each([
      ['ThrottlingException', 429, 'AWS asks to slow down (iot:DescribeThing): it is tried again'],
      [
        'AccessDeniedException',
        403,
        'AWS does not allow iot:DescribeThing: the IAM policy of our credentials must have this action',
      ],
      [
        'UnrecognizedClientException',
        403,
        'AWS does not accept the credentials (UnrecognizedClientException): they are wrong, expired or not for eu-west-1',
      ],
    ])(
      '%s: nobody is told that the thing does not exist, and the words are on the health page',
      async (type, status, words) => {
        const registry = await start({ maxAttempts: 1 });
        iot.fail('DescribeThing', { type, status });
        expect(await registry.lookUp('CP1')).toBe('unavailable');
        expect(registry.trouble()).toBe(words);
        expect(opened?.warnings.join()).toContain(words);
        await expect(
          registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' }),
        ).rejects.toMatchObject({ statusCode: 503, message: words });
        iot.recover();
        expect(await registry.lookUp('CP1')).toBe('unknown');
        expect(registry.trouble()).toBeNull();
      },
    );

    it('who is asked to slow down for a moment tries again by itself', async () => {
      const registry = await start({ maxAttempts: 4 });
      iot.fail('DescribeThing', { type: 'ThrottlingException', status: 429, times: 2 });
      outside('CP1');
      // On a busy machine the door may not have waited for the third attempt.
      await eventually(async () => expect(await registry.lookUp('CP1')).toBe('known'));
      expect(registry.trouble()).toBeNull();
    });

    it('while AWS is away what is known connects, and nothing is forgotten', async () => {
      const registry = await start({ pollMs: 50, maxAttempts: 1 });
      await registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
      iot.fail('*', { type: 'InternalFailureException', status: 500 });
      await eventually(() => expect(registry.trouble()).toMatch(/^AWS IoT can not be asked \(iot:/));
      expect(registry.admit('CP1', null)).toMatchObject({ admitted: true });
    });

    it('a list without any of what is known is of another account: it is said, and nothing is removed', async () => {
      const registry = await start({ pollMs: 50 });
      for (const thingName of ['CP1', 'CP2', 'CP3'])
        await registry.create({ thingName, attributes: {}, tags: [], authType: 'none' });
      iot.things.clear();
      await eventually(() => expect(registry.trouble()).toMatch(/^AWS IoT knows none of the 3 charge points/));
      expect(registry.list()).toHaveLength(3);
    });

    it('strangers who try names do not use up what AWS lets us ask', async () => {
      const registry = await start();
      const before = iot.asked.length;
      const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => registry.lookUp(`guess-${n}`)));
      expect(answers.filter((answer) => answer === 'unknown')).toHaveLength(20);
      expect(answers.filter((answer) => answer === 'unavailable')).toHaveLength(80);
      await registry.lookUp('guess-0');
      expect(iot.asked.length - before).toBe(20);
    });
  });
});
