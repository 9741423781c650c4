import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { eventually } from '../../../test/support/eventually.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { makeTlsMaterial, type TlsMaterial } from '../../../test/support/make-tls-material.ts';
import { createMemoryMessageLog, type MemoryMessageLog } from '../../../test/support/memory-message-log.ts';
import { openEmbeddedBus } from '../../bus/embedded/embedded-bus.ts';
import type { MessageBus } from '../../bus/message-bus.ts';
import type { Database } from '../../database/database.ts';
import { openTestDatabase } from '../../database/testing/open-test-database.ts';
import { createEmbeddedRegistry } from '../../registry/embedded/embedded-registry.ts';
import type { Registry } from '../../registry/registry.ts';
import { gatewayPlugin } from '../gateway.plugin.ts';
import { createKeepRefusal } from '../handshake/keep-refusal.ts';
import { refuseUnreadableUrl, websocketPluginOptions } from '../handshake/websocket-server.ts';
import { tlsListener } from './tls-listener.plugin.ts';
import type { TlsSettings } from './tls-settings.ts';

let folder: string;
let made: TlsMaterial;
let app: FastifyInstance;
let bus: MessageBus;
let log: MemoryMessageLog;
let registry: Registry;
let database: Database;
let port: number;
let password: string;
let dialled: WebSocket[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  made = makeTlsMaterial(folder);
  made.authority('foreign');
  made.issue('rsa', '/CN=localhost', { key: 'rsa' });
  made.issue('ecdsa', '/CN=localhost');
  made.issue('next', '/CN=next');
  made.issue('good', '/O=Operator/CN=SN-1');
  made.issue('other', '/O=Operator/CN=SN-2');
  made.issue('two-names', '/O=Operator/CN=SN-1/CN=SN-2');
  made.issue('nobody', '/O=Operator');
  made.issue('organization', '/O=Somebody/CN=SN-1');
  made.issue('expired', '/O=Operator/CN=SN-1', {
    dates: ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'],
  });
  made.issue('early', '/O=Operator/CN=SN-1', {
    dates: ['-startdate', '20400101000000Z', '-enddate', '20410101000000Z'],
  });
  made.issue('revoked', '/O=Operator/CN=SN-1');
  made.issue('foreign-signed', '/O=Operator/CN=SN-1', { authority: 'foreign' });
  made.revoke('revoked');
  database = await openTestDatabase(await mkdtemp(join(folder, 'data-')));
  const options = { secretKey: Buffer.alloc(32, 1), unauthenticatedThings: 'deny', now: Date.now } as const;
  registry = await createEmbeddedRegistry({ ...options, database });
  const common = { attributes: { serialNumber: 'SN-1' }, tags: [] };
  await registry.create({ ...common, thingName: 'CP1', authType: 'certificate' });
  password = (await registry.create({ ...common, thingName: 'CP2', authType: 'basic' }))?.password ?? '';
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  for (const kind of ['cert', 'key'] as const) {
    await copyFile(made.path(kind === 'cert' ? 'ecdsa.pem' : 'ecdsa.key'), made.path(`server.${kind}`));
  }
  dialled = [];
  log = createMemoryMessageLog();
  bus = await openEmbeddedBus({ listen: null, isRegistered: () => true });
  port = await freePort();
  const tls: TlsSettings = {
    port,
    certificates: [
      { certFile: made.path('rsa.pem'), keyFile: made.path('rsa.key') },
      { certFile: made.path('server.cert'), keyFile: made.path('server.key') },
    ],
    clientCaFile: made.path('ca.pem'),
    clientCrlFile: made.path('ca.crl'),
    clientOrganization: 'Operator',
  };
  app = Fastify({ frameworkErrors: refuseUnreadableUrl });
  await app.register(websocket, websocketPluginOptions(65_536));
  let ids = 0;
  await app.register(gatewayPlugin, {
    config: { ocppPath: '/ocpp', tls, pingIntervalSeconds: 60, callTimeoutSeconds: 30, maxFramesPerSecond: 1_000 },
    registry,
    bus,
    log,
    validator: await createValidator(),
    instance: 'test',
    instances: null,
    now: Date.now,
    newId: () => `connection-${++ids}`,
  });
  const keepRefusal = createKeepRefusal({ log, now: Date.now });
  await app.register(tlsListener, { host: '127.0.0.1', settings: tls, keepRefusal, now: Date.now, reloadEveryMs: 50 });
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  for (const socket of dialled) socket.terminate();
  await app.close();
  await bus.close();
});

const shows = async (name: string) => ({
  cert: await readFile(made.path(`${name}.pem`)),
  key: await readFile(made.path(`${name}.key`)),
});
const ca = () => readFile(made.path('ca.pem'));
const basic = (name: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
});

/** Resolves with the status of the handshake's answer. */
async function dial(path: string, options: WebSocket.ClientOptions = {}): Promise<number> {
  const socket = new WebSocket(`wss://localhost:${port}/ocpp/${path}`, ['ocpp2.0.1'], { ca: await ca(), ...options });
  dialled.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

/** A TLS handshake alone. */
async function shake(options: ConnectionOptions): Promise<{ cipher: string; keyType: string; commonName: string }> {
  const socket = connectTls({ host: '127.0.0.1', port, servername: 'localhost', ca: await ca(), ...options });
  await new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  const certificate = socket.getPeerX509Certificate();
  const told = {
    cipher: socket.getCipher().name,
    keyType: certificate?.publicKey.asymmetricKeyType ?? '',
    commonName: String(certificate?.toLegacyObject().subject.CN),
  };
  socket.destroy();
  return told;
}

const refusals = async (): Promise<{ thingName: string; reason: string }[]> =>
  (await log.query({ action: 'refused', limit: 100, order: 'asc' })).map(({ thingName, frame }: LogRow) => ({
    thingName,
    reason: (JSON.parse(frame) as { reason: string }).reason,
  }));

describe('security profile 2', () => {
  it('lets in who has the password, and nobody else', async () => {
    expect(await dial('CP2', { headers: basic('CP2', password) })).toBe(101);
    expect(await dial('CP2', { headers: basic('CP2', 'guess') })).toBe(401);
    expect(await dial('CP2')).toBe(401);
    expect(await dial('CP9')).toBe(404);
    expect((await refusals()).map(({ reason }) => reason)).toEqual([
      'bad-credentials',
      'credentials-missing',
      'not-registered',
    ]);
  });

  it('who came with it is refused without TLS, whatever it knows, until that is allowed again', async () => {
    const { port: plain } = app.server.address() as AddressInfo;
    const dialPlain = (secret: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${plain}/ocpp/CP2`, ['ocpp2.0.1'], {
          headers: basic('CP2', secret),
        });
        dialled.push(socket);
        socket.once('open', () => resolve(101));
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('error', () => undefined);
      });
    await registry.forgetProfile('CP2');
    expect(await dialPlain(password)).toBe(101);
    expect(await dial('CP2', { headers: basic('CP2', password) })).toBe(101);
    await eventually(() => expect(registry.get('CP2')?.securityProfile).toBe(2));
    expect(await dialPlain(password)).toBe(403);
    expect(await dialPlain('guess')).toBe(401);
    expect((await refusals()).map(({ reason }) => reason)).toEqual(['lower-security-profile', 'bad-credentials']);
    expect(await dial('CP2', { headers: basic('CP2', password) })).toBe(101);
    await registry.forgetProfile('CP2');
    expect(await dialPlain(password)).toBe(101);
  });

  it('a certificate of its own is no password', async () => {
    expect(await dial('CP2', await shows('good'))).toBe(401);
  });

  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ec'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ec'],
    ['AES128-GCM-SHA256', 'rsa'],
    ['AES256-GCM-SHA384', 'rsa'],
  ])('speaks %s, as A00.FR.318 of 2.0.1 asks, with its %s certificate', async (ciphers, keyType) => {
    expect(await shake({ ciphers, maxVersion: 'TLSv1.2' })).toMatchObject({ cipher: ciphers, keyType });
  });
});

describe('security profile 3', () => {
  it('lets in whose certificate has the serial number of the thing, and no password is asked for', async () => {
    expect(await dial('CP1', await shows('good'))).toBe(101);
    await eventually(async () =>
      expect(await log.query({ action: 'connected', limit: 1, order: 'asc' })).toHaveLength(1),
    );
  });

  it.each([
    ['other', 'certificate-of-another'],
    ['two-names', 'certificate-of-another'],
    ['nobody', 'certificate-of-another'],
    ['organization', 'certificate-organization'],
    ['expired', 'certificate-expired'],
    ['early', 'certificate-not-yet-valid'],
    ['revoked', 'certificate-revoked'],
    ['foreign-signed', 'certificate-untrusted'],
  ])('turns away the certificate %s: %s', async (name, reason) => {
    expect(await dial('CP1', await shows(name))).toBe(401);
    expect(await refusals()).toEqual([{ thingName: 'CP1', reason }]);
  });

  it('turns away who shows none, also at the other listener', async () => {
    expect(await dial('CP1', { headers: basic('CP1', 'x') })).toBe(401);
    const { port: plain } = app.server.address() as { port: number };
    const socket = new WebSocket(`ws://127.0.0.1:${plain}/ocpp/CP1`, ['ocpp2.0.1']);
    await new Promise((resolve) => socket.once('error', resolve));
    const refused = { thingName: 'CP1', reason: 'certificate-missing' };
    expect(await refusals()).toEqual([refused, refused]);
  });
});

describe('a handshake that comes to nothing', () => {
  it.each<[string, ConnectionOptions]>([
    ['tls-version', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['tls-suites', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA' }],
  ])('is told at the door as %s', async (reason, options) => {
    await expect(shake(options)).rejects.toThrow();
    await eventually(async () => expect(await refusals()).toEqual([{ thingName: '127.0.0.1', reason }]));
  });

  it('because the charge point does not trust our certificate is told as tls-distrusted', async () => {
    const args = [
      's_client',
      '-connect',
      `127.0.0.1:${port}`,
      '-verify_return_error',
      '-CAfile',
      made.path('foreign.pem'),
    ];
    await expect(promisify(execFile)('openssl', args)).rejects.toThrow();
    await eventually(async () =>
      expect(await refusals()).toEqual([{ thingName: '127.0.0.1', reason: 'tls-distrusted' }]),
    );
  });

  it('of one that speaks no TLS is told as well, five times a minute at most', async () => {
    for (let n = 0; n < 7; n += 1) {
      const socket = connectTcp(port, '127.0.0.1', () => socket.write('GET /ocpp/CP1 HTTP/1.1\r\n\r\n'));
      await gone(socket);
    }
    expect(await refusals()).toEqual(Array(5).fill({ thingName: '127.0.0.1', reason: 'tls-not-spoken' }));
  });

  it('is ended after five seconds; one that only looks whether the port is open is not mentioned', async () => {
    connectTcp(port, '127.0.0.1', function (this: Socket) {
      this.destroy();
    });
    const silent = connectTcp(port, '127.0.0.1');
    const began = performance.now();
    await gone(silent);
    expect(performance.now() - began).toBeGreaterThan(4_500);
    await eventually(async () => expect(await refusals()).toEqual([{ thingName: 'unknown', reason: 'tls-timeout' }]));
  });
});

it('has room for a thousand sockets that say nothing, and more only where these are charge points', async () => {
  expect(await dial('CP1', await shows('good'))).toBe(101);
  const silent: Socket[] = [];
  for (let n = 0; n < 1_000; n += 1) {
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    silent.push(socket);
  }
  await gone(connectTcp(port, '127.0.0.1'));
  expect(dialled[0]?.readyState).toBe(WebSocket.OPEN);
  for (const socket of silent) socket.destroy();
  await eventually(async () => expect(await dial('CP2', { headers: basic('CP2', password) })).toBe(101));
});

it('answers whoever wants no WebSocket that this is for charge points', async () => {
  const answer = await new Promise<string>((resolve) => {
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false };
    const socket = connectTls(options, () => socket.write('GET /api/v1/things HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.once('data', (data) => resolve(String(data)));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 426 /);
});

describe('files that change', () => {
  const ecdsa = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' } as const;

  it('are used from then on, and connections stay', async () => {
    expect(await dial('CP1', await shows('good'))).toBe(101);
    await copyFile(made.path('next.pem'), made.path('server.cert'));
    await copyFile(made.path('next.key'), made.path('server.key'));
    await eventually(async () => expect(await shake(ecdsa)).toMatchObject({ commonName: 'next' }));
    expect(dialled[0]?.readyState).toBe(WebSocket.OPEN);
  });

  it('to what does not fit are left alone until they fit', async () => {
    await writeFile(made.path('server.key'), 'half a fi');
    await copyFile(made.path('next.pem'), made.path('server.cert'));
    expect(await shake(ecdsa)).toMatchObject({ commonName: 'localhost' });
    await copyFile(made.path('next.key'), made.path('server.key'));
    await eventually(async () => expect(await shake(ecdsa)).toMatchObject({ commonName: 'next' }));
  });

  it('may revoke a certificate', async () => {
    const before = await readFile(made.path('ca.crl'));
    made.issue('soon-revoked', '/O=Operator/CN=SN-1');
    expect(await dial('CP1', await shows('soon-revoked'))).toBe(101);
    dialled[0]?.terminate();
    made.revoke('soon-revoked');
    await eventually(async () => {
      const status = await dial('CP1', await shows('soon-revoked'));
      dialled.at(-1)?.terminate();
      expect(status).toBe(401);
    });
    await writeFile(made.path('ca.crl'), before);
  });
});

function gone(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
