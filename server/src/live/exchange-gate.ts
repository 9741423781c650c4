import type { LogRow } from '@cpo-console/shared/message-log/log-row.ts';
import { answers, asks } from '@cpo-console/shared/message-log/relate.ts';

/** CALLs whose answer may still come. */
const MOST_OPEN = 5_000;

/** A row to be sent: for itself, or because the other half of its exchange is shown. */
export interface Shown {
  event: 'message' | 'partner';
  row: LogRow;
}

interface GateOptions {
  matches: (row: LogRow, call?: LogRow) => boolean;
  /** Asked for each exchange that matches; false leaves it out. */
  hasRoom: () => boolean;
  onLeftOut: () => void;
}

/** Lets exchanges through, never halves of them: a CALL without its answer would look unanswered. */
export function createExchangeGate({ matches, hasRoom, onLeftOut }: GateOptions): (row: LogRow) => Shown[] {
  /** What became of a CALL; itself, where only its answer may make it worth showing. */
  const calls = new Map<string, 'shown' | 'left-out' | LogRow>();

  const remember = (key: string, fate: 'shown' | 'left-out' | LogRow): void => {
    calls.delete(key);
    calls.set(key, fate);
    const oldest = calls.keys().next().value;
    if (calls.size > MOST_OPEN && oldest !== undefined) calls.delete(oldest);
  };
  const letIn = (): boolean => {
    if (hasRoom()) return true;
    onLeftOut();
    return false;
  };

  const takeCall = (row: LogRow, passes: boolean): Shown[] => {
    const key = keyOf(row, row.direction);
    const fate = passes ? (letIn() ? 'shown' : 'left-out') : row;
    remember(key, fate);
    return fate === 'shown' ? [{ event: 'message', row }] : [];
  };
  const takeAnswer = (row: LogRow): Shown[] => {
    const key = keyOf(row, row.direction === 'in' ? 'out' : 'in');
    const call = calls.get(key);
    calls.delete(key);
    const passes = matches(row, typeof call === 'object' ? call : undefined);
    if (call === 'shown') return [{ event: passes ? 'message' : 'partner', row }];
    if (call === 'left-out' && passes) onLeftOut();
    if (call === 'left-out' || !passes || !letIn()) return [];
    const partner: Shown[] = call === undefined ? [] : [{ event: 'partner', row: call }];
    return [...partner, { event: 'message', row }];
  };

  return (row) => {
    if (answers(row)) return takeAnswer(row);
    const passes = matches(row);
    if (asks(row)) return takeCall(row, passes);
    return passes && letIn() ? [{ event: 'message', row }] : [];
  };
}

const keyOf = ({ thingName, connectionId, messageId }: LogRow, direction: string): string =>
  `${thingName}\n${connectionId}\n${direction}\n${messageId}`;
