import { isSecretName } from '@cpo-console/shared/ocpp/secret-names.ts';
import { maskLinkTokens } from '../../charge-points/transfers/link-token.ts';

const MASK = '***';
const USER_INFO = /(:\/\/)[^/@\s]*@/g;

/** A copy of a payload without its secrets: for what is stored and shown. */
export function withoutSecrets(value: unknown): unknown {
  return masked(value, null);
}

/** @param within the name of the member that holds it: a VPN's `key` is its pre-shared key */
function masked(value: unknown, within: string | null): unknown {
  if (typeof value === 'string') return maskLinkTokens(value.replace(USER_INFO, `$1${MASK}@`), MASK);
  if (Array.isArray(value)) return value.map((each) => masked(each, within));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  const names = namesSecret(members);
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const isValue = names && (name === 'value' || name === 'attributeValue');
      const hides =
        (isValue || isSecretName(name) || (within === 'vpn' && name === 'key')) &&
        typeof member === 'string' &&
        member !== '';
      return [name, hides ? MASK : masked(member, name)];
    }),
  );
}

/** `{key: 'AuthorizationKey', value}` of 1.6, `{variable: {name: 'BasicAuthPassword'}, attributeValue}` of 2.x. */
function namesSecret({ key, variable }: Record<string, unknown>): boolean {
  if (typeof key === 'string') return isSecretName(key);
  const name = typeof variable === 'object' && variable !== null ? (variable as { name?: unknown }).name : undefined;
  return typeof name === 'string' && isSecretName(name);
}
