import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, fit for a URL and a cookie. */
export function makeSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is stored of a secret. `kind` keeps a session's from passing for an API token. */
export function digestSecret(
  secretKey: Buffer,
  kind: 'session' | 'api-token' | 'password-link' | 'fingerprint',
  secret: string,
): string {
  return createHmac('sha256', secretKey).update(`${kind}\0${secret}`).digest('base64url');
}

/** Does not tell by its time where two secrets differ, nor how long they are. */
export function sameSecret(secretKey: Buffer, one: string, other: string): boolean {
  const digest = (secret: string) => createHmac('sha256', secretKey).update(secret).digest();
  return timingSafeEqual(digest(one), digest(other));
}
