import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ApiTestApp, answeredCommand, startApi } from '../../test/support/api-app.ts';
import { newRecord } from '../charge-points/transactions/transaction-record.ts';

let api: ApiTestApp;
let base: string;
const readers: Reader[] = [];
beforeEach(async () => {
  api = await startApi();
  base = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.stop();
  await api.close();
});

interface Received {
  event: string;
  id: string | null;
  data: unknown;
}
interface Reader {
  events: Received[];
  of(event: string): Received[];
  ended: Promise<void>;
  headers: Headers;
  stop(): void;
}

async function read(query: string, headers: Record<string, string> = {}): Promise<Reader> {
  const controller = new AbortController();
  const response = await fetch(`${base}/api/v1/stream${query}`, { headers, signal: controller.signal });
  expect(response.status).toBe(200);
  const events: Received[] = [];
  const ended = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
          const event = field('event');
          if (event !== null) events.push({ event, id: field('id'), data: JSON.parse(field('data') ?? 'null') });
        }
      }
    } catch {
      // Cut off by the test or by the server.
    }
  })();
  const reader: Reader = {
    events,
    of: (event) => events.filter((each) => each.event === event),
    ended,
    headers: response.headers,
    stop: () => controller.abort(),
  };
  readers.push(reader);
  return reader;
}

const ids = (reader: Reader) => reader.of('message').map(({ id }) => Number(id));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

it('carries each message of the watched charge point, live and in order', async () => {
  const reader = await read('?thingName=CP1');
  expect(reader.headers.get('content-type')).toContain('text/event-stream');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  for (let at = 0; at < 500; at += 1) api.log.add({ thingName: at % 2 === 0 ? 'CP1' : 'CP2' });
  await expect.poll(() => ids(reader)).toEqual(range(1, 500).filter((id) => id % 2 === 1));
  expect(reader.of('message')[0]?.data).toMatchObject({ id: '1', thingName: 'CP1', frame: '[2,"m1","Heartbeat",{}]' });
});

it.each([
  ['from memory', Number.POSITIVE_INFINITY],
  ['from the log', 10],
])('resumes %s without gap or duplicate while messages keep coming', async (_name, recent) => {
  api.log.keepRecent(recent);
  for (let at = 0; at < 1_200; at += 1) api.log.add({ thingName: 'CP1' });
  const query = api.log.query;
  // Rows that come in the middle of the replay are both in a page and live.
  api.log.query = async (request) => {
    api.log.add({ thingName: 'CP1' });
    const rows = await query(request);
    api.log.add({ thingName: 'CP1' });
    return rows;
  };
  const reader = await read('?thingName=CP1', { 'last-event-id': '100' });
  await expect.poll(() => ids(reader).at(-1)).toBeGreaterThanOrEqual(1_200);
  for (let at = 0; at < 5; at += 1) api.log.add({ thingName: 'CP1' });
  const last = api.log.lastId();
  await expect.poll(() => ids(reader)).toEqual(range(101, last));
});

it('resumes by the query too, and from its end when the id is not of this log', async () => {
  for (let at = 0; at < 3; at += 1) api.log.add({ thingName: 'CP1' });
  const resumed = await read('?thingName=CP1&lastEventId=2');
  await expect.poll(() => ids(resumed)).toEqual([3]);
  const strange = await read('?thingName=CP1&lastEventId=999');
  await expect.poll(() => strange.of('ready')).toMatchObject([{ id: '3' }]);
  expect(strange.of('skipped')).toHaveLength(1);
  api.log.add({ thingName: 'CP1' });
  await expect.poll(() => ids(strange)).toEqual([4]);
});

it('for the whole fleet carries a bounded number of messages and says how many it left out', async () => {
  const reader = await read('?events=message');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  for (let at = 0; at < 1_000; at += 1) api.log.add({ thingName: `CP${at}` });
  await expect.poll(() => reader.of('skipped'), { timeout: 3_000 }).toHaveLength(1);
  expect(ids(reader).length + (reader.of('skipped')[0]!.data as { count: number }).count).toBe(1_000);
  expect(ids(reader)).toHaveLength(200);
});

it('with a filter carries all that matches of a busy fleet, and the other halves of these exchanges', async () => {
  const reader = await read('?events=message&kind=error');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  for (let at = 0; at < 1_000; at += 1) {
    api.log.add({ thingName: `CP${at}`, messageId: `${at}` });
    const kind = at % 100 === 0 ? 'error' : 'result';
    api.log.add({ thingName: `CP${at}`, messageId: `${at}`, kind, direction: 'out' });
  }
  await expect.poll(() => reader.of('message')).toHaveLength(10);
  expect(reader.of('partner').map(({ id, data }) => [id, (data as { kind: string }).kind])).toEqual(
    Array.from({ length: 10 }, () => [null, 'call']),
  );
  expect(reader.of('skipped')).toEqual([]);
});

it('carries charge points in batches, as they are then, and those removed', async () => {
  await api.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  const reader = await read('?events=thing');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  for (let at = 0; at < 50; at += 1) {
    api.log.add({
      thingName: 'CP1',
      kind: 'event',
      action: 'connected',
      connectionId: String(at),
      frame: '{"protocol":"ocpp1.6"}',
    });
  }
  await expect
    .poll(() => reader.of('thing'))
    .toMatchObject([{ data: { things: [{ thingName: 'CP1', connected: true }], removed: [] } }]);
  await api.registry.remove('CP1');
  await expect.poll(() => reader.of('thing')[1]?.data).toEqual({ things: [], removed: ['CP1'] });
});

it('carries commands, the summary and the door', async () => {
  const reader = await read('');
  await expect.poll(() => reader.of('summary')).toHaveLength(1);
  api.changeCommand(
    answeredCommand({
      thingName: 'CP1',
      action: 'ChangeConfiguration',
      payload: { key: 'AuthorizationKey', value: 'c0ffee' },
      sentBy: 'ada',
    }),
  );
  api.log.add({
    thingName: 'CP9',
    kind: 'event',
    action: 'refused',
    frame: '{"reason":"not-registered","remoteAddress":"::1","offeredProtocols":[]}',
  });
  await expect
    .poll(() => reader.of('command'))
    .toMatchObject([{ data: { payload: { key: 'AuthorizationKey', value: '•••' } } }]);
  await expect.poll(() => reader.of('door').at(-1)?.data).toMatchObject([{ thingName: 'CP9' }]);
});

it('carries sessions as they are stored, each once a batch', async () => {
  const reader = await read('?thingName=CP1&events=transaction');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  const { transactions } = api.records;
  const started = { id: 't1', transactionId: 'TX-1', protocol: 'ocpp2.0.1', startedAt: 1_000 } as const;
  for (const thingName of ['CP1', 'CP2']) await transactions.save(newRecord({ ...started, thingName, id: thingName }));
  const running = newRecord({ ...started, thingName: 'CP1', id: 'CP1' });
  await transactions.save({ ...running, energyWh: 1 });
  await transactions.save({ ...running, energyWh: 2 });
  await expect
    .poll(() => reader.of('transaction').flatMap(({ data }) => data))
    .toMatchObject([{ id: 'CP1', thingName: 'CP1', energyWh: 2, active: true }]);
  await transactions.close('CP1', 'ada');
  await expect
    .poll(() =>
      reader
        .of('transaction')
        .flatMap(({ data }) => data)
        .at(-1),
    )
    .toMatchObject({ id: 'CP1', active: false, closedBy: 'ada' });
});

it('leaves out messages for those who may not read frames', async () => {
  api.session.permissions = (permission) => permission !== 'messages:read';
  const reader = await read('?thingName=CP1');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  await api.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  api.log.add({ thingName: 'CP1' });
  await expect.poll(() => reader.of('thing')).toHaveLength(1);
  expect(reader.of('message')).toEqual([]);
});

it('ends when the session is revoked', async () => {
  const reader = await read('');
  api.session.valid = false;
  await reader.ended;
});

it('ends when the server closes', async () => {
  const reader = await read('');
  await api.app.close();
  await reader.ended;
});

it('cuts off a reader that does not read', async () => {
  const { port } = api.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write('GET /api/v1/stream?thingName=CP1&events=message HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  socket.pause();
  const frame = 'x'.repeat(60_000);
  let connections = 1;
  for (let at = 0; at < 2_000 && connections > 0; at += 1) {
    api.log.add({ thingName: 'CP1', frame });
    await new Promise(setImmediate);
    connections = await new Promise<number>((resolve) =>
      api.app.server.getConnections((_error, count) => resolve(count)),
    );
  }
  expect(connections).toBe(0);
  socket.resume();
  await closed;
});

it('says which local lists are worth fetching again when a token that they hold is changed or removed', async () => {
  const { localLists, idTokens } = api.records;
  const changes = [{ idToken: 'Card', type: null, info: { status: 'Accepted' } }];
  const update = { updateType: 'Full' as const, version: 1, changes };
  for (const name of ['CP1', 'CP2']) {
    const held = name === 'CP1' ? update : { ...update, changes: [] };
    await localLists.answered(name, 'c1', { status: 'Accepted', update: held });
  }
  const reader = await read('?events=changed');
  await expect.poll(() => reader.of('ready')).toHaveLength(1);
  const facts = {
    type: 'ISO14443',
    expiresAt: null,
    groupIdToken: null,
    concurrentLimit: 1,
    language: null,
    note: null,
  };
  const change = { thingName: 'CP1', records: 'local-list' };
  await idTokens.put({ ...facts, idToken: 'CARD', status: 'Blocked' });
  await expect.poll(() => reader.of('changed').map(({ data }) => data)).toEqual([change]);
  await idTokens.remove('card');
  await expect.poll(() => reader.of('changed').map(({ data }) => data)).toEqual([change, change]);
});
