import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { expect, it } from 'vitest';
import { createExchangeGate } from './exchange-gate.ts';

const row = (id: number, kind: LogRow['kind'], more: Partial<LogRow> = {}): LogRow => ({
  id,
  thingName: 'CP1',
  connectionId: 'c1',
  at: id,
  direction: kind === 'call' ? 'in' : 'out',
  kind,
  action: 'Heartbeat',
  messageId: 'a',
  frame: '[]',
  latencyMs: null,
  errorCode: null,
  violations: null,
  ...more,
});

interface Passing {
  matches?: (row: LogRow) => boolean;
  room?: number;
}

function pass(rows: LogRow[], { matches = () => true, room = Number.POSITIVE_INFINITY }: Passing = {}) {
  let left = 0;
  const take = createExchangeGate({
    matches,
    hasRoom: () => {
      room -= 1;
      return room >= 0;
    },
    onLeftOut: () => {
      left += 1;
    },
  });
  const shown = rows.flatMap(take).map((each) => `${each.event} ${each.row.id}`);
  return { shown, left };
}

it('shows everything where there is room', () => {
  const rows = [row(1, 'call'), row(2, 'result'), row(3, 'event', { messageId: null })];
  expect(pass(rows)).toEqual({ shown: ['message 1', 'message 2', 'message 3'], left: 0 });
});

it('leaves out whole exchanges, never the answer to a CALL that is shown', () => {
  const rows = [
    row(1, 'call'),
    row(2, 'call', { messageId: 'b' }),
    row(3, 'result'),
    row(4, 'result', { messageId: 'b' }),
  ];
  expect(pass(rows, { room: 1 })).toEqual({ shown: ['message 1', 'message 3'], left: 2 });
});

it('brings the other half along that a filter keeps away, without counting what does not match', () => {
  const rows = [row(1, 'call'), row(2, 'result')];
  expect(pass(rows, { matches: ({ kind }) => kind === 'result' }).shown).toEqual(['partner 1', 'message 2']);
  expect(pass(rows, { matches: ({ kind }) => kind === 'call' }).shown).toEqual(['message 1', 'partner 2']);
  const isSlow = (answer: LogRow, call?: LogRow) => answer.kind === 'result' && call?.id === 1;
  expect(pass(rows, { matches: isSlow }).shown).toEqual(['partner 1', 'message 2']);
  expect(pass(rows, { matches: () => false, room: 0 })).toEqual({ shown: [], left: 0 });
});
