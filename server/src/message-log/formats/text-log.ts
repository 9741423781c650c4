import type { LogDirection } from '@cpo-console/shared/message-log/log-row.ts';
import { bad, type LineOutcome } from './logged-line.ts';

/** The frame runs from its message type to the last bracket of the line. */
const FRAME = /\[\s*[2-6]\s*,\s*".*\]/s;
const BEGUN = /\[\s*[2-6]\s*,/;
export const FRAME_START = /\[\s*[2-6]\s*,\s*(?:"|$)/;
const ISO_TIME = /\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?/;
const EPOCH_TIME = /(?<![\d.])(\d{10})(?:[.,](\d{1,6}))?(?![\d])|(?<!\d)(\d{13})(?!\d)/;
const SENDS = /\b(?:send|sent|sending|sends|tx|outgoing|outbound)\b|>>|(?:->|→)/i;
const RECEIVES = /\b(?:receive|received|receiving|receives|recv|rx|incoming|inbound)\b|<<|(?:<-|←)/i;
/** `CP_1: send [2,…` and the like: the word before what is done. */
const NAME = /(?:^|[\s:\]|(])([A-Za-z0-9][\w.*@+=-]{0,47}):?\s+(?:send|sent|sending|receive|received|receiving)\b/i;

/** `recv CP_1: [2,…` */
const NAME_AFTER = /\b(?:send|sent|sending|recv|receive|received|from|to)\s+([A-Za-z0-9][\w.*@+=-]{0,47}):\s*$/i;
const NAME_SAID =
  /\b(?:charge_?box|charge_?point|charging_?station|station|cp)_?id["']?\s*[=:]\s*["']?([\w.*@+-]{1,48})/i;
const TO_CSMS = /\bcharge_?point\s*-?>\s*central_?system\b|\bcp\s*-?>\s*csms\b/i;
const TO_CHARGE_POINT = /\bcentral_?system\s*-?>\s*charge_?point\b|\bcsms\s*-?>\s*cp\b/i;
const CURRENT_TIME = /"currentTime"\s*:\s*"([^"]{10,40})"/;
const TIME_OF_DAY = /(?<![\d:])(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?![\d:])/;
const DAY = 86_400_000;

const NO_NAME = /^(?:message|frame|ocpp|trace|debug|info|warn|warning|error|[\dTZ:.+-]+)$/i;

/** What the writer of the line did with the frame. Whose log it is shows only in what it sends. */
export interface TextLine {
  verb: 'sent' | 'received' | null;
}

/**
 * A line of a tool's log with a frame in it: `2026-05-04 10:00:00,123 CP_1: send [2,"…"]`, `receive message [3,"…"]`. Where it has no
 * date or no time at all, it is as late as what was read before it.
 */
export function readTextLine(text: string, before: number | null = null): LineOutcome & Partial<TextLine> {
  const frame = FRAME.exec(text);
  if (frame === null) return BEGUN.test(text) ? bad('the frame was cut off') : { kind: 'passed-over' };
  const head = text.slice(0, frame.index);
  const tail = text.slice(frame.index + frame[0].length);
  const at = timeIn(head) ?? timeIn(tail) ?? timeOfDay(head, before) ?? timeSaid(frame[0]) ?? before;
  if (at === null) return bad('has a frame but no time, and nothing before it tells one');
  return {
    kind: 'line',
    verb: SENDS.test(head) ? 'sent' : RECEIVES.test(head) ? 'received' : null,
    line: {
      at,
      thingName: nameIn(head),
      connectionId: null,
      direction: TO_CSMS.test(head) ? 'in' : TO_CHARGE_POINT.test(head) ? 'out' : null,
      protocol: null,
      event: null,
      action: null,
      frame: frame[0],
    },
  };
}

function nameIn(head: string): string | null {
  const said = NAME_SAID.exec(head)?.[1];
  if (said !== undefined) return said;
  const name = (NAME_AFTER.exec(head) ?? NAME.exec(head))?.[1] ?? null;
  return name !== null && /[A-Za-z]/.test(name) && !NO_NAME.test(name) ? name : null;
}

export const hasTime = (text: string): boolean => ISO_TIME.test(text);

/** On the day of what was read before, or the next one past midnight. */
function timeOfDay(text: string, before: number | null): number | null {
  const found = TIME_OF_DAY.exec(text);
  if (found === null || before === null) return null;
  const [, hours, minutes, seconds, fraction = '0'] = found;
  const sinceMidnight =
    (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.floor(Number(`${seconds}.${fraction}`) * 1_000);
  const at = before - (before % DAY) + sinceMidnight;
  return at < before - DAY / 2 ? at + DAY : at;
}

/** The CSMS tells its time in the answers to BootNotification and Heartbeat. */
function timeSaid(frame: string): number | null {
  const said = CURRENT_TIME.exec(frame)?.[1];
  return said === undefined ? null : timeIn(said);
}

function timeIn(text: string): number | null {
  const iso = ISO_TIME.exec(text)?.[0];
  if (iso !== undefined) {
    const normal = iso.replaceAll('/', '-').replace(' ', 'T').replace(',', '.').replace(/\s/, '');
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
