import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';

/** What a charge point says next; it says it again until it gets a CALLRESULT. */
export interface Step {
  action: string;
  payload: object;
  onAnswered?: (result: { transactionId?: number }) => void;
}

/** A charging session as far as the charge point knows that the server has it. */
export interface ToldSession {
  thingName: string;
  startedAt: string;
  /** The one on the wire; null until the start was acknowledged. */
  transactionId: string | null;
  meterStart: number;
  /** Readings that were acknowledged, Wh. */
  readings: number[];
  /** null until the end was acknowledged. */
  meterStop: number | null;
}

const READINGS = 3;
const WH_PER_STEP = 25;

interface Script {
  thingName: string;
  onSession: (session: ToldSession) => void;
}

/** Charges one car after the other, for ever. */
export const SCRIPTS: Record<'ocpp1.6' | 'ocpp2.0.1', (script: Script) => Generator<Step>> = {
  'ocpp1.6': script16,
  'ocpp2.0.1': script201,
};
export type ScriptedVersion = Extract<OcppVersion, keyof typeof SCRIPTS>;

const now = (): string => new Date().toISOString();

function* sessionsOf({ thingName, onSession }: Script): Generator<ToldSession> {
  let meter = 1_000;
  let before = 0;
  for (;;) {
    // No two sessions of a charge point begin in the same millisecond: it tells them apart when they are read.
    before = Math.max(Date.now(), before + 1);
    const startedAt = new Date(before).toISOString();
    const session = { thingName, startedAt, transactionId: null, meterStart: meter, readings: [], meterStop: null };
    onSession(session);
    yield session;
    meter += WH_PER_STEP * (READINGS + 1);
  }
}

const noteEnd = (session: ToldSession, wh: number) => (): void => {
  session.meterStop = wh;
};

function* script16(script: Script): Generator<Step> {
  yield { action: 'BootNotification', payload: { chargePointVendor: 'Acme', chargePointModel: 'Fault' } };
  for (const session of sessionsOf(script)) {
    const start = { connectorId: 1, idTag: 'FAULT', meterStart: session.meterStart, timestamp: session.startedAt };
    const onAnswered: Step['onAnswered'] = ({ transactionId }) => {
      session.transactionId = String(transactionId);
    };
    yield { action: 'StartTransaction', payload: start, onAnswered };
    const transactionId = Number(session.transactionId);
    yield status16('Charging');
    for (let turn = 1; turn <= READINGS; turn += 1) {
      const wh = session.meterStart + turn * WH_PER_STEP;
      const meterValue = [{ timestamp: now(), sampledValue: [{ value: String(wh) }] }];
      const note = (): void => void session.readings.push(wh);
      yield { action: 'MeterValues', payload: { connectorId: 1, transactionId, meterValue }, onAnswered: note };
    }
    const meterStop = session.meterStart + (READINGS + 1) * WH_PER_STEP;
    const stop = { transactionId, meterStop, timestamp: now(), reason: 'Local' };
    yield { action: 'StopTransaction', payload: stop, onAnswered: noteEnd(session, meterStop) };
    yield status16('Available');
    yield { action: 'Heartbeat', payload: {} };
  }
}

const status16 = (status: string): Step => ({
  action: 'StatusNotification',
  payload: { connectorId: 1, errorCode: 'NoError', status, timestamp: now() },
});

function* script201(script: Script): Generator<Step> {
  const boot = { reason: 'PowerUp', chargingStation: { model: 'Fault', vendorName: 'Acme' } };
  yield { action: 'BootNotification', payload: boot };
  for (const session of sessionsOf(script)) {
    const transactionId = `${session.thingName}-${session.startedAt}`;
    const told = (): void => {
      session.transactionId = transactionId;
    };
    yield transactionEvent({ transactionId, seqNo: 0, wh: session.meterStart, at: session.startedAt }, told);
    yield status201('Occupied');
    for (let seqNo = 1; seqNo <= READINGS; seqNo += 1) {
      const wh = session.meterStart + seqNo * WH_PER_STEP;
      yield transactionEvent({ transactionId, seqNo, wh, at: now() }, () => void session.readings.push(wh));
    }
    const seqNo = READINGS + 1;
    const wh = session.meterStart + seqNo * WH_PER_STEP;
    yield transactionEvent({ transactionId, seqNo, wh, at: now() }, noteEnd(session, wh));
    yield status201('Available');
    yield { action: 'Heartbeat', payload: {} };
  }
}

const status201 = (connectorStatus: string): Step => ({
  action: 'StatusNotification',
  payload: { timestamp: now(), connectorStatus, evseId: 1, connectorId: 1 },
});

interface EventFacts {
  transactionId: string;
  seqNo: number;
  wh: number;
  at: string;
}

function transactionEvent({ transactionId, seqNo, wh, at }: EventFacts, onAnswered: () => void): Step {
  const isFirst = seqNo === 0;
  const isLast = seqNo === READINGS + 1;
  const payload = {
    eventType: isFirst ? 'Started' : isLast ? 'Ended' : 'Updated',
    timestamp: at,
    triggerReason: isFirst ? 'CablePluggedIn' : isLast ? 'EVDeparted' : 'MeterValuePeriodic',
    seqNo,
    transactionInfo: { transactionId, ...(isLast ? { stoppedReason: 'Local' } : { chargingState: 'Charging' }) },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{ timestamp: at, sampledValue: [{ value: wh, measurand: 'Energy.Active.Import.Register' }] }],
  };
  return { action: 'TransactionEvent', payload, onAnswered };
}
