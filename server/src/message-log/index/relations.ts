import { type Half, isHalf, type Relation, relate } from '@cpo-console/shared/message-log/relate.ts';
import type Database from 'better-sqlite3';
import type { LogRange } from '../message-log.ts';
import { DIRECTIONS, KINDS } from './day-file.ts';

/** Rows of one message id that are looked at, each way: some charge points call every message `1`. */
export const LOOKED_AT = 200;
/** How long after its CALL an answer is still looked for. */
export const NEAR_MS = 15 * 60_000;

interface StoredHalf {
  id: number;
  thing: string;
  connection: string;
  direction: number;
  kind: number;
  message_id: string;
}

const side = (comparison: string, order: string): string => `
  SELECT m.id, t.text AS thing, c.text AS connection, m.direction, m.kind, m.message_id FROM
    (SELECT * FROM message WHERE message_id = ? AND id ${comparison} ? ORDER BY id ${order} LIMIT ${LOOKED_AT}) m
  JOIN name t ON t.id = m.thing JOIN name c ON c.id = m.connection
  WHERE t.text = ? AND c.text = ?`;
const BEFORE = side('<', 'DESC');
const AFTER = side('>', 'ASC');

export type RelationRow = Half & { at: number };

interface DayFiles {
  daysOf(range: LogRange): string[];
  /** Only good until the next one is asked for. */
  open(day: string): Database.Database;
}

/** How rows stand to the others of their message ids, whichever page or day these are on. */
export function relationsOf(rows: readonly RelationRow[], files: DayFiles): Relation[] {
  const statements = new Map<Database.Database, { before: Database.Statement; after: Database.Statement }>();
  const of = (file: Database.Database) => {
    const known = statements.get(file) ?? { before: file.prepare(BEFORE), after: file.prepare(AFTER) };
    statements.set(file, known);
    return known;
  };
  return rows.filter(isHalf).map((row) => {
    const parameters = [row.messageId, row.id, row.thingName, row.connectionId];
    const near = files.daysOf({ from: row.at - NEAR_MS, to: row.at + NEAR_MS }).flatMap((day) => {
      const { before, after } = of(files.open(day));
      return [...before.all(...parameters), ...after.all(...parameters)] as StoredHalf[];
    });
    return relate(row, near.map(toHalf));
  });
}

const toHalf = (stored: StoredHalf): Half => ({
  id: stored.id,
  thingName: stored.thing,
  connectionId: stored.connection,
  direction: DIRECTIONS[stored.direction] ?? 'in',
  kind: KINDS[stored.kind] ?? 'malformed',
  messageId: stored.message_id,
});
