import type { FirmwareFile } from '@cpo-console/shared/api/jobs.ts';
import { OCPP_VERSIONS, type OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import mqtt from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../src/text/csv.ts';
import { until } from './support/eventually.ts';
import { everyAddress } from './support/every-address.ts';
import { exampleRequest } from './support/example-payloads.ts';
import { freePort } from './support/free-port.ts';
import { HOSTILE, hostileAnswers, hostileRequests } from './support/hostile-texts.ts';
import { openChargePoint } from './support/product.ts';
import { handshake, sayBytes } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// The running product is told every hostile text in every place where a charge point's words come in. Then all that it
// says, keeps and exports is read as strictly as the strictest reader would.

const things: Record<OcppVersion, string> = { 'ocpp1.6': 'H16', 'ocpp2.0.1': 'H201', 'ocpp2.1': 'H21' };
/** Of the texts each member gets these; other members get the others. */
const ROUNDS = [...HOSTILE.keys()].filter((round) => round % 4 === 0);
const topics = new Set<string>();
const closeStream = new AbortController();
let streamed = '';
let server: RunningServer;
let listener: mqtt.MqttClient;
let fileNames: string[];

beforeAll(async () => {
  const port = await freePort();
  server = await startServer({ MQTT_LISTEN: `127.0.0.1:${port}`, LOG_LEVEL: 'trace', MAX_FRAMES_PER_SECOND: '100000' });
  listener = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  listener.on('message', (topic) => topics.add(topic));
  await listener.subscribeAsync('#', { qos: 1 });
  const stream = await server.request('GET', '/stream', { signal: closeStream.signal } as object);
  void (async () => {
    const text = new TextDecoder('utf-8', { fatal: true });
    for await (const piece of stream.body ?? []) streamed += text.decode(piece, { stream: true });
  })().catch(() => undefined);
  await Promise.all(OCPP_VERSIONS.map(tellAll));
  await strangers();
  fileNames = await namedFiles();
}, 60_000);
afterAll(async () => {
  closeStream.abort();
  await listener.endAsync();
  await server.stop();
}, 15_000);

/** Each of its messages in as many rounds as there are texts, and answers to each of our CALLs. */
async function tellAll(version: OcppVersion): Promise<void> {
  const thingName = things[version];
  await server.api('POST', '/things', { thingName });
  const chargePoint = await openChargePoint(`ws://127.0.0.1:${server.port}/ocpp/${thingName}`, version);
  const answers = hostileAnswers(version, 0);
  chargePoint.onCall((action) => ({ result: answers.get(action) ?? {} }));
  const said = ROUNDS.flatMap((round) => hostileRequests(version, round));
  await Promise.all(said.map(({ action, payload }) => chargePoint.call(action, payload)));
  const asked = [...answers.keys()].map((action) => ({ action, payload: exampleRequest(version, action) }));
  await Promise.all(asked.map((command) => server.api('POST', `/things/${thingName}/commands`, command)));
}

/** Identities that nobody registered: they are shown at the door. */
async function strangers(): Promise<void> {
  const agent = (text: string) => `User-Agent: ${encodeURI(text)}\r\n`;
  const told = SPOKEN.map((text) =>
    sayBytes(server.port, handshake(`/ocpp/${encodeURIComponent(text)}`, 'x', agent(text))),
  );
  for (const answer of await Promise.all(told)) expect(answer).not.toMatch(/^(Set-Cookie|X-Evil)/im);
}

/** Files that strangers name: in an address, in a form, as a parameter. @returns where they can be had */
async function namedFiles(): Promise<string[]> {
  const names = SPOKEN.filter((text) => text.trim() !== '' && text.length < 200);
  const places = names.map(async (text, index) => {
    const name = encodeURIComponent(text);
    const headers = { 'content-type': 'application/octet-stream' };
    const firmware = await server.request('POST', `/firmware-files?name=f${index}&fileName=${name}`, {
      body: 'x',
      headers,
    });
    expect([text, firmware.status]).toEqual([text, 201]);
    const log = await server.request('POST', `/messages/import?name=${name}`, { body: LOG_LINE, headers });
    expect([text, log.status]).toEqual([text, 202]);
    return `/firmware-files/${((await firmware.json()) as FirmwareFile).id}/content`;
  });
  return Promise.all(places);
}

const SPOKEN = HOSTILE.filter((text) => text.isWellFormed());
const LOG_LINE =
  '{"thingName":"H16","at":"2026-05-04T10:00:00.000Z","direction":"in","frame":"[2,\\"a\\",\\"Heartbeat\\",{}]"}\n';
const isFormula = (cell: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);

describe('with hostile text in every place where a charge point is heard', () => {
  it('every address is answered: JSON where it says so, a message to a line, no formulas in CSV, downloads as such', async () => {
    const addresses = [...(await everyAddress(server, Object.values(things))), ...fileNames];
    expect(addresses.length).toBeGreaterThan(100);
    const types = new Set<string>();
    for (const address of addresses) {
      const response = await server.request('GET', address);
      const text = await response.text();
      expect([address, response.status, response.ok ? '' : text]).toEqual([address, 200, '']);
      const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
      types.add(type);
      if (type === 'application/json') JSON.parse(text);
      else expectDownload(address, response.headers);
      if (type === 'application/jsonl') for (const line of text.trimEnd().split('\n')) JSON.parse(line);
      if (type === 'text/csv') expectPlainCells(address, text);
    }
    expect([...types].sort()).toEqual([
      'application/json',
      'application/jsonl',
      'application/octet-stream',
      'application/zip',
      'text/csv',
    ]);
  }, 60_000);

  it('the log of the server is one line of JSON each, without controls', () => {
    const lines = server
      .output()
      .split('\n')
      .filter((line) => !/^(Console|OCPP|MQTT) /.test(line));
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
      expect(line).not.toMatch(CONTROLS);
    }
  });

  it('the metrics have no label of a stranger, and are what Prometheus reads', async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    const odd = text
      .split('\n')
      .filter((line) => line !== '' && !/^# (HELP|TYPE) \w+ /.test(line) && !SAMPLE.test(line));
    expect(odd).toEqual([]);
    const values = [...text.matchAll(/="([^"]*)"/g)].map(([, value]) => value ?? '');
    expect(new Set(values).size).toBeLessThan(500);
    expect(values.filter((value) => !/^[\w.:+ -]*$/.test(value))).toEqual([]);
    expect(text).not.toContain('forged');
  });

  it('the stream of a browser has only events that the server makes', async () => {
    await until(() => streamed.split('event: message').length > 100);
    const events = streamed
      .slice(0, streamed.lastIndexOf('\n\n'))
      .split('\n\n')
      .map((event) => event.split('\n'));
    expect(events.length).toBeGreaterThan(100);
    for (const lines of events) {
      for (const line of lines) expect(line).toMatch(/^(:|retry: \d+$|id: \d+$|event: [a-z-]+$|data: )/);
      const data = lines.filter((line) => line.startsWith('data: '));
      expect(data.length).toBeLessThan(2);
      for (const line of data) expect(JSON.parse(line.slice(6))).not.toHaveProperty('forged');
    }
  });

  it('nothing goes out on a topic but on those of registered things', () => {
    expect(topics.size).toBeGreaterThan(6);
    for (const topic of topics) {
      expect(topic).toMatch(/^(H16|H201|H21)\/(in|out)$|^\$aws\/things\/(H16|H201|H21)\/|^cpo-console\/presence\//);
    }
  });
});

/** Also what turns the writing direction, and what ends lines. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** @see https://prometheus.io/docs/instrumenting/exposition_formats */
const SAMPLE = /^[A-Za-z_:][\w:]*(\{(\w+="(\\[\\"n]|[^"\\\n])*",?)*\})? (-?[\d.]+(e[+-]?\d+)?|NaN|[+-]Inf)( \d+)?$/;

function expectDownload(address: string, headers: Headers): void {
  const disposition = headers.get('content-disposition');
  expect([address, disposition]).toEqual([
    address,
    expect.stringMatching(/^attachment; filename="[\w.()+ -]{1,100}"$/),
  ]);
  expect([address, disposition]).not.toEqual([address, expect.stringMatching(/"[. -]|\.\./)]);
  expect([address, headers.get('x-content-type-options')]).toEqual([address, 'nosniff']);
}

function expectPlainCells(address: string, text: string): void {
  const rows = parseCsv(text);
  for (const { cells } of rows) {
    expect([address, cells.length, cells.filter(isFormula)]).toEqual([address, rows[0]?.cells.length, []]);
  }
}
