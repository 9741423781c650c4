import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import { describe, expect, it } from 'vitest';
import { readLog } from './read-log.ts';
import { createRowBuilder } from './row-builder.ts';

const validator = await createValidator();
const AT = '2026-05-04T10:00:00.';

async function read(text: string) {
  const toRow = createRowBuilder({ validator, thingName: '-', protocol: null });
  const rows: string[] = [];
  async function* content() {
    yield Buffer.from(text);
  }
  for await (const outcome of readLog(content())) {
    if (outcome.kind === 'line') {
      const { direction, at, thingName, kind, action } = toRow(outcome.line, outcome.verb ?? null);
      rows.push([direction, new Date(at).toISOString(), thingName, kind, action].join(' '));
    } else if (outcome.kind === 'bad') rows.push(`${outcome.lineNumber}: ${outcome.problem}`);
  }
  return rows;
}

const BEAT = '[2,"a","Heartbeat",{}]';
const TIME = '[3,"a",{"currentTime":"2026-05-04T10:00:00.500Z"}]';
const beat = (ms: string, name: string): string => `in ${AT}${ms}Z ${name} call Heartbeat`;
const time = (ms: string, name: string): string => `out ${AT}${ms}Z ${name} result Heartbeat`;

describe('the log of', () => {
  it.each([
    [
      'a Python library with a time format',
      `2026-05-04 10:00:00,123  ocpp   CP_1: send ${BEAT}\n2026-05-04 10:00:00,456  ocpp   CP_1: receive message ${TIME}`,
      [beat('123', 'CP_1'), time('456', 'CP_1')],
    ],
    [
      'a Python library in a home automation, whose answers go over several lines',
      `2026-05-04 10:00:00.100 INFO (MainThread) [ocpp] Wallbox-7: send [2,"b","TriggerMessage",{"requestedMessage":"Heartbeat"}]\n` +
        `2026-05-04 10:00:00.200 INFO (MainThread) [ocpp] Wallbox-7: receive message [3,"b",\n{\n"status": "Accepted"\n}]\n` +
        `2026-05-04 10:00:00.300 INFO (MainThread) [ocpp] Wallbox-7: receive message ${BEAT}`,
      [
        `out ${AT}100Z Wallbox-7 call TriggerMessage`,
        `in ${AT}200Z Wallbox-7 result TriggerMessage`,
        beat('300', 'Wallbox-7'),
      ],
    ],
    [
      'a Python library without times, which begin where the CSMS tells one',
      `INFO:ocpp:CP1: send ${BEAT}\nINFO:ocpp:CP1: receive message ${TIME}\nINFO:ocpp:CP1: send ${BEAT}`,
      ['1: has a frame but no time, and nothing before it tells one', `out ${AT}500Z CP1 result `, beat('500', 'CP1')],
    ],
    [
      'a logger that writes JSON',
      `{"timestamp":"2026-05-04T10:00:00.100000","level":"INFO","message":${JSON.stringify(`CP_1: send ${BEAT}`)}}\n` +
        `{"timestamp":"2026-05-04T10:00:00.200000","level":"INFO","message":"connected"}\n` +
        `{"time":"2026-05-04T12:00:00.300+02:00","chargePointId":"CP-9","msg":${JSON.stringify(`received ${BEAT}`)}}`,
      [beat('100', 'CP_1'), beat('300', 'CP-9')],
    ],
    [
      'an energy manager in Go, in a container',
      `evse  | [ocpp  ] TRACE 2026/05/04 10:00:00 recv 4oSn: ${BEAT}\nevse  | [ocpp  ] TRACE 2026/05/04 10:00:00 send 4oSn: ${TIME}`,
      [beat('000', '4oSn'), time('000', '4oSn')],
    ],
    [
      'a CSMS in Java',
      `[INFO ] 2026-05-04 10:00:00,001 ws.Logger (qtp-7) - [chargeBoxId=DE*ABC*1, sessionId=9f-1] Received: ${BEAT}\n` +
        `[INFO ] 2026-05-04 10:00:00,009 ws.Logger (qtp-7) - [chargeBoxId=DE*ABC*1, sessionId=9f-1] Sending: ${TIME}`,
      [beat('001', 'DE*ABC*1'), time('009', 'DE*ABC*1')],
    ],
    [
      'a charge point in C++, whose frames are indented under their time',
      `2026-05-04T10:00:00.053Z: ChargePoint>CentralSystem Heartbeat \n[\n  2,\n  "a",\n  "Heartbeat",\n  {}\n]\n\n` +
        `2026-05-04T10:00:00.158Z: CentralSystem>ChargePoint  HeartbeatResponse\n[\n  3,\n  "a",\n  {\n    "currentTime": "2026-05-04T10:00:00.100Z"\n  }\n]\n`,
      [beat('053', '-'), time('158', '-')],
    ],
    [
      'a test bench that says Rx and Tx',
      `2026-05-04 10:00:00,088 - bench.ocpp - INFO - Rx: ${BEAT}\n2026-05-04 10:00:00,097 - bench.ocpp - INFO - Tx: ${TIME}`,
      [beat('088', '-'), time('097', '-')],
    ],
    [
      'a tool that writes the time of the day, past midnight',
      `2026-05-03T23:59:59Z CP1: send ${BEAT}\n00:00:01.250 CP1: send ${BEAT}`,
      ['in 2026-05-03T23:59:59.000Z CP1 call Heartbeat', 'in 2026-05-04T00:00:01.250Z CP1 call Heartbeat'],
    ],
  ])('%s', async (_tool, text, rows) => {
    expect(await read(text)).toEqual(rows);
  });

  it('a tool that was killed within a frame: what is under it is read', async () => {
    expect(await read(`2026-05-04 10:00:00 CP1: send [2,"a",\n2026-05-04 10:00:00,123 CP1: send ${BEAT}\n`)).toEqual([
      '1: the frame was cut off',
      beat('123', 'CP1'),
    ]);
  });
});
