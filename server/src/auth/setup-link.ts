import { makeSecret, sameSecret } from './secrets.ts';

const VALID_MS = 15 * 60_000;

/** The secret of the link that creates the first administrator: short-lived, for one use. A new start makes a new one. */
export interface SetupLink {
  /** null when it was used or its time is over. */
  token(): string | null;
  /** Takes it out of use, if it is the right one. @returns how to put it back, or null when it is not */
  take(offered: string): (() => void) | null;
}

export function createSetupLink({ secretKey, now }: { secretKey: Buffer; now: () => number }): SetupLink {
  const secret = makeSecret();
  const expiresAt = now() + VALID_MS;
  let used = false;
  const token = () => (used || now() >= expiresAt ? null : secret);
  return {
    token,
    take(offered) {
      if (!sameSecret(secretKey, offered, secret) || token() === null) return null;
      used = true;
      return () => {
        used = false;
      };
    },
  };
}
