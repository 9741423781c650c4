import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeMessage } from '../testing/fake-data.ts';
import { FakeEventSource } from '../testing/fake-event-source.ts';
import { createLiveStream, type LiveEvent } from './live-stream.ts';

const message = (id: number) => fakeMessage(id, { kind: 'call', direction: 'in', frame: '[]' });

function start() {
  const batches: LiveEvent[][] = [];
  const statuses: string[] = [];
  const stream = createLiveStream({
    onEvents: (events) => batches.push(events),
    onStatus: (status) => statuses.push(status),
    open: (url) => new FakeEventSource(url) as unknown as EventSource,
  });
  stream.start();
  return { stream, batches, statuses };
}
const latest = (): FakeEventSource => FakeEventSource.opened.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.opened = [];
});
afterEach(() => vi.useRealTimers());

test('a burst becomes one batch, in order', () => {
  const { batches } = start();
  latest().open();
  vi.advanceTimersByTime(100);
  for (const id of [1, 2, 3]) latest().say('message', message(id), String(id));
  expect(batches).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(batches[1]?.map((event) => event.type === 'message' && event.data.id)).toEqual(['1', '2', '3']);
});

test('the first opening fetches again what was fetched before it; a resumed one does not', () => {
  const { batches } = start();
  latest().open();
  latest().say('message', message(7), '7');
  latest().breakOff();
  vi.advanceTimersByTime(500);
  latest().open();
  vi.advanceTimersByTime(100);
  expect(batches.flat().filter((event) => event.type === 'refetch')).toHaveLength(1);
  // Commands and sessions have no position in the log.
  expect(batches.flat().at(-1)).toEqual({ type: 'resumed' });
});

test('after a break it goes on behind the last event seen, and says that it was lost', () => {
  const { statuses } = start();
  latest().open();
  latest().say('message', message(41), '41');
  latest().breakOff();
  expect(statuses.at(-1)).toBe('lost');
  vi.advanceTimersByTime(500);
  expect(latest().url).toContain('lastEventId=41');
  latest().open();
  expect(statuses.at(-1)).toBe('live');
});

test('attempts get rarer while the server is away', () => {
  start();
  for (let attempt = 0; attempt < 10; attempt++) {
    latest().breakOff();
    vi.advanceTimersByTime(15_000);
  }
  const before = FakeEventSource.opened.length;
  latest().breakOff();
  vi.advanceTimersByTime(14_000);
  expect(FakeEventSource.opened).toHaveLength(before);
});

test('it asks for messages only while a page shows them, of that charge point only', async () => {
  const { stream } = start();
  expect(latest().url).not.toContain('events=message');
  const release = stream.need({ thingName: 'CP1', messages: true });
  await Promise.resolve();
  expect(latest().url).toContain('events=message');
  expect(latest().url).toContain('thingName=CP1');
  release();
  await Promise.resolve();
  expect(latest().url).not.toContain('events=message');
  expect(FakeEventSource.opened.filter((source) => !source.closed)).toHaveLength(1);
});

test('when the server left something out, the lists are fetched again', () => {
  const { batches } = start();
  latest().dispatchEvent(new MessageEvent('skipped', { data: '{"count":9,"reason":"too-old"}', lastEventId: '90' }));
  vi.advanceTimersByTime(100);
  expect(batches.flat()).toContainEqual({ type: 'refetch' });
});

test('what was too much for a second is only counted', () => {
  const { batches } = start();
  latest().say('skipped', { count: 9, reason: 'rate' });
  vi.advanceTimersByTime(100);
  expect(batches.flat()).toEqual([{ type: 'skipped', data: { count: 9, reason: 'rate' } }]);
});

test('the server filters what one list shows; a change of the filter goes on where the stream was', async () => {
  const { stream } = start();
  const release = stream.need({
    messages: true,
    filter: { thingName: 'CP1', kind: 'error', from: '2026-05-04T10:00:00Z' },
  });
  await Promise.resolve();
  expect(latest().url).toContain('kind=error');
  expect(latest().url).not.toContain('from=');
  latest().say('message', message(41), '41');
  release();
  stream.need({ messages: true, filter: { violation: 'true' } });
  await Promise.resolve();
  expect(latest().url).toContain('violation=true');
  expect(latest().url).not.toContain('kind=');
  expect(latest().url).toContain('lastEventId=41');
});

test('several charge points are asked for by name, and the fleet as soon as one page needs it', async () => {
  const { stream } = start();
  stream.need({ messages: true, filter: { thingNames: ['CP2', 'CP1'] } });
  await Promise.resolve();
  expect(latest().url).toContain('thingName=CP1&thingName=CP2');
  stream.need({ messages: false });
  await Promise.resolve();
  expect(latest().url).not.toContain('thingName=');
});
