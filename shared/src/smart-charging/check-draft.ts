import type { OcppVersion } from '../ocpp-j/frame.ts';
import type { Kind, ProfileDraft, Purpose } from './charging-profile.ts';

/** What is wrong with a field; the path is a JSON pointer into the draft. */
export interface DraftDefect {
  path: string;
  rule: DraftRule;
  /** The rule in words. */
  message: string;
  /** The words' parameters, for those who say it in another language. */
  about?: Record<string, string | number>;
}

export type DraftRule =
  | 'required'
  | 'unknownInVersion'
  | 'needsPlace'
  | 'needsSession'
  | 'wholeStation'
  | 'onlyRecurring'
  | 'notRelative'
  | 'notWithKind'
  | 'tooLong'
  | 'notATime'
  | 'afterValidFrom'
  | 'moreThanZero'
  | 'onePeriod'
  | 'onlyOnePeriod'
  | 'firstAtZero'
  | 'afterOneBefore'
  | 'withinDuration'
  | 'notNegative'
  | 'oneDecimal';

const MAX_RECURRENCE_S = { Daily: 86_400, Weekly: 604_800 } as const;
const ONLY_21: ReadonlySet<Purpose | Kind> = new Set(['PriorityCharging', 'LocalGeneration', 'Dynamic']);

/** What a schema can't say of a profile. @see OCPP 1.6 §5.16, OCPP 2.0.1 part 2, K01.FR.31, 38, 40 and 41 */
export function checkDraft(draft: ProfileDraft): DraftDefect[] {
  return [...checkKind(draft), ...checkTimes(draft), ...checkPeriods(draft)];
}

/** What the charge point's version does not know or allow. */
export function checkForVersion({ purpose, kind }: ProfileDraft, version: OcppVersion): DraftDefect[] {
  const defects: DraftDefect[] = [];
  const only = (path: string, word: Purpose | Kind, versions: string) =>
    defects.push({
      path,
      rule: 'unknownInVersion',
      message: `${word} exists in OCPP ${versions} only`,
      about: { word, versions },
    });
  if (version !== 'ocpp2.1' && ONLY_21.has(purpose)) only('/purpose', purpose, '2.1');
  if (version !== 'ocpp2.1' && ONLY_21.has(kind)) only('/kind', kind, '2.1');
  if (version === 'ocpp1.6' && purpose === 'ChargingStationExternalConstraints') only('/purpose', purpose, '2.x');
  if (version !== 'ocpp1.6' && purpose === 'ChargingStationMaxProfile' && kind === 'Relative') {
    const message = `does not go with a ${purpose}: it has no session to begin with`;
    defects.push({ path: '/kind', rule: 'notRelative', message, about: { purpose } });
  }
  return defects;
}

/** Whom the profile may be for. @see OCPP 1.6 §3.13.1, OCPP 2.0.1 part 2, K01.FR.03 */
export function checkPlace(
  { purpose }: ProfileDraft,
  { place, hasSession }: { place: number; hasSession: boolean },
): DraftDefect[] {
  if (purpose === 'TxProfile' && place === 0)
    return [{ path: '/place', rule: 'needsPlace', message: 'must name one, for a TxProfile' }];
  if (purpose === 'TxProfile' && !hasSession) {
    return [{ path: '/transactionId', rule: 'needsSession', message: 'must name a running session, for a TxProfile' }];
  }
  const isOfStation = purpose === 'ChargingStationMaxProfile' && place !== 0;
  return isOfStation
    ? [
        {
          path: '/place',
          rule: 'wholeStation',
          message: `must be the whole station, for a ${purpose}`,
          about: { purpose },
        },
      ]
    : [];
}

function checkKind({ kind, recurrency, startSchedule, duration }: ProfileDraft): DraftDefect[] {
  const defects: DraftDefect[] = [];
  if (kind === 'Recurring' && recurrency === undefined)
    defects.push({ path: '/recurrency', rule: 'required', message: 'is required' });
  if (kind !== 'Recurring' && recurrency !== undefined) {
    defects.push({ path: '/recurrency', rule: 'onlyRecurring', message: 'goes with the kind Recurring only' });
  }
  const hasStart = startSchedule !== undefined;
  if ((kind === 'Absolute' || kind === 'Recurring') && !hasStart) {
    defects.push({ path: '/startSchedule', rule: 'required', message: `is required for the kind ${kind}` });
  }
  if ((kind === 'Relative' || kind === 'Dynamic') && hasStart) {
    defects.push({
      path: '/startSchedule',
      rule: 'notWithKind',
      message: `does not go with the kind ${kind}`,
      about: { kind },
    });
  }
  const longest = kind === 'Recurring' && recurrency !== undefined ? MAX_RECURRENCE_S[recurrency] : null;
  if (longest !== null && duration !== undefined && duration > longest) {
    defects.push({
      path: '/duration',
      rule: 'tooLong',
      message: `must be at most ${longest} s: then it begins anew`,
      about: { hours: longest / 3600 },
    });
  }
  return defects;
}

function checkTimes({ validFrom, validTo, startSchedule, duration }: ProfileDraft): DraftDefect[] {
  const defects: DraftDefect[] = [];
  for (const [name, time] of Object.entries({ validFrom, validTo, startSchedule })) {
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      defects.push({ path: `/${name}`, rule: 'notATime', message: 'is not a time' });
  }
  if (validFrom !== undefined && validTo !== undefined && Date.parse(validTo) <= Date.parse(validFrom)) {
    defects.push({ path: '/validTo', rule: 'afterValidFrom', message: 'must be after validFrom' });
  }
  if (duration !== undefined && duration <= 0)
    defects.push({ path: '/duration', rule: 'moreThanZero', message: 'must be more than 0' });
  return defects;
}

function checkPeriods({ kind, periods, duration }: ProfileDraft): DraftDefect[] {
  const defects: DraftDefect[] = [];
  if (periods.length === 0) defects.push({ path: '/periods', rule: 'onePeriod', message: 'must have at least one' });
  if (kind === 'Dynamic' && periods.length > 1)
    defects.push({ path: '/periods', rule: 'onlyOnePeriod', message: 'must be one, for Dynamic' });
  for (const [index, { start, limit }] of periods.entries()) {
    const before = periods[index - 1];
    const path = `/periods/${index}`;
    if (before === undefined && start !== 0)
      defects.push({ path: `${path}/start`, rule: 'firstAtZero', message: 'must be 0 for the first' });
    if (before !== undefined && start <= before.start) {
      defects.push({ path: `${path}/start`, rule: 'afterOneBefore', message: 'must be after the one before' });
    }
    if (duration !== undefined && start >= duration && index > 0) {
      defects.push({ path: `${path}/start`, rule: 'withinDuration', message: 'must be within the duration' });
    }
    if (!Number.isFinite(limit) || limit < 0)
      defects.push({ path: `${path}/limit`, rule: 'notNegative', message: 'must be 0 or more' });
    else if (Math.abs(limit * 10 - Math.round(limit * 10)) > 1e-6) {
      defects.push({ path: `${path}/limit`, rule: 'oneDecimal', message: 'may have one decimal' });
    }
  }
  return defects;
}
