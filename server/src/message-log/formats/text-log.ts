import type { LogDirection } from '@cpo-console/shared/message-log/log-row.ts';
import { bad, type LineOutcome } from './logged-line.ts';

/** The frame runs from its message type to the last bracket of the line. */
const FRAME = /\[\s*[2-6]\s*,\s*".*\]/s;
const BEGUN = /\[\s*[2-6]\s*,/;
const ISO_TIME = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?/;
const EPOCH_TIME = /(?<![\d.])(\d{10})(?:[.,](\d{1,6}))?(?![\d])|(?<!\d)(\d{13})(?!\d)/;
const SENDS = /\b(?:send|sent|sending|sends|tx|outgoing|outbound)\b|>>|(?:->|→)/i;
const RECEIVES = /\b(?:receive|received|receiving|receives|recv|rx|incoming|inbound)\b|<<|(?:<-|←)/i;
/** `CP_1: send [2,…` and the like: the word before what is done. */
const NAME = /(?:^|[\s:\]|(])([A-Za-z0-9][\w.*@+=-]{0,47}):?\s+(?:send|sent|sending|receive|received|receiving)\b/i;

const NO_NAME = /^(?:message|frame|ocpp|trace|debug|info|warn|warning|error|[\dTZ:.+-]+)$/i;

/** What the writer of the line did with the frame. Whose log it is shows only in what it sends. */
export interface TextLine {
  verb: 'sent' | 'received' | null;
}

/** A line of a tool's log with a frame in it: `2026-05-04 10:00:00,123 CP_1: send [2,"…"]`, `receive message [3,"…"]`. */
export function readTextLine(text: string): LineOutcome & Partial<TextLine> {
  const frame = FRAME.exec(text);
  if (frame === null) return BEGUN.test(text) ? bad('the frame was cut off') : { kind: 'passed-over' };
  const before = text.slice(0, frame.index);
  const at = timeIn(before) ?? timeIn(text.slice(frame.index + frame[0].length));
  if (at === null) return bad('has a frame but no time');
  const name = NAME.exec(before)?.[1] ?? null;
  return {
    kind: 'line',
    verb: SENDS.test(before) ? 'sent' : RECEIVES.test(before) ? 'received' : null,
    line: {
      at,
      thingName: name !== null && /[A-Za-z]/.test(name) && !NO_NAME.test(name) ? name : null,
      connectionId: null,
      direction: null,
      protocol: null,
      event: null,
      frame: frame[0],
    },
  };
}

function timeIn(text: string): number | null {
  const iso = ISO_TIME.exec(text)?.[0];
  if (iso !== undefined) {
    const normal = iso.replace(' ', 'T').replace(',', '.').replace(/\s/, '');
    // A time without a zone is read as UTC: the only reading that is the same on every machine.
    const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(normal) ? normal : `${normal}Z`);
    if (Number.isFinite(at)) return at;
  }
  const epoch = EPOCH_TIME.exec(text);
  if (epoch === null) return null;
  return epoch[3] === undefined ? Math.floor(Number(`${epoch[1]}.${epoch[2] ?? 0}`) * 1_000) : Number(epoch[3]);
}

export const directionOf = (verb: TextLine['verb'], writer: 'charge-point' | 'csms'): LogDirection | null =>
  verb === null ? null : (verb === 'sent') === (writer === 'charge-point') ? 'in' : 'out';
