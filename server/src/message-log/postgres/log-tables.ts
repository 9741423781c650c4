import { dayOf } from '../index/day-file.ts';

/** What belongs to the log is beside the other tables. */
const SCHEMA = 'message_log';
const MESSAGE = `${SCHEMA}.message`;

const text = 'text collate "C"';

/**
 * The rows with their frames, in a table for each UTC day: indexes stay small, and pruning drops a table. Ids rise with
 * time and over days, so that a search reads days one after the other. All of it runs at every start: what is added has to be harmless the second time.
 *
 * `pins` of a day: what was pinned of it when the rest of it went, as JSON. `tick` knows for each second the first id that
 * was written then. `feed` says how far the journal of a folder (`source`) is in. What of the rows is signed is in
 * `signed_group`, and in `signed_bit` each bit of a group's blocks: see signature.ts.
 */
export const TABLES = `
create schema if not exists ${SCHEMA};
create table if not exists ${MESSAGE} (
  day integer not null,
  id bigint not null,
  thing ${text} not null,
  connection ${text} not null,
  at bigint not null,
  direction smallint not null,
  kind smallint not null,
  action ${text},
  message_id ${text},
  latency_ms double precision,
  error_code ${text},
  violations ${text},
  rules text[],
  frame ${text} not null,
  primary key (id, day)
) partition by list (day);
create index if not exists message_by_thing on ${MESSAGE} (thing, id);
create index if not exists message_by_message_id on ${MESSAGE} (message_id, id) where message_id is not null;
create index if not exists message_by_action on ${MESSAGE} (action, id);
create index if not exists message_by_error on ${MESSAGE} (error_code, id) where error_code is not null;
create index if not exists message_with_violations on ${MESSAGE} (id) where violations is not null;
create table if not exists ${SCHEMA}.day (day integer primary key, pins text);
create table if not exists ${SCHEMA}.tick (at bigint primary key, id bigint not null);
create table if not exists ${SCHEMA}.feed (
  source text primary key, segment bigint not null, bytes bigint not null, last_id bigint not null
);
create table if not exists ${SCHEMA}.signed_group (first bigint primary key, last bigint not null, ends bytea not null);
create table if not exists ${SCHEMA}.signed_bit (
  first bigint not null, bit smallint not null, blocks bytea not null, primary key (first, bit)
);
`;

/** Told when rows came in, for who follows the log of several processes. */
export const LOG_NEWS = 'message_log';

const DAY_MS = 86_400_000;
/** Days are numbered from the epoch. */
export const dayNumber = (at: number): number => Math.floor(at / DAY_MS);
export const startOfDay = (day: number): number => day * DAY_MS;
export const dayText = (day: number): string => dayOf(startOfDay(day));
export const tableOf = (day: number): string => `${MESSAGE}_${dayText(day).replaceAll('-', '')}`;

export const createDay = (day: number): string =>
  `create table if not exists ${tableOf(day)} partition of ${MESSAGE} for values in (${day})`;
