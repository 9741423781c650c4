import type { ProfileDraft, Recurrency, SchedulePeriod } from './charging-profile.ts';

const RECURS_AFTER_S: Record<Recurrency, number> = { Daily: 86_400, Weekly: 604_800 };

/**
 * The period of a profile that holds at a time; null when it says nothing then. Times are milliseconds since the epoch.
 * @param sessionStart what Relative schedules count from, and absolute ones without a start
 * @see OCPP 1.6 §5.16, OCPP 2.0.1 part 2, K01.FR.40 and 41
 */
export function periodAt(profile: ProfileDraft, at: number, sessionStart: number | null): SchedulePeriod | null {
  if (!isValidAt(profile, at)) return null;
  if (profile.kind === 'Dynamic') return profile.periods[0] ?? null;
  const start = startOf(profile, sessionStart);
  if (start === null || at < start) return null;
  const sinceStart = (at - start) / 1000;
  const elapsed = profile.kind === 'Recurring' ? sinceStart % RECURS_AFTER_S[recurrencyOf(profile)] : sinceStart;
  // Once its duration is over, a lower stack level holds until it recurs.
  if (profile.duration !== undefined && elapsed >= profile.duration) return null;
  return profile.periods.findLast((period) => period.start <= elapsed) ?? null;
}

/** The times in (from, to) at which what a profile says may change. */
export function changesOf(
  profile: ProfileDraft,
  { from, to, sessionStart }: { from: number; to: number; sessionStart: number | null },
): number[] {
  const times = [profile.validFrom, profile.validTo].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  const start = profile.kind === 'Dynamic' ? null : startOf(profile, sessionStart);
  if (start !== null) {
    const offsets = profile.periods.map((period) => period.start);
    if (profile.duration !== undefined) offsets.push(profile.duration);
    for (const round of roundsOf(profile, { start, from, to })) {
      for (const offset of offsets) times.push(round + offset * 1000);
    }
  }
  return times.filter((time) => time > from && time < to);
}

/** When the schedule begins, again and again where it recurs. */
function roundsOf(profile: ProfileDraft, { start, from, to }: { start: number; from: number; to: number }): number[] {
  if (profile.kind !== 'Recurring') return [start];
  const every = RECURS_AFTER_S[recurrencyOf(profile)] * 1000;
  const rounds: number[] = [];
  const first = Math.max(0, Math.floor((from - start) / every));
  for (let round = start + first * every; round < to; round += every) rounds.push(round);
  return rounds;
}

function isValidAt({ validFrom, validTo }: ProfileDraft, at: number): boolean {
  if (validFrom !== undefined && at < Date.parse(validFrom)) return false;
  return validTo === undefined || at < Date.parse(validTo);
}

function startOf({ kind, startSchedule }: ProfileDraft, sessionStart: number | null): number | null {
  return kind === 'Relative' || startSchedule === undefined ? sessionStart : Date.parse(startSchedule);
}

const recurrencyOf = ({ recurrency }: ProfileDraft): Recurrency => recurrency ?? 'Daily';
