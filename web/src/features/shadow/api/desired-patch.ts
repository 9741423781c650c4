import { isRecord } from '../../../lib/json.ts';

/** A shadow merges what it is sent and drops what is null: the patch that turns `before` into `after`. */
export function desiredPatch(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch[name] = null;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    patch[name] = isRecord(old) && isRecord(value) ? desiredPatch(old, value) : value;
  }
  return patch;
}
