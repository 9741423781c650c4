import type { RunningServer } from '../test/support/run-server.ts';
import { type Acknowledged, FaultyChargePoint } from './charge-point.ts';
import type { ToldSession } from './session-script.ts';
import { until } from './until.ts';

/** What charge points were told since the ledger was last taken. */
export interface Ledger {
  since: number;
  acknowledged: Acknowledged[];
  /** Those of which something was told or may have been told. */
  sessions: ToldSession[];
}

/** Charge points in a closed loop: half of them OCPP 1.6, half 2.0.1, all charging. */
export interface Fleet {
  go(): void;
  /** Hangs up everywhere. */
  halt(): void;
  /** Resolves when so many more frames were acknowledged. */
  acknowledgements(more: number, withinMs?: number): Promise<void>;
  acknowledged(): number;
  /** By error code. */
  refused(): ReadonlyMap<string, number>;
  /** Hands out what was acknowledged, and begins a new one. */
  takeLedger(): Ledger;
}

const PATIENCE_MS = 120_000;

export async function createFleet(server: RunningServer, size: number, prefix = 'F'): Promise<Fleet> {
  let acknowledged: Acknowledged[] = [];
  let sessions = new Set<ToldSession>();
  let since = Date.now();
  let count = 0;
  const refused = new Map<string, number>();
  const chargePoints = Array.from({ length: size }, (_, n) => {
    const version = n % 2 === 0 ? 'ocpp1.6' : 'ocpp2.0.1';
    return new FaultyChargePoint(server.port, { thingName: `${prefix}${n}`, version } as const, {
      acknowledged(frame) {
        count += 1;
        acknowledged.push(frame);
      },
      refused: (code) => refused.set(code, (refused.get(code) ?? 0) + 1),
      session: (session) => sessions.add(session),
    });
  });
  for (const { thingName } of chargePoints) await server.api('POST', '/things', { thingName });

  return {
    go() {
      for (const chargePoint of chargePoints) chargePoint.go();
    },
    halt() {
      for (const chargePoint of chargePoints) chargePoint.halt();
    },
    async acknowledgements(more, withinMs = PATIENCE_MS) {
      const goal = count + more;
      await until(() => count >= goal, `${more} acknowledgements`, withinMs);
    },
    acknowledged: () => count,
    refused: () => refused,
    takeLedger() {
      // As they stand now: those that run go on.
      const copies = [...sessions].map((session) => ({ ...session, readings: [...session.readings] }));
      const taken = { since, acknowledged, sessions: copies };
      acknowledged = [];
      sessions = new Set([...sessions].filter(({ meterStop }) => meterStop === null));
      since = Date.now();
      return taken;
    },
  };
}
