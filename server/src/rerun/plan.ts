import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import type { Frame, OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { OCPP_VERSIONS } from '@cpo-console/shared/ocpp-j/frame.ts';
import { guessVersion } from '../message-log/formats/row-builder.ts';
import type { Answer, Step } from './step.ts';

export interface Plan {
  steps: Step[];
  /** What the charge point spoke, where the log tells. */
  protocol: OcppVersion | null;
}

type Asked = Extract<Step, { answer: Answer | null }>;

/** Takes one charge point's rows in their order, and tells what there is to do again. */
export function createPlan() {
  const steps: Step[] = [];
  const waiting = new Map<string, Asked>();
  let connection: string | null = null;
  let protocol: OcppVersion | null = null;
  let guessed: OcppVersion | null = null;

  /** A log may begin in the midst of a connection, or not tell of connections at all. */
  const beConnected = (row: LogRow): void => {
    if (connection !== null) return;
    connection = row.connectionId;
    steps.push({ kind: 'connect', at: row.at, rowId: row.id });
  };

  const readEvent = (row: LogRow): void => {
    const { at, id: rowId } = row;
    if (row.action === 'connected') {
      protocol ??= protocolOf(row.frame);
      if (connection !== null) steps.push({ kind: 'disconnect', at, rowId });
      connection = null;
      beConnected(row);
    }
    // The end of a connection that another one has taken over is no news.
    if (row.action !== 'disconnected' || connection !== row.connectionId) return;
    steps.push({ kind: 'disconnect', at, rowId });
    connection = null;
  };

  const ask = (row: LogRow, step: Asked): void => {
    steps.push(step);
    waiting.set(keyOf(row, row.direction), step);
  };

  const readAnswer = (row: LogRow, answer: Answer): void => {
    const key = keyOf(row, row.direction === 'in' ? 'out' : 'in');
    const asked = waiting.get(key);
    if (asked === undefined) return;
    asked.answer = answer;
    waiting.delete(key);
  };

  const readFrame = (row: LogRow, frame: Frame): void => {
    const common = { at: row.at, rowId: row.id };
    switch (frame.kind) {
      case 'call': {
        const { action, payload } = frame;
        if (row.direction === 'in') beConnected(row);
        ask(row, { kind: row.direction === 'in' ? 'call' : 'command', ...common, action, payload, answer: null });
        break;
      }
      case 'send':
        if (row.direction === 'in') beConnected(row);
        if (row.direction === 'in')
          steps.push({ kind: 'send', ...common, action: frame.action, payload: frame.payload });
        break;
      case 'result':
        readAnswer(row, { kind: 'result', payload: frame.payload });
        break;
      case 'error':
        readAnswer(row, { kind: 'error', code: frame.code, description: frame.description, details: frame.details });
        break;
      case 'result-error':
        // It complains about an answer: whether there is a reason again shows by itself.
        break;
    }
  };

  return {
    add(row: LogRow): void {
      if (row.kind === 'event') {
        readEvent(row);
        return;
      }
      const decoded = decodeFrame(row.frame, 'ocpp2.1');
      if (decoded.ok) {
        guessed ??= guessVersion(decoded.frame);
        readFrame(row, decoded.frame);
      } else if (row.direction === 'in') {
        beConnected(row);
        steps.push({ kind: 'text', at: row.at, rowId: row.id, text: row.frame });
      }
    },
    result: (): Plan => ({ steps, protocol: protocol ?? guessed }),
  };
}

const keyOf = (row: LogRow, direction: string): string => `${row.connectionId} ${direction} ${row.messageId}`;

function protocolOf(details: string): OcppVersion | null {
  return OCPP_VERSIONS.find((version) => details.includes(`"${version}"`)) ?? null;
}
