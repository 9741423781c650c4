type State = Record<string, unknown>;

/** The limits of AWS IoT, kept everywhere so that a fleet can move there. */
const MAXIMUM_BYTES = 8 * 1024;
const MAXIMUM_DEPTH = 8;

/** A state that AWS IoT would refuse as well. Carries the HTTP status that AWS answers with. */
export class ShadowError extends Error {
  override readonly name = 'ShadowError';
  readonly statusCode: 400 | 413;
  constructor(message: string, statusCode: 400 | 413) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Objects merge, null removes a key, anything else replaces. */
export function mergeState(base: State, patch: State, depth = 1): State {
  if (depth > MAXIMUM_DEPTH) throw new ShadowError(`A shadow may be at most ${MAXIMUM_DEPTH} levels deep`, 400);
  // Entries, not assignments: a key `__proto__` stays a key like any other.
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    const before = merged.get(key);
    if (value === null || value === undefined) merged.delete(key);
    else if (isObject(value)) merged.set(key, mergeState(isObject(before) ? before : {}, value, depth + 1));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

export function checkSize(state: { reported: State; desired: State }): void {
  if (Buffer.byteLength(JSON.stringify(state)) > MAXIMUM_BYTES) {
    throw new ShadowError(`A shadow may have at most ${MAXIMUM_BYTES} bytes`, 413);
  }
}

function isObject(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
