import { pause } from './pause.ts';
import type { Dialect, Station } from './station.ts';

export const SCENARIOS = ['idle', 'charge', 'fault'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** How long the parts of a scenario take. */
export interface Timings {
  /** From the accepted boot to the first event. */
  beforeMs: number;
  sessionSeconds: number;
  faultMs: number;
  /** From the end of the connection to the next one after a Reset. */
  restartMs: number;
}

export const DEFAULT_TIMINGS: Timings = { beforeMs: 2_000, sessionSeconds: 60, faultMs: 15_000, restartMs: 1_000 };

/** RFID card of the simulated driver. */
const DRIVER_TOKEN = 'SIM-DRIVER-1';

export interface ScenarioRun {
  station: Station;
  dialect: Dialect;
  /** Null: the driver's usual card, and charging for free when it is refused. */
  idToken: string | null;
  timings: Timings;
  signal: AbortSignal;
}

/** What happens by itself after the first accepted boot. */
export async function runScenario(scenario: Scenario, run: ScenarioRun): Promise<void> {
  if (scenario === 'idle' || !(await pause(run.timings.beforeMs, run.signal))) return;
  if (scenario === 'charge') {
    run.station.startSession(1, {
      idToken: run.idToken ?? DRIVER_TOKEN,
      tokenType: run.station.version === 'ocpp1.6' ? 'Central' : 'ISO14443',
      remote: false,
      ...(run.idToken === null ? { freeForAll: true } : {}),
      seconds: run.timings.sessionSeconds,
    });
    return;
  }
  await fault(run);
}

async function fault({ station, dialect, timings, signal }: ScenarioRun): Promise<void> {
  const connector = station.connectors.get(1);
  if (connector === undefined) return;
  for (const faulted of [true, false]) {
    connector.faulted = faulted;
    for (const call of [dialect.status(station, connector), ...dialect.faultEvents(station, connector)]) {
      await station.deliver(call);
    }
    if (faulted && !(await pause(timings.faultMs, signal))) return;
  }
}
