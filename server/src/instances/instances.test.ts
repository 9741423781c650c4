import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openEmbeddedBus } from '../bus/embedded/embedded-bus.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import { INSTANCES } from '../bus/topics.ts';
import { createInstances, type Instances } from './instances.ts';

let bus: MessageBus;
const joined: Instances[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
});
afterEach(async () => {
  for (const each of joined.splice(0)) await each.close();
  await bus.close();
  vi.useRealTimers();
});

async function join(instance: string): Promise<Instances> {
  const instances = await createInstances({ bus, instance });
  joined.push(instances);
  return instances;
}

it('one that comes knows of those that are there at once, and they of it', async () => {
  const a = await join('a');
  const b = await join('b');
  expect([a.others(), b.others()]).toEqual([['b'], ['a']]);
});

it('nobody counts as gone before all have had the time to be heard', async () => {
  const a = await join('a');
  const settled: [boolean, boolean][] = [];
  a.onSettled((isHeir) => settled.push([isHeir, a.isAlive('of an earlier day')]));
  expect(a.isAlive('of an earlier day')).toBe(true);
  vi.advanceTimersByTime(20_000);
  expect(settled).toEqual([[true, false]]);
});

it('one that goes without a word is gone after ten seconds, and one of the others cleans up', async () => {
  const a = await join('a');
  const b = await join('b');
  const gone: string[] = [];
  a.onGone((name, isHeir) => gone.push(`a: ${name} ${isHeir}`));
  b.onGone((name, isHeir) => gone.push(`b: ${name} ${isHeir}`));
  bus.publish({
    topic: INSTANCES,
    text: JSON.stringify({ instance: 'c', connects: 1, isLeaving: false }),
  });
  vi.advanceTimersByTime(9_000);
  expect(gone).toEqual([]);
  expect(b.isAlive('c')).toBe(true);
  vi.advanceTimersByTime(11_000);
  expect(gone.sort()).toEqual(['a: c true', 'b: c false']);
  expect(b.isAlive('c')).toBe(false);
});
