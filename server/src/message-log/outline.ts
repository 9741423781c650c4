import { OUTLINE_KINDS, OUTLINE_MARKS } from '@cpo-console/shared/api/log.ts';
import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';

type OutlineRow = Pick<
  LogRow,
  'id' | 'connectionId' | 'at' | 'direction' | 'kind' | 'action' | 'messageId' | 'violations'
>;

/** The rows of one charge point in a range, column by column. @see ReplayOutline */
export interface LogOutline {
  actions: string[];
  ids: number[];
  at: number[];
  kind: number[];
  out: number[];
  action: number[];
  answer: number[];
  mark: number[];
  /** When the first row came that did not find room. */
  cutAt: number | null;
}

const CALL = OUTLINE_KINDS.indexOf('call');
const [NONE, ERROR, VIOLATION, UNANSWERED] = OUTLINE_MARKS.map((_mark, index) => index) as [
  number,
  number,
  number,
  number,
];
/** A CALL at the very end of the range may still be answered. */
const ANSWER_WITHIN_MS = 30_000;

/** Takes rows in the order of the log, and pairs CALLs with their answers. */
export function createOutline(maxRows: number) {
  const outline: LogOutline = {
    actions: [],
    ids: [],
    at: [],
    kind: [],
    out: [],
    action: [],
    answer: [],
    mark: [],
    cutAt: null,
  };
  const actions = new Map<string, number>();
  /** CALLs that wait, by connection, direction and message id: the newest of an id that is used twice. */
  const waiting = new Map<string, number>();

  const actionIndex = (action: string | null): number => {
    if (action === null) return -1;
    const known = actions.get(action);
    if (known !== undefined) return known;
    actions.set(action, actions.size);
    outline.actions.push(action);
    return actions.size - 1;
  };

  const pair = (row: OutlineRow, index: number): void => {
    if (row.messageId === null) return;
    if (row.kind === 'call') waiting.set(callKey(row, row.direction), index);
    if (row.kind !== 'result' && row.kind !== 'error') return;
    const key = callKey(row, row.direction === 'in' ? 'out' : 'in');
    const call = waiting.get(key);
    if (call === undefined) return;
    waiting.delete(key);
    outline.answer[call] = index;
  };

  return {
    /** false when there is no room for the row. */
    add(row: OutlineRow): boolean {
      const index = outline.ids.length;
      if (index >= maxRows) {
        outline.cutAt ??= row.at;
        return false;
      }
      outline.ids.push(row.id);
      outline.at.push(row.at);
      outline.kind.push(OUTLINE_KINDS.indexOf(row.kind));
      outline.out.push(row.direction === 'out' ? 1 : 0);
      outline.action.push(actionIndex(row.action));
      outline.answer.push(-1);
      outline.mark.push(markOf(row));
      pair(row, index);
      return true;
    },
    result(): LogOutline {
      const end = outline.at.at(-1) ?? 0;
      outline.kind.forEach((kind, index) => {
        if (kind !== CALL || outline.answer[index] !== -1 || outline.mark[index] !== NONE) return;
        if (end - (outline.at[index] ?? end) > ANSWER_WITHIN_MS) outline.mark[index] = UNANSWERED;
      });
      return outline;
    },
  };
}

const callKey = (row: OutlineRow, direction: string): string => `${row.connectionId} ${direction} ${row.messageId}`;

function markOf(row: OutlineRow): number {
  if (row.kind === 'error' || row.kind === 'malformed') return ERROR;
  if (row.kind === 'event' && (row.action === 'refused' || row.action === 'undelivered')) return ERROR;
  return row.violations === null ? NONE : VIOLATION;
}
