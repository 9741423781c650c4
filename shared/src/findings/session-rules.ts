import type { LogRow } from '../message-log/log-row.ts';
import { factorOf } from '../projection/meter-readings.ts';
import { decimalOf, integerOf, listOf, type Members, membersOf, textOf } from '../projection/read-payload.ts';
import { evidence, type FindingRule, type ReadRow } from './finding.ts';

const ENERGY = 'Energy.Active.Import.Register';
const HOUR_MS = 3_600_000;
/** A number far off is no list of that many events. */
const MAX_MISSING = 1_000;
const MAX_GAPS = 100;

const isEvent = ({ row }: ReadRow): boolean =>
  row.kind === 'call' && row.direction === 'in' && row.action === 'TransactionEvent';

const idOf = (payload: Members): string | null => textOf(membersOf(payload.transactionInfo).transactionId);

/** The energy register's last value in Wh among the meter values of a message. */
function energyIn({ meterValue }: Members): number | null {
  let energy: number | null = null;
  for (const value of listOf(meterValue)) {
    for (const sample of listOf(membersOf(value).sampledValue)) {
      const members = membersOf(sample);
      const { measurand = ENERGY, phase, format, location = 'Outlet' } = members;
      if (measurand !== ENERGY || phase !== undefined || format === 'SignedData' || location !== 'Outlet') continue;
      const number = decimalOf(members.value);
      if (number !== null) energy = number * factorOf(members);
    }
  }
  return energy;
}

/** @see OCPP 2.0.1 part 2, E01.FR.07 */
export const seqNoGap: FindingRule = {
  name: 'seqno-gap',
  severity: 'warn',
  start: (report) => {
    const last = new Map<string, { row: LogRow; seqNo: number }>();
    const gaps: { id: string; rows: [LogRow, LogRow]; missing: Set<number> }[] = [];
    return {
      read(read) {
        if (!isEvent(read)) return;
        const { row, payload } = read;
        const id = idOf(payload);
        const seqNo = integerOf(payload.seqNo);
        if (id === null || seqNo === null) return;
        // One that was late, after the charge point had been offline, is not missing.
        for (const gap of gaps) if (gap.id === id) gap.missing.delete(seqNo);
        const before = last.get(id);
        if (before !== undefined && seqNo > before.seqNo + 1 && gaps.length < MAX_GAPS) {
          const count = Math.min(seqNo - before.seqNo - 1, MAX_MISSING);
          const missing = new Set(Array.from({ length: count }, (_, at) => before.seqNo + 1 + at));
          gaps.push({ id, rows: [before.row, row], missing });
        }
        if (before === undefined || seqNo > before.seqNo) last.set(id, { row, seqNo });
      },
      end() {
        for (const { id, rows, missing } of gaps) {
          if (missing.size > 0) report(evidence(rows, { subject: id, count: missing.size }));
        }
      },
    };
  },
};

/** The session of a message that carries meter values: its id, or in 1.6 the number. */
function sessionOf({ row, payload }: ReadRow): string | null {
  if (row.action === 'TransactionEvent') return idOf(payload);
  if (row.action === 'MeterValues' || row.action === 'StopTransaction') {
    const number = integerOf(payload.transactionId);
    return number === null ? null : String(number);
  }
  return null;
}

export const meterBackwards: FindingRule = {
  name: 'meter-backwards',
  severity: 'bad',
  start: (report) => {
    const last = new Map<string, { row: LogRow; energy: number; seqNo: number }>();
    return {
      read(read) {
        const { row, payload } = read;
        if (row.direction !== 'in' || row.kind !== 'call') return;
        const id = sessionOf(read);
        const energy = row.action === 'StopTransaction' ? decimalOf(payload.meterStop) : energyIn(payload);
        if (id === null || energy === null) return;
        const before = last.get(id);
        const seqNo = integerOf(payload.seqNo) ?? 0;
        // An event that comes late says what was before.
        if (before !== undefined && seqNo < before.seqNo) return;
        if (before !== undefined && energy < before.energy) {
          report(evidence([before.row, row], { subject: id, count: Math.round(before.energy - energy) }));
        }
        last.set(id, { row, energy, seqNo });
      },
    };
  },
};

interface OpenSession {
  id: string;
  row: LogRow;
  startWh: number | null;
  energyWh: number | null;
}

/** Sessions as they start and end, in every version. */
interface SessionsSeen {
  ended?(session: OpenSession, row: LogRow): void;
  replaced?(session: OpenSession, row: LogRow): void;
}

/** Places with the session that is open there. */
type OpenSessions = Map<string, OpenSession>;

function followSessions(on: SessionsSeen, open: OpenSessions = new Map()) {
  const starting = new Map<string, { row: LogRow; payload: Members }>();
  const begin = (place: string, session: OpenSession): void => {
    const before = open.get(place);
    if (before !== undefined && before.id !== session.id) on.replaced?.(before, session.row);
    open.set(place, session);
  };
  const end = (id: string, row: LogRow, energy: number | null): void => {
    for (const [place, session] of open) {
      if (session.id !== id) continue;
      open.delete(place);
      on.ended?.({ ...session, energyWh: energy ?? session.energyWh }, row);
    }
  };
  return (read: ReadRow): void => {
    const { row, payload } = read;
    if (row.action === 'StartTransaction') {
      if (row.kind === 'call' && row.messageId !== null) starting.set(row.messageId, { row, payload });
      const call = row.kind === 'result' && row.messageId !== null ? starting.get(row.messageId) : undefined;
      const id = integerOf(payload.transactionId);
      if (call === undefined || id === null || id <= 0) return;
      starting.delete(row.messageId ?? '');
      const startWh = decimalOf(call.payload.meterStart);
      begin(String(call.payload.connectorId), { id: String(id), row: call.row, startWh, energyWh: null });
      return;
    }
    if (row.kind !== 'call' || row.direction !== 'in') return;
    if (row.action === 'StopTransaction') {
      end(String(payload.transactionId), row, decimalOf(payload.meterStop));
      return;
    }
    const id = row.action === 'TransactionEvent' ? idOf(payload) : null;
    if (id === null) return;
    const energy = energyIn(payload);
    const place = `evse ${String(membersOf(payload.evse).id)}`;
    if (payload.eventType === 'Started') begin(place, { id, row, startWh: energy, energyWh: energy });
    const session = [...open.values()].find((each) => each.id === id);
    if (session !== undefined && energy !== null) {
      session.startWh ??= energy;
      session.energyWh = energy;
    }
    if (payload.eventType === 'Ended') end(id, row, energy);
  };
}

/** How long after its connector was free the end of a session may still come. */
const END_WITHIN_MS = 10 * 60_000;

/** The next session began at the same place or the connector was free again, and this one never ended. */
export const withoutStop: FindingRule = {
  name: 'without-stop',
  severity: 'bad',
  start: (report) => {
    const open: OpenSessions = new Map();
    /** When the connector of an open session became free. */
    const freed = new Map<string, LogRow>();
    const follow = followSessions(
      {
        ended: ({ id }) => freed.delete(id),
        replaced: ({ id, row: started }, row) => {
          freed.delete(id);
          report(evidence([started, row], { subject: id }));
        },
      },
      open,
    );
    return {
      read(read) {
        follow(read);
        const { row, payload } = read;
        if (row.kind !== 'call' || row.action !== 'StatusNotification') return;
        const isFree = payload.status === 'Available' || payload.connectorStatus === 'Available';
        const place = payload.evseId === undefined ? String(payload.connectorId) : `evse ${String(payload.evseId)}`;
        const session = open.get(place);
        if (session === undefined) return;
        if (!isFree) freed.delete(session.id);
        else if (!freed.has(session.id)) freed.set(session.id, row);
      },
      end(at) {
        for (const { id, row: started } of open.values()) {
          const row = freed.get(id);
          if (row !== undefined && at - row.at > END_WITHIN_MS) report(evidence([started, row], { subject: id }));
        }
      },
    };
  },
};

export const zeroEnergy: FindingRule = {
  name: 'zero-energy',
  severity: 'warn',
  start: (report) => ({
    read: followSessions({
      ended: ({ id, row: started, startWh, energyWh }, row) => {
        if (startWh === null || energyWh === null || energyWh - startWh >= 1) return;
        report(evidence([started, row], { subject: id, count: Math.round((row.at - started.at) / 1_000) }));
      },
    }),
  }),
};

const UNDER_WAY =
  /^(Downloading|Downloaded|DownloadScheduled|DownloadPaused|Installing|InstallScheduled|InstallRebooting|SignatureVerified)$/;

/** A firmware update that began, and of which no end was heard for an hour. */
export const firmwareUnfinished: FindingRule = {
  name: 'firmware-unfinished',
  severity: 'warn',
  start: (report) => {
    let last: { row: LogRow; status: string } | null = null;
    return {
      read({ row, payload }) {
        if (row.kind !== 'call' || !/^(Signed)?FirmwareStatusNotification$/.test(row.action ?? '')) return;
        const status = textOf(payload.status) ?? '';
        last = UNDER_WAY.test(status) ? { row, status } : null;
      },
      end(at) {
        if (last !== null && at - last.row.at > HOUR_MS) report(evidence([last.row], { subject: last.status }));
      },
    };
  },
};
