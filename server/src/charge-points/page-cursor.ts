import { type SelectQueryBuilder, sql } from 'kysely';

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

/** A page of a list by time, newest first; what is of the same time, by id. */
export async function newestFirst<DB, Table extends keyof DB, Column extends string, Row extends { id: string }>(
  select: SelectQueryBuilder<DB, Table, Row & Record<Column, number>>,
  timeColumn: Column,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ shown: Row[]; nextCursor: string | null }> {
  const at = sql.ref(timeColumn);
  const id = sql.ref('id');
  const after = cursor === undefined ? null : decodePosition(cursor);
  const rest = after === null ? select : select.where(sql<boolean>`(${at}, ${id}) < (${after.at}, ${after.id})`);
  const rows = await rest
    .orderBy(at, 'desc')
    .orderBy(id, 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, nextCursor: last === undefined ? null : encodePosition({ at: last[timeColumn], id: last.id }) };
}
