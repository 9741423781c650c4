import {
  type ChargePointState,
  type ConfigurationEntry,
  initialState,
} from '@cpo-console/shared/projection/charge-point-state.ts';
import { newTransaction } from '@cpo-console/shared/projection/fold-transactions.ts';
import type { Database } from '../database/database.ts';

/** Bounds of one write: a large fleet is saved in pieces, so that others get their turn. */
const CHUNK_STATES = 200;
const CHUNK_CHARS = 1 << 20;
const PROGRESS_ROW = 1;

export interface KnownState {
  state: ChargePointState;
  /** The last log row that went into it. */
  logId: number;
}

export interface StateSnapshots {
  load(): Promise<{ states: Map<string, KnownState>; progress: number }>;
  /** @param progress the states not among `changed` stand at this row already */
  save(changed: ReadonlyMap<string, KnownState>, progress: number): Promise<void>;
}

export function createStateSnapshots(database: Pick<Database, 'query' | 'write'>): StateSnapshots {
  const savedConfigurations = new Map<string, ConfigurationEntry[]>();

  const upsert = (thingName: string, { state, logId }: KnownState) => {
    const row = { state: JSON.stringify({ ...state, configuration: [] }), log_id: logId };
    // The fold keeps the same array while nothing in it changes.
    const isSaved = savedConfigurations.get(thingName) === state.configuration;
    const configuration = isSaved ? '[]' : JSON.stringify(state.configuration);
    const query = database.query
      .insertInto('live_states')
      .values({ thing_name: thingName, ...row, configuration })
      .onConflict((conflict) =>
        conflict
          .column('thing_name')
          .doUpdateSet(isSaved ? row : { ...row, configuration })
          // Another process may be ahead.
          .where('live_states.log_id', '<=', logId),
      )
      .compile();
    return { query, chars: row.state.length + configuration.length };
  };

  return {
    async load() {
      // Before the states: what is saved in between is newer than it, and a state does not take a row twice.
      const progress = await database.query.selectFrom('live_state_progress').select('log_id').executeTakeFirst();
      const rows = await database.query.selectFrom('live_states').selectAll().execute();
      const states = new Map<string, KnownState>();
      for (const row of rows) {
        // One that an older version saved lacks what has come since.
        const state = { ...initialState(row.thing_name), ...(JSON.parse(row.state) as ChargePointState) };
        state.transactions = state.transactions.map((each) => ({
          ...newTransaction(each.transactionId, each.startedAt),
          ...each,
        }));
        state.configuration = JSON.parse(row.configuration) as ConfigurationEntry[];
        savedConfigurations.set(row.thing_name, state.configuration);
        states.set(row.thing_name, { state, logId: Number(row.log_id) });
      }
      return { states, progress: Number(progress?.log_id ?? 0) };
    },
    async save(changed, progress) {
      const entries = [...changed];
      for (let at = 0; at < entries.length; ) {
        const chunk: ReturnType<typeof upsert>[] = [];
        const start = at;
        for (let chars = 0; at < entries.length && chunk.length < CHUNK_STATES && chars < CHUNK_CHARS; at += 1) {
          const [thingName, known] = entries[at] as (typeof entries)[number];
          const each = upsert(thingName, known);
          chars += each.chars;
          chunk.push(each);
        }
        await database.write(...chunk.map(({ query }) => query));
        for (const [name, { state }] of entries.slice(start, at)) savedConfigurations.set(name, state.configuration);
      }
      // Last, so that a crash in between only means folding some rows again.
      await database.write(
        database.query
          .insertInto('live_state_progress')
          .values({ id: PROGRESS_ROW, log_id: progress })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({ log_id: progress }).where('live_state_progress.log_id', '<', progress),
          )
          .compile(),
      );
    },
  };
}

/** The last row of the log that went into any saved state: no other row may have its id, even if the log has lost it. */
export async function newestKnownRow({ query }: Pick<Database, 'query'>): Promise<number> {
  const newest = await query
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('live_states')
        .select(({ fn }) => fn.max('log_id').as('log_id'))
        .as('states'),
      selectFrom('live_state_progress').select('log_id').where('id', '=', PROGRESS_ROW).as('progress'),
    ])
    .executeTakeFirstOrThrow();
  return Math.max(newest.states ?? 0, newest.progress ?? 0);
}
