import { maskLinkTokens } from '../../charge-points/transfers/link-token.ts';

/** Members that hold a secret wherever they stand. */
const SECRET_MEMBERS = 'password|basicAuthPassword|authorizationKey|secret|apiToken|privateKey';
/** Names of configuration keys and variables whose `value` is a secret. */
const SECRET_KEYS = 'AuthorizationKey|BasicAuthPassword|Password|Secret|PrivateKey';

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const HIDDEN = '•••';
const MASK = `"${HIDDEN}"`;

const member = new RegExp(`("(?:[A-Za-z0-9]*?(?:${SECRET_MEMBERS}))"\\s*:\\s*)(?:${STRING}|-?[0-9][0-9.eE+-]*)`, 'gi');
const quick = new RegExp(
  `${SECRET_MEMBERS}|${SECRET_KEYS}|authorization|/(?:firmware|uploads)|://[^/"\\s]*@|\\\\u`,
  'i',
);
const secretKey = new RegExp(`^(?:.*\\.)?(?:${SECRET_KEYS})$`, 'i');
const secretMember = new RegExp(`(?:${SECRET_MEMBERS})$`, 'i');
/** Every string; one that a colon follows is a member's name. */
const strings = new RegExp(`(${STRING})(\\s*:)?`, 'g');
const userInfo = /(:\/\/)[^/"@\s]*@/g;

/**
 * The frame with every secret's value replaced by `•••`, and whether there was one. The rest stays as it was on the
 * wire, byte for byte. Knows `password` members, key-value pairs (`{"key":"AuthorizationKey","value":…}`, and 2.x's
 * `{"variable":{"name":"BasicAuthPassword"},"attributeValue":…}` in any order), user info in URLs, and the tokens
 * of links to our files.
 */
export function maskSecrets(frame: string): { frame: string; masked: boolean } {
  if (!quick.test(frame)) return { frame, masked: false };
  let text = maskLinkTokens(frame.replace(member, `$1${MASK}`).replace(userInfo, `$1${HIDDEN}@`), HIDDEN);
  const secrets = secretValues(frame);
  if (secrets.size > 0) {
    text = text.replace(strings, (all: string, token: string, colon: string | undefined) =>
      colon === undefined && secrets.has(JSON.parse(token)) ? MASK : all,
    );
  }
  return { frame: text, masked: text !== frame };
}

/** The values of secrets by their decoded names, however these are escaped. What is no JSON has none to be found. */
function secretValues(frame: string): Set<string> {
  const found = new Set<string>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return found;
  }
  const pending: unknown[] = [parsed];
  while (pending.length > 0) {
    const value = pending.pop();
    if (Array.isArray(value)) pending.push(...value);
    else if (typeof value === 'object' && value !== null) {
      const record = value as Record<string, unknown>;
      pending.push(...Object.values(record));
      for (const [name, each] of Object.entries(record)) if (secretMember.test(name) && isText(each)) found.add(each);
      if (isSecretName(record.key) || isSecretName(record.variable) || isSecretName(nameOf(record.variable))) {
        for (const each of [record.value, record.attributeValue, ...attributeValues(record)]) {
          if (isText(each)) found.add(each);
        }
      }
    }
  }
  return found;
}

const isSecretName = (name: unknown): boolean => typeof name === 'string' && secretKey.test(name);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const nameOf = (variable: unknown): unknown =>
  typeof variable === 'object' && variable !== null ? (variable as Record<string, unknown>).name : undefined;

/** NotifyReport: `variableAttribute: [{ value }]`. */
function attributeValues(record: Record<string, unknown>): unknown[] {
  const attributes = record.variableAttribute;
  if (!Array.isArray(attributes)) return [];
  return attributes.map((each) =>
    typeof each === 'object' && each !== null ? (each as Record<string, unknown>).value : undefined,
  );
}
