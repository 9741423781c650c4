import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type InfiniteData, QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { fakeMessage, fakeThing } from '../testing/fake-data.ts';
import { applyLiveEvents, mergeThings } from './apply-live-events.ts';
import { prependMessages } from './apply-messages.ts';
import { keys } from './query-keys.ts';

const message = (id: number, thingName = 'CP1') =>
  fakeMessage(id, { kind: 'call', direction: 'in', frame: '[]', thingName });
const list = (...ids: number[]): InfiniteData<Page<Message>, string | null> => ({
  pages: [{ items: ids.map((id) => message(id)), nextCursor: null }],
  pageParams: [null],
});
const ids = (data: InfiniteData<Page<Message>, string | null> | undefined) =>
  data?.pages.flatMap((page) => page.items.map((item) => item.id));

test('new messages come first, and none twice', () => {
  expect(ids(prependMessages(list(9, 8), [message(9), message(10), message(11)]))).toEqual(['11', '10', '9', '8']);
});

test('a message that was missed takes its place in the order', () => {
  expect(ids(prependMessages(list(10, 8), [message(9)]))).toEqual(['10', '9', '8']);
});

test('each list takes only what its filter lets through', () => {
  const client = new QueryClient();
  client.setQueryData(keys.messages.list({}), list(1));
  client.setQueryData(keys.messages.list({ thingName: 'CP2' }), list());
  applyLiveEvents(client, [
    { type: 'message', data: message(2, 'CP1') },
    { type: 'message', data: message(3, 'CP2') },
  ]);
  expect(ids(client.getQueryData(keys.messages.list({})))).toEqual(['3', '2', '1']);
  expect(ids(client.getQueryData(keys.messages.list({ thingName: 'CP2' })))).toEqual(['3']);
});

test('charge points change in place, join in order and leave', () => {
  const [a, b, c] = [fakeThing(0, 'A'), fakeThing(1, 'B'), fakeThing(2, 'C')];
  const changed: Thing = { ...b!, overall: 'offline' };
  const merged = mergeThings(
    [a!, c!],
    new Map<string, Thing | null>([
      ['B', changed],
      ['C', null],
    ]),
  );
  expect(merged.map((thing) => [thing.thingName, thing.overall])).toEqual([
    ['A', a!.overall],
    ['B', 'offline'],
  ]);
});

test('what charge points tell of tokens and lists makes what shows them worth fetching again', () => {
  const client = new QueryClient();
  const shown = [keys.unknownTokens, keys.localLists.list, keys.localLists.of('A'), keys.firmwareFiles.all];
  for (const queryKey of shown) client.setQueryData(queryKey, []);
  applyLiveEvents(client, [
    { type: 'changed', data: { thingName: 'A', records: 'unknown-tokens' } },
    { type: 'changed', data: { thingName: 'B', records: 'local-list' } },
  ]);
  expect(shown.map((queryKey) => client.getQueryState(queryKey)?.isInvalidated)).toEqual([true, true, true, false]);
});

test('a session that begins or ends makes lists of sessions worth fetching again; nothing else does', () => {
  const client = new QueryClient();
  const lists = keys.transactions.list({});
  const charging = Array.from({ length: 20 }, (_, index) => fakeThing(index, 'A')).find(
    ({ state }) => state.transactions.length > 0,
  )!;
  const idle: Thing = { ...charging, state: { ...charging.state, transactions: [] } };
  client.setQueryData(keys.things.list, [idle]);
  client.setQueryData(lists, { pages: [], pageParams: [] });
  const isStale = () => client.getQueryState(lists)?.isInvalidated;
  applyLiveEvents(client, [{ type: 'thing', data: { things: [{ ...idle, tags: ['new'] }], removed: [] } }]);
  expect(isStale()).toBe(false);
  applyLiveEvents(client, [{ type: 'thing', data: { things: [charging], removed: [] } }]);
  expect(isStale()).toBe(true);
});

test('a live partner goes beside a list, and what was too much is counted for it', () => {
  const client = new QueryClient();
  const filter = { kind: 'call' } as const;
  client.setQueryData(keys.messages.list(filter), list(1));
  const answer = fakeMessage(2, { kind: 'result', direction: 'out', frame: '[]', thingName: 'CP1' });
  applyLiveEvents(client, [
    { type: 'partner', data: answer },
    { type: 'skipped', data: { count: 1_240, reason: 'rate' } },
  ]);
  expect(client.getQueryData(keys.messages.list(filter))).toMatchObject({ pages: [{ partners: [{ id: '2' }] }] });
  expect(ids(client.getQueryData(keys.messages.list(filter)))).toEqual(['1']);
  expect(client.getQueryData(keys.messages.unshown(filter))).toBe(1_240);
});

test('a slow answer whose call has the text joins a list, also when the call came some batches before', () => {
  const client = new QueryClient();
  const filter = { latencyOver: '500', q: 'ABC' };
  client.setQueryData(keys.messages.list(filter), list(1));
  const call = (id: number, text: string) =>
    fakeMessage(id, { kind: 'call', direction: 'in', frame: `["${text}"]`, messageId: text });
  const answer = (id: number, text: string) =>
    fakeMessage(id, { kind: 'result', direction: 'out', frame: '[]', messageId: text, latencyMs: 700 });
  applyLiveEvents(client, [
    { type: 'partner', data: call(2, 'ABC') },
    { type: 'partner', data: call(3, 'XYZ') },
  ]);
  applyLiveEvents(client, [
    { type: 'message', data: answer(4, 'ABC') },
    { type: 'message', data: answer(5, 'XYZ') },
  ]);
  expect(ids(client.getQueryData(keys.messages.list(filter)))).toEqual(['4', '1']);
});

test('a list that somebody reads takes only so many live rows; the others are counted, and still in the log', () => {
  const client = new QueryClient();
  client.setQueryData(keys.messages.list({}), list(1));
  const many = (from: number) => Array.from({ length: 3_000 }, (_, at) => message(from + at));
  const arrive = (messages: Message[]) =>
    applyLiveEvents(
      client,
      messages.map((data) => ({ type: 'message', data })),
    );
  arrive(many(10));
  arrive(many(4_000));
  expect(ids(client.getQueryData(keys.messages.list({})))).toHaveLength(3_001);
  expect(client.getQueryData(keys.messages.list({}))).toMatchObject({ pages: [{ overflow: 3_000 }] });
  // One that fits again would leave a gap behind it.
  arrive([message(9_000)]);
  expect(client.getQueryData(keys.messages.list({}))).toMatchObject({ pages: [{ overflow: 3_001 }] });
});
