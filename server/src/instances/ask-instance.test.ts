import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEmbeddedBus } from '../bus/embedded/embedded-bus.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import { requestsTopic } from '../bus/topics.ts';
import { type AskInstance, createAskInstance, NoReply } from './ask-instance.ts';

let bus: MessageBus;
let a: AskInstance;
let b: AskInstance;
let ids = 0;
const goneListeners: ((instance: string) => void)[] = [];
const instances = {
  onGone: (listener: (instance: string) => void) => void goneListeners.push(listener),
  isAlive: (name: string) => name !== 'dead',
};
const join = (instance: string): Promise<AskInstance> =>
  createAskInstance({ bus, instance, instances, newId: () => `q${++ids}` });
const question = (kind: string, body: unknown = null) => ({ thingName: 'CP1', kind, body, withinMs: 20_000 });

beforeEach(async () => {
  bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  a = await join('a');
  b = await join('b');
});
afterEach(async () => {
  await a.close();
  await b.close();
  await bus.close();
});

it('gives the reply of the instance that was asked', async () => {
  b.serve('double', async (thingName, body) => ({ thingName, twice: Number(body) * 2 }));
  expect(await a.ask('b', question('double', 21))).toEqual({ thingName: 'CP1', twice: 42 });
});

it('says in the other one’s words what went wrong there', async () => {
  b.serve('fail', async () => {
    throw new Error('The disk is full');
  });
  await expect(a.ask('b', question('fail'))).rejects.toThrow('The disk is full');
});

it('an instance of an older release says that it does not know what it is asked', async () => {
  await expect(a.ask('b', question('of-the-next-release'))).rejects.toThrow(
    'This release knows no of-the-next-release',
  );
});

it('does not wait for one that is gone, or that goes meanwhile', async () => {
  await expect(a.ask('dead', question('double'))).rejects.toThrow(NoReply);
  b.serve('never', () => new Promise(() => undefined));
  const asked = a.ask('b', question('never'));
  for (const tell of goneListeners) tell('b');
  await expect(asked).rejects.toThrow(NoReply);
});

it('is not disturbed by what somebody else publishes there', async () => {
  b.serve('double', async (_thingName, body) => Number(body) * 2);
  for (const text of ['', '{', 'null', '7', '{"id":7}']) bus.publish({ topic: requestsTopic('b', 'CP1'), text });
  expect(await a.ask('b', question('double', 4))).toBe(8);
});
