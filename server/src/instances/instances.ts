import type { MessageBus } from '../bus/message-bus.ts';
import { INSTANCES } from '../bus/topics.ts';

const BEAT_MS = 1_000;
/** A process that is busy for so long is not counted as gone yet. */
const GONE_AFTER_MS = 10_000;
/** One that did not run for so long may have been counted as gone by others, and has yet to read what they said. */
const AWAY_AFTER_MS = GONE_AFTER_MS / 2;

export interface InstancesOptions {
  bus: Pick<MessageBus, 'publish' | 'subscribe' | 'trouble' | 'joins'>;
  /** Names this process among them. */
  instance: string;
}

/** The processes that share the work, as they tell each other over the bus. Listeners must not throw. */
export interface Instances {
  /** Another one came, or came again, or this one was away: somebody may have missed what was announced. */
  onCome(listener: () => void): void;
  /** One is gone, without a word. */
  onGone(listener: (instance: string) => void): void;
  /** Once, when all that are there have been heard of. */
  onSettled(listener: () => void): void;
  /** Of those that are there it is this one that cleans up after one that is gone. False until all have been heard of. */
  isHeir(): boolean;
  /** Whether it is this one or has been heard of lately; until all have been heard of, each may be. */
  isAlive(name: string): boolean;
  /** Their names. */
  others(): string[];
  close(): Promise<void>;
}

interface Beat {
  instance: string;
  /** How often it has begun to hear others. */
  connects: number;
  isLeaving: boolean;
}

export async function createInstances({ bus, instance }: InstancesOptions): Promise<Instances> {
  const others = new Map<string, { connects: number; heardAt: number }>();
  const comeListeners: (() => void)[] = [];
  const goneListeners: ((instance: string) => void)[] = [];
  const settledListeners: (() => void)[] = [];
  /** Since when others can be heard. */
  let hearsSince: number | null = null;
  let hasSettled = false;
  let lookedAt = performance.now();
  let joins = bus.joins();

  const beat = (isLeaving: boolean): void => {
    const text: Beat = { instance, connects: bus.joins(), isLeaving };
    bus.publish({ topic: INSTANCES, text: JSON.stringify(text), answerWithinMs: BEAT_MS });
  };
  function hear(text: string): void {
    const heard = readBeat(text);
    if (heard === null || heard.instance === instance) return;
    if (heard.isLeaving) {
      others.delete(heard.instance);
      return;
    }
    const isNew = others.get(heard.instance)?.connects !== heard.connects;
    others.set(heard.instance, { connects: heard.connects, heardAt: performance.now() });
    if (!isNew) return;
    // It need not wait to hear of this one.
    beat(false);
    for (const listener of comeListeners) listener();
  }

  function wasAway(at: number): boolean {
    const before = { lookedAt, joins };
    lookedAt = at;
    joins = bus.joins();
    return at - before.lookedAt > AWAY_AFTER_MS || joins !== before.joins;
  }

  function look(): void {
    beat(false);
    const at = performance.now();
    if (wasAway(at)) {
      hearsSince = null;
      for (const listener of comeListeners) listener();
    }
    hearsSince = bus.trouble() === null ? (hearsSince ?? at) : null;
    // Nobody is heard while the broker is away.
    if (hearsSince === null || at - hearsSince < GONE_AFTER_MS) return;
    const isFirst = !hasSettled;
    hasSettled = true;
    for (const [name, { heardAt }] of others) {
      if (at - heardAt < GONE_AFTER_MS) continue;
      others.delete(name);
      for (const listener of goneListeners) listener(name);
    }
    if (isFirst) for (const listener of settledListeners) listener();
  }

  const unsubscribe = await bus.subscribe(INSTANCES, ({ text }) => hear(text));
  const timer = setInterval(look, BEAT_MS).unref();
  beat(false);

  return {
    onCome: (listener) => void comeListeners.push(listener),
    onGone: (listener) => void goneListeners.push(listener),
    onSettled: (listener) => void settledListeners.push(listener),
    isHeir: () => hasSettled && [...others.keys()].every((other) => instance < other),
    others: () => [...others.keys()].sort(),
    isAlive: (name) => name === instance || others.has(name) || !hasSettled,
    async close() {
      clearInterval(timer);
      beat(true);
      await unsubscribe();
    },
  };
}

/** Null for anything else: other programs may publish there too. */
function readBeat(text: string): Beat | null {
  try {
    const beat = JSON.parse(text) as Partial<Beat> | null;
    const isWhole = typeof beat?.instance === 'string' && Number.isSafeInteger(beat.connects);
    return isWhole ? (beat as Beat) : null;
  } catch {
    return null;
  }
}
