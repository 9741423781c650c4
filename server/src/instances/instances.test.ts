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
  a.onSettled(() => void settled.push([a.isHeir(), a.isAlive('of an earlier day')]));
  expect(a.isHeir()).toBe(false);
  expect(a.isAlive('of an earlier day')).toBe(true);
  vi.advanceTimersByTime(20_000);
  expect(settled).toEqual([[true, false]]);
});

it('one that goes without a word is gone after ten seconds, and one of the others cleans up', async () => {
  const a = await join('a');
  const b = await join('b');
  const gone: string[] = [];
  a.onGone((name) => void gone.push(`a: ${name} ${a.isHeir()}`));
  b.onGone((name) => void gone.push(`b: ${name} ${b.isHeir()}`));
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

it('one that was stopped for a while does not count the others as gone, and tells them anew what it has', async () => {
  const a = await join('a');
  const gone: string[] = [];
  const comes: string[] = [];
  a.onGone((name) => void gone.push(name));
  const sayAsB = () =>
    bus.publish({ topic: INSTANCES, text: JSON.stringify({ instance: 'b', connects: 1, isLeaving: false }) });
  sayAsB();
  a.onCome(() => void comes.push('a'));
  vi.advanceTimersByTime(12_000);
  expect(gone).toEqual(['b']);
  sayAsB();
  expect(comes).toHaveLength(1);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
  vi.advanceTimersByTime(1_000);
  expect(gone).toEqual(['b']);
  expect(comes).toHaveLength(2);
  vi.restoreAllMocks();
});
