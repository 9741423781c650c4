import type Database from 'better-sqlite3';
import type { MessageQuery } from '../message-log.ts';
import { CLOCK_SLACK_MS, DIRECTIONS, KINDS } from './day-file.ts';
import type { IdRange } from './signed-blocks.ts';

export interface Terms {
  where: string;
  parameters: (string | number)[];
}

/** `indexed`: those of the terms that an index decides without a look at the rows; null when none is. */
export interface Conditions extends Terms {
  indexed: Terms | null;
}

/** -1 is no name's id: a text that the day never saw matches nothing. */
const nameOf = (file: Database.Database, text: string): number =>
  (file.prepare('SELECT id FROM name WHERE text = ?').pluck().get(text) as number | undefined) ?? -1;

function idAt(file: Database.Database, sql: string, at: number): number | undefined {
  return file.prepare(sql).pluck().get(at) as number | undefined;
}

/** Leaves out most of those that were answered; the rest is for `relationsOf`, which knows the days around it too. */
const NO_ANSWER_HERE = `m.kind = ${KINDS.indexOf('call')} AND NOT EXISTS (
  SELECT 1 FROM message r WHERE r.message_id = m.message_id AND r.id > m.id AND r.thing = m.thing AND r.connection = m.connection
    AND r.direction != m.direction AND r.kind IN (${KINDS.indexOf('result')}, ${KINDS.indexOf('error')})
    AND NOT EXISTS (SELECT 1 FROM message o WHERE o.message_id = m.message_id AND o.id > m.id AND o.id < r.id
      AND o.thing = m.thing AND o.connection = m.connection AND o.direction = m.direction AND o.kind IN (${KINDS.indexOf('call')}, ${KINDS.indexOf('malformed')})))`;

const ANSWERS = [KINDS.indexOf('result'), KINDS.indexOf('error')].join();

type Query = Omit<MessageQuery, 'limit'>;

/** The ids among which the rows of the query are, by its times and its place; null when the file has none. */
export function idRange({ from, to, afterId, order }: Query, file: Database.Database): IdRange | null {
  const ends = file
    .prepare('SELECT (SELECT min(id) FROM message) AS first, (SELECT max(id) FROM message) AS last')
    .get() as {
    first: number | null;
    last: number | null;
  };
  const atLeast: (number | null | undefined)[] = [ends.first];
  const atMost: (number | null | undefined)[] = [ends.last];
  if (from !== undefined)
    atLeast.push(idAt(file, 'SELECT id FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1', from - CLOCK_SLACK_MS));
  if (to !== undefined)
    atMost.push(idAt(file, 'SELECT id FROM tick WHERE at >= ? ORDER BY at LIMIT 1', to + CLOCK_SLACK_MS));
  if (afterId !== undefined && order === 'asc') atLeast.push(afterId + 1);
  if (afterId !== undefined && order !== 'asc') atMost.push(afterId - 1);
  const known = (ids: (number | null | undefined)[]): number[] => ids.filter((id) => id !== undefined && id !== null);
  const first = Math.max(...known(atLeast));
  const last = Math.min(...known(atMost));
  if (ends.first === null) return null;
  return first <= last ? { first, last } : null;
}

/** Of a range of ids, whose first and last come after the other parameters. */
const whereOf = (terms: readonly string[]): string => `WHERE ${[...terms, 'm.id BETWEEN ? AND ?'].join(' AND ')}`;

export function conditions(query: Query, file: Database.Database): Conditions {
  const nameId = (text: string): number => nameOf(file, text);
  const terms: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (term: string, value: string | number): void => {
    terms.push(term);
    parameters.push(value);
  };
  if (query.thingName !== undefined) add('m.thing = ?', nameId(query.thingName));
  if (query.thingNames !== undefined) terms.push(`m.thing IN (${query.thingNames.map(nameId).join()})`);
  if (query.from !== undefined) add('m.at >= ?', query.from);
  if (query.to !== undefined) add('m.at < ?', query.to);
  if (query.direction !== undefined) add('m.direction = ?', DIRECTIONS.indexOf(query.direction));
  if (query.exchangeDirection !== undefined)
    add(`(m.direction = ?) != (m.kind IN (${ANSWERS}))`, DIRECTIONS.indexOf(query.exchangeDirection));
  if (query.kind !== undefined) add('m.kind = ?', KINDS.indexOf(query.kind));
  // A charge point has fewer rows than an action: the plus keeps SQLite from the action's index.
  if (query.action !== undefined)
    add(query.thingName === undefined ? 'm.action = ?' : '+m.action = ?', nameId(query.action));
  if (query.messageId !== undefined) add('m.message_id = ?', query.messageId);
  if (query.errorCode !== undefined) add('m.error_code = ?', query.errorCode);
  if (query.violation === true) terms.push('m.violations IS NOT NULL');
  if (query.violation === false) terms.push('m.violations IS NULL');
  if (typeof query.violation === 'string') {
    add(
      `m.violations IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(m.violations) WHERE value ->> 'rule' = ?)`,
      query.violation,
    );
  }
  if (query.latencyOver !== undefined) add('m.latency_ms > ?', query.latencyOver);
  if (query.unansweredBefore !== undefined) {
    terms.push(NO_ANSWER_HERE);
    add('m.at < ?', query.unansweredBefore);
  }
  return { where: whereOf(terms), parameters, indexed: indexedTerms(query, nameId) };
}

function indexedTerms({ messageId, thingName, action }: Query, nameId: (text: string) => number): Terms | null {
  if (messageId !== undefined) return { where: whereOf(['m.message_id = ?']), parameters: [messageId] };
  const ofAction = action === undefined ? [] : [nameId(action)];
  if (thingName !== undefined) {
    const terms = ['m.thing = ?', ...ofAction.map(() => '+m.action = ?')];
    return { where: whereOf(terms), parameters: [nameId(thingName), ...ofAction] };
  }
  return action === undefined ? null : { where: whereOf(['m.action = ?']), parameters: ofAction };
}
