import type { HandlerDeps } from '../handlers/handler.ts';

export type BootDeps = Pick<HandlerDeps, 'shadows' | 'settings' | 'variables' | 'boots'>;

/**
 * Keeps what a charge point says about itself in its shadow, then lets it in, holds it or turns it away as its boot
 * policy says. The interval is that between heartbeats, or until its next try.
 */
export async function answerBoot(
  { shadows, settings, variables, boots }: BootDeps,
  call: { thingName: string; now: number },
  reported: { chargingStation: Record<string, unknown>; reason: string | null },
) {
  const { thingName } = call;
  const { decision, retryIntervalSeconds } = boots.policyOf(thingName);
  await shadows.report(thingName, reported);
  if (reported.reason !== 'Triggered') await variables.rebooted(thingName);
  await boots.told(thingName, decision);
  return {
    status: decision,
    currentTime: new Date(call.now).toISOString(),
    interval: decision === 'Accepted' ? settings.heartbeatIntervalSeconds : retryIntervalSeconds,
  };
}
