import type { LogRow } from './log-row.ts';

/** What tells which exchange a row is part of. */
export type Half = Pick<LogRow, 'id' | 'thingName' | 'connectionId' | 'direction' | 'kind' | 'messageId'>;

/** How a row stands to the others of its message id. */
export interface Relation {
  id: number;
  /** The other half of its exchange, or null. */
  partnerId: number | null;
  /** A CALL whose id its sender had used before on the same connection. */
  repeatsId: boolean;
}

/** A text that is no frame may have carried a message id all the same, and is then answered like a CALL. */
export const asks = ({ kind, messageId }: Half): boolean =>
  messageId !== null && (kind === 'call' || kind === 'malformed');
export const answers = ({ kind, messageId }: Half): boolean =>
  messageId !== null && (kind === 'result' || kind === 'error');

/** Rows without one stand alone. */
export const isHalf = (row: Half): boolean => asks(row) || answers(row);

/**
 * An answer belongs to the latest CALL before it on its connection, in the other direction and with its message id; a CALL
 * has one answer, the first.
 * @param near rows of the same message id, among them perhaps the row itself, in any order
 */
export function relate(row: Half, near: readonly Half[]): Relation {
  const { id, thingName, connectionId, direction } = row;
  const line = near
    .filter((other) => other.id !== id && other.thingName === thingName && other.connectionId === connectionId)
    .sort((a, b) => a.id - b.id);
  const callDirection = asks(row) ? direction : direction === 'in' ? 'out' : 'in';
  const isCall = (other: Half): boolean => asks(other) && other.direction === callDirection;
  const isAnswer = (other: Half): boolean => answers(other) && other.direction !== callDirection;
  const ofExchange = line.filter((other) => isCall(other) || isAnswer(other));
  const before = ofExchange.filter((other) => other.id < id).at(-1);
  if (asks(row)) {
    const after = ofExchange.find((other) => other.id > id);
    const repeatsId =
      row.kind === 'call' && line.some((other) => isCall(other) && other.kind === 'call' && other.id < id);
    return { id, partnerId: after !== undefined && isAnswer(after) ? after.id : null, repeatsId };
  }
  return { id, partnerId: before !== undefined && isCall(before) ? before.id : null, repeatsId: false };
}
