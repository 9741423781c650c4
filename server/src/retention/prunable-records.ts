import { type RawBuilder, sql } from 'kysely';
import type { LogFiles } from '../charge-points/transfers/log-files.ts';
import type { Database } from '../database/database.ts';
import type { Prunable } from './prunable.ts';

/** Rows removed in one statement: a reader waits for no more than these. */
const STEP = 200;

interface Kept {
  table: 'transactions' | 'commands' | 'bulk_commands' | 'jobs' | 'security_events' | 'log_files';
  /** The column that says how old it is. */
  at: string;
  /** Which of the old ones may go. */
  only?: RawBuilder<unknown>;
  /** Whether it has to do with the charge point of pin `p`. */
  concerns?: RawBuilder<unknown>;
  bytes?: RawBuilder<number | null>;
  remove(ids: string[]): Promise<void>;
}

interface PrunableRecordsOptions {
  database: Pick<Database, 'query' | 'write'>;
  logFiles: Pick<LogFiles, 'remove'>;
}

/** What is in the database. A row of a charge point at a time that is pinned stays. */
export function prunableRecords({ database, logFiles }: PrunableRecordsOptions) {
  const { query } = database;

  const sameThing = sql`p.thing_name = t.thing_name`;
  function prunable({ table, at, only = sql`1 = 1`, concerns = sameThing, bytes = sql`null`, remove }: Kept): Prunable {
    const place = sql`${sql.table(table)} as t`;
    const time = sql.ref(`t.${at}`);
    const pinned = sql`select 1 from pins p where ${concerns} and p.from_at <= ${time} and p.to_at > ${time}`;
    const oldOnes = async (before: number): Promise<string[]> => {
      const statement = sql<{
        id: string;
      }>`select t.id from ${place} where ${time} < ${before} and ${only} and not exists (${pinned}) limit ${sql.lit(STEP)}`;
      return (await statement.execute(query)).rows.map(({ id }) => id);
    };
    return {
      async size() {
        const statement = sql<{
          rows: number;
          bytes: number | null;
          oldest: number | null;
        }>`select count(*) as rows, ${bytes} as bytes, min(${time}) as oldest from ${place}`;
        const size = (await statement.execute(query)).rows[0];
        const number = (value: number | null | undefined): number | null => (value == null ? null : Number(value));
        return { rows: number(size?.rows) ?? 0, bytes: number(size?.bytes), oldestAt: number(size?.oldest) };
      },
      async prune(before) {
        if (before === null) return 0;
        let removed = 0;
        for (let ids = await oldOnes(before); ids.length > 0; ids = await oldOnes(before)) {
          await remove(ids);
          removed += ids.length;
        }
        return removed;
      },
    };
  }

  return {
    sessions: prunable({
      table: 'transactions',
      at: 'started_at',
      only: sql`t.active = 0`,
      remove: (ids) =>
        database.write(
          query.deleteFrom('meter_values').where('transaction_ref', 'in', ids).compile(),
          query.deleteFrom('transactions').where('id', 'in', ids).compile(),
        ),
    }),
    commands: prunable({
      table: 'commands',
      at: 'created_at',
      only: sql`t.status not in ('queued', 'sent')`,
      remove: (ids) => database.write(query.deleteFrom('commands').where('id', 'in', ids).compile()),
    }),
    'bulk-commands': prunable({
      table: 'bulk_commands',
      at: 'created_at',
      only: sql`t.state <> 'running'`,
      concerns: sql`p.thing_name in (select b.thing_name from bulk_targets b where b.bulk_id = t.id)`,
      async remove(ids) {
        // Each may have had the whole fleet as its targets.
        for (const id of ids) {
          await database.write(
            query.deleteFrom('bulk_targets').where('bulk_id', '=', id).compile(),
            query.deleteFrom('bulk_commands').where('id', '=', id).compile(),
          );
        }
      },
    }),
    jobs: prunable({
      table: 'jobs',
      at: 'updated_at',
      remove: (ids) =>
        database.write(
          query.deleteFrom('job_history').where('job_id', 'in', ids).compile(),
          query.deleteFrom('jobs').where('id', 'in', ids).compile(),
        ),
    }),
    'security-events': prunable({
      table: 'security_events',
      at: 'received_at',
      remove: (ids) => database.write(query.deleteFrom('security_events').where('id', 'in', ids).compile()),
    }),
    'log-files': prunable({
      table: 'log_files',
      at: 'received_at',
      bytes: sql`coalesce(sum(t.bytes), 0)`,
      async remove(ids) {
        for (const id of ids) await logFiles.remove(id);
      },
    }),
  };
}
