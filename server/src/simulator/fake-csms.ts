import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Heard {
  type: number;
  messageId: string;
  action: string;
  payload: Record<string, unknown>;
}

export interface FakeCsms {
  url: string;
  /** Every call that came, in order. */
  calls: Heard[];
  connections: { authorization: string | undefined; path: string | undefined }[];
  /** Waits for the `nth` call of that action. */
  heard(action: string, nth?: number): Promise<Heard>;
  /** Asks the charge point that connected last. */
  ask(action: string, payload: object): Promise<{ type: number; body: unknown[] }>;
  dropConnection(): void;
  close(): Promise<void>;
}

export interface FakeCsmsOptions {
  protocols: string[];
  answer: (action: string, payload: Record<string, unknown>, nth: number) => object;
  refuseWith?: number;
}

/** For tests: the smallest server that a charge point can talk to. */
export async function startFakeCsms({ protocols, answer, refuseWith }: FakeCsmsOptions): Promise<FakeCsms> {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
    verifyClient: (_info, decide) => decide(refuseWith === undefined, refuseWith),
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const calls: Heard[] = [];
  const connections: FakeCsms['connections'] = [];
  const asked = new Map<string, (answer: { type: number; body: unknown[] }) => void>();
  let listeners: (() => void)[] = [];
  let current: WebSocket | null = null;

  server.on('connection', (socket, request) => {
    current = socket;
    connections.push({ authorization: request.headers.authorization, path: request.url });
    socket.on('message', (data) => {
      const [type, messageId, ...body] = JSON.parse(data.toString()) as [number, string, ...unknown[]];
      if (type !== 2) return asked.get(messageId)?.({ type, body });
      const [action, payload] = body as [string, Record<string, unknown>];
      calls.push({ type, messageId, action, payload });
      const nth = calls.filter((call) => call.action === action).length;
      socket.send(JSON.stringify([3, messageId, answer(action, payload, nth)]));
      for (const listener of listeners) listener();
    });
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp`,
    calls,
    connections,
    heard(action, nth = 1) {
      const find = () => calls.filter((call) => call.action === action)[nth - 1];
      return new Promise((resolve) => {
        const check = () => {
          const call = find();
          if (call === undefined) return;
          listeners = listeners.filter((listener) => listener !== check);
          resolve(call);
        };
        listeners.push(check);
        check();
      });
    },
    ask(action, payload) {
      const messageId = randomUUID();
      return new Promise((resolve) => {
        asked.set(messageId, resolve);
        current?.send(JSON.stringify([2, messageId, action, payload]));
      });
    },
    dropConnection: () => current?.terminate(),
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const TIME = '2026-01-01T00:00:00.000Z';

/** What a friendly CSMS says. */
export function friendly(action: string, _payload: Record<string, unknown>, _nth: number): object {
  switch (action) {
    case 'BootNotification':
      return { status: 'Accepted', currentTime: TIME, interval: 300 };
    case 'Heartbeat':
      return { currentTime: TIME };
    case 'Authorize':
      return { idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } };
    case 'StartTransaction':
      return { transactionId: 77, idTagInfo: { status: 'Accepted' } };
    default:
      return {};
  }
}
