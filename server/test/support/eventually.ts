import { vi } from 'vitest';

/** Waits until the assertion holds, with the patience that a busy machine asks for. */
export const eventually = <T>(assertion: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(assertion, { timeout: 15_000, interval: 20 });
