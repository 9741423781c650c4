import { METER_INTERVAL } from './configuration.ts';
import { FULL_POWER_W, powerAfter, type Reading, readingOf } from './meter.ts';
import { pause } from './pause.ts';
import { clearOfSession, limitNow } from './smart-charging.ts';
import type { ChargingSession, Connector, Dialect, SessionRequest, Station } from './station.ts';

/** Seconds between plugging in, being authorised and the car taking power. */
const PLUG_IN_MS = 300;

/** One session from plugging in to unplugging. Settles when the connector is free again; never throws. */
export function startCharging(
  { station, dialect }: { station: Station; dialect: Dialect },
  connector: Connector,
  request: SessionRequest,
): ChargingSession {
  const ending = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const session: ChargingSession = {
    request,
    connectorId: connector.id,
    transactionId: null,
    startedAt: station.now(),
    meterStartWh: connector.meterWh,
    meteredAt: station.now(),
    chargedWh: 0,
    reservationId: connector.reservationId,
    seqNo: 0,
    ending: ending.signal,
    stopReason: 'Local',
    end(reason) {
      if (ending.signal.aborted) return;
      session.stopReason = reason;
      ending.abort();
    },
    ended,
  };
  connector.session = session;
  void runSession({ station, dialect }, connector, session).then(resolve);
  return session;
}

async function runSession(
  { station, dialect }: { station: Station; dialect: Dialect },
  connector: Connector,
  session: ChargingSession,
): Promise<void> {
  const show = (phase: Connector['phase']) => {
    connector.phase = phase;
    station.notifyStatus(connector);
  };
  connector.reservationId = null;
  connector.reservedFor = null;
  show('plugged');
  await pause(PLUG_IN_MS, session.ending);
  if (await dialect.open(station, session, connector)) {
    if (!session.ending.aborted) show('charging');
    await meter(station, dialect, session);
    const reading = currentReading(station, session);
    connector.meterWh = reading.energyWh;
    await dialect.close(station, session, reading);
    if (station.version === 'ocpp1.6') show('finishing');
  }
  connector.session = null;
  clearOfSession(station, connector);
  connector.phase = 'idle';
  // Waited for: a goodbye must not overtake the news that the connector is free.
  await station.deliver(dialect.status(station, connector));
}

async function meter(station: Station, dialect: Dialect, session: ChargingSession): Promise<void> {
  const endsAt = session.startedAt + session.request.seconds * 1_000;
  while (!session.ending.aborted) {
    const interval = station.configuration.number(METER_INTERVAL[station.version], 5) * 1_000;
    const left = endsAt - station.now();
    if (!(await pause(Math.max(0, Math.min(interval, left)), session.ending))) return;
    if (station.now() >= endsAt) return;
    await dialect.sample(station, session, currentReading(station, session));
  }
}

/** Counts what was charged since the last reading, within what the profiles allow. */
export function currentReading(station: Station, session: ChargingSession): Reading {
  const now = station.now();
  const seconds = (now - session.startedAt) / 1_000;
  const limitW = limitNow(station, session.connectorId);
  const since = Math.max(0, now - Math.max(session.meteredAt, session.startedAt)) / 1_000;
  session.chargedWh += (Math.min(FULL_POWER_W, limitW) * since) / 3_600;
  session.meteredAt = now;
  const { meterStartWh, chargedWh } = session;
  return readingOf({ powerW: powerAfter(seconds, limitW), meterStartWh, chargedWh });
}
