import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's figures for scrypt with 32 MiB: about a tenth of a second. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;
/** Hashing shares its few threads with every write to disk, so only this many run at a time. */
const AT_A_TIME = 2;
const MAXIMUM_WAITING = 32;

export class TooBusyError extends Error {
  override readonly name = 'TooBusyError';
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes as long without a stored hash as with one. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

/** For passwords that people choose. @param cost less only in tests */
export function createPasswordHasher(cost: { N: number; r: number; p: number } = COST): PasswordHasher {
  const inTurn = createGate();

  const derive = (password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> =>
    // Keyboards differ in how they compose the same letters.
    inTurn(() => scryptAsync(password.normalize('NFKC'), salt, { N, r, p, maxmem: 256 * N * r }));

  return {
    async hash(password) {
      const salt = randomBytes(16);
      const digest = await derive(password, salt, cost);
      return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), digest.toString('base64url')].join('$');
    },
    async matches(password, stored) {
      const [, N, r, p, salt = '', digest = ''] = stored?.split('$') ?? [];
      const used = stored === null ? cost : { N: Number(N), r: Number(r), p: Number(p) };
      const expected = stored === null ? Buffer.alloc(HASH_BYTES) : Buffer.from(digest, 'base64url');
      const actual = await derive(password, Buffer.from(salt, 'base64url'), used);
      return timingSafeEqual(actual, expected) && stored !== null;
    },
  };
}

function scryptAsync(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function createGate(): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= AT_A_TIME) {
      if (waiting.length >= MAXIMUM_WAITING) throw new TooBusyError('Too many sign-ins at once');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      // The place goes to the next one, or is free.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
