import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { ProfileDraft, Purpose, RateUnit, SchedulePeriod } from './charging-profile.ts';
import { changesOf, periodAt } from './limit-at.ts';

/** A profile and whom it is for. */
export interface PlacedProfile extends ProfileDraft {
  id: number;
  /** The EVSE, in OCPP 1.6 the connector; 0: the station, or each of its EVSEs. */
  place: number;
  /** null: for whichever session runs there. */
  transactionId: string | null;
}

/** What is looked at. Times are milliseconds since the epoch. */
export interface Situation {
  version: OcppVersion;
  place: number;
  from: number;
  to: number;
  /** The session whose schedule is reckoned; null for none, so that only what limits the station holds. */
  session: { transactionId: string | null; startedAt: number } | null;
  unit: RateUnit;
  /** Between a phase and neutral. */
  volts: number;
  /** OCPP 2.1: whether the driver pressed for priority. */
  priority?: boolean;
}

/** From one change to the next. */
export interface Segment {
  from: number;
  to: number;
  /** In the unit asked for; null: nothing limits it. */
  limit: number | null;
  /** The profile that sets the limit; where nothing limits it, the one that says something else, as a setpoint of OCPP 2.1. */
  winner: number | null;
  /** What each purpose allows, as its prevailing profile says; null: it says something else than a limit. */
  purposes: { purpose: Purpose; profileId: number; limit: number | null }[];
}

const PHASES = 3;

/**
 * Which profile sets the limit at each time: of a purpose the one with the highest stack level, a TxProfile instead of the
 * TxDefaultProfile, and of what is left the lowest limit.
 * @see OCPP 1.6 §3.13, OCPP 2.0.1 part 2, K, "Combining charging profile purposes"
 */
export function compositeSchedule(profiles: readonly PlacedProfile[], situation: Situation): Segment[] {
  const { from, to, session } = situation;
  const relevant = profiles.filter((profile) => concerns(profile, situation));
  const span = { from, to, sessionStart: session?.startedAt ?? null };
  const times = [...new Set([from, ...relevant.flatMap((profile) => changesOf(profile, span))])].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [index, at] of times.entries()) {
    const segment = { from: at, to: times[index + 1] ?? to, ...limitsAt(relevant, situation, at) };
    const last = segments.at(-1);
    if (last !== undefined && isSame(last, segment)) last.to = segment.to;
    else segments.push(segment);
  }
  return segments;
}

function concerns({ purpose, place, transactionId }: PlacedProfile, { session, ...situation }: Situation): boolean {
  switch (purpose) {
    case 'ChargingStationMaxProfile':
    case 'ChargingStationExternalConstraints':
    case 'LocalGeneration':
      return place === 0 || place === situation.place;
    case 'TxProfile':
      return (
        session !== null &&
        place === situation.place &&
        (transactionId === null || transactionId === session.transactionId)
      );
    case 'TxDefaultProfile':
    case 'PriorityCharging':
      return session !== null && (place === 0 || place === situation.place);
  }
}

interface Prevailing {
  profile: PlacedProfile;
  limit: number;
}

function limitsAt(profiles: readonly PlacedProfile[], situation: Situation, at: number) {
  const prevailing = (purpose: Purpose): Prevailing | null => {
    let best: { profile: PlacedProfile; period: SchedulePeriod } | null = null;
    for (const profile of profiles) {
      if (profile.purpose !== purpose) continue;
      const period = periodAt(profile, at, situation.session?.startedAt ?? null);
      if (period !== null && (best === null || outranks(profile, best.profile, situation))) best = { profile, period };
    }
    return best && { profile: best.profile, limit: inUnit(best.period, best.profile.unit, situation) };
  };
  const ofSession =
    (situation.priority === true ? prevailing('PriorityCharging') : null) ??
    prevailing('TxProfile') ??
    prevailing('TxDefaultProfile');
  const ofStation = [prevailing('ChargingStationExternalConstraints'), prevailing('ChargingStationMaxProfile')];
  const all = [...ofStation, ofSession].filter((each) => each !== null);
  const lowest = all
    .filter(isLimit)
    .reduce<Prevailing | null>((low, each) => (low && low.limit <= each.limit ? low : each), null);
  const generated = [prevailing('LocalGeneration')].filter((each) => each !== null);
  return {
    // What is generated on the spot comes on top of what the others allow. @see OCPP 2.1 part 2, K, "Combining charging profile purposes"
    limit: lowest && lowest.limit + generated.filter(isLimit).reduce((sum, { limit }) => sum + limit, 0),
    winner: (lowest ?? all[0])?.profile.id ?? null,
    purposes: [...all, ...generated].map(({ profile, limit }) => ({
      purpose: profile.purpose,
      profileId: profile.id,
      limit: Number.isFinite(limit) ? limit : null,
    })),
  };
}

const isLimit = ({ limit }: Prevailing): boolean => Number.isFinite(limit);

/** In 1.6 a default for the connector stands in for those of connector 0, whatever their level. @see OCPP 1.6 §3.13.1 */
function outranks(a: PlacedProfile, b: PlacedProfile, { version }: Situation): boolean {
  if (version === 'ocpp1.6' && a.purpose === 'TxDefaultProfile' && (a.place === 0) !== (b.place === 0)) {
    return a.place !== 0;
  }
  return a.stackLevel > b.stackLevel || (a.stackLevel === b.stackLevel && a.place > b.place);
}

function inUnit({ limit, numberPhases = PHASES }: SchedulePeriod, unit: RateUnit, { unit: wanted, volts }: Situation) {
  if (unit === wanted) return limit;
  return wanted === 'W' ? limit * volts * numberPhases : limit / (volts * numberPhases);
}

function isSame(a: Segment, b: Segment): boolean {
  return a.limit === b.limit && a.winner === b.winner && JSON.stringify(a.purposes) === JSON.stringify(b.purposes);
}
