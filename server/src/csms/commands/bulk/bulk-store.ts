import type { BulkCommand, BulkResult, BulkTargetState } from '@cpo-console/shared/api/commands.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import { newestFirst } from '../../../charge-points/page-cursor.ts';
import type { Database } from '../../../database/database.ts';
import type { BulkCommandRow } from '../../../database/tables/bulk-commands.tables.ts';

/** Rows in one statement: SQLite and PostgreSQL bound the parameters. */
const ROWS_AT_ONCE = 1_000;

export interface BulkStore {
  create(bulk: BulkCommandRow, targets: readonly BulkResult[]): Promise<void>;
  /** Changes a target's state. Durable when resolved. */
  setTarget(bulkId: string, target: BulkResult): Promise<void>;
  /** What became of a command, for those that were queued. */
  setByCommand(commandId: string, result: Pick<BulkResult, 'state' | 'word'>): Promise<void>;
  /** Ends it; whoever still waits is not sent anything. */
  finish(bulkId: string, state: BulkCommand['state'], at: number): Promise<void>;
  get(id: string): Promise<BulkCommand | null>;
  /** Newest first. */
  list(query: { limit: number; cursor?: string }): Promise<Page<BulkCommand>>;
  /** By name. */
  results(id: string, query: ResultsQuery): Promise<Page<BulkResult>>;
  running(): Promise<{ id: string; instance: string | null }[]>;
  commandsIn(states: readonly BulkTargetState[]): Promise<string[]>;
}

export interface ResultsQuery {
  state?: BulkTargetState;
  word?: string;
  limit: number;
  cursor?: string;
}

export function createBulkStore({ query, write }: Pick<Database, 'query' | 'write'>): BulkStore {
  const insertTargets = (bulkId: string, targets: readonly BulkResult[]) =>
    query
      .insertInto('bulk_targets')
      .values(
        targets.map(({ thingName, state, word, commandId }) => ({
          bulk_id: bulkId,
          thing_name: thingName,
          state,
          word,
          command_id: commandId,
        })),
      )
      .compile();

  async function withCounts(rows: readonly BulkCommandRow[]): Promise<BulkCommand[]> {
    if (rows.length === 0) return [];
    const counted = await query
      .selectFrom('bulk_targets')
      .select(({ fn }) => ['bulk_id', 'state', 'word', fn.countAll().as('count')])
      .where(
        'bulk_id',
        'in',
        rows.map(({ id }) => id),
      )
      .groupBy(['bulk_id', 'state', 'word'])
      .orderBy('count', 'desc')
      .execute();
    return rows.map((row) =>
      toBulk(
        row,
        counted.filter(({ bulk_id }) => bulk_id === row.id),
      ),
    );
  }

  return {
    async create(bulk, targets) {
      const parts = Array.from({ length: Math.ceil(targets.length / ROWS_AT_ONCE) }, (_, part) =>
        targets.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
      );
      const inserts = parts.map((part) => insertTargets(bulk.id, part));
      await write(query.insertInto('bulk_commands').values(bulk).compile(), ...inserts);
    },
    setTarget: (bulkId, { thingName, state, word, commandId }) =>
      write(
        query
          .updateTable('bulk_targets')
          .set({ state, word, command_id: commandId })
          .where('bulk_id', '=', bulkId)
          .where('thing_name', '=', thingName)
          .compile(),
      ),
    setByCommand: (commandId, result) =>
      write(query.updateTable('bulk_targets').set(result).where('command_id', '=', commandId).compile()),
    finish: (bulkId, state, at) =>
      write(
        query.updateTable('bulk_commands').set({ state, finished_at: at }).where('id', '=', bulkId).compile(),
        query
          .updateTable('bulk_targets')
          .set({ state: 'not-sent' })
          .where('bulk_id', '=', bulkId)
          .where('state', '=', 'waiting')
          .compile(),
      ),
    async get(id) {
      const row = await query.selectFrom('bulk_commands').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : ((await withCounts([row]))[0] ?? null);
    },
    async list({ limit, cursor }) {
      const select = query.selectFrom('bulk_commands').selectAll();
      const { shown, nextCursor } = await newestFirst(select, 'created_at', { limit, cursor });
      return { items: await withCounts(shown), nextCursor };
    },
    async results(id, { state, word, limit, cursor }) {
      let select = query.selectFrom('bulk_targets').selectAll().where('bulk_id', '=', id);
      if (state !== undefined) select = select.where('state', '=', state);
      if (word !== undefined) select = select.where('word', '=', word);
      if (cursor !== undefined) {
        select = select.where('thing_name', '>', Buffer.from(cursor, 'base64url').toString());
      }
      const rows = await select
        .orderBy('thing_name')
        .limit(limit + 1)
        .execute();
      const items = rows.slice(0, limit).map((row) => ({
        thingName: row.thing_name,
        state: row.state as BulkTargetState,
        word: row.word,
        commandId: row.command_id,
      }));
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : Buffer.from(last.thingName).toString('base64url') };
    },
    running: () =>
      query.selectFrom('bulk_commands').select(['id', 'instance']).where('state', '=', 'running').execute(),
    async commandsIn(states) {
      const rows = await query
        .selectFrom('bulk_targets')
        .select('command_id')
        .where('state', 'in', [...states])
        .execute();
      return rows.flatMap(({ command_id }) => command_id ?? []);
    },
  };
}

type Counted = { state: string; word: string | null; count: number | bigint | string };

const toBulk = (row: BulkCommandRow, counted: readonly Counted[]): BulkCommand => ({
  id: row.id,
  action: row.action,
  payload: JSON.parse(row.payload),
  state: row.state as BulkCommand['state'],
  createdAt: new Date(row.created_at).toISOString(),
  finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
  sentBy: row.sent_by,
  total: row.total,
  counts: counted.map(({ state, word, count }) => ({ state: state as BulkTargetState, word, count: Number(count) })),
});
