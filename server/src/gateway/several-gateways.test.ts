import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { eventually } from '../../test/support/eventually.ts';
import { createMemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { openEmbeddedBus } from '../bus/embedded/embedded-bus.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import { type Presence, readPresence } from '../bus/presence.ts';
import { ALL_PRESENCE, outTopic } from '../bus/topics.ts';
import { createPresences, type Presences } from '../csms/presences.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import { gatewayPlugin } from './gateway.plugin.ts';
import { websocketPluginOptions } from './handshake/websocket-server.ts';

const registry = {
  admit: () => ({ admitted: true, thing: {}, credential: null }),
  lookUp: async () => 'known',
  reachProfile: async () => undefined,
  onChange: () => () => {},
} as unknown as Registry;

const HOUR_MS = 3_600_000;

let bus: MessageBus;
let log: MessageLog;
let gone: string[];
let presences: Presences;
let gateways: FastifyInstance[];
let sockets: WebSocket[];

beforeEach(async () => {
  bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  log = createMemoryMessageLog();
  gone = [];
  log.subscribe((entries) => {
    for (const { row } of entries) if (row.action === 'disconnected') gone.push(row.connectionId);
  });
  presences = createPresences();
  gateways = [];
  sockets = [];
  await bus.subscribe(ALL_PRESENCE, ({ text }) => presences.take('CP1', readPresence(text) as Presence));
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await bus.close();
});

async function startGateway(instance: string, now: () => number = Date.now): Promise<FastifyInstance> {
  const gateway = Fastify();
  gateways.push(gateway);
  await gateway.register(websocket, websocketPluginOptions(65_536));
  let ids = 0;
  await gateway.register(gatewayPlugin, {
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
    instance,
    instances: null,
    now,
    newId: () => `${instance}-${++ids}`,
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  return gateway;
}

async function dial(gateway: FastifyInstance): Promise<{ received: string[]; closed: Promise<number> }> {
  const { port } = gateway.server.address() as { port: number };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ocpp/CP1`, ['ocpp1.6']);
  sockets.push(socket);
  const received: string[] = [];
  socket.on('message', (data: Buffer) => received.push(data.toString()));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return { received, closed };
}

const command = (): void => bus.publish({ topic: outTopic('CP1'), text: '[2,"a","ClearCache",{}]' });

describe('a charge point that moves to another gateway', () => {
  it('has one live socket, the new one, and never counts as away', async () => {
    const [east, west] = [await startGateway('east'), await startGateway('west')];
    const older = await dial(east);
    const newer = await dial(west);
    expect(await older.closed).toBe(1008);
    await eventually(() => expect(gone).toEqual(['east-1']));
    expect(presences.get('CP1')).toMatchObject({ connectionId: 'west-1', connected: true });
    command();
    await eventually(() => expect(newer.received).toHaveLength(1));
    expect(older.received).toEqual([]);
    const back = await dial(east);
    expect(await newer.closed).toBe(1008);
    command();
    await eventually(() => expect(back.received).toHaveLength(1));
  });

  it('is taken by one whose clock is an hour behind', async () => {
    const [east, west] = [await startGateway('east'), await startGateway('west', () => Date.now() - HOUR_MS)];
    const older = await dial(east);
    await dial(west);
    expect(await older.closed).toBe(1008);
    expect(presences.get('CP1')).toMatchObject({ connectionId: 'west-1', connected: true });
  });

  it('is taken at the second try by one that started late with its clock behind', async () => {
    const older = await dial(await startGateway('east'));
    const west = await startGateway('west', () => Date.now() - HOUR_MS);
    const first = await dial(west);
    expect(await first.closed).toBe(1008);
    const second = await dial(west);
    expect(await older.closed).toBe(1008);
    command();
    await eventually(() => expect(second.received).toHaveLength(1));
  });
});
