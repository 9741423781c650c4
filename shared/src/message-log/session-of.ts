import { decodeFrame } from '../ocpp-j/decode-frame.ts';
import { integerOf, membersOf, textOf } from '../projection/read-payload.ts';

/** The id, as it is on the wire, of the charging session that a frame speaks of. */
export function wireSessionOf(frame: string): string | null {
  const decoded = decodeFrame(frame, 'ocpp2.1');
  if (!decoded.ok || !('payload' in decoded.frame)) return null;
  const payload = membersOf(decoded.frame.payload);
  const id = membersOf(payload.transactionInfo).transactionId ?? payload.transactionId;
  const number = integerOf(id);
  return number === null ? textOf(id) : String(number);
}
