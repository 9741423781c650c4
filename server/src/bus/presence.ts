import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** The newest connection of a charge point, announced by the gateway that holds it. */
export interface Presence {
  connectionId: string;
  /** Names the process that holds it, among all of them. */
  instance: string;
  /** Rises with every connection of the thing, see Epochs. */
  epoch: number;
  connected: boolean;
  protocol: OcppVersion;
  remoteAddress: string;
}

const PROTOCOLS: readonly unknown[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] satisfies OcppVersion[];

/** Null for anything else: other programs may publish there too. */
export function readPresence(text: string): Presence | null {
  try {
    const presence = JSON.parse(text) as Partial<Presence> | null;
    const isWhole =
      typeof presence?.connectionId === 'string' &&
      typeof presence.instance === 'string' &&
      Number.isSafeInteger(presence.epoch) &&
      typeof presence.connected === 'boolean' &&
      PROTOCOLS.includes(presence.protocol);
    return isWhole ? (presence as Presence) : null;
  } catch {
    return null;
  }
}

type Place = Pick<Presence, 'instance' | 'epoch'>;

/** Which of two connections of a thing is the newer one: all who ask find the same, also when two began at once. */
export const isNewer = (one: Place, other: Place): boolean =>
  one.epoch > other.epoch || (one.epoch === other.epoch && one.instance > other.instance);
