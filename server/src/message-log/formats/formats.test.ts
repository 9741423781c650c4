import { gzipSync } from 'node:zlib';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { describe, expect, it } from 'vitest';
import type { NewLogRow } from '../message-log.ts';
import { toTraceRecord } from './open-ocpp-trace.ts';
import { readLog } from './read-log.ts';
import { createRowBuilder } from './row-builder.ts';
import { unpack } from './unpack.ts';

const validator = await createValidator();

async function read(...chunks: (string | Uint8Array)[]) {
  const toRow = createRowBuilder({ validator, thingName: 'imported', protocol: null });
  const rows: NewLogRow[] = [];
  const problems: string[] = [];
  async function* content() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  for await (const outcome of readLog(unpack(content()))) {
    if (outcome.kind === 'line') rows.push(toRow(outcome.line, outcome.verb ?? null));
    if (outcome.kind === 'bad') problems.push(`${outcome.lineNumber}: ${outcome.problem}`);
  }
  return { rows, problems };
}

const brief = ({ direction, kind, action, latencyMs }: NewLogRow): unknown[] => [direction, kind, action, latencyMs];

describe('a text log', () => {
  it('of a charge point is read, whatever its words', async () => {
    const { rows } = await read(
      'INFO starting\n',
      '2026-05-04 10:00:00,000 INFO CP_1: send [2,"a","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]\n',
      '2026-05-04 10:00:00,250 INFO CP_1: receive message [3,"a",{"currentTime":"2026-05-04T10:00:00Z","interval":60,"status":"Accepted"}]\n',
      '2026-05-04T10:00:01.5Z << [2,"b","RemoteStartTransaction",{"idTag":"A"}]\n',
      '2026-05-04T10:00:02+00:00 >> [3,"b",{"status":"Accepted"}]\n',
    );
    expect(rows.map(brief)).toEqual([
      ['in', 'call', 'BootNotification', null],
      ['out', 'result', 'BootNotification', 250],
      ['out', 'call', 'RemoteStartTransaction', null],
      ['in', 'result', 'RemoteStartTransaction', 500],
    ]);
    expect(rows.map(({ thingName }) => thingName)).toEqual(['CP_1', 'CP_1', 'imported', 'imported']);
    expect(rows.every(({ violations }) => violations === null)).toBe(true);
  });

  it('of a CSMS is told by who may call the action', async () => {
    const { rows } = await read(
      '1777888800 received [2,"a","Heartbeat",{}]\n1777888801.5 sent [3,"a",{"currentTime":"2026-05-04T10:00:00Z"}]\n',
      '1777888802000 sent [2,"b","Reset",{"type":"Soft"}]\n1777888803000 received [4,"b","NotSupported","",{}]\n',
    );
    expect(rows.map(brief)).toEqual([
      ['in', 'call', 'Heartbeat', null],
      ['out', 'result', 'Heartbeat', 1_500],
      ['out', 'call', 'Reset', null],
      ['in', 'error', 'Reset', 1_000],
    ]);
  });

  it('marks frames that break their schema, and lists lines that cannot be read', async () => {
    const { rows, problems } = await read(
      'send [2,"a","Heartbeat",{}]\n2026-05-04T10:00:00Z send [2,"a","BootNotification",{"chargePointVendor":5}]\n2026-05-04T10:00:00Z receive message [3,\n{"at":"2026-05-04T10:',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.violations?.map(({ rule }) => rule)).toContain('type');
    expect(problems).toEqual([
      '1: has a frame but no time, and nothing before it tells one',
      '3: the frame was cut off',
      '4: is not JSON; perhaps it was cut off',
    ]);
  });

  it('may be UTF-16, cut anywhere, with Windows line ends', async () => {
    const text = '\ufeff2026-05-04T10:00:00Z send [2,"a","DataTransfer",{"vendorId":"é日本"}]\r\n';
    const bytes = Buffer.from(text, 'utf16le');
    const { rows } = await read(
      ...Array.from(bytes, (byte) => Uint8Array.of(byte)).map((one, index) =>
        index === 0 ? bytes.subarray(0, 3) : index < 3 ? new Uint8Array() : one,
      ),
    );
    expect(rows[0]?.frame).toBe('[2,"a","DataTransfer",{"vendorId":"é日本"}]');
  });
});

describe('bad input', () => {
  const line = (vendorId: string) => `2026-05-04T10:00:00Z send [2,"a","DataTransfer",{"vendorId":"${vendorId}"}]\n`;
  const lines = (count: number) => Array.from({ length: count }, (_, n) => line(`${n} ${Math.sin(n)}`)).join('');

  it('in Latin-1 is read, also beside UTF-8', async () => {
    const { rows, problems } = await read(Buffer.from(line('Zähler'), 'latin1'), Buffer.from(line('日本')));
    expect(rows.map(({ frame }) => JSON.parse(frame)[3].vendorId)).toEqual(['Zähler', '日本']);
    expect(problems).toEqual([]);
  });

  it('in Shift JIS is read, whose characters may end in a backslash, and quotes of Windows-1252 are not taken for it', async () => {
    const japanese = Buffer.from('8f5b93648aed20955c8ea6', 'hex').toString('latin1');
    const quoted = Buffer.from(line('\x93Z\xe4hler\x94 \x96 L\xe4ngs'), 'latin1');
    const { rows, problems } = await read(Buffer.from(line(japanese), 'latin1'), quoted, line('日本'));
    expect(rows.map(({ frame }) => JSON.parse(frame)[3].vendorId)).toEqual(['充電器 表示', '“Zähler” – Längs', '日本']);
    expect(problems).toEqual([]);
  });

  it('in UTF-16 without a byte order mark is read', async () => {
    const little = Buffer.from(`${line('日本')}${line('é')}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const { rows } = await read(bytes.subarray(0, 1), bytes.subarray(1));
      expect(rows.map(({ frame }) => JSON.parse(frame)[3].vendorId)).toEqual(['日本', 'é']);
    }
  });

  it('with a byte order mark, empty lines and a cut end is read as far as it goes', async () => {
    const { rows, problems } = await read(`\ufeff${line('a')}\r\n\n`, line('b').slice(0, 60));
    expect(rows).toHaveLength(1);
    expect(problems).toEqual(['4: the frame was cut off']);
  });

  it('of a line without an end does not fill the memory, and the next line is read', async () => {
    const part = Buffer.alloc(1 << 20, 'x');
    const { rows, problems } = await read(...Array.from({ length: 6 }, () => part), `\n${line('a')}`);
    expect(rows).toHaveLength(1);
    expect(problems).toEqual(['1: the line is too long']);
  });

  it('of a packed file that was cut off is read as far as it goes, and says so', async () => {
    const whole = gzipSync(lines(5_000));
    const { rows, problems } = await read(whole.subarray(0, whole.length >> 1));
    expect(rows.length).toBeGreaterThan(1_000);
    expect(problems.at(-1)).toMatch(/: the packed file was cut off here$/);
    expect(problems.length).toBeLessThanOrEqual(2);
  });

  it('of a packed file with damage within is read up to there, and says so', async () => {
    const damaged = gzipSync(lines(5_000));
    damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 40);
    const { rows, problems } = await read(damaged);
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.length).toBeLessThan(5_000);
    expect(problems.at(-1)).toMatch(/: the packed file is damaged: what follows cannot be unpacked$/);
  });

  it('of a packed file whose checksum alone is wrong is read in full, and says so', async () => {
    const damaged = gzipSync(lines(20));
    damaged.fill(0, damaged.length - 8, damaged.length - 4);
    const { rows, problems } = await read(damaged);
    expect(rows).toHaveLength(20);
    expect(problems).toEqual(['21: the packed file is damaged: what follows cannot be unpacked']);
  });

  it('that is a zip archive is told how to be read', async () => {
    const { rows, problems } = await read(Buffer.from('PK\x03\x04…'));
    expect(rows).toEqual([]);
    expect(problems).toEqual(['1: this is a zip archive: unpack it, and import the logs in it']);
  });

  it('that is no log at all has neither frames nor problems worth telling', async () => {
    const { rows } = await read(Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7_919) % 256)));
    expect(rows).toEqual([]);
  });

  it('whose CSV is cut within a row is read up to there', async () => {
    const { rows, problems } = await read(
      'thingName,at,direction,kind,frame\r\nCP1,2026-05-04T10:00:00Z,in,call,"[2,""a"",""Heartbeat"",{}]"\r\nCP1,2026-05-04T10:00:01Z,in,call,"[2,""b""',
    );
    expect(rows.map(({ messageId }) => messageId)).toEqual(['a']);
    expect(problems).toEqual(['3: the row was cut off']);
  });

  it('whose CSV has a row that was cut is read on from the next one', async () => {
    const row = (id: string) => `CP1,2026-05-04T10:00:00Z,in,call,"[2,""${id}"",""Heartbeat"",{}]"\r\n`;
    const { rows, problems } = await read(
      `thingName,at,direction,kind,frame\r\n${row('a')}CP1,"2026-\r\n${row('b')}CP1,2026-05-04T10:00:01Z,in,call,"[2,\n""c"",""Heartbeat"",{}]"\r\n${row('d')}`,
    );
    expect(rows.map(({ messageId }) => messageId)).toEqual(['a', 'b', 'c', 'd']);
    expect(problems).toEqual(['3: the row was cut off']);
  });

  it('that does not say its version is held against the one whose schema it fits', async () => {
    const { rows } = await read(
      '2026-05-04T10:00:00Z CP_1: send [2,"a","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-05-04T10:00:00Z","sampledValue":[{"value":"5"}]}]}]\n',
    );
    expect(rows[0]?.violations).toBeNull();
  });
});

const ROW = {
  id: 1,
  thingName: 'CP1',
  connectionId: 'c1',
  at: Date.UTC(2026, 4, 4, 10),
  direction: 'in',
  kind: 'call',
  action: 'StatusNotification',
  messageId: 'm1',
  frame: '[2, "m1", "StatusNotification", {"connectorId":1,"errorCode":"NoError","status":"Available"}]',
  latencyMs: null,
  errorCode: null,
  violations: null,
} as const;

describe('Open OCPP Trace', () => {
  it('is written with the frame as it was, and read back as the same row', async () => {
    const record = toTraceRecord(ROW, 'ocpp1.6');
    expect(record).toMatchObject({
      schemaVersion: '1.1',
      timestamp: '2026-05-04T10:00:00.000Z',
      ocppVersion: '1.6',
      transport: 'json',
      chargePointId: 'CP1',
      connectorId: 1,
      direction: 'cp-to-csms',
      messageType: 'CALL',
      action: 'StatusNotification',
      raw: ROW.frame,
    });
    const { id: _id, ...row } = ROW;
    expect((await read(`${JSON.stringify(record)}\n`)).rows).toEqual([row]);
  });

  it('is read without the original text, with what is not known to us, and errors', async () => {
    const common = {
      schemaVersion: '1.7',
      timestamp: '2026-05-04T10:00:00Z',
      transport: 'json',
      chargePointId: 'CP1',
      new: 1,
    };
    const { rows, problems } = await read(
      `${JSON.stringify({ ...common, direction: 'csms-to-cp', messageType: 'CALL', messageId: 'x', action: 'Reset', payload: { type: 'Hard' } })}\n`,
      `${JSON.stringify({ ...common, direction: 'cp-to-csms', messageType: 'CALLERROR', messageId: 'x', error: { code: 'InternalError' } })}\n`,
      `${JSON.stringify({ ...common, direction: 'cp-to-csms', messageType: 'CALLRESULT', messageId: 'orphan', payload: {} })}\n`,
      `${JSON.stringify({ ...common, direction: 'sideways', messageType: 'CALL' })}\n`,
    );
    expect(rows.map(brief)).toEqual([
      ['out', 'call', 'Reset', null],
      ['in', 'error', 'Reset', 0],
      ['in', 'result', null, null],
    ]);
    expect(problems).toEqual(['4: direction is not known']);
  });

  it('pairs answers as its rules say, and takes an action from the answer only where its CALL is not there', async () => {
    const record = (direction: string, messageType: string, more: object) =>
      `${JSON.stringify({ schemaVersion: '1.1', timestamp: '2026-05-04T10:00:00Z', transport: 'json', chargePointId: 'CP1', direction, messageType, messageId: 'x', ...more })}\n`;
    const { rows } = await read(
      record('cp-to-csms', 'CALLRESULT', { action: 'Reset', payload: { status: 'Accepted' } }),
      record('cp-to-csms', 'CALL', { action: 'Heartbeat', payload: {} }),
      record('csms-to-cp', 'CALL', { action: 'ClearCache', payload: {} }),
      record('cp-to-csms', 'CALLRESULT', { action: 'Reset', payload: { status: 'Accepted' } }),
      record('csms-to-cp', 'CALLERROR', { error: { code: 'InternalError' } }),
      record('csms-to-cp', 'CALLERROR', { error: { code: 'InternalError' } }),
    );
    expect(rows.map(brief)).toEqual([
      ['in', 'result', 'Reset', null],
      ['in', 'call', 'Heartbeat', null],
      ['out', 'call', 'ClearCache', null],
      ['in', 'result', 'ClearCache', 0],
      ['out', 'error', 'Heartbeat', 0],
      ['out', 'error', null, null],
    ]);
  });

  it('is written by its schema: only members that it declares, an error for a CALLERROR alone, an action for a CALL', () => {
    const declared = new Set(
      'schemaVersion timestamp ocppVersion transport chargePointId connectorId direction messageType messageId action payload raw error meta'.split(
        ' ',
      ),
    );
    const frames = [
      ['call', 'StatusNotification', '[2,"m","StatusNotification",{"connectorId":-1}]'],
      ['result', null, '[3,"m",{}]'],
      ['error', 'Reset', '[4,"m","NotSupported","",{}]'],
    ] as const;
    for (const [kind, action, frame] of frames) {
      const record = toTraceRecord({ ...ROW, kind, action, frame }, null) as Record<string, unknown>;
      expect(Object.keys(record).filter((name) => !declared.has(name))).toEqual([]);
      expect('error' in record).toBe(kind === 'error');
      expect(record.action ?? null).toBe(action);
      expect(record.connectorId).toBeUndefined();
    }
  });

  it('has no place for events', () => {
    expect(toTraceRecord({ ...ROW, kind: 'event', action: 'connected', frame: '{}' }, null)).toBeNull();
  });
});
