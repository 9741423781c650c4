import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { expect, it } from 'vitest';
import { createPlan, type Plan } from './plan.ts';

const NONE = { latencyMs: null, errorCode: null, violations: null } as const;

/** `> text` from the charge point, `< text` to it, `+`/`-` connects and disconnects; each on connection `a` or `b`. */
function planOf(...lines: string[]): Plan {
  const plan = createPlan();
  lines.forEach((line, index) => {
    const [connectionId = '', sign = ''] = [line[0], line[1]];
    const common = { ...NONE, id: index + 1, at: index, thingName: 'CP1', connectionId };
    const frame = line.slice(3);
    if (sign === '+' || sign === '-') {
      const action = sign === '+' ? 'connected' : 'disconnected';
      plan.add({ ...common, direction: 'in', kind: 'event', action, messageId: null, frame });
      return;
    }
    const [type, messageId] = frame.startsWith('[') ? (JSON.parse(frame) as [number, string]) : [];
    const kind: LogRow['kind'] = type === 2 ? 'call' : type === 3 ? 'result' : type === 4 ? 'error' : 'malformed';
    plan.add({
      ...common,
      direction: sign === '>' ? 'in' : 'out',
      kind,
      action: null,
      messageId: messageId ?? null,
      frame,
    });
  });
  return plan.result();
}

const kinds = ({ steps }: Plan): string[] => steps.map((step) => `${step.rowId} ${step.kind}`);

it('has the charge point’s requests with their answers, and what it was asked with what it said', () => {
  const { steps, protocol } = planOf(
    'a+ {"protocol":"ocpp1.6"}',
    'a> [2,"1","Heartbeat",{}]',
    'a< [2,"1","Reset",{"type":"Soft"}]',
    'a< [3,"1",{"currentTime":"then"}]',
    'a> [4,"1","NotSupported","no",{}]',
    'a> [2,"2","Heartbeat",{}]',
    'a- {}',
  );
  expect(protocol).toBe('ocpp1.6');
  expect(steps).toEqual([
    { kind: 'connect', at: 0, rowId: 1 },
    {
      kind: 'call',
      at: 1,
      rowId: 2,
      action: 'Heartbeat',
      payload: {},
      answer: { kind: 'result', payload: { currentTime: 'then' } },
    },
    {
      kind: 'command',
      at: 2,
      rowId: 3,
      action: 'Reset',
      payload: { type: 'Soft' },
      answer: { kind: 'error', code: 'NotSupported', description: 'no', details: {} },
    },
    { kind: 'call', at: 5, rowId: 6, action: 'Heartbeat', payload: {}, answer: null },
    { kind: 'disconnect', at: 6, rowId: 7 },
  ]);
});

it('connects where the log begins in the midst of a connection, and again after its end', () => {
  expect(kinds(planOf('a> [2,"1","Heartbeat",{}]', 'a- {}', 'a> garbage'))).toEqual([
    '1 connect',
    '1 call',
    '2 disconnect',
    '3 connect',
    '3 text',
  ]);
});

it('follows a connection that takes over from another; an answer belongs to its own connection', () => {
  const plan = planOf('a+ {}', 'a> [2,"1","Heartbeat",{}]', 'b+ {}', 'a- {}', 'b< [3,"1",{}]', 'b- {}');
  expect(kinds(plan)).toEqual(['1 connect', '2 call', '3 disconnect', '3 connect', '6 disconnect']);
  expect(plan.steps[1]).toMatchObject({ answer: null });
});

it('guesses the version from what only one has', () => {
  const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
  expect(planOf(`a> [2,"1","BootNotification",${JSON.stringify(boot)}]`).protocol).toBe('ocpp2.0.1');
  expect(planOf('a> [2,"1","StartTransaction",{"connectorId":1}]').protocol).toBe('ocpp1.6');
  expect(planOf('a> [2,"1","Heartbeat",{}]').protocol).toBeNull();
});
