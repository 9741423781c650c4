import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { beforeEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { FakeSocket } from '../../../test/support/fake-socket.ts';
import { createMemoryMessageLog, type MemoryMessageLog } from '../../../test/support/memory-message-log.ts';
import { openEmbeddedBus } from '../../bus/embedded/embedded-bus.ts';
import { ChargePointConnection } from './charge-point-connection.ts';
import { listenTo } from './listen-to.ts';

// A network that ends without a word, as that of a modem does: TCP would find out after hours, if ever.

const PING_INTERVAL_MS = 60_000;
const validator = await createValidator();
const bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
let time: number;
let isAlive: boolean;
let isEnded: boolean;
let log: MemoryMessageLog;
let socket: FakeSocket;
let connection: ChargePointConnection;
beforeEach(() => {
  time = 1_700_000_000_000;
  isAlive = true;
  isEnded = false;
  log = createMemoryMessageLog();
  socket = new FakeSocket({ isPeerAlive: () => isAlive, onSent: () => undefined });
  connection = new ChargePointConnection(
    socket as unknown as WebSocket,
    { thingName: 'CP1', connectionId: 'c', protocol: 'ocpp1.6', epoch: 1, remoteAddress: '::1', credential: null },
    {
      bus,
      log,
      validator,
      now: () => time,
      callTimeoutMs: 30_000,
      msPerFrame: 1_000,
      onClosed: () => (isEnded = true),
    },
  );
  listenTo(socket as unknown as WebSocket, connection);
});

/** So many seconds, with the pongs that come in them. */
async function pass(seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n += 1) {
    time += 1_000;
    connection.tick(time, PING_INTERVAL_MS);
    await Promise.resolve();
    if (socket.readyState === 2) socket.gone();
  }
}

it('a charge point that answers pings stays, also when it says nothing for hours', async () => {
  await pass(7_200);
  expect(isEnded).toBe(false);
});

it('one that is gone is cut off at the second ping, and the log says why', async () => {
  await pass(61);
  isAlive = false;
  await pass(60);
  expect(isEnded).toBe(false);
  await pass(60);
  expect(isEnded).toBe(true);
  const [row] = await log.query({ thingName: 'CP1', action: 'disconnected', limit: 1 });
  expect(JSON.parse(row?.frame ?? '')).toEqual({ code: 1006, reason: 'It does not answer pings' });
});

it('one that we leave unread is not: its pong would not be seen', async () => {
  await pass(61);
  isAlive = false;
  await pass(60);
  const tooMuch = Buffer.from('[3,"x",{}]');
  for (let n = 0; n < 200; n += 1) socket.emit('message', tooMuch, false);
  expect(socket.isPaused).toBe(true);
  await pass(60);
  expect(isEnded).toBe(false);
});
