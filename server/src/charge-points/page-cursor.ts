/** Where a list by time goes on: after this row, for rows at the same time after this id. */
export interface PagePosition {
  at: number;
  id: string;
}

export const encodePosition = ({ at, id }: PagePosition): string => Buffer.from(`${at}:${id}`).toString('base64url');

/** null for a cursor that is not one of ours. */
export function decodePosition(cursor: string): PagePosition | null {
  const match = /^(-?\d{1,16}):(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString());
  return match?.[1] === undefined || match[2] === undefined ? null : { at: Number(match[1]), id: match[2] };
}

/** The page that one row more than its limit makes: whether there is more, and where that begins. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => PagePosition,
): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, nextCursor: last === undefined ? null : encodePosition(positionOf(last)) };
}
