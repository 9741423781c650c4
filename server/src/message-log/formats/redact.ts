import { createHmac } from 'node:crypto';

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
/** Members that tell who somebody or which machine it is, wherever they stand. */
const NAMES =
  'idTag|parentIdTag|idToken|groupIdToken|evccId|emaid|eMAID|serialNumber|chargePointSerialNumber|chargeBoxSerialNumber|meterSerialNumber|iccid|imsi|vin|certificate|certificateChain|csr';
const member = new RegExp(`"(${NAMES})"(\\s*:\\s*)(${STRING})`, 'g');

/**
 * Replaces id tokens and serial numbers by pseudonyms: the same value is the same pseudonym in the whole export, and
 * nobody finds the value from it without the key, which is thrown away.
 */
export function createRedaction(key: Buffer): (frame: string) => string {
  const pseudonym = (kind: string, value: string): string =>
    `${kind}-${createHmac('sha256', key).update(value).digest('hex').slice(0, 10)}`;
  return (frame) =>
    frame.replace(member, (_all, name: string, colon: string, value: string) => {
      const kind = /tag|token|emaid|evcc/i.test(name) ? 'token' : /cert|csr/i.test(name) ? 'cert' : 'serial';
      // The JSON text of a value is one of several spellings; the value itself is what has to match.
      return `"${name}"${colon}"${pseudonym(kind, plain(value))}"`;
    });
}

function plain(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
