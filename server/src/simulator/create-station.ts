import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { startCharging } from './charging.ts';
import type { Configuration } from './configuration.ts';
import { DIALECT_2 } from './dialect-v2.ts';
import { DIALECT_16 } from './dialect-v16.ts';
import type { FileTransfer } from './firmware-and-logs.ts';
import { CONNECTORS, type Hardware } from './hardware.ts';
import type { Outbox } from './outbox.ts';
import type { ChargingSession, Connector, Dialect, SessionRequest, Station } from './station.ts';

const METER_AT_FIRST_WH = 12_000;

export interface StationOptions {
  version: OcppVersion;
  hardware: Hardware;
  configuration: Configuration;
  outbox: Outbox;
  files: FileTransfer;
  now: () => number;
  newId: () => string;
  onTokenRefused: (request: SessionRequest, status: string) => void;
}

export interface CreatedStation {
  station: Station;
  dialect: Dialect;
  /** Settles when the last session is over and reported. */
  endSessions(reason: string): Promise<void>;
  /** Settles when the station wants to restart. */
  takeRestart(): Promise<void>;
}

/** A station's memory; it outlives its connections. */
export function createStation(options: StationOptions): CreatedStation {
  const { version, hardware, configuration, outbox, now, newId } = options;
  const dialect = version === 'ocpp1.6' ? DIALECT_16 : DIALECT_2;
  const connectors = new Map<number, Connector>(CONNECTORS.map((id) => [id, newConnector(id)]));
  let restart = Promise.withResolvers<void>();

  const running = () => [...connectors.values()].flatMap(({ session }) => session ?? []);

  async function endSessions(reason: string): Promise<void> {
    const sessions: ChargingSession[] = running();
    for (const session of sessions) session.end(reason);
    await Promise.all(sessions.map(({ ended }) => ended));
  }

  const station: Station = {
    version,
    hardware,
    configuration,
    connectors,
    chargingProfiles: new Map(),
    files: options.files,
    localList: { version: 0 },
    pendingBoot: { retryNow: null },
    now,
    newId,
    deliver: outbox.deliver,
    notify: outbox.notify,
    notifyStatus: (connector) => outbox.notify(dialect.status(station, connector)),
    sendTriggered: (call) => void outbox.sendNow(call),
    sendBoot() {
      if (station.pendingBoot.retryNow !== null) station.pendingBoot.retryNow();
      else void outbox.sendNow(dialect.boot(station, 'Triggered'));
    },
    startSession(connectorId, request) {
      const connector = connectors.get(connectorId);
      if (connector === undefined || connector.session !== null) return false;
      startCharging({ station, dialect }, connector, request);
      return true;
    },
    // The sessions' last messages go out before the restart.
    tokenRefused: options.onTokenRefused,
    restart: () => void endSessions('Reboot').then(() => restart.resolve()),
  };

  return {
    station,
    dialect,
    endSessions,
    async takeRestart() {
      await restart.promise;
      restart = Promise.withResolvers<void>();
    },
  };
}

function newConnector(id: number): Connector {
  return {
    id,
    operative: true,
    faulted: false,
    reservationId: null,
    reservedFor: null,
    phase: 'idle',
    meterWh: METER_AT_FIRST_WH * id,
    session: null,
  };
}
