import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { eventually } from '../../test/support/eventually.ts';
import { handshake } from '../../test/support/raw-charge-point.ts';
import { openEmbeddedBus } from '../bus/embedded/embedded-bus.ts';
import type { BusMessage, MessageBus } from '../bus/message-bus.ts';
import { outTopic } from '../bus/topics.ts';
import { openMessageLog } from '../message-log/journaled-message-log.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import { gatewayPlugin } from './gateway.plugin.ts';
import { refuseUnreadableUrl, websocketPluginOptions } from './handshake/websocket-server.ts';

/** CP1 needs no password, CP2's is `secret`. */
const registry = {
  admit: (thingName, basic) => {
    if (thingName === 'CP1') return { admitted: true, thing: {}, credential: null };
    if (thingName !== 'CP2') return { admitted: false, reason: 'not-registered' };
    if (basic === null) return { admitted: false, reason: 'credentials-missing' };
    const good = basic.userName === 'CP2' && basic.password.equals(Buffer.from('secret'));
    return good ? { admitted: true, thing: {}, credential: null } : { admitted: false, reason: 'bad-credentials' };
  },
  lookUp: async () => 'known',
  reachProfile: async () => undefined,
  onChange: () => () => {},
} as Pick<Registry, 'admit' | 'lookUp' | 'onChange' | 'reachProfile'> as Registry;

const HEARTBEAT = '[2,"h1","Heartbeat",{}]';

let dataDir: string;
let log: MessageLog;
let bus: MessageBus;
let app: FastifyInstance;
let said: BusMessage[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  log = await openMessageLog({ dataDir });
  bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  said = [];
  await bus.subscribe('+/in', (message) => said.push(message));
  app = Fastify({ frameworkErrors: refuseUnreadableUrl });
  await app.register(websocket, websocketPluginOptions(65_536));
  let ids = 0;
  await app.register(gatewayPlugin, {
    config: {
      ocppPath: '/ocpp',
      tls: null,
      pingIntervalSeconds: 60,
      callTimeoutSeconds: 30,
      maxFramesPerSecond: 1_000,
    },
    registry,
    bus,
    log,
    validator: await createValidator(),
    instance: 'test',
    instances: null,
    now: Date.now,
    newId: () => `connection-${++ids}`,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  await app.close();
  await bus.close();
  await log.close();
  await rm(dataDir, { recursive: true, force: true });
});

const port = (): number => (app.server.address() as { port: number }).port;

async function dial(
  path: string,
  protocols: string[] = ['ocpp1.6'],
  headers = {},
): Promise<WebSocket & { received: string[] }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port()}/ocpp/${path}`, protocols, { headers });
  const received: string[] = [];
  socket.on('message', (data: Buffer) => received.push(data.toString()));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    socket.once('error', reject);
  });
  return Object.assign(socket, { received });
}

const closed = (socket: WebSocket): Promise<{ code: number }> =>
  new Promise((resolve) => socket.once('close', (code) => resolve({ code })));

const rows = async (filter: Partial<Parameters<MessageLog['query']>[0]> = {}): Promise<LogRow[]> =>
  log.query({ limit: 100, order: 'asc', ...filter });

it('whoever comes while it stops does not hold up the stop', async () => {
  const says = async (socket: Socket, words: RegExp): Promise<void> => {
    let text = '';
    for await (const data of socket.iterator({ destroyOnReturn: false })) {
      text += String(data);
      if (words.test(text)) return;
    }
    throw new Error(`It ended with ${text}`);
  };
  // It does not answer the close, so that the stop waits for it.
  const silent = connect(port(), '127.0.0.1');
  silent.write(handshake('/ocpp/CP1', 'ocpp1.6'));
  await says(silent, /HTTP\/1.1 101/);
  const stopped = app.close();
  await says(silent, /Going away/);
  const late = connect(port(), '127.0.0.1');
  late.write(handshake('/ocpp/CP1', 'ocpp1.6'));
  await says(late, /HTTP\/1.1 503/);
  silent.destroy();
  await stopped;
  late.destroy();
}, 15_000);

describe('the handshake', () => {
  it('answers 404 to a charge point that is not registered, and keeps the refusal', async () => {
    await expect(dial('CP9')).rejects.toThrow('HTTP 404');
    await eventually(async () => {
      const [row] = await rows({ action: 'refused' });
      expect(row?.thingName).toBe('CP9');
      expect(JSON.parse(row?.frame ?? '')).toMatchObject({ reason: 'not-registered', offeredProtocols: ['ocpp1.6'] });
    });
  });

  it('answers 401 to wrong or missing credentials and lets the right ones in, also after many failures', async () => {
    const wrong = { authorization: `Basic ${Buffer.from('CP2:guess').toString('base64')}` };
    await expect(dial('CP2')).rejects.toThrow('HTTP 401');
    for (let n = 0; n < 4; n += 1) await expect(dial('CP2', ['ocpp1.6'], wrong)).rejects.toThrow('HTTP 401');
    await expect(dial('CP2', ['ocpp1.6'], wrong)).rejects.toThrow('HTTP 429');
    const right = { authorization: `Basic ${Buffer.from('CP2:secret').toString('base64')}` };
    const socket = await dial('CP2', ['ocpp1.6'], right);
    expect(socket.protocol).toBe('ocpp1.6');
    socket.terminate();
  });

  it('keeps who asked at a wrong address', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port()}/steve/websocket/CentralSystemService/CP1`, ['ocpp1.6']);
    await new Promise<void>((resolve) => socket.once('error', () => resolve()));
    await eventually(async () => {
      const [row] = await rows({ action: 'refused' });
      expect(row?.thingName).toBe('CP1');
      expect(JSON.parse(row?.frame ?? '')).toMatchObject({ reason: 'wrong-path', offeredProtocols: ['ocpp1.6'] });
    });
  });

  it('forgives a slash at the end of the address, and keeps the refusals there too', async () => {
    const socket = await dial('CP1/');
    expect(socket.protocol).toBe('ocpp1.6');
    socket.terminate();
    await expect(dial('CP9/')).rejects.toThrow('HTTP 404');
    await eventually(async () =>
      expect((await rows({ action: 'refused' })).map((row) => row.thingName)).toEqual(['CP9']),
    );
  });

  it('takes the highest version that both know', async () => {
    const socket = await dial('CP1', ['ocpp1.6', 'unknown', 'ocpp2.1', 'ocpp2.0.1']);
    expect(socket.protocol).toBe('ocpp2.1');
    socket.terminate();
  });

  it('completes without a subprotocol and closes when none is common', async () => {
    const raw = connect(port(), '127.0.0.1');
    raw.write(
      'GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ocpp1.5\r\n\r\n',
    );
    let answer = '';
    raw.on('data', (bytes: Buffer) => {
      answer += bytes.toString('latin1');
    });
    await eventually(() => expect(answer).toContain('101 Switching Protocols'));
    expect(answer.toLowerCase()).not.toContain('sec-websocket-protocol');
    // A close frame: 0x88.
    await eventually(() => expect(answer).toContain('\x88'));
    raw.destroy();
    await eventually(async () => {
      const [row] = await rows({ action: 'refused' });
      expect(JSON.parse(row?.frame ?? '')).toMatchObject({ reason: 'no-common-subprotocol' });
    });
  });

  it.each(['CP%E0%A4%A', 'CP%00', 'a%2Fb', '%2B', '%23', '$SYS', `${'x'.repeat(200)}`, 'CP%2531'])(
    'refuses the identity %s and lives on',
    async (identity) => {
      await expect(dial(identity)).rejects.toThrow(/HTTP 4\d\d/);
      const socket = await dial('CP1');
      socket.terminate();
    },
  );

  it('survives a socket that is reset in the middle of the handshake', async () => {
    for (let n = 0; n < 20; n += 1) {
      const raw = connect(port(), '127.0.0.1');
      raw.on('error', () => {});
      await new Promise<void>((resolve) => raw.once('connect', () => resolve()));
      raw.write('GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n');
      raw.resetAndDestroy();
    }
    const socket = await dial('CP1');
    socket.terminate();
  });
});

describe('a connection', () => {
  it('carries a CALL to the bus and its answer back, both in the log before the answer leaves', async () => {
    const socket = await dial('CP1');
    await bus.subscribe('+/in', () =>
      bus.publish({ topic: outTopic('CP1'), text: '[3,"h1",{"currentTime":"2026-05-04T12:00:00Z"}]' }),
    );
    socket.send(HEARTBEAT);
    await eventually(() => expect(socket.received).toHaveLength(1));
    const [call, result] = await rows({ messageId: 'h1' });
    expect(call).toMatchObject({ direction: 'in', kind: 'call', action: 'Heartbeat', frame: HEARTBEAT });
    expect(result).toMatchObject({ direction: 'out', kind: 'result', action: 'Heartbeat', frame: socket.received[0] });
    expect(result?.latencyMs).toBeGreaterThanOrEqual(0);
    socket.terminate();
  });

  it('has one CALL outstanding; the next goes out after the answer', async () => {
    const socket = await dial('CP1');
    for (const id of ['a', 'b']) bus.publish({ topic: outTopic('CP1'), text: `[2,"${id}","ClearCache",{}]` });
    await eventually(() => expect(socket.received).toEqual(['[2,"a","ClearCache",{}]']));
    socket.send('[3,"a",{"status":"Accepted"}]');
    await eventually(() => expect(socket.received).toHaveLength(2));
    const [answer] = await rows({ kind: 'result' });
    expect(answer).toMatchObject({ action: 'ClearCache', messageId: 'a' });
    socket.terminate();
  });

  it('gives up a CALL with its sender: those behind it get their turn, and what is too late is not sent', async () => {
    const socket = await dial('CP1');
    const call = (id: string, answerWithinMs?: number) =>
      bus.publish({
        topic: outTopic('CP1'),
        text: `[2,"${id}","ClearCache",{}]`,
        ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
      });
    call('a', 200);
    await eventually(() => expect(socket.received).toHaveLength(1));
    call('late', 100);
    await eventually(async () => expect(await rows({ action: 'undelivered' })).toHaveLength(1));
    call('c');
    await eventually(() => expect(socket.received).toHaveLength(2));
    expect(socket.received[1]).toContain('"c"');
    const [late] = await rows({ action: 'undelivered' });
    expect(JSON.parse(late?.frame ?? '')).toMatchObject({ frame: expect.stringContaining('"late"') });
    socket.terminate();
  });

  it('does not send a frame that breaks its schema or answers nothing; the log says why', async () => {
    const socket = await dial('CP1');
    bus.publish({ topic: outTopic('CP1'), text: '[2,"a","Reset",{"type":"Gently"}]' });
    bus.publish({ topic: outTopic('CP1'), text: '[3,"nobody asked",{}]' });
    bus.publish({ topic: outTopic('CP1'), text: 'not json' });
    await eventually(async () => expect(await rows({ action: 'undelivered' })).toHaveLength(3));
    expect(socket.received).toEqual([]);
    socket.terminate();
  });

  it('records the violations of what a charge point sends, and passes it on', async () => {
    const socket = await dial('CP1');
    socket.send('[2,"b1","BootNotification",{"chargePointVendor":"Acme"}]');
    await eventually(() => expect(said).toHaveLength(1));
    const [row] = await rows({ messageId: 'b1' });
    expect(row?.violations?.[0]).toMatchObject({ rule: 'required', code: 'OccurrenceConstraintViolation' });
    socket.terminate();
  });

  it('drops what is unreadable in 1.6 and answers RpcFrameworkError with id "-1" in 2.x', async () => {
    const old = await dial('CP1');
    old.send('{nonsense');
    await eventually(async () => expect(await rows({ kind: 'malformed' })).toHaveLength(1));
    expect(old.received).toEqual([]);
    const newer = await dial('CP1', ['ocpp2.0.1']);
    newer.send('{nonsense');
    await eventually(() => expect(newer.received[0]).toContain('"-1","RpcFrameworkError"'));
    newer.terminate();
  });

  it('is closed with 1003 when it sends binary, and 1009 when it sends too much', async () => {
    const binary = await dial('CP1');
    binary.send(Buffer.from(HEARTBEAT), { binary: true });
    expect(await closed(binary)).toEqual({ code: 1003 });
    const long = await dial('CP1');
    long.send(`[2,"x","DataTransfer",{"vendorId":"${'x'.repeat(70_000)}"}]`);
    expect(await closed(long)).toEqual({ code: 1009 });
  });

  it('gives way to a newer one of the same identity, whose state the late close does not touch', async () => {
    const presence: { connected: boolean; epoch: number; connectionId: string }[] = [];
    await bus.subscribe('cpo-console/presence/+', ({ text }) => presence.push(JSON.parse(text)));
    const older = await dial('CP1');
    const olderClosed = closed(older);
    const newer = await dial('CP1');
    expect(await olderClosed).toEqual({ code: 1008 });
    await eventually(() => expect(presence).toHaveLength(3));
    const last = presence.findLast(({ connected }) => connected);
    const stale = presence.find(({ connected }) => !connected);
    expect(stale?.epoch).toBeLessThan(last?.epoch ?? 0);
    bus.publish({ topic: outTopic('CP1'), text: '[2,"a","ClearCache",{}]' });
    await eventually(() => expect(newer.received).toHaveLength(1));
    newer.terminate();
  });

  it('is asked for a sign of life when its identity comes again; a fourth one within ten minutes is refused', async () => {
    let last = await dial('CP1');
    for (let n = 0; n < 3; n += 1) last = await dial('CP1');
    await expect(dial('CP1')).rejects.toThrow('HTTP 409');
    expect((await rows({ action: 'identity-conflict' })).map((row) => row.connectionId)).toEqual([
      'connection-1',
      'connection-2',
      'connection-3',
    ]);
    const [refused] = await rows({ action: 'refused' });
    expect(JSON.parse(refused?.frame ?? '')).toMatchObject({ reason: 'identity-conflict' });
    bus.publish({ topic: outTopic('CP1'), text: '[2,"a","ClearCache",{}]' });
    await eventually(() => expect(last.received).toHaveLength(1));
    last.terminate();
  });

  it('that shows no sign of life gives way within seconds, without a conflict; of several that wait the newest gets in', async () => {
    const dead = new WebSocket(`ws://127.0.0.1:${port()}/ocpp/CP1`, ['ocpp1.6'], { autoPong: false });
    await new Promise((resolve) => dead.once('open', resolve));
    const impatient = dial('CP1');
    const refused = expect(impatient).rejects.toThrow('HTTP 409');
    const newer = await dial('CP1');
    await refused;
    expect(newer.readyState).toBe(WebSocket.OPEN);
    expect(await rows({ action: 'identity-conflict' })).toEqual([]);
    await eventually(async () => {
      const [row] = await rows({ action: 'disconnected' });
      expect(row).toMatchObject({ connectionId: 'connection-1', frame: expect.stringContaining('did not answer') });
    });
    newer.terminate();
  }, 15_000);

  it('is closed with 1001 when the gateway stops', async () => {
    const socket = await dial('CP1');
    const closing = closed(socket);
    await app.close();
    expect(await closing).toEqual({ code: 1001 });
  });
});
