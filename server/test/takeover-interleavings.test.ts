import { EventEmitter } from 'node:events';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { createValidator, type Validator } from '@cpo-console/shared/ocpp/validate.ts';
import { initialState } from '@cpo-console/shared/projection/charge-point-state.ts';
import { fold } from '@cpo-console/shared/projection/fold.ts';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openEmbeddedBus } from '../src/bus/embedded/embedded-bus.ts';
import { outTopic } from '../src/bus/topics.ts';
import { createCsms } from '../src/csms/dispatch/csms.ts';
import { createPresences } from '../src/csms/presences.ts';
import { gatewayPlugin } from '../src/gateway/gateway.plugin.ts';
import type { MessageLog } from '../src/message-log/message-log.ts';
import type { Registry } from '../src/registry/registry.ts';
import { FakeSocket } from './support/fake-socket.ts';

// One charge point whose connections come, overlap and end in every order, against the gateway and the csms as they are;
// only sockets, disk and time are the test's. Message ids come again on each connection, as charge points number them.

const INTERLEAVINGS = 1_000;
const IDS = ['1', '2', '3'];
const STEPS = ['dial', 'dial-dying', 'wait', 'say', 'handled', 'command', 'reply', 'gone', 'dead', 'durable'] as const;
type Step = { do: (typeof STEPS)[number]; pick: number };

let validator: Validator;
beforeAll(async () => {
  validator = await createValidator();
});
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Peer {
  socket: FakeSocket;
  isAlive: boolean;
  /** CALLs that it was sent and has not answered. */
  asked: string[];
}

type Handshake = (request: object, reply: object) => Promise<void>;
type Accept = (socket: object, request: object) => void;

async function startStage() {
  const bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  const rows: LogRow[] = [];
  const notDurable: ((failure: null) => void)[] = [];
  const log = {
    append: (row: Omit<LogRow, 'id'>) => void rows.push({ ...row, id: rows.length + 1 }),
    whenDurable: (done: (failure: null) => void) => void notDurable.push(done),
  } as unknown as MessageLog;
  const registry = {
    admit: () => ({ admitted: true, thing: {}, credential: null }),
    lookUp: async () => 'known',
    reachProfile: async () => undefined,
    onChange: () => () => undefined,
  } as unknown as Registry;
  const presences = createPresences();
  const inHand: (() => void)[] = [];
  const csms = createCsms({
    bus,
    validator,
    presences,
    boots: { maySend: () => true },
    routes: {
      'ocpp1.6': new Map([
        [
          'DataTransfer',
          (request: unknown) =>
            new Promise((resolve) =>
              inHand.push(() => resolve({ status: 'Accepted', data: (request as { data: string }).data })),
            ),
        ],
      ]),
      'ocpp2.0.1': new Map(),
      'ocpp2.1': new Map(),
    },
    tolerances: { of: () => ({ mode: 'strict' }) as never },
    stationOf: () => null,
    shared: null,
    sends: { 'ocpp1.6': new Map(), 'ocpp2.0.1': new Map(), 'ocpp2.1': new Map() },
    commands: {
      answered: () => false,
      moved: () => undefined,
      notCarried: () => undefined,
      booted: () => undefined,
    },
    now: Date.now,
    logger: { info() {}, warn() {}, error() {} },
  });
  await csms.start();

  let handshake: Handshake = async () => undefined;
  let accept: Accept = () => undefined;
  let close = async (): Promise<void> => undefined;
  let ids = 0;
  const app = {
    server: new EventEmitter(),
    websocketServer: new EventEmitter(),
    get(_path: string, options: { preValidation: Handshake }, handler: Accept) {
      handshake = options.preValidation;
      accept = handler;
    },
    addHook: (_name: string, hook: () => Promise<void>) => {
      close = hook;
    },
  };
  await gatewayPlugin(app as unknown as FastifyInstance, {
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
    validator,
    instance: 'test',
    instances: null,
    now: Date.now,
    newId: () => `c${++ids}`,
  });

  const peers: Peer[] = [];
  /** The newest that was taken. */
  let current: Peer | null = null;
  let said = 0;

  async function dial(isAlive: boolean): Promise<void> {
    const peer: Peer = { socket: null as never, isAlive, asked: [] };
    const request = { params: { identity: 'CP1' }, headers: {}, ip: '::1', ws: true, raw: { socket: {} } };
    let refused = false;
    const send = async () => {
      refused = true;
    };
    await handshake(request, { header: () => undefined, code: () => ({ send }) });
    if (refused) return;
    const place = peers.length;
    peer.socket = new FakeSocket({ isPeerAlive: () => peer.isAlive, onSent: (text) => hears(peer, place, text) });
    peers.push(peer);
    current = peer;
    accept(peer.socket, request);
  }

  function hears(peer: Peer, place: number, text: string): void {
    const [type, id, payload] = JSON.parse(text) as [number, string, { data?: string }];
    if (type === 2) {
      expect(peer).toBe(current);
      peer.asked.push(id);
    } else {
      expect(payload.data).toMatch(new RegExp(`^${place} ${id} `));
    }
  }

  const take: Record<Step['do'], (pick: number) => unknown> = {
    dial: () => void dial(true),
    'dial-dying': () => void dial(false),
    wait: () => vi.advanceTimersByTimeAsync(5_000),
    say(pick) {
      const place = pick % (peers.length || 1);
      const { socket } = peers[place] ?? {};
      if (socket === undefined || socket.readyState === 3) return;
      const id = IDS[pick % IDS.length];
      const data = `${place} ${id} ${++said}`;
      socket.emit('message', Buffer.from(JSON.stringify([2, id, 'DataTransfer', { vendorId: 'v', data }])), false);
    },
    handled: () => inHand.shift()?.(),
    command: () => bus.publish({ topic: outTopic('CP1'), text: `[2,"ours${++said}","ClearCache",{}]` }),
    reply(pick) {
      const peer = peers[pick % (peers.length || 1)];
      const id = peer?.asked.shift();
      if (peer === undefined || id === undefined || peer.socket.readyState === 3) return;
      peer.socket.emit('message', Buffer.from(`[3,"${id}",{"status":"Accepted"}]`), false);
    },
    gone: (pick) => peers[pick % (peers.length || 1)]?.socket.gone(),
    dead(pick) {
      const peer = peers[pick % (peers.length || 1)];
      if (peer !== undefined) peer.isAlive = false;
    },
    durable: () => notDurable.splice(0).map((done) => done(null)),
  };

  function check(): void {
    if (current === null) return;
    const isOpen = current.socket.readyState !== 3;
    const newest = rows.findLast(({ action }) => action === 'connected');
    const presence = presences.get('CP1');
    expect(presence).toMatchObject({ connected: isOpen, connectionId: newest?.connectionId });
    const state = rows.reduce((before, row) => fold(before, row), initialState('CP1'));
    expect(state).toMatchObject({ connected: isOpen, connectionId: newest?.connectionId });
  }

  return {
    async play(steps: readonly Step[]) {
      for (const step of steps) {
        await take[step.do](step.pick);
        await Promise.resolve();
        check();
      }
      // To the end: whatever was still on its way arrives.
      await vi.advanceTimersByTimeAsync(5_000);
      while (inHand.length > 0 || notDurable.length > 0) {
        take.handled(0);
        await vi.advanceTimersByTimeAsync(5_000);
        take.durable(0);
      }
      check();
      for (const { socket } of peers) socket.gone();
      check();
    },
    async stop() {
      await vi.advanceTimersByTimeAsync(5_000);
      for (const { socket } of peers) socket.gone();
      await close();
      await csms.close();
    },
  };
}

test('whatever the order in which connections overlap, none touches another', async () => {
  const step = fc.record({ do: fc.constantFrom(...STEPS), pick: fc.nat(11) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const stage = await startStage();
      try {
        await stage.play(steps);
      } finally {
        await stage.stop();
      }
    }),
    { seed: 20_260_504, numRuns: INTERLEAVINGS },
  );
}, 120_000);
