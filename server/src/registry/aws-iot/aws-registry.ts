import { isDeepStrictEqual } from 'node:util';
import type { MessageBus } from '../../bus/message-bus.ts';
import { THING_NAME, thingOfTopic } from '../../bus/topics.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import type { RegisteredThing, Registry } from '../registry.ts';
import { CloudError } from './cloud-error.ts';
import type { RemoteThing } from './remote-thing.ts';
import type { RemoteThings } from './remote-things.ts';

export interface AwsRegistryOptions {
  /** What is known here: answers from memory, has the passwords' digests, and lasts while AWS is away. */
  replica: Registry;
  things: RemoteThings;
  /** What the control plane has trouble with. */
  trouble: () => string | null;
  logger: { warn(details: object, message: string): void };
  now: () => number;
  pollMs?: number;
}

export interface AwsRegistry extends Registry {
  /** Hears of changes that are made elsewhere, where AWS tells of them. */
  follow(bus: Pick<MessageBus, 'subscribe'>): Promise<void>;
  close(): Promise<void>;
}

type Answer = Awaited<ReturnType<Registry['lookUp']>>;

/** Groups have no order, tags do. */
const inOrder = (tags: string[], known: string[] = []): string[] =>
  isDeepStrictEqual([...tags].sort(), [...known].sort()) ? known : tags;

/** What AWS IoT tells of when its registry events are on. */
const EVENTS = ['$aws/events/thing/+/+', '$aws/events/thingGroupMembership/thingGroup/+/thing/+/+'];
const POLL_MS = 5_000;
/** So that a large fleet costs a tenth of what AWS allows. */
const REST_PER_POLL = 10;
const FIRST_SYNC_WITHIN_MS = 5_000;
const AT_ONCE = 64;
/** A stranger who tries names must not use up what AWS lets us ask. */
const MAX_LOOK_UPS = 20;
const LOOK_UP_WITHIN_MS = 5_000;
const UNKNOWN_FOR_MS = 3_000;
const MAX_UNKNOWN = 10_000;
/** As many as that don't disappear all at the same time: rather it is another account. */
const FEW = 3;

/**
 * AWS IoT's registry is what counts; what it says is kept here as well, so that a handshake waits for no cloud. Who makes a
 * thing there finds it here within seconds, and at once when it connects.
 */
export async function createAwsRegistry(options: AwsRegistryOptions): Promise<AwsRegistry> {
  const { replica, things, logger, now, pollMs = POLL_MS } = options;
  const oneAtATime = createKeyedQueue();
  const looking = new Map<string, Promise<Answer>>();
  const unknownUntil = new Map<string, number>();
  /** Changed here since the list that is being read was begun. */
  let touched = new Set<string>();
  let foreign: string | null = null;
  let polling: NodeJS.Timeout | undefined;
  let syncing: Promise<void> = Promise.resolve();
  let closed = false;

  function inTurn<T>(thingName: string, task: () => Promise<T>): Promise<T> {
    return oneAtATime(thingName, () => {
      touched.add(thingName);
      return task().finally(() => touched.add(thingName));
    });
  }

  async function takeOver(thingName: string, remote: RemoteThing | null): Promise<void> {
    const known = replica.get(thingName);
    if (remote === null) {
      if (known !== null) await replica.remove(thingName);
    } else if (known === null) await replica.create(remote);
    else if (!isSame(known, remote)) await replica.update(thingName, remote);
  }

  const refresh = (thingName: string): Promise<void> =>
    inTurn(thingName, async () => takeOver(thingName, await things.find(thingName)));

  async function sync(): Promise<void> {
    touched = new Set();
    const listed = await things.list();
    const missing = replica.list().filter(({ thingName }) => !listed.has(thingName));
    if (missing.length >= FEW && missing.length === replica.list().length) {
      foreign = `AWS IoT knows none of the ${missing.length} charge points that are known here: another account or region? Nothing was removed`;
      return;
    }
    foreign = null;
    const changed = [...listed.values()].filter((remote) => {
      const known = replica.get(remote.thingName);
      return known === null || !isSame(known, remote);
    });
    await inGroups(changed, async (remote) => {
      const { thingName } = remote;
      await oneAtATime(thingName, async () => {
        if (!touched.has(thingName)) await takeOver(thingName, remote);
      });
    });
    // A list may be older than a thing: what it lacks is asked for by name.
    await inGroups(missing, ({ thingName }) => refresh(thingName));
  }

  async function poll(): Promise<void> {
    const began = now();
    await sync().catch((error: unknown) => {
      // Said once, by who asked.
      if (!(error instanceof CloudError))
        logger.warn({ reason: String(error) }, 'The list of things is not up to date');
    });
    const restMs = Math.max(pollMs, (now() - began) * REST_PER_POLL);
    if (!closed) polling = setTimeout(next, restMs);
  }
  function next(): void {
    syncing = poll();
  }

  async function lookUp(thingName: string): Promise<Answer> {
    if (replica.get(thingName) !== null) return 'known';
    if (!THING_NAME.test(thingName) || (unknownUntil.get(thingName) ?? 0) > now()) return 'unknown';
    const asked = looking.get(thingName);
    if (asked !== undefined) return asked;
    if (looking.size >= MAX_LOOK_UPS) return 'unavailable';
    const answer = refresh(thingName)
      .then(
        () => told(thingName),
        () => 'unavailable' as const,
      )
      .finally(() => looking.delete(thingName));
    looking.set(thingName, answer);
    // Somebody waits at the door.
    return Promise.race([answer, later(LOOK_UP_WITHIN_MS).then(() => 'unavailable' as const)]);
  }

  function told(thingName: string): Answer {
    if (replica.get(thingName) !== null) return 'known';
    if (unknownUntil.size >= MAX_UNKNOWN) unknownUntil.clear();
    unknownUntil.set(thingName, now() + UNKNOWN_FOR_MS);
    return 'unknown';
  }

  next();
  await Promise.race([syncing, later(FIRST_SYNC_WITHIN_MS)]);

  return {
    ...replica,
    issuesCertificates: true,
    lookUp,
    trouble: () => foreign ?? options.trouble(),
    create: (thing) =>
      inTurn(thing.thingName, async () => {
        if (replica.get(thing.thingName) !== null) return null;
        const made = await things.create({ sandbox: false, ...thing });
        if (made === false) {
          await takeOver(thing.thingName, await things.find(thing.thingName));
          return null;
        }
        unknownUntil.delete(thing.thingName);
        const kept = await replica.create(thing);
        return kept === null ? null : { ...kept, ...made };
      }),
    update: (thingName, changes) =>
      inTurn(thingName, async () => {
        const after = await things.update(thingName, (before) => ({ ...before, ...changes }));
        if (after === null) {
          await takeOver(thingName, null);
          return null;
        }
        return replica.update(thingName, {
          ...after,
          tags: inOrder(after.tags, changes.tags ?? replica.get(thingName)?.tags),
        });
      }),
    renewCredentials: (thingName) =>
      inTurn(thingName, async () => {
        if (replica.get(thingName)?.authType !== 'certificate') return replica.renewCredentials(thingName);
        const certificate = await things.renewCertificate(thingName);
        return certificate === null ? null : { certificate };
      }),
    remove: (thingName) =>
      inTurn(thingName, async () => {
        if (replica.get(thingName) === null) return false;
        await things.remove(thingName);
        return replica.remove(thingName);
      }),
    async follow(bus) {
      for (const filter of EVENTS) {
        await bus.subscribe(filter, ({ topic }) => {
          // It fails for the same reason as everything else does, and the next list has it.
          void refresh(thingOfTopic(topic)).catch(() => undefined);
        });
      }
    },
    async close() {
      closed = true;
      clearTimeout(polling);
      await syncing;
    },
  };
}

function isSame(known: RegisteredThing, { attributes, tags, authType, sandbox }: RemoteThing): boolean {
  return (
    known.authType === authType &&
    known.sandbox === sandbox &&
    isDeepStrictEqual({ ...known.attributes }, { ...attributes }) &&
    inOrder(tags, known.tags) === known.tags
  );
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map(work));
  }
}
