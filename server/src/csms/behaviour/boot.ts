import type { HandlerDeps } from '../handlers/handler.ts';

export type BootDeps = Pick<HandlerDeps, 'shadows' | 'settings'>;

/** Keeps what a charge point says about itself in its shadow, then lets it in: the handshake has refused all others. */
export async function acceptBoot(
  { shadows, settings }: BootDeps,
  call: { thingName: string; now: number },
  reported: { chargingStation: Record<string, unknown>; reason: string | null },
) {
  await shadows.report(call.thingName, reported);
  return {
    status: 'Accepted' as const,
    currentTime: new Date(call.now).toISOString(),
    interval: settings.heartbeatIntervalSeconds,
  };
}
