import type {
  Kind,
  ProfileDraft,
  Purpose,
  RateUnit,
  Recurrency,
} from '@cpo-console/shared/smart-charging/charging-profile.ts';
import { checkDraft, type DraftDefect, type DraftRule } from '@cpo-console/shared/smart-charging/check-draft.ts';
import { fromLocalField, toLocalField } from '../../../lib/local-time.ts';

/** What is wrong with a field: what was typed, or what the draft would say. */
export interface FieldDefect extends Pick<DraftDefect, 'path' | 'about'> {
  rule: DraftRule | 'number' | 'wholeNumber' | 'offset';
}

/** What the editor's fields hold, as typed. */
export interface ProfileFields {
  purpose: Purpose;
  kind: Kind;
  recurrency: Recurrency;
  stackLevel: string;
  unit: RateUnit;
  startSchedule: string;
  /** Hours and minutes; empty: the last period goes on. */
  duration: string;
  validFrom: string;
  validTo: string;
  periods: PeriodFields[];
}

export interface PeriodFields {
  key: number;
  /** Hours and minutes after the start. */
  start: string;
  limit: string;
  phases: '' | '1' | '2' | '3';
}

export function emptyFields(now: number): ProfileFields {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return {
    purpose: 'TxDefaultProfile',
    kind: 'Recurring',
    recurrency: 'Daily',
    stackLevel: '0',
    unit: 'A',
    startSchedule: toLocalField(midnight),
    duration: '',
    validFrom: '',
    validTo: '',
    periods: [{ key: 0, start: '0:00', limit: '16', phases: '' }],
  };
}

export function fieldsOf(draft: ProfileDraft, now: number): ProfileFields {
  const local = (time: string | undefined): string => (time === undefined ? '' : toLocalField(Date.parse(time)));
  return {
    purpose: draft.purpose,
    kind: draft.kind,
    recurrency: draft.recurrency ?? 'Daily',
    stackLevel: String(draft.stackLevel),
    unit: draft.unit,
    startSchedule: local(draft.startSchedule) || emptyFields(now).startSchedule,
    duration: draft.duration === undefined ? '' : toOffset(draft.duration),
    validFrom: local(draft.validFrom),
    validTo: local(draft.validTo),
    periods: draft.periods.map(({ start, limit, numberPhases }, key) => ({
      key,
      start: toOffset(start),
      limit: Number.isFinite(limit) ? String(limit) : '',
      phases: numberPhases === undefined ? '' : (String(numberPhases) as PeriodFields['phases']),
    })),
  };
}

/** The draft that the fields make, and what is wrong with them; a draft with defects is for drawing only. */
export function readFields(fields: ProfileFields): { draft: ProfileDraft; defects: FieldDefect[] } {
  const defects: FieldDefect[] = [];
  const number = (text: string, path: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
    if (!Number.isFinite(value)) defects.push({ path, rule: 'number' });
    return Number.isFinite(value) ? value : 0;
  };
  const offset = (text: string, path: string): number => {
    const seconds = fromOffset(text);
    if (seconds === null) defects.push({ path, rule: 'offset' });
    return seconds ?? 0;
  };
  const time = (text: string, path: string): string | undefined => {
    const at = text === '' ? undefined : fromLocalField(text);
    if (at === null) defects.push({ path, rule: 'notATime' });
    return at ?? undefined;
  };
  const { kind, purpose, unit } = fields;
  const stackLevel = number(fields.stackLevel, '/stackLevel');
  if (!Number.isInteger(stackLevel) || stackLevel < 0) {
    defects.push({ path: '/stackLevel', rule: 'wholeNumber' });
  }
  const starts = kind === 'Absolute' || kind === 'Recurring' ? time(fields.startSchedule, '/startSchedule') : undefined;
  const validFrom = time(fields.validFrom, '/validFrom');
  const validTo = time(fields.validTo, '/validTo');
  const draft: ProfileDraft = {
    purpose,
    kind,
    stackLevel,
    unit,
    ...(kind === 'Recurring' && { recurrency: fields.recurrency }),
    ...(starts !== undefined && { startSchedule: starts }),
    ...(fields.duration.trim() !== '' && { duration: offset(fields.duration, '/duration') }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
    periods: fields.periods.map(({ start, limit, phases }, index) => ({
      start: offset(start, `/periods/${index}/start`),
      limit: number(limit, `/periods/${index}/limit`),
      ...(phases !== '' && { numberPhases: Number(phases) }),
    })),
  };
  return { draft, defects: defects.length > 0 ? defects : checkDraft(draft) };
}

function fromOffset(text: string): number | null {
  const match = /^\s*(\d{1,4}):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

export function toOffset(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = seconds % 60;
  const whole = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}`;
  return rest === 0 ? whole : `${whole}:${two(rest)}`;
}
