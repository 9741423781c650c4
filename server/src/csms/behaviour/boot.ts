import { readStation } from '@cpo-console/shared/projection/fold-status.ts';
import { textOf } from '@cpo-console/shared/projection/read-payload.ts';
import { ShadowError } from '../../registry/shadow-document.ts';
import type { HandlerDeps } from '../handlers/handler.ts';

export type BootDeps = Pick<HandlerDeps, 'shadows' | 'settings' | 'variables' | 'boots'>;

/** The longest that OCPP allows for any of them. */
const MAX_TEXT = 50;

interface Reported {
  chargingStation: Record<string, unknown>;
  reason: string | null;
}

/**
 * Keeps what a charge point says about itself in its shadow, then lets it in, holds it or turns it away as its boot
 * policy says. The interval is that between heartbeats, or until its next try.
 */
export async function answerBoot(
  { shadows, settings, variables, boots }: BootDeps,
  call: { thingName: string; now: number },
  reported: Reported,
) {
  const { thingName } = call;
  const { decision, retryIntervalSeconds } = boots.policyOf(thingName);
  await report(shadows, thingName, reported);
  if (reported.reason !== 'Triggered') await variables.rebooted(thingName);
  await boots.told(thingName, decision);
  return {
    status: decision,
    currentTime: new Date(call.now).toISOString(),
    interval: decision === 'Accepted' ? settings.heartbeatIntervalSeconds : retryIntervalSeconds,
  };
}

/**
 * A shadow is small, and whoever says more than it holds may charge all the same: then it has the known members,
 * shortened, or what it had where people have filled it with what they desire.
 */
async function report(shadows: BootDeps['shadows'], thingName: string, { ...reported }: Reported): Promise<void> {
  const attempts = [[reported], [{ chargingStation: null }, shortened(reported)]];
  for (const states of attempts) {
    try {
      for (const state of states) await shadows.report(thingName, state);
      return;
    } catch (error) {
      if (!(error instanceof ShadowError)) throw error;
    }
  }
}

function shortened({ chargingStation, reason }: Reported) {
  const { modem, ...station } = readStation(chargingStation);
  return { chargingStation: { ...shortTexts(station), modem: shortTexts(modem) }, reason: textOf(reason, MAX_TEXT) };
}

const shortTexts = (texts: object): Record<string, string | null> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textOf(text, MAX_TEXT)]));
