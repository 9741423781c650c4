import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { eventually, until } from './support/eventually.ts';
import { freePort } from './support/free-port.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// Every kind of secret goes its way through the running product once, then everything that it wrote or says is searched.

const VISIBLE = 'canary-visible';
let made = 0;
const secret = (): string => `c4n4ry-${String(++made).padStart(2, '0')}-${'s3cr3t'}`;
const CANARY = /c4n4ry-\d\d-s3cr3t/;

let server: RunningServer;
let listener: mqtt.MqttClient;
const mirrored: string[] = [];
const streamed: string[] = [];
const closeStream = new AbortController();
const open: WebSocket[] = [];

beforeAll(async () => {
  const port = await freePort();
  server = await startServer({ MQTT_LISTEN: `127.0.0.1:${port}`, LOG_LEVEL: 'trace' });
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

it('secrets reach the charge point, and nothing that is kept or said holds them', async () => {
  const asked = [...(await tellOld()), ...(await tellNew())];
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
  const paths = [
    'things',
    'things/OLD',
    'things/NEW',
    'things/OLD/variables',
    'things/NEW/variables',
    'things/NEW/shadow',
  ];
  for (const path of [
    ...paths,
    'messages?limit=500',
    'messages/export?format=jsonl',
    'messages/export?format=csv',
    'things/OLD/commands',
    'things/NEW/commands',
    'door',
    'health',
    'fleet',
  ]) {
    said.push([path, await (await server.request('GET', `/${path}`)).text()]);
  }
  for (const path of ['metrics', 'healthz', 'readyz']) {
    said.push([path, await (await fetch(`http://127.0.0.1:${server.port}/${path}`)).text()]);
  }
  said.push(['errors', [await refused.text(), await cookie.text(), await bad.text()].join('\n')]);
  said.push(['MQTT', mirrored.join('\n')], ['SSE', streamed.join('')], ['output', server.output()]);
  const kept = await filesIn(server.dataDir);

  const everything = [...said, ...kept];
  // It would find one.
  for (const place of ['messages?limit=500', 'messages/export?format=csv', 'MQTT', 'SSE', 'journal']) {
    const texts = everything.filter(([name]) => name.includes(place)).map(([, text]) => text);
    expect(texts.join('').includes(VISIBLE), place).toBe(true);
  }
  const secrets = Array.from({ length: made }, (_, n) => `c4n4ry-${String(n + 1).padStart(2, '0')}-s3cr3t`);
  const found = everything.flatMap(([name, text]) =>
    secrets.filter((each) => disguises(each).some((form) => text.includes(form))).map((each) => `${each} in ${name}`),
  );
  expect(found).toEqual([]);
}, 60_000);
