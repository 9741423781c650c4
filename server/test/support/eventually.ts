import { vi } from 'vitest';

/** What a busy machine asks for. */
const PATIENCE = { timeout: 15_000, interval: 20 };

/** Waits until the assertion holds. */
export const eventually = <T>(assertion: () => T | Promise<T>): Promise<T> => vi.waitFor(assertion, PATIENCE);

/** Waits until the condition is true. */
export const until = (condition: () => boolean): Promise<boolean> =>
  vi.waitUntil(condition, { ...PATIENCE, interval: 5 });
