import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { decodeFrame } from '@cpo-console/shared/ocpp-j/decode-frame.ts';
import type { Frame, OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { integerOf, type Members, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { bad, type LineOutcome } from './logged-line.ts';

const SCHEMA_VERSION = '1.1';
const VERSIONS: ReadonlyMap<string, OcppVersion> = new Map([
  ['1.6', 'ocpp1.6'],
  ['1.6j', 'ocpp1.6'],
  ['2.0', 'ocpp2.0.1'],
  ['2.0.1', 'ocpp2.0.1'],
  ['2.1', 'ocpp2.1'],
]);

/** Frames that the format has no place for come to nothing: events, SENDs, CALLRESULTERRORs, texts that are no frame. */
export function toTraceRecord(row: LogRow, protocol: OcppVersion | null): object | null {
  const decoded = decodeFrame(row.frame, protocol ?? 'ocpp2.1');
  if (row.kind === 'event' || !decoded.ok) return null;
  const message = messageOf(decoded.frame);
  if (message === null) return null;
  const connectorId = integerOf(membersOf(message.payload).connectorId);
  return {
    schemaVersion: SCHEMA_VERSION,
    timestamp: new Date(row.at).toISOString(),
    ...(protocol === null ? {} : { ocppVersion: protocol.slice('ocpp'.length) }),
    transport: 'json',
    chargePointId: row.thingName,
    ...(connectorId === null || connectorId < 0 ? {} : { connectorId }),
    direction: row.direction === 'in' ? 'cp-to-csms' : 'csms-to-cp',
    ...message,
    ...(row.action === null ? {} : { action: row.action }),
    raw: row.frame,
    meta: { connectionId: row.connectionId, ...(row.latencyMs === null ? {} : { latencyMs: row.latencyMs }) },
  };
}

function messageOf(frame: Frame): { messageType: string; messageId: string; payload?: unknown; error?: object } | null {
  const { messageId } = frame;
  switch (frame.kind) {
    case 'call':
      return { messageType: 'CALL', messageId, payload: frame.payload };
    case 'result':
      return { messageType: 'CALLRESULT', messageId, payload: frame.payload };
    case 'error': {
      const { code, description, details } = frame;
      return { messageType: 'CALLERROR', messageId, error: { code, description, details } };
    }
    case 'result-error':
    case 'send':
      return null;
  }
}

export const isTraceRecord = (record: Members): boolean =>
  typeof record.schemaVersion === 'string' && typeof record.messageType === 'string';

/** Members that it does not know are left alone. */
export function readTraceRecord(record: Members): LineOutcome {
  const at = Date.parse(textOf(record.timestamp) ?? '');
  if (!Number.isFinite(at)) return bad('timestamp is not a time');
  if (record.transport === 'soap') return bad('OCPP over SOAP is not read');
  if (record.direction !== 'cp-to-csms' && record.direction !== 'csms-to-cp') return bad('direction is not known');
  const frame = typeof record.raw === 'string' ? record.raw : composed(record);
  if (frame === null) return bad('messageType is not known');
  return {
    kind: 'line',
    line: {
      at,
      thingName: textOf(record.chargePointId, 128),
      connectionId: textOf(membersOf(record.meta).connectionId, 128),
      direction: record.direction === 'cp-to-csms' ? 'in' : 'out',
      protocol: VERSIONS.get((textOf(record.ocppVersion) ?? '').toLowerCase().replace('ocpp', '')) ?? null,
      event: null,
      action: textOf(record.action, 64),
      frame,
    },
  };
}

/** Without the original text: the frame that says the same. */
function composed({ messageType, messageId, action, payload = {}, error }: Members): string | null {
  switch (messageType) {
    case 'CALL':
      return JSON.stringify([2, messageId, action, payload]);
    case 'CALLRESULT':
      return JSON.stringify([3, messageId, payload]);
    case 'CALLERROR': {
      const { code, description = '', details = {} } = membersOf(error);
      return JSON.stringify([4, messageId, code, description, details]);
    }
    default:
      return null;
  }
}
