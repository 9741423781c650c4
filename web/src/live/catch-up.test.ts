import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { type InfiniteData, QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { fakeMessage, fakeThing } from '../testing/fake-data.ts';
import { applyLiveEvents } from './apply-live-events.ts';
import { createCatchUp } from './catch-up.ts';
import type { LiveEvent } from './live-stream.ts';
import { keys } from './query-keys.ts';

function start() {
  const client = new QueryClient();
  let time = 0;
  const catchUp = createCatchUp(client, () => time++);
  const say = (event: LiveEvent) => {
    catchUp.note([event]);
    applyLiveEvents(client, [event]);
  };
  return { client, say };
}
const message = (id: number) => fakeMessage(id, { kind: 'call', direction: 'in', frame: '[]' });

test('a message that overtakes the answer to the list’s fetch is in the list', async () => {
  const { client, say } = start();
  const answer = Promise.withResolvers<Page<Message>>();
  const fetching = client.fetchInfiniteQuery({
    queryKey: keys.messages.list({}),
    initialPageParam: null,
    queryFn: () => answer.promise,
  });
  say({ type: 'message', data: message(8) });
  answer.resolve({ items: [message(7)], nextCursor: null });
  await fetching;
  await expect
    .poll(() => {
      const data = client.getQueryData<InfiniteData<Page<Message>>>(keys.messages.list({}));
      return data?.pages[0]?.items.map(({ id }) => id);
    })
    .toEqual(['8', '7']);
});

test('an older answer does not undo what came live, and what came before the fetch is left to it', async () => {
  const { client, say } = start();
  const [was, is]: Thing[] = [fakeThing(1, 'CP1'), { ...fakeThing(1, 'CP1'), overall: 'offline' }];
  client.setQueryData(keys.things.list, [was]);
  say({ type: 'thing', data: { things: [fakeThing(1, 'CP0')], removed: [] } });
  const answer = Promise.withResolvers<Thing[]>();
  const fetching = client.fetchQuery({ queryKey: keys.things.list, queryFn: () => answer.promise });
  say({ type: 'thing', data: { things: [is!], removed: [] } });
  answer.resolve([was!]);
  await fetching;
  await expect.poll(() => client.getQueryData<Thing[]>(keys.things.list)).toEqual([is]);
});
