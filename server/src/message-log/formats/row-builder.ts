import type { LogDirection } from '@cpo-console/shared/message-log/log-row.ts';
import { ACTIONS } from '@cpo-console/shared/ocpp/actions.ts';
import type { Validator } from '@cpo-console/shared/ocpp/validate.ts';
import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import {
  type DecodedFrame,
  type Frame,
  OCPP_VERSIONS,
  type OcppVersion,
  type Violation,
} from '@cpo-console/shared/ocpp-j/frame.ts';
import { inspectFrame } from '@cpo-console/shared/ocpp-j/inspect-frame.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import type { NewLogRow } from '../message-log.ts';
import type { LoggedLine } from './logged-line.ts';
import { directionOf, type TextLine } from './text-log.ts';

/** CALLs that wait for their answer, at most: a log may have millions without one. */
const MAX_WAITING = 10_000;

export interface RowBuilderOptions {
  validator: Validator;
  /** For lines that name no charge point. */
  thingName: string;
  /** For logs that do not say. */
  protocol: OcppVersion | null;
}

interface WaitingCall {
  action: string;
  at: number;
  direction: LogDirection;
}

/** Makes rows of a log of lines in their order: finds out direction and version, pairs answers, checks schemas. */
export function createRowBuilder({ validator, thingName, protocol }: RowBuilderOptions) {
  const waiting = new Map<string, WaitingCall>();
  const versions = new Map<string, OcppVersion>();
  /** Whose log it is, once it shows. */
  let writer: 'charge-point' | 'csms' | null = null;

  const versionOf = (name: string, line: LoggedLine, frame: Frame | null): OcppVersion => {
    const known =
      line.protocol ??
      versions.get(name) ??
      protocol ??
      versionOfEvent(line) ??
      (frame === null ? null : (guessVersion(frame) ?? bySchema(frame, { validator, direction: line.direction })));
    if (known !== null) versions.set(name, known);
    return known ?? 'ocpp2.0.1';
  };

  const callOf = (name: string, messageId: string, direction: LogDirection | null): WaitingCall | undefined => {
    const senders: LogDirection[] = direction === null ? ['in', 'out'] : [direction === 'in' ? 'out' : 'in'];
    for (const sender of senders) {
      const call = waiting.get(`${name} ${sender} ${messageId}`);
      if (call !== undefined) return call;
    }
    return undefined;
  };

  const findDirection = (name: string, line: LoggedLine, frame: Frame | null, verb: TextLine['verb']): LogDirection => {
    if (line.direction !== null) return line.direction;
    const sure = frame === null ? null : directionByAction(frame);
    if (sure !== null && verb !== null) writer = (verb === 'sent') === (sure === 'in') ? 'charge-point' : 'csms';
    const told = sure ?? directionOf(verb, writer ?? 'charge-point');
    if (told !== null) return told;
    const call = frame === null ? undefined : callOf(name, frame.messageId, null);
    return call?.direction === 'in' ? 'out' : 'in';
  };

  return (line: LoggedLine, verb: TextLine['verb'] = null): NewLogRow => {
    const name = line.thingName ?? thingName;
    const connectionId = line.connectionId ?? 'imported';
    const common = { thingName: name, connectionId, at: line.at, frame: line.frame };
    const none = { messageId: null, latencyMs: null, errorCode: null, violations: null };
    if (line.event !== null) {
      versionOf(name, line, null);
      return { ...common, ...none, direction: 'in', kind: 'event', action: line.event };
    }
    const first = decodeFrame(line.frame, 'ocpp2.1');
    const frame = first.ok ? first.frame : null;
    const version = versionOf(name, line, frame);
    const direction = findDirection(name, line, frame, verb);
    const call = frame === null ? undefined : callOf(name, frame.messageId, direction);
    const action = call?.action ?? line.action;
    const { decoded, violations } = inspectFrame(line.frame, {
      version,
      validator,
      direction,
      actionOf: () => action ?? undefined,
    });
    if (!decoded.ok) {
      return { ...common, ...none, direction, kind: 'malformed', action: null, violations: [defectOf(decoded)] };
    }
    const { messageId } = decoded.frame;
    if (decoded.frame.kind === 'call') {
      const key = `${name} ${direction} ${messageId}`;
      waiting.delete(key);
      waiting.set(key, { action: decoded.frame.action, at: line.at, direction });
      const oldest = waiting.keys().next().value;
      if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
    } else if (call !== undefined) waiting.delete(`${name} ${call.direction} ${messageId}`);
    return {
      ...common,
      direction,
      ...kindOf(decoded.frame, action),
      messageId,
      latencyMs: call === undefined || decoded.frame.kind === 'call' ? null : Math.max(0, line.at - call.at),
      violations: violations.length === 0 ? null : [...violations],
    };
  };
}

function kindOf(frame: Frame, action: string | null): Pick<NewLogRow, 'kind' | 'action' | 'errorCode'> {
  switch (frame.kind) {
    case 'call':
    case 'send':
      return { kind: frame.kind, action: frame.action, errorCode: null };
    case 'result':
      return { kind: 'result', action, errorCode: null };
    case 'error':
    case 'result-error':
      return { kind: 'error', action, errorCode: frame.code };
  }
}

const defectOf = ({ defect }: Extract<DecodedFrame, { ok: false }>): Violation => ({
  path: '',
  rule: 'ocpp-j',
  message: defect,
  code: 'RpcFrameworkError',
});

function directionByAction(frame: Frame): LogDirection | null {
  if (frame.kind !== 'call' && frame.kind !== 'send') return null;
  for (const table of Object.values(ACTIONS)) {
    if (!Object.hasOwn(table, frame.action)) continue;
    const from = table[frame.action]?.from;
    if (from === 'charge-point') return 'in';
    if (from === 'csms') return 'out';
  }
  return null;
}

function versionOfEvent({ event, frame }: LoggedLine): OcppVersion | null {
  if (event !== 'connected') return null;
  return frame.includes('"ocpp1.6"')
    ? 'ocpp1.6'
    : frame.includes('"ocpp2.1"')
      ? 'ocpp2.1'
      : frame.includes('"ocpp2.0.1"')
        ? 'ocpp2.0.1'
        : null;
}

/** By what only one version says. */
export function guessVersion(frame: Frame): OcppVersion | null {
  if (frame.kind === 'send' || frame.kind === 'result-error') return 'ocpp2.1';
  if (frame.kind !== 'call') return null;
  const payload = membersOf(frame.payload);
  if (frame.action === 'BootNotification') return 'chargingStation' in payload ? 'ocpp2.0.1' : 'ocpp1.6';
  if (frame.action === 'StatusNotification') return 'evseId' in payload ? 'ocpp2.0.1' : 'ocpp1.6';
  const knowing = Object.entries(ACTIONS).filter(([, table]) => Object.hasOwn(table, frame.action));
  const only = knowing[0]?.[0];
  if (only === 'ocpp1.6') return knowing.length === 1 ? 'ocpp1.6' : null;
  return only === 'ocpp2.0.1' || only === 'ocpp2.1' ? only : null;
}

/** By the schema that a CALL fits best. */
function bySchema(
  frame: Frame,
  { validator, direction }: { validator: Validator; direction: LogDirection | null },
): OcppVersion | null {
  if (frame.kind !== 'call') return null;
  const { action, payload } = frame;
  const sender = direction ?? directionByAction(frame) ?? 'in';
  const knowing = OCPP_VERSIONS.filter((version) => Object.hasOwn(ACTIONS[version], action));
  const broken = knowing.map((version) => validator.validate(version, action, 'request', payload, sender).length);
  const fitting = knowing.filter((_, index) => broken[index] === Math.min(...broken));
  if (fitting.includes('ocpp1.6')) return fitting.length === 1 ? 'ocpp1.6' : null;
  // What 2.0.1 says is said in 2.1, too, and spoken more.
  return fitting.includes('ocpp2.0.1') ? 'ocpp2.0.1' : (fitting[0] ?? null);
}
