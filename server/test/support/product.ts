import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { type BuildAppOptions, type BuiltApp, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { testDatabaseUrl } from '../../src/database/testing/open-test-database.ts';

const TOKEN = 'product-token-that-is-long-enough';

export type CallAnswer = { result: unknown } | { code: string; description?: string } | null;
/** What a charge point answers to a CALL of ours; null: never. */
export type OnCall = (action: string, payload: unknown) => CallAnswer | Promise<CallAnswer>;

/** A charge point: frames on a socket, as its test wants them. */
export interface WireChargePoint {
  /** Sends a CALL and resolves with the frame that answers it. */
  call(action: string, payload: unknown): Promise<unknown[]>;
  /** Sends a text as it is. */
  say(text: string): void;
  /** Every frame that came, oldest first. */
  readonly heard: readonly unknown[][];
  onCall(answer: OnCall): void;
  close(): Promise<void>;
}

export interface Product {
  url: string;
  dataDir: string;
  /** Calls the REST API as an administrator; anything but a success throws what the problem says. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
  /** The status and body, whatever they are. */
  request(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** The answer to an administrator's request as it comes. */
  raw(
    method: string,
    path: string,
    init?: { body?: NonNullable<RequestInit['body']>; headers?: Record<string, string> },
  ): Promise<Response>;
  /** Registers the thing if need be, and connects. */
  connect(thingName: string, protocol: OcppVersion): Promise<WireChargePoint>;
  stop(): Promise<void>;
}

/** The whole product as it ships, with charge points and operators that are tests. */
export async function startProduct(
  environment: Record<string, string> = {},
  more: Omit<BuildAppOptions, 'config'> = {},
): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'product-'));
  const databaseUrl = await testDatabaseUrl(dataDir);
  const database = databaseUrl === null ? {} : { DATABASE_URL: databaseUrl };
  const read = readConfig({ ...database, DATA_DIR: dataDir, ADMIN_TOKEN: TOKEN, LOG_LEVEL: 'fatal', ...environment });
  if (!read.ok) throw new Error(read.problem);
  const { app, registry }: BuiltApp = await buildApp({ config: read.config, ...more });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const open: WireChargePoint[] = [];

  async function request(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  return {
    url,
    dataDir,
    api,
    request,
    raw: (method, path, init = {}) =>
      fetch(`${url}${path}`, { method, ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } }),
    async connect(thingName, protocol) {
      if (registry.get(thingName) === null)
        await registry.create({ thingName, attributes: {}, tags: [], authType: 'none' });
      const chargePoint = await openChargePoint(`${url.replace('http', 'ws')}/ocpp/${thingName}`, protocol);
      open.push(chargePoint);
      return chargePoint;
    },
    async stop() {
      await Promise.all(open.map((chargePoint) => chargePoint.close()));
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function openChargePoint(url: string, protocol: OcppVersion): Promise<WireChargePoint> {
  const socket = new WebSocket(url, [protocol]);
  const heard: unknown[][] = [];
  const waiting = new Map<string, (frame: unknown[]) => void>();
  let answer: OnCall = () => ({ code: 'NotSupported' });
  let ids = 0;
  socket.on('message', async (data) => {
    const frame = JSON.parse(String(data)) as unknown[];
    heard.push(frame);
    const [type, messageId] = frame as [number, string];
    if (type !== 2) {
      waiting.get(messageId)?.(frame);
      return;
    }
    const said = await answer(String(frame[2]), frame[3]);
    if (said === null) return;
    const reply =
      'result' in said ? [3, messageId, said.result] : [4, messageId, said.code, said.description ?? '', {}];
    socket.send(JSON.stringify(reply));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  expect(socket.protocol).toBe(protocol);
  return {
    heard,
    say: (text) => socket.send(text),
    call(action, payload) {
      const messageId = `m${++ids}`;
      return new Promise((resolve) => {
        waiting.set(messageId, (frame) => {
          waiting.delete(messageId);
          resolve(frame);
        });
        socket.send(JSON.stringify([2, messageId, action, payload]));
      });
    },
    onCall(next) {
      answer = next;
    },
    close() {
      if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
      return new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.close();
      });
    },
  };
}
