import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { isSecretName } from '@cpo-console/shared/ocpp/secret-names.ts';
import { membersOf } from '@cpo-console/shared/projection/read-payload.ts';
import { maskLinkTokens } from '../charge-points/transfers/link-token.ts';

/** Members that hold a secret wherever they stand. */
const SECRET_MEMBERS = 'password|basicAuthPassword|authorizationKey|secret|apiToken|privateKey';

/** What is said all the time and has no place for a secret, unless a rule is broken or somebody added their own data. */
const HARMLESS: ReadonlySet<string | null> = new Set([
  'Authorize',
  'BootNotification',
  'Heartbeat',
  'MeterValues',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
]);

/** What the log keeps of a frame. Most are told by their action and not looked at. */
export function maskRow(row: Omit<LogRow, 'id'>): string {
  const { kind, action, violations, frame } = row;
  const conforms = (kind === 'call' || kind === 'result') && violations === null;
  if (conforms && HARMLESS.has(action) && !frame.includes('"customData"')) return frame;
  if (kind === 'event' && action !== 'undelivered') return frame;
  return maskSecrets(frame).frame;
}

/** Whether something was hidden in a text that the log kept. */
export const isMasked = (frame: string): boolean => frame.includes(HIDDEN);

const STRING = '"(?:[^"\\\\]|\\\\.)*(?:"|$)';
const HIDDEN = '•••';
const MASK = `"${HIDDEN}"`;

const member = new RegExp(`("(?:[A-Za-z0-9]*?(?:${SECRET_MEMBERS}))"\\s*:\\s*)(?:${STRING}|-?[0-9][0-9.eE+-]*)`, 'gi');
const quick = new RegExp(`${SECRET_MEMBERS}|vpnkey|"vpn"|/(?:firmware|uploads)|://[^/"\\s]*@|\\\\u`, 'i');
const secretMember = new RegExp(`(?:${SECRET_MEMBERS})$`, 'i');
/** Every string; one that a colon follows is a member's name. */
const strings = new RegExp(`(${STRING})(\\s*:)?`, 'g');
const looseValue = /("(?:value|attributeValue|key)"\s*:\s*)"(?:[^"\\]|\\.)*(?:"|$)/gi;
const userInfo = /(:\/\/)[^/"@\s]*@/g;

/**
 * The frame with every secret's value replaced by `•••`, and whether there was one. The rest stays as it was on the
 * wire, byte for byte. Knows `password` members, key-value pairs (`{"key":"AuthorizationKey","value":…}`, and 2.x's
 * `{"variable":{"name":"BasicAuthPassword"},"attributeValue":…}` in any order), user info in URLs, and the tokens
 * of links to our files; also in a JSON text within a text.
 */
export function maskSecrets(frame: string): { frame: string; masked: boolean } {
  if (!quick.test(frame)) return { frame, masked: false };
  let text = maskLinkTokens(frame.replace(member, `$1${MASK}`).replace(userInfo, `$1${HIDDEN}@`), HIDDEN);
  const secrets = secretValues(frame);
  // Of what is broken nobody can say which value belongs to which name.
  if (secrets === null) text = text.replace(looseValue, `$1${MASK}`);
  else if (secrets.size > 0) {
    text = text.replace(strings, (all: string, token: string, colon: string | undefined) =>
      colon === undefined && secrets.has(JSON.parse(token)) ? MASK : all,
    );
  }
  if (text.includes('\\"')) text = text.replace(strings, maskWithin);
  return { frame: text, masked: text !== frame };
}

/** A JSON text within a text, as DataTransfer has it. */
function maskWithin(all: string, token: string, colon: string | undefined): string {
  if (colon !== undefined || !token.includes('\\"')) return all;
  try {
    const text = JSON.parse(token) as string;
    const inner = /^\s*[[{]/.test(text) ? maskSecrets(text) : null;
    return inner?.masked ? JSON.stringify(inner.frame) : all;
  } catch {
    return all;
  }
}

/** The values of secrets by their decoded names, however these are escaped; null for what is no JSON. */
function secretValues(frame: string): Set<string> | null {
  const found = new Set<string>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return null;
  }
  const pending: unknown[] = [parsed];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) pending.push(...value);
    else if (typeof value === 'object' && value !== null) {
      const record = value as Record<string, unknown>;
      pending.push(...Object.values(record));
      for (const [name, each] of Object.entries(record)) if (secretMember.test(name) && isText(each)) found.add(each);
      const preShared = membersOf(record.vpn).key;
      if (isText(preShared)) found.add(preShared);
      if ([record.key, record.variable, membersOf(record.variable).name].some(namesSecret)) {
        for (const each of [record.value, record.attributeValue, ...attributeValues(record)]) {
          if (isText(each)) found.add(each);
        }
      }
    }
  }
  return found;
}

const namesSecret = (name: unknown): boolean => typeof name === 'string' && isSecretName(name);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** NotifyReport: `variableAttribute: [{ value }]`. */
function attributeValues(record: Record<string, unknown>): unknown[] {
  const attributes = record.variableAttribute;
  if (!Array.isArray(attributes)) return [];
  return attributes.map((each) => membersOf(each).value);
}
