import type { HandlerDeps } from '../handlers/handler.ts';

export type BootDeps = Pick<HandlerDeps, 'shadows' | 'settings' | 'variables'>;

/** Keeps what a charge point says about itself in its shadow, then lets it in: the handshake has refused all others. */
export async function acceptBoot(
  { shadows, settings, variables }: BootDeps,
  call: { thingName: string; now: number },
  reported: { chargingStation: Record<string, unknown>; reason: string | null },
) {
  await shadows.report(call.thingName, reported);
  await variables.rebooted(call.thingName);
  return {
    status: 'Accepted' as const,
    currentTime: new Date(call.now).toISOString(),
    interval: settings.heartbeatIntervalSeconds,
  };
}
