import { type Half, isHalf, type Relation, relate } from '@cpo-console/shared/message-log/relate.ts';
import { withoutNul } from '../../database/postgres/nul.ts';
import { DIRECTIONS, KINDS } from '../index/day-file.ts';
import { LOOKED_AT, NEAR_MS, type RelationRow } from '../index/relations.ts';
import { dayNumber } from './log-tables.ts';

/** A clock that was set back puts a row into the day after. */
const DAY_AFTER = 1;

const side = (comparison: string, order: string): string => `(
  select m.id, m.thing, m.connection, m.direction, m.kind, m.message_id from message_log.message m
  where m.message_id = asked.message_id and m.id ${comparison} asked.id and m.day between asked.first and asked.last
  order by m.id ${order} limit ${LOOKED_AT})`;

const NEAR = `select asked.id as asked, near.* from
  unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[])
    as asked (id, message_id, thing, connection, first, last)
  cross join lateral (${side('<', 'desc')} union all ${side('>', 'asc')}) near
  where near.thing = asked.thing and near.connection = asked.connection`;

type Select = (sql: string, values: unknown[]) => Promise<unknown[]>;
interface Near {
  asked: number;
  id: number;
  thing: string;
  connection: string;
  direction: number;
  kind: number;
  message_id: string;
}

/** How rows stand to the others of their message ids, whichever page or day these are on. */
export async function relationsOf(rows: readonly RelationRow[], select: Select): Promise<Relation[]> {
  const halves = rows.filter(isHalf);
  if (halves.length === 0) return [];
  const found = (await select(NEAR, [
    halves.map(({ id }) => id),
    halves.map(({ messageId }) => withoutNul(messageId ?? '')),
    halves.map(({ thingName }) => withoutNul(thingName)),
    halves.map(({ connectionId }) => withoutNul(connectionId)),
    halves.map(({ at }) => dayNumber(at - NEAR_MS)),
    halves.map(({ at }) => dayNumber(at + NEAR_MS) + DAY_AFTER),
  ])) as Near[];
  const near = Map.groupBy(found, ({ asked }) => asked);
  return halves.map((row) => relate(row, (near.get(row.id) ?? []).map(toHalf)));
}

const toHalf = (stored: Near): Half => ({
  id: stored.id,
  thingName: stored.thing,
  connectionId: stored.connection,
  direction: DIRECTIONS[stored.direction] ?? 'in',
  kind: KINDS[stored.kind] ?? 'malformed',
  messageId: stored.message_id,
});
