import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { beforeEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { FakeSocket } from '../../../test/support/fake-socket.ts';
import { createMemoryMessageLog } from '../../../test/support/memory-message-log.ts';
import { openEmbeddedBus } from '../../bus/embedded/embedded-bus.ts';
import { ChargePointConnection } from './charge-point-connection.ts';
import { listenTo } from './listen-to.ts';

// 100 frames a second, 200 at once; the clock stands still unless the test moves it.

const validator = await createValidator();
const bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
await bus.subscribe('+/in', () => {
  heard += 1;
});
const HEARTBEAT = Buffer.from('[2,"h","Heartbeat",{}]');
const NOBODY_ASKED = Buffer.from('[3,"x",{}]');
let time: number;
let heard: number;
beforeEach(() => {
  time = 1_700_000_000_000;
  heard = 0;
});

function connect(thingName: string) {
  const socket = new FakeSocket({ isPeerAlive: () => true, onSent: () => undefined });
  const connection = new ChargePointConnection(
    socket as unknown as WebSocket,
    { thingName, connectionId: 'c', protocol: 'ocpp1.6', epoch: 1, remoteAddress: '::1', credential: null },
    {
      bus,
      log: createMemoryMessageLog(),
      validator,
      now: () => time,
      callTimeoutMs: 30_000,
      msPerFrame: 10,
      onClosed: () => undefined,
    },
  );
  listenTo(socket as unknown as WebSocket, connection);
  const say = (frame: Buffer, times: number): void => {
    for (let n = 0; n < times; n += 1) socket.emit('message', frame, false);
  };
  const tick = (): void => connection.tick(time, 60_000);
  return { socket, say, tick };
}

it('a charge point that sends too much is left unread until it is back at the highest rate; another is not', () => {
  const flooder = connect('FLOODER');
  const neighbour = connect('NEIGHBOUR');
  flooder.say(NOBODY_ASKED, 200);
  expect(flooder.socket.isPaused).toBe(false);
  flooder.say(NOBODY_ASKED, 300);
  expect(flooder.socket.isPaused).toBe(true);
  neighbour.say(HEARTBEAT, 1);
  expect(neighbour.socket.isPaused).toBe(false);
  expect(heard).toBe(501);
  // What was read beyond the rate is paid back before more is read.
  time += 2_900;
  flooder.tick();
  expect(flooder.socket.isPaused).toBe(true);
  time += 100;
  flooder.tick();
  expect(flooder.socket.isPaused).toBe(false);
});

it('pings count as frames do', () => {
  const { socket } = connect('FLOODER');
  for (let n = 0; n < 201; n += 1) socket.emit('ping', Buffer.alloc(0));
  expect(socket.isPaused).toBe(true);
});

it('at the highest rate it is read for ever', () => {
  const { socket, say } = connect('BUSY');
  for (let n = 0; n < 10_000; n += 1) {
    time += 10;
    say(NOBODY_ASKED, 1);
    expect(socket.isPaused).toBe(false);
  }
});
