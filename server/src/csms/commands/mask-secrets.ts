import { maskLinkTokens } from '../../charge-points/transfers/link-token.ts';

const MASK = '***';
/** Configuration keys, variables and members whose value nobody may read back. */
const SECRET = /password|authorizationkey|privatekey|secret/i;
const USER_INFO = /(:\/\/)[^/@\s]*@/g;

/** A copy of a payload without its secrets: for what is stored and shown. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return maskLinkTokens(value.replace(USER_INFO, `$1${MASK}@`), MASK);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  const names = namesSecret(members);
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const isValue = names && (name === 'value' || name === 'attributeValue');
      const hides = (isValue || SECRET.test(name)) && typeof member === 'string' && member !== '';
      return [name, hides ? MASK : withoutSecrets(member)];
    }),
  );
}

/** `{key: 'AuthorizationKey', value}` of 1.6, `{variable: {name: 'BasicAuthPassword'}, attributeValue}` of 2.x. */
function namesSecret({ key, variable }: Record<string, unknown>): boolean {
  if (typeof key === 'string') return SECRET.test(key);
  const name = typeof variable === 'object' && variable !== null ? (variable as { name?: unknown }).name : undefined;
  return typeof name === 'string' && SECRET.test(name);
}
