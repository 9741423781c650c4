import { OCPP_VERSIONS } from '@cpo-console/shared/ocpp-j/frame.ts';
import { type Members, membersOf, textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { textOfCell } from '../../text/csv.ts';
import { bad, type LineOutcome } from './logged-line.ts';
import { isTraceRecord, readTraceRecord } from './open-ocpp-trace.ts';
import { readTextLine, type TextLine } from './text-log.ts';

const MAX_FRAME = 1 << 20;

/** A line of any format: our JSON Lines, Open OCPP Trace, or the text log of a tool. */
export function readLogLine(text: string, before: number | null = null): LineOutcome & Partial<TextLine> {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'passed-over' };
  if (!trimmed.startsWith('{')) return readTextLine(trimmed, before);
  let parsed: unknown;
  try {
    parsed = JSON.parse(trimmed);
  } catch {
    const asText = readTextLine(trimmed, before);
    return asText.kind === 'line' ? asText : bad('is not JSON; perhaps it was cut off');
  }
  const record = membersOf(parsed);
  if (isTraceRecord(record)) return readTraceRecord(record);
  if (typeof record.frame === 'string') return readMessage(record);
  const wrapped = wrappedText(record);
  if (wrapped !== null) return readTextLine(wrapped, before);
  return bad('is JSON, but neither a message of this product nor an Open OCPP Trace record');
}

/** A logger that writes JSON: the line of text that is in it, with its time and what it says of the charge point. */
function wrappedText(record: Members): string | null {
  const text = record.message ?? record.msg ?? record.log;
  if (typeof text !== 'string') return null;
  const time = record.timestamp ?? record.time ?? record['@timestamp'] ?? record.ts ?? '';
  const name = record.chargePointId ?? record.chargeBoxId ?? record.stationId;
  return `${String(time)} ${typeof name === 'string' ? `chargePointId=${name} ` : ''}${text}`;
}

/** @see Message: what this product exports */
function readMessage(record: Members): LineOutcome {
  const at = Date.parse(textOf(record.at) ?? '');
  if (!Number.isFinite(at)) return bad('at is not a time');
  if (record.direction !== 'in' && record.direction !== 'out') return bad('direction must be in or out');
  const frame = String(record.frame);
  if (frame.length > MAX_FRAME) return bad('the frame is too long');
  return {
    kind: 'line',
    line: {
      at,
      thingName: textOf(record.thingName, 128),
      connectionId: textOf(record.connectionId, 128),
      direction: record.direction,
      protocol: OCPP_VERSIONS.find((version) => version === record.protocol) ?? null,
      event: record.kind === 'event' ? (textOf(record.action, 64) ?? 'unknown') : null,
      action: record.kind === 'event' ? null : textOf(record.action, 64),
      frame,
    },
  };
}

/** A row of the CSV that this product exports, by its header. An apostrophe before a formula was put there by us. */
export function readCsvRow(header: readonly string[], cells: readonly string[]): LineOutcome {
  const record = membersOf(Object.fromEntries(cells.map((cell, index) => [header[index], textOfCell(cell)])));
  if (typeof record.frame !== 'string') return bad('the row has no frame');
  return readMessage(record);
}

export const isCsvHeader = (cells: readonly string[]): boolean =>
  ['thingName', 'at', 'direction', 'frame'].every((name) => cells.includes(name));
