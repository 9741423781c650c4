import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Thing } from '@cpo-console/shared/api/things.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BuiltApp, buildApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import { eventually } from './support/eventually.ts';
import { connectRaw } from './support/raw-charge-point.ts';

const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const NOW = Date.UTC(2026, 4, 4, 12);
let dataDir: string;
let built: BuiltApp;

function build(settings: Record<string, string> = {}): Promise<BuiltApp> {
  const read = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ADMIN_TOKEN: TOKEN, ...settings });
  if (!read.ok) throw new Error(read.problem);
  return buildApp({ config: read.config, now: () => NOW });
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'build-app-'));
  built = await build();
});
afterEach(async () => {
  await built.app.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function listen(): Promise<number> {
  await built.app.listen({ host: '127.0.0.1', port: 0 });
  return (built.app.server.address() as { port: number }).port;
}

const ask = (url: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  built.app.inject({ url, headers });

it('takes a frame from the socket to the page: gateway, bus, csms, log, projection, REST, metrics', async () => {
  await built.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  const charger = await connectRaw(await listen(), 'CP1', 'ocpp2.1');
  const boot = { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'Acme' } };
  const answer = await charger.ask(JSON.stringify([2, 'b', 'BootNotification', boot]));
  expect(answer).toEqual([3, 'b', { currentTime: new Date(NOW).toISOString(), interval: 300, status: 'Accepted' }]);
  const messages = (await ask('/api/v1/messages?messageId=b')).json();
  expect(messages.items.map((row: { kind: string }) => row.kind)).toEqual(['result', 'call']);
  expect((await ask('/api/v1/things/CP1')).json<Thing>()).toMatchObject({ connected: true, protocol: 'ocpp2.1' });
  await eventually(async () => {
    const { state } = (await ask('/api/v1/things/CP1/shadow')).json();
    expect(state.reported).toMatchObject({ chargingStation: { vendorName: 'Acme' }, reason: 'PowerUp' });
  });
  const metrics = (await ask('/metrics', {})).body;
  expect(metrics).toContain('ocpp_connections{protocol="ocpp2.1"} 1');
  expect(metrics).toContain('csms_handler_seconds_count{action="BootNotification"} 1');
  charger.tcp.destroy();
});

it('says where it listens, and gives the one-time link only where nobody has a token', async () => {
  const port = await listen();
  const console = `http://127.0.0.1:${port}`;
  expect(built.addresses()).toEqual({ console, ocpp: `ws://127.0.0.1:${port}/ocpp`, ocppTls: null, setup: null });
  await built.app.close();
  built = await build({ ADMIN_TOKEN: '', OCPP_PATH: '/charge/here' });
  const other = await listen();
  const { ocpp, setup } = built.addresses();
  expect(ocpp).toBe(`ws://127.0.0.1:${other}/charge/here`);
  expect(setup).toMatch(new RegExp(`^http://127.0.0.1:${other}/setup\\?token=\\S{20,}$`));
});

it('protects what is under /api/v1 and sends the headers of a safe page', async () => {
  expect((await ask('/api/v1/things', {})).statusCode).toBe(401);
  expect((await ask('/api/v1/nothing', {})).statusCode).toBe(401);
  expect((await ask('/api/v1/nothing')).json()).toMatchObject({ status: 404 });
  for (const url of ['/healthz', '/readyz', '/metrics']) expect((await ask(url, {})).statusCode).toBe(200);
  const { headers } = await ask('/healthz', {});
  expect(headers['content-security-policy']).toContain("script-src 'self'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

it('believes what a proxy says of its clients, if it is one that was named', async () => {
  await built.app.close();
  built = await build({ TRUSTED_PROXIES: '10.1.0.0/16' });
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
  const urlsFor = async (remoteAddress: string, thingName: string) => {
    const headers = { authorization: `Bearer ${TOKEN}`, host: 'console.example', ...forwarded };
    const payload = { thingName };
    const made = await built.app.inject({ method: 'POST', url: '/api/v1/things', headers, payload, remoteAddress });
    return made.json<{ urls: string[] }>().urls;
  };
  expect(await urlsFor('10.1.2.3', 'CP1')).toEqual(['wss://console.example/ocpp/CP1']);
  expect(await urlsFor('10.2.2.3', 'CP2')).toEqual(['ws://console.example/ocpp/CP2']);
  await built.app.close();
  built = await build({ OCPP_URL: 'wss://ocpp.example/ocpp' });
  expect(await urlsFor('10.1.2.3', 'CP3')).toEqual(['wss://ocpp.example/ocpp/CP3']);
  const { items } = (await ask('/api/v1/audit')).json<{ items: { address: string | null }[] }>();
  expect(items.map(({ address }) => address).sort()).toEqual(['10.1.2.3', '10.2.2.3', '203.0.113.7']);
});

it('takes the key of passwords from its settings, and then needs no file for it', async () => {
  await built.app.close();
  await rm(dataDir, { recursive: true });
  built = await build({ CREDENTIALS_KEY: Buffer.alloc(32, 1).toString('base64') });
  expect(existsSync(join(dataDir, 'keys'))).toBe(false);
});

it('lets go of its data folder when it is closed, and of nothing before', async () => {
  await expect(build()).rejects.toThrow();
  await built.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  await built.app.close();
  built = await build();
  expect(built.registry.get('CP1')).not.toBeNull();
});

it('closes with charge points connected, which are told so', async () => {
  await built.registry.create({ thingName: 'CP1', attributes: {}, tags: [], authType: 'none' });
  const charger = await connectRaw(await listen(), 'CP1', 'ocpp1.6');
  charger.tcp.on('data', () => charger.closeCode() !== null && charger.tcp.end());
  await built.app.close();
  expect(charger.closeCode()).toBe(1001);
  built = await build();
  const rows = (await ask('/api/v1/messages?thingName=CP1')).json();
  expect(rows.items.map((row: { action: string }) => row.action)).toEqual(['disconnected', 'connected']);
  expect(JSON.parse(rows.items[0].frame)).toEqual({ code: 1001, reason: 'Going away' });
});
