import { sql } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { LocalListRow } from '../../database/tables/access.tables.ts';
import { createKeyedQueue } from '../../registry/keyed-queue.ts';
import { createChangeListeners } from '../change-listeners.ts';
import type { IdTokens } from '../id-tokens/id-tokens.ts';
import {
  afterAccepted,
  afterReport,
  type LocalListAttempt,
  type LocalListRecord,
  type LocalListUpdate,
  newLocalList,
} from './local-list-record.ts';

/** Who may charge while we are away, as we believe each charge point has it. Writes are durable when resolved. */
export interface LocalLists {
  /** The number of the last update: each charge point counts on its own. 0: none yet. */
  lastVersion(thingName: string): number;
  /** Takes the number of the next update. */
  nextVersion(thingName: string): number;
  /** Before it is sent. */
  sending(thingName: string, attempt: Omit<LocalListAttempt, 'at' | 'outcome'>): Promise<void>;
  /** What the charge point said to an update; null: nothing. */
  answered(thingName: string, id: string, answer: { status: string | null; update: LocalListUpdate }): Promise<void>;
  reported(thingName: string, version: number): Promise<void>;
  cacheCleared(thingName: string, status: string): Promise<void>;
  /** Forgets what is believed of a charge point that is no more. */
  remove(thingName: string): Promise<void>;
  get(thingName: string): Promise<LocalListRecord>;
  /** By name, those that we know something of. */
  list(query: { limit: number; after?: string }): Promise<LocalListRecord[]>;
  /** Charge points whose list holds a token. */
  holding(idToken: string): Promise<string[]>;
  /** Also tells when the registry says something else about a token that a list holds. */
  onChange(listener: (thingName: string) => void): () => void;
}

export interface LocalListsOptions {
  database: Pick<Database, 'query' | 'write' | 'follow'>;
  idTokens: Pick<IdTokens, 'onChange'>;
  now: () => number;
}

export async function createLocalLists({ database, idTokens, now }: LocalListsOptions): Promise<LocalLists> {
  const { query } = database;
  const inOrder = createKeyedQueue();
  const listeners = createChangeListeners();
  const lastVersions = new Map<string, number>();
  const note = (thingName: string, version: number): void => {
    lastVersions.set(thingName, Math.max(version, lastVersions.get(thingName) ?? 0));
  };

  const readVersions = () => query.selectFrom('local_lists').select(['thing_name', 'last_version']).execute();
  const take = (rows: Awaited<ReturnType<typeof readVersions>>): void => {
    for (const { thing_name, last_version } of rows) note(thing_name, last_version);
  };
  take(await readVersions());
  database.follow('local_lists', readVersions, take);

  async function get(thingName: string): Promise<LocalListRecord> {
    const row = await query
      .selectFrom('local_lists')
      .selectAll()
      .where('thing_name', '=', thingName)
      .executeTakeFirst();
    return row === undefined ? newLocalList(thingName) : toRecord(row);
  }

  const change = (thingName: string, to: (record: LocalListRecord) => LocalListRecord): Promise<void> =>
    inOrder(thingName, async () => {
      const { thing_name, ...changes } = toRow(to(await get(thingName)), lastVersion(thingName));
      const upsert = query
        .insertInto('local_lists')
        .values({ thing_name, ...changes })
        .onConflict((conflict) => conflict.column('thing_name').doUpdateSet(changes));
      await database.write(upsert.compile());
      listeners.tell(thingName);
    });

  const lastVersion = (thingName: string): number => lastVersions.get(thingName) ?? 0;

  async function holding(idToken: string): Promise<string[]> {
    const pattern = `%"idtoken":${escaped(JSON.stringify(idToken.toLowerCase()))}%`;
    const rows = await query
      .selectFrom('local_lists')
      .select('thing_name')
      .where(sql<boolean>`lower(entries) like ${pattern} escape '\\'`)
      .orderBy('thing_name')
      .execute();
    return rows.map((row) => row.thing_name);
  }

  // To look again costs little: after an import all of them, rather than a search for each of its tokens.
  const affectedBy = async ([idToken, ...more]: readonly string[]): Promise<Iterable<string>> =>
    idToken === undefined || more.length > 0 ? lastVersions.keys() : holding(idToken);
  idTokens.onChange((changed) => {
    affectedBy(changed).then(
      (names) => [...names].forEach(listeners.tell),
      // Nobody is told; whoever looks at a list meets the database's trouble there.
      () => undefined,
    );
  });

  return {
    lastVersion,
    nextVersion(thingName) {
      note(thingName, lastVersion(thingName) + 1);
      return lastVersion(thingName);
    },
    sending(thingName, attempt) {
      note(thingName, attempt.version);
      return change(thingName, (record) => ({ ...record, attempt: { ...attempt, at: now(), outcome: 'sent' } }));
    },
    answered: (thingName, id, { status, update }) =>
      change(thingName, (record) => {
        const { attempt } = record;
        const isLast = attempt?.id === id;
        const told = isLast ? { ...record, attempt: { ...attempt, outcome: status ?? 'unanswered' } } : record;
        return status === 'Accepted' ? afterAccepted(told, update) : told;
      }),
    reported(thingName, version) {
      note(thingName, version);
      return change(thingName, (record) => afterReport(record, version, now()));
    },
    cacheCleared: (thingName, status) => change(thingName, (record) => ({ ...record, cache: { status, at: now() } })),
    remove: (thingName) =>
      inOrder(thingName, async () => {
        lastVersions.delete(thingName);
        await database.write(query.deleteFrom('local_lists').where('thing_name', '=', thingName).compile());
        listeners.tell(thingName);
      }),
    get,
    async list({ limit, after = '' }) {
      const rows = await query
        .selectFrom('local_lists')
        .selectAll()
        .where('thing_name', '>', after)
        .orderBy('thing_name')
        .limit(limit)
        .execute();
      return rows.map(toRecord);
    },
    holding,
    onChange: listeners.onChange,
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

function toRow(record: LocalListRecord, lastVersion: number): LocalListRow {
  return {
    thing_name: record.thingName,
    last_version: lastVersion,
    agreed_version: record.agreedVersion,
    entries: record.entries === null ? null : JSON.stringify(record.entries),
    attempt: record.attempt === null ? null : JSON.stringify(record.attempt),
    reported_version: record.reportedVersion,
    reported_at: record.reportedAt,
    cache_status: record.cache?.status ?? null,
    cache_at: record.cache?.at ?? null,
  };
}

function toRecord(row: LocalListRow): LocalListRecord {
  return {
    thingName: row.thing_name,
    agreedVersion: row.agreed_version,
    entries: row.entries === null ? null : (JSON.parse(row.entries) as LocalListRecord['entries']),
    attempt: row.attempt === null ? null : (JSON.parse(row.attempt) as LocalListAttempt),
    reportedVersion: row.reported_version,
    reportedAt: row.reported_at,
    cache: row.cache_status === null || row.cache_at === null ? null : { status: row.cache_status, at: row.cache_at },
  };
}
