import type { RerunPlace } from '@cpo-console/shared/api/replays.ts';
import { ID_NAMES } from './identities.ts';
import type { Answer } from './step.ts';

const MAX_PLACES = 50;
const MAX_TEXT = 1_000;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/** Where two answers differ. Times and ids are other ones every time: of those only that they are there counts. */
export function compareAnswers(recorded: Answer, today: Answer): RerunPlace[] {
  if (recorded.kind === 'error' && today.kind === 'error') {
    return recorded.code === today.code ? [] : [{ path: '', recorded: recorded.code, today: today.code }];
  }
  if (recorded.kind === 'result' && today.kind === 'result') return compareValues(recorded.payload, today.payload);
  return [{ path: '', recorded: briefly(recorded), today: briefly(today) }];
}

export function compareValues(recorded: unknown, today: unknown): RerunPlace[] {
  const places: RerunPlace[] = [];
  visit({ path: '', recorded, today }, places);
  return places;
}

const briefly = (answer: Answer): unknown => (answer.kind === 'error' ? answer.code : answer.payload);

function visit(place: RerunPlace, places: RerunPlace[]): void {
  const { path, recorded, today } = place;
  if (recorded === today || isOtherTime(recorded, today) || places.length >= MAX_PLACES) return;
  if (!isBranch(recorded) || !isBranch(today) || Array.isArray(recorded) !== Array.isArray(today)) {
    places.push({ path, recorded: clipped(recorded), today: clipped(today) });
    return;
  }
  const then = new Map(Object.entries(recorded));
  const now = new Map(Object.entries(today));
  for (const name of new Set([...then.keys(), ...now.keys()])) {
    const member = { path: `${path}/${escaped(name)}`, recorded: then.get(name), today: now.get(name) };
    if (ID_NAMES.has(name) && typeof member.recorded === typeof member.today) continue;
    visit(member, places);
  }
}

/** What one side has nothing of stays undefined; a whole list or object that the other lacks need not be repeated. */
function clipped(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length <= MAX_TEXT ? value : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}

/** A member's name in a JSON pointer. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isOtherTime = (recorded: unknown, today: unknown): boolean =>
  typeof recorded === 'string' && typeof today === 'string' && TIME.test(recorded) && TIME.test(today);
