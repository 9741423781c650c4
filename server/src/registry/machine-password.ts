import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 64 symbols that need no escaping in a URL, a shell or CSV, none that makes an option or a formula at the start. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
/** OCPP 1.6's AuthorizationKey takes 16 to 20 bytes; 2.x takes these as well. Twenty characters give 120 bits. */
const PASSWORD_LENGTH = 20;
const SALT_BYTES = 16;

export interface PasswordRecord {
  salt: Buffer;
  digest: Buffer;
}

export function makePassword(): string {
  return Array.from(randomBytes(PASSWORD_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/**
 * A fast hash is enough for a password that no one can guess, and needed: a whole fleet comes back at once after an
 * outage, and a slow one would take minutes for it.
 */
export function digestPassword(secretKey: Buffer, salt: Buffer, password: Buffer): Buffer {
  return createHmac('sha256', secretKey).update(salt).update(password).digest();
}

export function recordPassword(secretKey: Buffer, password: Buffer): PasswordRecord {
  const salt = randomBytes(SALT_BYTES);
  return { salt, digest: digestPassword(secretKey, salt, password) };
}

const NOBODY: PasswordRecord = { salt: Buffer.alloc(SALT_BYTES), digest: Buffer.alloc(32) };

/** Takes as long without a record as with one. */
export function passwordMatches(secretKey: Buffer, record: PasswordRecord | null, password: Buffer): boolean {
  const { salt, digest } = record ?? NOBODY;
  return timingSafeEqual(digestPassword(secretKey, salt, password), digest) && record !== null;
}
