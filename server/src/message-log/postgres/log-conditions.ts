import { withoutNul } from '../../database/postgres/nul.ts';
import { DIRECTIONS, KINDS } from '../index/day-file.ts';
import type { IdRange } from '../index/signed-blocks.ts';
import type { MessageQuery } from '../message-log.ts';

export type Query = Omit<MessageQuery, 'limit'>;

/** Collects parameters, and gives each its place. */
export function createParameters() {
  const values: unknown[] = [];
  return {
    values,
    add(value: unknown): string {
      values.push(typeof value === 'string' ? withoutNul(value) : value);
      return `$${values.length}`;
    },
  };
}
export type Parameters = ReturnType<typeof createParameters>;

export const TROUBLED = `(m.error_code is not null or m.violations is not null or m.kind = ${KINDS.indexOf('malformed')})`;

const ANSWERS = [KINDS.indexOf('result'), KINDS.indexOf('error')].join();

/** Of a day and some ranges of ids. Whether a CALL has no answer, and what is in a frame, is decided later. */
export function whereOf(query: Query, place: { day: number; runs: readonly IdRange[] }, { add }: Parameters): string {
  const runs = place.runs.map(({ first, last }) => `m.id between ${add(first)} and ${add(last)}`);
  const terms = [`m.day = ${add(place.day)}`, `(${runs.join(' or ')})`];
  const equal = (column: string, value: string | number | undefined): void => {
    if (value !== undefined) terms.push(`m.${column} = ${add(value)}`);
  };
  equal('thing', query.thingName);
  if (query.thingNames !== undefined) terms.push(`m.thing = any(${add(query.thingNames.map(withoutNul))}::text[])`);
  if (query.from !== undefined) terms.push(`m.at >= ${add(query.from)}`);
  if (query.to !== undefined) terms.push(`m.at < ${add(query.to)}`);
  equal('direction', query.direction && DIRECTIONS.indexOf(query.direction));
  if (query.exchangeDirection !== undefined) {
    terms.push(`(m.direction = ${add(DIRECTIONS.indexOf(query.exchangeDirection))}) <> (m.kind in (${ANSWERS}))`);
  }
  equal('kind', query.kind && KINDS.indexOf(query.kind));
  equal('action', query.action);
  equal('message_id', query.messageId);
  equal('error_code', query.errorCode);
  if (query.violation === true) terms.push('m.violations is not null');
  if (query.violation === false) terms.push('m.violations is null');
  if (typeof query.violation === 'string')
    terms.push(`m.violations is not null and ${add(query.violation)} = any(m.rules)`);
  if (query.latencyOver !== undefined) terms.push(`m.latency_ms > ${add(query.latencyOver)}`);
  if (query.unansweredBefore !== undefined) {
    terms.push(`m.kind = ${KINDS.indexOf('call')}`, `m.at < ${add(query.unansweredBefore)}`);
  }
  return terms.join(' and ');
}

const ASCII = /^[\x20-\x7e]+$/;

/** Leaves out most of the frames that don't have the folded texts. Those with escapes have to be read. */
export function mayContain(texts: readonly string[], { add }: Parameters): string {
  const plain = texts.filter((text) => ASCII.test(text));
  if (plain.length === 0) return 'true';
  const all = plain.map((text) => `strpos(lower(m.frame), ${add(text)}) > 0`);
  return `((${all.join(' and ')}) or strpos(m.frame, '\\') > 0)`;
}
