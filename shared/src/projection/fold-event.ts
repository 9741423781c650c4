import type { LogRow } from '../message-log/log-row.ts';
import { OCPP_VERSIONS } from '../ocpp-j/frame.ts';
import { type ChargePointState, NONE } from './charge-point-state.ts';
import { takeUnansweredReset } from './fold-reset.ts';
import { closeSession } from './fold-transactions.ts';
import { integerOf, type Members, membersOf, textOf } from './read-payload.ts';
import { remark } from './remark.ts';

/** Connects, disconnects and the like. @see LogEvent */
export function foldEvent(next: ChargePointState, row: LogRow): void {
  const details = detailsOf(row.frame);
  switch (row.action) {
    case 'connected':
      connect(next, row, details);
      break;
    case 'disconnected':
      disconnect(next, row, details);
      break;
    case 'session-closed':
      closeSession(next, details, row.at);
      break;
    case 'identity-conflict': {
      const addresses = [textOf(details.olderRemoteAddress), textOf(details.remoteAddress)];
      remark(next, { at: row.at, name: row.action, detail: addresses.filter((each) => each !== null).join(' → ') });
      break;
    }
    case 'refused':
    case 'undelivered':
      remark(next, { at: row.at, name: row.action, detail: textOf(details.reason) ?? '' });
      break;
  }
}

function connect(next: ChargePointState, row: LogRow, details: Members): void {
  takeUnansweredReset(next, next.pending, row.at);
  next.connected = true;
  next.connectionId = row.connectionId;
  next.instance = textOf(details.instance);
  next.passedOver = null;
  next.connectedAt = row.at;
  next.lastSeenAt = row.at;
  next.protocol = OCPP_VERSIONS.find((version) => version === details.protocol) ?? null;
  next.remoteAddress = textOf(details.remoteAddress);
  next.pending = NONE;
  remark(next, { at: row.at, name: 'connected', detail: next.protocol ?? '' });
}

/** The late close of a connection that another one replaced says nothing about the charge point. */
function disconnect(next: ChargePointState, row: LogRow, details: Members): void {
  if (row.connectionId !== next.connectionId) return;
  next.connected = false;
  next.disconnectedAt = row.at;
  takeUnansweredReset(next, next.pending, row.at);
  next.pending = NONE;
  const detail = [integerOf(details.code), textOf(details.reason)].filter((part) => part !== null).join(' ');
  remark(next, { at: row.at, name: 'disconnected', detail });
}

/** Details of an event, as far as they can be read. */
export function detailsOf(text: string): Members {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return membersOf(null);
  }
}
