import { connect } from 'node:net';
import type { Message } from '@cpo-console/shared/api/messages.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually, until } from './support/eventually.ts';
import { connectRaw, handshake, type RawCharger, sayBytes } from './support/raw-charge-point.ts';
import { type RunningServer, startServer } from './support/start-server.ts';

// Everything that should not come over a charge point's wire, against the running product. After each of it the process
// lives, another charge point still has its connection and is answered, and the log tells what happened.

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
type Version = (typeof VERSIONS)[number];

let server: RunningServer;
let neighbour: RawCharger;
let beats = 0;
let names = 0;

beforeAll(async () => {
  // The one that never reads has to fill what the network holds first.
  server = await startServer({ MAX_FRAMES_PER_SECOND: '1000000' });
  await server.api('POST', '/things', { thingName: 'NEIGHBOUR' });
  neighbour = await connectRaw(server.port, 'NEIGHBOUR', 'ocpp2.0.1');
}, 30_000);
afterAll(() => server.stop(), 15_000);

afterEach(async () => {
  expect(server.isRunning()).toBe(true);
  beats += 1;
  const answer = await neighbour.ask(`[2,"n${beats}","Heartbeat",{}]`);
  expect(answer).toEqual([3, `n${beats}`, { currentTime: expect.any(String) }]);
});

async function charger(version: Version): Promise<{ thingName: string; raw: RawCharger }> {
  names += 1;
  const thingName = `BAD-${names}`;
  await server.api('POST', '/things', { thingName });
  return { thingName, raw: await connectRaw(server.port, thingName, version) };
}

async function logOf(thingName: string, filter = ''): Promise<Message[]> {
  const path = `/messages?thingName=${encodeURIComponent(thingName)}&order=asc${filter}`;
  return (await server.api<Page<Message>>('GET', path)).items;
}

const bye = (thingName: string) =>
  eventually(async () => {
    const [row] = await logOf(thingName, '&action=disconnected');
    expect(row).toBeDefined();
    return JSON.parse(row?.frame ?? '') as { code: number; reason: string };
  });

/** Nothing was said to what came before this Heartbeat. */
async function isAnsweredNext(raw: RawCharger): Promise<void> {
  expect(await raw.ask('[2,"beat","Heartbeat",{}]')).toEqual([3, 'beat', { currentTime: expect.any(String) }]);
}

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const code = (name: string, old = name) => ({ 'ocpp1.6': old, 'ocpp2.0.1': name, 'ocpp2.1': name });
const SILENCE = { 'ocpp1.6': null, 'ocpp2.0.1': null, 'ocpp2.1': null };
/** Unreadable: 1.6 has no answer for it. @see OCPP 2.0.1 part 4, §4.2.3 */
const UNREADABLE = { 'ocpp1.6': null, 'ocpp2.0.1': '-1 RpcFrameworkError', 'ocpp2.1': '-1 RpcFrameworkError' };
const RPC_ERROR = code('a RpcFrameworkError', 'a ProtocolError');
const FORMAT = code('a FormatViolation', 'a FormationViolation');

/** What is sent, and the id and code of the CALLERROR that answers it in each version. */
const MALFORMED: [string, string, Record<Version, string | null>][] = [
  ['no JSON', '{nonsense', UNREADABLE],
  ['an empty text', '', UNREADABLE],
  ['JSON that ends too early', '[2,"a","Heartbeat",{}', UNREADABLE],
  ['a bad escape', '[2,"a","Heartbeat",{"x":"\\q"}]', UNREADABLE],
  ['an object', '{"a":1}', UNREADABLE],
  ['null', 'null', UNREADABLE],
  ['a number', '5', UNREADABLE],
  ['an empty array', '[]', UNREADABLE],
  ['a type that is a text', '["2","a","Heartbeat",{}]', UNREADABLE],
  ['a CALL without an id', '[2]', UNREADABLE],
  ['a CALL with a number as id', '[2,1,"Heartbeat",{}]', UNREADABLE],
  ['a CALL with an empty id', '[2,"","Heartbeat",{}]', UNREADABLE],
  ['a CALL with an id of 37 characters', `[2,"${'x'.repeat(37)}","Heartbeat",{}]`, UNREADABLE],
  ['a CALL with half a surrogate pair as id', '[2,"\\ud800","Heartbeat",{}]', UNREADABLE],
  ['a CALL without a payload', '[2,"a","Heartbeat"]', RPC_ERROR],
  ['a CALL with too much', '[2,"a","Heartbeat",{},{}]', RPC_ERROR],
  ['a CALL with a number as action', '[2,"a",7,{}]', RPC_ERROR],
  ['a CALL with null as payload', '[2,"a","Heartbeat",null]', FORMAT],
  ['a CALL with an array as payload', '[2,"a","Heartbeat",[]]', FORMAT],
  ['a key that is there twice', '[2,"a","Heartbeat",{"x":1,"x":2}]', FORMAT],
  ['a key that is there twice, once as an escape', '[2,"a","Heartbeat",{"x":1,"\\u0078":2}]', FORMAT],
  ['33 levels', `[2,"a","DataTransfer",{"vendorId":"v","data":${deep(33)}}]`, FORMAT],
  ['60 kB of brackets', `[2,"a","DataTransfer",{"vendorId":"v","data":${deep(30_000)}}]`, FORMAT],
  ['60 kB of open brackets', '['.repeat(60_000), SILENCE],
  ['more than 10,000 tokens', `[2,"a","DataTransfer",{"vendorId":"v","data":[${'0,'.repeat(10_001)}0]}]`, FORMAT],
  ['a CALLRESULT that is no object', '[3,"a",null]', SILENCE],
  ['a CALLRESULT with the same key twice', '[3,"a",{"x":1,"x":2}]', SILENCE],
  ['a CALLERROR without a code', '[4,"a"]', SILENCE],
  ['a CALLERROR that is wrong all over', '[4,7,{},[],"x"]', SILENCE],
  ['a type that nobody knows', '[9,"a","Heartbeat",{}]', { ...SILENCE, 'ocpp2.0.1': 'a MessageTypeNotSupported' }],
  ['a type that nobody knows, without an id', '[9]', { ...SILENCE, 'ocpp2.0.1': '-1 MessageTypeNotSupported' }],
  ['a negative type', '[-2,"a"]', { ...SILENCE, 'ocpp2.0.1': 'a MessageTypeNotSupported' }],
];

describe.each(VERSIONS)('over %s', (version) => {
  it.each(MALFORMED)('%s', async (_what, text, expected) => {
    const { thingName, raw } = await charger(version);
    raw.send(text);
    const answer = expected[version];
    if (answer !== null) {
      await until(() => raw.received.length === 1);
      const [type, id, errorCode, description, details] = raw.received[0] ?? [];
      expect([type, `${id} ${errorCode}`, details]).toEqual([4, answer, {}]);
      expect(description).toEqual(expect.any(String));
    } else {
      await isAnsweredNext(raw);
    }
    const [row] = await logOf(thingName, '&kind=malformed');
    expect(row).toMatchObject({ direction: 'in', frame: text, violations: [{ path: '', rule: 'ocpp-j' }] });
    const errors = await logOf(thingName, '&kind=error');
    expect(errors.map(({ messageId, errorCode }) => `${messageId} ${errorCode}`)).toEqual(
      answer === null ? [] : [answer],
    );
    raw.tcp.destroy();
  });

  it.each(['Reboot', 'constructor', '__proto__', 'toString', 'Reset'])('the unknown action %s', async (action) => {
    const { thingName, raw } = await charger(version);
    expect(await raw.ask(`[2,"a","${action}",{"type":"Soft"}]`)).toEqual([
      4,
      'a',
      'NotImplemented',
      expect.any(String),
      {},
    ]);
    expect(await logOf(thingName, `&action=${action}`)).toMatchObject([
      { kind: 'call', direction: 'in' },
      { kind: 'error', direction: 'out', errorCode: 'NotImplemented' },
    ]);
    raw.tcp.destroy();
  });

  it('a payload that breaks its schema, without its text in the answer', async () => {
    const { thingName, raw } = await charger(version);
    const answer = await raw.ask('[2,"a","StatusNotification",{"connectorId":"<b>secret</b>","evseId":{}}]');
    expect(answer[0]).toBe(4);
    expect(answer[2]).toMatch(/^(Type|Occurr?ence)ConstraintViolation$/);
    expect(JSON.stringify(answer)).not.toContain('secret');
    const [call] = await logOf(thingName, '&violation=true');
    expect(call?.violations?.length).toBeGreaterThan(0);
    raw.tcp.destroy();
  });

  it('a message id that was there before gets the same answer', async () => {
    const { raw } = await charger(version);
    const first = await raw.ask('[2,"a","Heartbeat",{}]');
    expect(await raw.ask('[2,"a","Heartbeat",{}]')).toEqual(first);
    raw.tcp.destroy();
  });

  it('answers to what nobody asked', async () => {
    const { thingName, raw } = await charger(version);
    raw.send('[3,"nobody",{"status":"Accepted"}]');
    raw.send('[4,"nobody","GenericError","",{}]');
    await isAnsweredNext(raw);
    expect(await logOf(thingName, '&messageId=nobody')).toMatchObject([
      { kind: 'result', action: null },
      { kind: 'error', action: null, errorCode: 'GenericError' },
    ]);
    raw.tcp.destroy();
  });
});

describe('WebSocket frames', () => {
  it.each<[string, number, string, (raw: RawCharger) => void]>([
    ['binary', 1003, 'text', ({ frame }) => frame(Buffer.from('[2,"a","Heartbeat",{}]'), { opcode: 'binary' })],
    ['longer than allowed', 1009, 'payload size', ({ frame }) => frame(Buffer.alloc(65_537, 0x20))],
    ['that claim to be gigantic', 1009, 'payload size', ({ frame }) => frame(Buffer.alloc(10), { claims: 2 ** 52 })],
    ['not masked', 1002, 'MASK', ({ frame }) => frame(Buffer.from('[]'), { masked: false })],
    ['that continue nothing', 1002, 'opcode', ({ frame }) => frame(Buffer.from('[]'), { opcode: 'continuation' })],
    ['compressed, as nobody agreed', 1002, 'RSV1', ({ frame }) => frame(Buffer.from('[]'), { reserved: 4 })],
    ['of text that is no UTF-8', 1007, 'UTF-8', ({ frame }) => frame(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ['pings that are too long', 1002, 'payload length', ({ frame }) => frame(Buffer.alloc(126), { opcode: 'ping' })],
    [
      'in more pieces than anybody needs',
      1008,
      'fragments',
      ({ frame }) => {
        frame(Buffer.from('['), { final: false });
        for (let n = 0; n < 1_100; n += 1) frame(Buffer.from(' '), { opcode: 'continuation', final: false });
      },
    ],
  ])('%s: closed with %i, and the log says why', async (_what, expected, reason, misbehave) => {
    const { thingName, raw } = await charger('ocpp2.0.1');
    misbehave(raw);
    await until(() => raw.closeCode() !== null);
    expect(raw.closeCode()).toBe(expected);
    raw.tcp.destroy();
    const { code: logged, reason: why } = await bye(thingName);
    expect(logged).toBe(expected);
    expect(why).toContain(reason);
  });

  it('a long frame in pieces is one frame', async () => {
    const { raw } = await charger('ocpp1.6');
    raw.frame(Buffer.from('[2,"a",'), { final: false });
    raw.frame(Buffer.alloc(0), { opcode: 'ping' });
    raw.frame(Buffer.from('"Heartbeat",{}]'), { opcode: 'continuation' });
    await until(() => raw.received.length === 1);
    expect(raw.received[0]).toMatchObject([3, 'a', {}]);
    raw.tcp.destroy();
  });
});

describe('identities', () => {
  it.each([
    ['CP%E0%A4%A', 400],
    ['%', 400],
    ['CP%00', 404],
    ['%2B', 404],
    ['%23', 404],
    ['%24SYS', 404],
    ['a%2Fb', 404],
    ['..%2f..%2fetc', 404],
    ['NEIGHBOUR%20', 404],
    ['NEIGHBOUR%2Fin', 404],
    ['x'.repeat(49), 404],
    ['x'.repeat(4_000), 414],
    ['', 404],
    ['%0d%0aX-Evil:%201', 404],
    ['%3Cscript%3E', 404],
  ])('%s is refused', async (identity, status) => {
    const answer = await sayBytes(server.port, handshake(`/ocpp/${identity}`, 'ocpp1.6'));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toMatch(/^X-Evil/im);
  });

  it('of strangers are kept as refusals, as text', async () => {
    await sayBytes(server.port, handshake('/ocpp/%3Cscript%3E%0a', 'ocpp1.6'));
    const [row] = await eventually(async () => {
      const rows = await logOf('<script>\n');
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect(row).toMatchObject({ kind: 'event', action: 'refused', connectionId: '' });
    expect(JSON.parse(row?.frame ?? '')).toMatchObject({ reason: 'bad-identity' });
  });
});

describe('handshakes', () => {
  it.each<[string, string, number]>([
    ['of another WebSocket version', 'Sec-WebSocket-Version: 12', 400],
    ['with a bad key', 'Sec-WebSocket-Key: short', 400],
    ['without a key', 'X: y', 400],
  ])('%s are refused', async (what, header, status) => {
    const good = handshake('/ocpp/NEIGHBOUR', 'ocpp1.6');
    const name = what === 'without a key' ? 'Sec-WebSocket-Key' : header.split(':', 1)[0];
    const answer = await sayBytes(server.port, good.replace(new RegExp(`${name}: [^\\r]*`), header));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('without an upgrade get an answer of HTTP', async () => {
    const answer = await sayBytes(server.port, 'GET /ocpp/NEIGHBOUR HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
  });

  it('without a common subprotocol complete, close, and are kept', async () => {
    const compressed = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n';
    const answer = await sayBytes(server.port, handshake('/ocpp/NEIGHBOUR', 'ocpp1.5, soap', compressed));
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(answer.toLowerCase()).not.toContain('sec-websocket-protocol');
    // Each connection that compresses would cost 250 kB, and what it sends may be a thousand times as long as it looks.
    expect(answer.toLowerCase()).not.toContain('sec-websocket-extensions');
    await eventually(async () => {
      const [row] = await logOf('NEIGHBOUR', '&action=refused');
      expect(JSON.parse(row?.frame ?? '')).toMatchObject({
        reason: 'no-common-subprotocol',
        offeredProtocols: ['ocpp1.5', 'soap'],
      });
    });
  }, 15_000);

  it.each([
    ['nothing', ''],
    ['half of it', 'GET /ocpp/NEIGHBOUR HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n'],
  ])(
    'of which only %s comes are given up in seconds',
    async (_what, bytes) => {
      const startedAt = Date.now();
      await sayBytes(server.port, bytes);
      expect(Date.now() - startedAt).toBeLessThan(9_000);
    },
    40_000,
  );

  it('that are reset in the middle, many at a time', async () => {
    for (let n = 0; n < 50; n += 1) {
      const tcp = connect(server.port, '127.0.0.1');
      tcp.on('error', () => undefined);
      await new Promise<void>((resolve) => tcp.once('connect', () => resolve()));
      tcp.write(handshake('/ocpp/NEIGHBOUR', 'ocpp1.6').slice(0, 60 + n));
      tcp.resetAndDestroy();
    }
  });

  it('with headers that are too large', async () => {
    const more = `X-Long: ${'x'.repeat(20_000)}\r\n`;
    expect(await sayBytes(server.port, handshake('/ocpp/NEIGHBOUR', 'ocpp1.6', more))).toMatch(/^HTTP\/1.1 431 /);
  });

  it('of bytes that are no HTTP', async () => {
    expect(await sayBytes(server.port, '\x16\x03\x01\x02\x00\x01\xff\xfe\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });
});

it('a charge point that never reads is not read either, and cut off', async () => {
  const { thingName, raw } = await charger('ocpp1.6');
  raw.tcp.pause();
  const long = `[2,"a","Unknown${'x'.repeat(40)}",{}]`;
  const flood = setInterval(() => {
    for (let n = 0; n < 2_000 && raw.tcp.writableLength < 1_000_000; n += 1) raw.send(long);
  }, 20);
  await vi.waitUntil(() => raw.isEnded(), { timeout: 55_000, interval: 100 }).finally(() => clearInterval(flood));
  expect((await bye(thingName)).reason).toContain('read');
}, 60_000);
