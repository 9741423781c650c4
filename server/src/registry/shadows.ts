import type { Shadow } from '@cpo-console/shared/api/things.ts';

/** An update that was taken in. */
export interface ShadowUpdate {
  thingName: string;
  /** What it asked for; `desired: null` removes all of it. */
  state: { reported: Record<string, unknown> } | { desired: Record<string, unknown> | null };
  /** Of the document that came of it. */
  version: number;
  timestamp: number;
}

/** Device shadows, with AWS IoT's merge rules: objects merge, null removes a key. */
export interface Shadows {
  get(thingName: string): Promise<Shadow>;
  report(thingName: string, reported: Record<string, unknown>): Promise<void>;
  /** `desired: null` removes all of it. */
  desire(thingName: string, desired: Record<string, unknown> | null): Promise<Shadow>;
  remove(thingName: string): Promise<void>;
  /** Hears of each update once it is stored. */
  onUpdate(listener: (update: ShadowUpdate) => void): () => void;
}
