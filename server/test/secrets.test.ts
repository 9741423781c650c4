import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { eventually, until } from './support/eventually.ts';
import { everyAddress } from './support/every-address.ts';
import { freePort } from './support/free-port.ts';
import { makeTlsMaterial, type TlsMaterial } from './support/make-tls-material.ts';
import { type RunningServer, startServer } from './support/start-server.ts';
import { unzip } from './support/unzip.ts';

// Every kind of secret goes its way through the running product once, then everything that it wrote or says is searched.

const VISIBLE = 'canary-visible';
let made = 0;
const secret = (): string => `c4n4ry-${String(++made).padStart(2, '0')}-${'s3cr3t'}`;
const CANARY = /c4n4ry-\d\d-s3cr3t/;

const ADMIN_TOKEN = 'a-token-of-the-tests-that-is-long-enough';
let folder: string;
let tls: TlsMaterial;
let server: RunningServer;
let listener: mqtt.MqttClient;
const mirrored: string[] = [];
const streamed: string[] = [];
const closeStream = new AbortController();
const open: WebSocket[] = [];

beforeAll(async () => {
  const port = await freePort();
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  tls = makeTlsMaterial(folder);
  tls.issue('server', '/CN=localhost');
  server = await startServer({
    MQTT_LISTEN: `127.0.0.1:${port}`,
    LOG_LEVEL: 'trace',
    ADMIN_TOKEN,
    OCPP_TLS_PORT: String(await freePort()),
    TLS_CERT: tls.path('server.pem'),
    TLS_KEY: tls.path('server.key'),
  });
  listener = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  listener.on('message', (topic, payload) => mirrored.push(`${topic} ${payload.toString()}`));
  await listener.subscribeAsync('#', { qos: 1 });
  const stream = await server.request('GET', '/stream?thingName=OLD', { signal: closeStream.signal } as object);
  void (async () => {
    for await (const piece of stream.body ?? []) streamed.push(Buffer.from(piece).toString());
  })().catch(() => undefined);
}, 30_000);
afterAll(async () => {
  closeStream.abort();
  for (const socket of open) socket.terminate();
  await listener.endAsync();
  await server.stop();
  await rm(folder, { recursive: true });
}, 15_000);

type Answers = Record<string, (payload: unknown) => object>;

/** Connects and answers CALLs; what it was asked is kept as it came. */
async function charger(thingName: string, protocol: OcppVersion, answers: Answers, password?: string) {
  const headers =
    password === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${thingName}:${password}`).toString('base64')}` };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ocpp/${thingName}`, [protocol], { headers });
  open.push(socket);
  const asked: string[] = [];
  const answered: string[] = [];
  socket.on('message', (data) => {
    const [type, id, action, payload] = JSON.parse(String(data)) as [number, string, string, unknown];
    if (type !== 2) return void answered.push(id);
    asked.push(String(data));
    socket.send(JSON.stringify([3, id, answers[action]?.(payload) ?? { status: 'Accepted' }]));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { socket, asked, answered };
}

const command = (thingName: string, action: string, payload: object) =>
  server.request('POST', `/things/${thingName}/commands`, {
    body: JSON.stringify({ action, payload }),
    headers: { 'content-type': 'application/json' },
  });

async function tellOld(): Promise<string[]> {
  const created = await server.api<{ credentials: { password: string } }>('POST', '/things', {
    thingName: 'OLD',
    auth: { type: 'basic' },
  });
  await expect(charger('OLD', 'ocpp1.6', {}, secret())).rejects.toThrow('401');
  const old = await charger(
    'OLD',
    'ocpp1.6',
    {
      GetConfiguration: () => ({ configurationKey: [{ key: 'AuthorizationKey', readonly: false, value: secret() }] }),
      GetDiagnostics: () => ({ fileName: VISIBLE }),
    },
    created.credentials.password,
  );
  await command('OLD', 'ChangeConfiguration', { key: 'AuthorizationKey', value: secret() });
  await command('OLD', 'ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '17' });
  await command('OLD', 'GetConfiguration', { key: ['AuthorizationKey'] });
  await command('OLD', 'GetDiagnostics', { location: `ftp://me:${secret()}@127.0.0.1:9/${VISIBLE}` });
  await command('OLD', 'Nonsense', { password: secret() });
  const told = [
    `[2,"1","DataTransfer",{"vendorId":"${VISIBLE}","data":"{\\"password\\":\\"plain\\"}"}]`,
    `[2,"2","BootNotification",{"chargePointVendor":"V","chargePointModel":"M","password":"${secret()}"}]`,
    `[2,"3","ChangeConfiguration",{"key":"AuthorizationKey","value":"${secret()}"`,
    `[4,"nobody","GenericError","",{"authorizationKey":"${secret()}"}]`,
  ];
  for (const text of told) old.socket.send(text);
  await eventually(() => expect(old.answered).toContain('2'));
  await listener.publishAsync('OLD/out', `[2,"x","ChangeConfiguration",{"key":"AuthorizationKey","value":5}]`);
  return old.asked;
}

async function tellNew(): Promise<string[]> {
  await server.api('POST', '/things', { thingName: 'NEW' });
  const { socket, asked, answered } = await charger('NEW', 'ocpp2.0.1', {
    SetVariables: (payload) => ({
      setVariableResult: (payload as { setVariableData: object[] }).setVariableData.map((each) => ({
        ...each,
        attributeValue: undefined,
        attributeStatus: 'Accepted',
      })),
    }),
    GetVariables: (payload) => ({
      getVariableResult: (payload as { getVariableData: object[] }).getVariableData.map((each) => ({
        ...each,
        attributeStatus: 'Accepted',
        attributeValue: secret(),
      })),
    }),
  });
  const component = { name: 'SecurityCtrlr' };
  const variable = { name: 'BasicAuthPassword' };
  await command('NEW', 'SetVariables', { setVariableData: [{ component, variable, attributeValue: secret() }] });
  await command('NEW', 'GetVariables', { getVariableData: [{ component, variable }] });
  await command('NEW', 'SetNetworkProfile', {
    configurationSlot: 1,
    connectionData: {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppCsmsUrl: `wss://me:${secret()}@example.org/${VISIBLE}`,
      messageTimeout: 30,
      securityProfile: 1,
      ocppInterface: 'Wired0',
      vpn: { server: 's', user: 'u', password: secret(), key: secret(), type: 'IPSec' },
      apn: { apn: 'a', apnPassword: secret(), apnAuthentication: 'AUTO' },
    },
  });
  const report = { component, variable, variableAttribute: [{ value: secret() }] };
  const boot = `[2,"b","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"${VISIBLE}"}}]`;
  const data = { requestId: 1, generatedAt: '2026-05-04T12:00:00Z', seqNo: 0, reportData: [report] };
  socket.send(boot);
  socket.send(JSON.stringify([2, 'r', 'NotifyReport', data]));
  socket.send(`[2,"h","Heartbeat",{"customData":{"vendorId":"V","secret":"${secret()}"}}]`);
  await eventually(() => expect(answered).toContain('h'));
  return asked;
}

/** What people and programs sign in with, and what charge points are given: each was said once, to whom it is for. */
const issued: string[] = [];

async function signIns(): Promise<void> {
  const origin = `http://127.0.0.1:${server.port}`;
  const post = async (method: string, path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin, ...headers },
    });
    expect([path, response.ok]).toEqual([path, true]);
    const cookie = /session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
    if (cookie !== undefined) issued.push(decodeURIComponent(cookie));
    return cookie === undefined ? {} : { cookie: `session=${cookie}` };
  };
  const password = secret();
  await post('POST', '/setup', { token: ADMIN_TOKEN, name: 'ada', password });
  const ada = await post('POST', '/session', { name: 'ada', password });
  await post('PUT', '/password', { current: password, password: secret() }, ada);
  const bob = await server.api<{ id: string; link: { token: string } }>('POST', '/users', {
    name: 'bob',
    role: 'viewer',
  });
  await post('POST', '/password', { token: bob.link.token, password: secret() });
  const link = await server.api<{ token: string }>('POST', `/users/${bob.id}/links`);
  const program = await server.api<{ token: string }>('POST', '/api-tokens', { name: 'program', role: 'viewer' });
  expect((await server.request('GET', '/fleet', { headers: { authorization: `Bearer ${program.token}` } })).ok).toBe(
    true,
  );
  const made = await server.api<{ credentials: { password: string } }>('POST', '/things', {
    thingName: 'MADE',
    auth: { type: 'basic' },
  });
  const renewed = await server.api<{ credentials: { password: string } }>('POST', '/things/MADE/credentials');
  const imported = await server.request('POST', '/things/import', {
    body: 'thingName,auth\nIMPORTED,basic\n',
    headers: { 'content-type': 'text/csv' },
  });
  const known = /"password":"([^"]+)"/.exec(await imported.text())?.[1];
  issued.push(
    ADMIN_TOKEN,
    bob.link.token,
    link.token,
    program.token,
    made.credentials.password,
    renewed.credentials.password,
  );
  issued.push(known ?? '', (await readFile(tls.path('server.key'), 'utf8')).split('\n')[1] ?? '');
  expect(issued.filter((each) => typeof each !== 'string' || each.length < 16)).toEqual([]);
  expect(issued.length).toBeGreaterThan(9);
}

/** A text as it is, as hex, and as base64 at each of the three places where it can begin. */
function disguises(text: string): string[] {
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from('\0'.repeat(shift) + text)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : shift + 1, -1),
  );
  return [text, Buffer.from(text).toString('hex'), ...base64];
}

async function filesIn(folder: string): Promise<[name: string, content: string][]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [file, (await readFile(file)).toString('latin1')] as [string, string]));
}

it('secrets reach whom they are for, and nothing that is kept or said holds them', async () => {
  const asked = [...(await tellOld()), ...(await tellNew())];
  await signIns();
  const wrongToken = secret();
  const refused = await server.request('GET', '/things', { headers: { authorization: `Bearer ${wrongToken}` } });
  const cookie = await server.request('GET', '/things', {
    headers: { authorization: '', cookie: `session=${secret()}` },
  });
  const bad = await server.request('POST', '/sign-in', {
    body: JSON.stringify({ name: 'ada', password: secret(), extra: 1 }),
    headers: { 'content-type': 'application/json' },
  });
  const log = await server.api<Page<Message>>('GET', '/messages?limit=500');
  expect(log.items.filter(({ masked }) => masked).length).toBeGreaterThan(10);

  // As given: what is masked is what we keep, not what we send.
  expect(asked.filter((text) => CANARY.test(text))).toHaveLength(4);
  await until(() => streamed.join('').includes(VISIBLE));

  const said: [string, string][] = [];
  for (const address of await everyAddress(server, ['OLD', 'NEW', 'MADE', 'IMPORTED'])) {
    const response = await server.request('GET', address);
    const bytes = Buffer.from(await response.arrayBuffer());
    const isZip = response.headers.get('content-type') === 'application/zip';
    const texts = isZip ? [...unzip(bytes).values()] : [bytes.toString()];
    said.push([address, [JSON.stringify([...response.headers]), ...texts].join('\n')]);
  }
  for (const path of ['metrics', 'healthz', 'readyz']) {
    said.push([path, await (await fetch(`http://127.0.0.1:${server.port}/${path}`)).text()]);
  }
  said.push(['errors', [await refused.text(), await cookie.text(), await bad.text()].join('\n')]);
  said.push(['MQTT', mirrored.join('\n')], ['SSE', streamed.join('')], ['output', server.output()]);
  const kept = await filesIn(server.dataDir);

  const everything = [...said, ...kept];
  // It would find one.
  for (const place of [
    '/messages?',
    '/messages/export?format=csv',
    '/messages/case-bundle',
    'MQTT',
    'SSE',
    'journal',
  ]) {
    const texts = everything.filter(([name]) => name.includes(place)).map(([, text]) => text);
    expect(texts.join('').includes(VISIBLE), place).toBe(true);
  }
  const secrets = Array.from({ length: made }, (_, n) => `c4n4ry-${String(n + 1).padStart(2, '0')}-s3cr3t`);
  const found = everything.flatMap(([name, text]) =>
    [...secrets, ...issued]
      .filter((each) => disguises(each).some((form) => text.includes(form)))
      .map((each) => `${each} in ${name}`),
  );
  expect(found).toEqual([]);
}, 60_000);
