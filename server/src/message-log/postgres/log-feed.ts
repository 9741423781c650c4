import { Client } from 'pg';
import { ANSWER_TIMEOUT_MS, commit, connectionOptions } from '../../database/postgres/connection-options.ts';
import { noConnection, toFailure } from '../../database/postgres/failure.ts';
import { withoutNul } from '../../database/postgres/nul.ts';
import { CLOCK_SLACK_MS, DIRECTIONS, KINDS } from '../index/day-file.ts';
import type { JournalPosition } from '../journal/journal.ts';
import { type JournalChunk, readJournal } from '../journal/read-journal.ts';
import { createDay, dayNumber, LOG_NEWS, TABLES } from './log-tables.ts';

/** Any numbers that no other program takes for its own locks. */
const MAKES_TABLES = 7_346_012;
const FEEDS = 7_346_013;
/** Of several, one after the other gives out ids: whoever has read up to one has read all before it. */
const GIVES_IDS = 7_346_014;
/** Of a process that was killed PostgreSQL may not know yet. */
const LOCK_WAIT_MS = 20_000;
const LOCK_NOT_AVAILABLE = '55P03';

export interface LogFeedOptions {
  url: string;
  /** The folder of the journal, and which journal it is. */
  journal: string;
  source: string;
  /** Ids go on after this one at least. */
  idsAfter: number;
  /** Other processes feed theirs, too: a row has its id only once it is in. */
  shared: boolean;
}

interface Feeding {
  client: Client;
  lastId: number;
  /** The last one that is in, as the journal has it. */
  journalId: number;
  reached: JournalPosition;
  newestDay: number;
}

/** A row with its frame, and the day that it belongs to. */
type FedRow = JournalChunk['rows'][number] & { frame: string; day: number };

/**
 * Moves rows from the journal into PostgreSQL, in order and each once: how far the journal is in is stored with the rows, so
 * that after a lost connection it goes on at the right place, whatever became of the commit that was under way.
 */
export function createLogFeed({ url, journal, source, idsAfter, shared }: LogFeedOptions) {
  let feeding: Feeding | null = null;

  async function open(): Promise<Feeding> {
    const client = new Client({ ...connectionOptions(url), pipeline: true, lock_timeout: LOCK_WAIT_MS });
    client.on('error', () => forget(client));
    client.on('end', () => forget(client));
    await client.connect().catch((error: unknown) => {
      throw noConnection(error, url);
    });
    try {
      await lock(client, MAKES_TABLES);
      await client.query(TABLES);
      await client.query('select pg_advisory_unlock($1)', [MAKES_TABLES]);
      await lock(client, FEEDS, shared ? 'pg_advisory_lock_shared' : 'pg_advisory_lock');
      const stood = await whereItStood(client);
      return { client, ...stood, journalId: stood.lastId };
    } catch (error) {
      void client.end();
      throw error;
    }
  }

  async function whereItStood(client: Client): Promise<Pick<Feeding, 'lastId' | 'newestDay' | 'reached'>> {
    const { rows } = await client.query(
      `select coalesce((select max(last_id) from message_log.feed), 0) as last_id,
        (select max(day) from message_log.day) as newest_day, own.segment, own.bytes
      from (select 1) one left join message_log.feed own on own.source = $1`,
      [source],
    );
    const { last_id, newest_day, segment, bytes } = rows[0];
    return {
      lastId: Math.max(last_id, idsAfter),
      newestDay: newest_day ?? 0,
      reached: { segment: segment ?? 0, bytes: bytes ?? 0 },
    };
  }

  function forget(client: Client): void {
    if (feeding?.client === client) feeding = null;
  }

  async function add(before: Feeding, { rows, end, part }: JournalChunk): Promise<Feeding> {
    const to = shared ? { ...before, ...(await takeTurn(before.client)) } : before;
    const next = { ...to, reached: end, journalId: rows.at(-1)?.id ?? to.journalId };
    const fed = rows.map((row): FedRow => {
      // Another process may have fed its journal since this one was written: then its rows come after those.
      next.lastId = Math.max(next.lastId + 1, row.id);
      const day = dayFor(row.at, next.newestDay);
      next.newestDay = Math.max(next.newestDay, day);
      const begin = row.offset - part.position;
      const frame = part.bytes.toString('utf8', begin, begin + row.bytes);
      return { ...row, id: next.lastId, day, frame };
    });
    const queries = [...insertions(fed, to.newestDay), progress(source, next)];
    if (shared) await finish(to.client, [...queries, { text: `notify ${LOG_NEWS}` }]);
    else await inTransaction(to.client, queries);
    return next;
  }

  /** Begins a transaction that no other feed's is beside. */
  async function takeTurn(client: Client): Promise<Pick<Feeding, 'lastId' | 'newestDay'>> {
    const begun = client.query('begin');
    const [, , stood] = await Promise.all([
      begun,
      client.query('select pg_advisory_xact_lock($1)', [GIVES_IDS]),
      whereItStood(client),
    ]);
    return { lastId: stood.lastId, newestDay: stood.newestDay };
  }

  return {
    /** Rows up to there are in, once it resolves. */
    async upTo(end: JournalPosition): Promise<Pick<Feeding, 'lastId' | 'journalId' | 'reached'>> {
      feeding ??= await open();
      let now = feeding;
      try {
        for (const chunk of readJournal(journal, now.reached, end)) {
          now = await add(now, chunk);
          feeding = now;
        }
        return now;
      } catch (error) {
        // Where it stands is asked anew.
        feeding = null;
        void now.client.end();
        throw toFailure(error);
      }
    },
    async close(): Promise<void> {
      await feeding?.client.end();
    },
  };
}

async function lock(client: Client, number: number, how = 'pg_advisory_lock'): Promise<void> {
  try {
    await client.query(`select ${how}($1)`, [number]);
  } catch (error) {
    if (toFailure(error).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error('Another process writes the message log of this database: one can at a time');
  }
}

/** A clock that is set back over midnight does not go back to yesterday: days are read in the order of ids. */
const dayFor = (at: number, newestDay: number): number =>
  dayNumber(at + CLOCK_SLACK_MS) === newestDay ? newestDay : dayNumber(at);

type Query = { text: string; values?: unknown[] };

/** @throws what went wrong first */
async function inTransaction(client: Client, queries: readonly Query[]): Promise<void> {
  await Promise.all([client.query('begin'), finish(client, queries)]);
}

async function finish(client: Client, queries: readonly Query[]): Promise<void> {
  await Promise.all([...queries.map((query) => client.query(query)), client.query(commit(ANSWER_TIMEOUT_MS))]);
}

const progress = (source: string, { lastId, reached }: Feeding): Query => ({
  text: `insert into message_log.feed values ($1, $2, $3, $4) on conflict (source)
    do update set segment = excluded.segment, bytes = excluded.bytes, last_id = excluded.last_id`,
  values: [source, reached.segment, reached.bytes, lastId],
});

function insertions(rows: readonly FedRow[], newestDay: number): Query[] {
  if (rows.length === 0) return [];
  const days = [...new Set(rows.map(({ day }) => day))].filter((day) => day !== newestDay);
  const ticks = new Map<number, number>();
  for (const { at, id } of rows) {
    const second = Math.floor(at / 1000) * 1000;
    if (!ticks.has(second)) ticks.set(second, id);
  }
  return [
    ...days.flatMap((day) => [
      { text: createDay(day) },
      { text: 'insert into message_log.day (day) values ($1) on conflict do nothing', values: [day] },
    ]),
    { text: INSERT, values: columns(rows) },
    {
      text: `insert into message_log.tick select * from unnest($1::bigint[], $2::bigint[]) on conflict do nothing`,
      values: [[...ticks.keys()], [...ticks.values()]],
    },
  ];
}

const INSERT = `insert into message_log.message
  (day, id, thing, connection, at, direction, kind, action, message_id, latency_ms, error_code, violations, rules, frame)
  select day, id, thing, connection, at, direction, kind, action, message_id, latency_ms, error_code, violations,
    string_to_array(rules, chr(10)), frame
  from unnest($1::integer[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::smallint[], $7::smallint[], $8::text[],
    $9::text[], $10::double precision[], $11::text[], $12::text[], $13::text[], $14::text[])
  as row (day, id, thing, connection, at, direction, kind, action, message_id, latency_ms, error_code, violations, rules,
    frame)`;

function columns(rows: readonly FedRow[]): unknown[][] {
  const texts = (of: (row: FedRow) => string | null): (string | null)[] =>
    rows.map((row) => {
      const text = of(row);
      return text === null ? null : withoutNul(text);
    });
  return [
    rows.map(({ day }) => day),
    rows.map(({ id }) => id),
    texts(({ thingName }) => thingName),
    texts(({ connectionId }) => connectionId),
    rows.map(({ at }) => at),
    rows.map(({ direction }) => DIRECTIONS.indexOf(direction)),
    rows.map(({ kind }) => KINDS.indexOf(kind)),
    texts(({ action }) => action),
    texts(({ messageId }) => messageId),
    rows.map(({ latencyMs }) => latencyMs),
    texts(({ errorCode }) => errorCode),
    texts(({ violations }) => (violations === null ? null : JSON.stringify(violations))),
    texts(({ violations }) => violations?.map(({ rule }) => rule).join('\n') ?? null),
    texts(({ frame }) => frame),
  ];
}
