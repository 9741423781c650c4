import { isRecord } from '../../../lib/json.ts';

/**
 * What turns `before` into `after`: a shadow merges what it is sent and drops what is null. Only what differs, so that
 * others' changes to the rest stay.
 */
export function desiredPatch(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch[name] = null;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name];
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    patch[name] = isRecord(old) && isRecord(value) ? desiredPatch(old, value) : value;
  }
  return patch;
}
