import type { LogRow } from '../message-log/log-row.ts';
import { decodeFrame } from '../ocpp-j/decode-frame.ts';
import type { DecodedFrame } from '../ocpp-j/frame.ts';
import { type ChargePointState, LIMITS, NONE, type PendingCall } from './charge-point-state.ts';
import { detailsOf, foldEvent } from './fold-event.ts';
import { needsPayload, remember, takeCall, takeResult } from './fold-payload.ts';
import { appended, type Members, membersOf, textOf } from './read-payload.ts';
import { remark } from './remark.ts';

/**
 * The state after one more row of the log. Pure; what did not change is shared with the state before. Never throws:
 * a row holds whatever a charge point sent. `decoded` saves decoding the frame once more.
 */
export function fold(state: ChargePointState, row: LogRow, decoded?: DecodedFrame): ChargePointState {
  if (isLate(state, row)) return row.action === 'connected' ? { ...state, passedOver: row.connectionId } : state;
  const next = { ...state };
  if (row.kind === 'event') {
    foldEvent(next, row);
    return next;
  }
  count(next, row);
  see(next, row);
  switch (row.kind) {
    case 'call':
    case 'send':
      foldCall(next, row, decoded);
      break;
    case 'result':
      foldResult(next, row, decoded);
      break;
    case 'error':
      foldError(next, row);
      break;
  }
  return next;
}

/**
 * What a gateway that died had not handed in comes when it is back: by then the charge point may hang on another one.
 * Its own rows a gateway hands in as they happened, whatever its clock says.
 */
function isLate({ connected, connectionId, connectedAt, instance }: ChargePointState, row: LogRow): boolean {
  if (!connected || connectedAt === null || row.at >= connectedAt) return false;
  if (row.connectionId === '' || row.connectionId === connectionId || row.action === 'identity-conflict') return false;
  return row.action !== 'connected' || instance === null || textOf(detailsOf(row.frame).instance) !== instance;
}

function count(next: ChargePointState, row: LogRow): void {
  const { framesIn, framesOut, malformed, errors, violations } = next.counters;
  const isIn = row.direction === 'in';
  const isMalformed = row.kind === 'malformed';
  const breaksRules = !isMalformed && row.violations !== null && row.violations.length > 0;
  next.counters = {
    framesIn: isIn ? framesIn + 1 : framesIn,
    framesOut: isIn ? framesOut : framesOut + 1,
    malformed: isMalformed ? malformed + 1 : malformed,
    errors: row.kind === 'error' ? errors + 1 : errors,
    violations: breaksRules ? violations + 1 : violations,
  };
}

/**
 * The log may begin in the middle of a connection: then the first frame says that there is one. So does one of the
 * connection that was passed over, if it came after the known one ended: gateways' clocks differ.
 */
function see(next: ChargePointState, row: LogRow): void {
  const { connected, connectionId, disconnectedAt, passedOver } = next;
  if (row.direction === 'in' && (next.lastSeenAt === null || row.at > next.lastSeenAt)) next.lastSeenAt = row.at;
  if (row.connectionId === '' || row.connectionId === connectionId || connected) return;
  if (connectionId !== null) {
    if (row.connectionId !== passedOver || row.direction === 'out') return;
    if (disconnectedAt === null || row.at <= disconnectedAt) return;
  }
  next.connected = true;
  next.connectionId = row.connectionId;
  next.instance = null;
  next.passedOver = null;
  next.connectedAt = row.at;
}

function foldCall(next: ChargePointState, row: LogRow, decoded: DecodedFrame | undefined): void {
  const { action, messageId, direction, at } = row;
  if (action === null) return;
  const payload = needsPayload(action, row) ? payloadOf(next, row, decoded) : null;
  if (row.kind === 'call' && messageId !== null && row.connectionId === next.connectionId && next.connected) {
    const remembered = payload === null ? null : remember(next, row, payload);
    next.pending = appended(next.pending, { messageId, direction, action, at, remembered }, LIMITS.pending);
  }
  if (payload !== null && direction === 'in') takeCall(next, row, payload);
}

function foldResult(next: ChargePointState, row: LogRow, decoded: DecodedFrame | undefined): void {
  const call = answered(next, row);
  const action = row.action ?? call?.action ?? null;
  if (action === null || !needsPayload(action, row)) return;
  const payload = payloadOf(next, row, decoded);
  if (payload !== null) takeResult(next, { action, at: row.at, direction: row.direction, call }, payload);
}

function foldError(next: ChargePointState, row: LogRow): void {
  const call = answered(next, row);
  const action = row.action ?? call?.action ?? '?';
  remark(next, { at: row.at, name: 'call-error', detail: `${action}: ${row.errorCode ?? '?'}` });
}

/** Takes out the CALL that the row answers. Ids are unique per sender, so the direction belongs to it. */
function answered(next: ChargePointState, row: LogRow): PendingCall | undefined {
  const index = next.pending.findIndex((call) => call.messageId === row.messageId && call.direction !== row.direction);
  if (index < 0) return undefined;
  const call = next.pending[index];
  next.pending = next.pending.length === 1 ? NONE : next.pending.toSpliced(index, 1);
  return call;
}

function payloadOf(state: ChargePointState, row: LogRow, given: DecodedFrame | undefined): Members | null {
  const decoded = given ?? decodeFrame(row.frame, state.protocol ?? 'ocpp2.1');
  if (!decoded.ok || !('payload' in decoded.frame)) return null;
  return membersOf(decoded.frame.payload);
}
