import type { Shadow } from '@cpo-console/shared/api/things.ts';

/** Device shadows, with AWS IoT's merge rules: objects merge, null removes a key. */
export interface Shadows {
  get(thingName: string): Promise<Shadow>;
  report(thingName: string, reported: Record<string, unknown>): Promise<void>;
  /** `desired: null` removes all of it. */
  desire(thingName: string, desired: Record<string, unknown> | null): Promise<Shadow>;
  remove(thingName: string): Promise<void>;
}
