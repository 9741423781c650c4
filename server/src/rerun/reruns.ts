import type { Rerun, RerunDifference, RerunProgress } from '@cpo-console/shared/api/replays.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { Database } from '../database/database.ts';
import { explainEnding } from '../simulator/explain.ts';
import { type RunAgainEnding, runAgain } from './run-again.ts';
import type { Step } from './step.ts';

export interface NewRun extends Pick<Rerun, 'source' | 'target' | 'speed' | 'startedBy'> {
  steps: readonly Step[];
  protocol: OcppVersion;
  password: string | null;
}

/** Logs that are run again, here, by a simulated charge point of this server's own. */
export interface Reruns {
  /** null: as many run already as may, or one to the same target. */
  start(run: NewRun): Promise<Rerun | null>;
  /** The newest first. */
  list(): Rerun[];
  get(id: string): Rerun | null;
  differences(
    id: string,
    page: { after: number; limit: number },
  ): Promise<{ position: number; item: RerunDifference }[]>;
  /** Ends it where it is; one that has ended stays as it is. null: there is none. */
  stop(id: string): Promise<Rerun | null>;
  /** One that runs is not forgotten. */
  forget(id: string): Promise<'forgotten' | 'running' | 'unknown'>;
  close(): Promise<void>;
}

interface RerunsOptions {
  database: Pick<Database, 'query' | 'write'>;
  /** Of this server itself, once it listens. */
  ocppUrl: () => string;
  now: () => number;
  newId: () => string;
}

export const MAX_RUNNING = 4;
const MAX_KEPT = 100;
/** What is beyond is counted only. */
const MAX_DIFFERENCES = 1_000;

interface Running {
  halt: AbortController;
  ended: Promise<void>;
}

export async function createReruns({ database, ocppUrl, now, newId }: RerunsOptions): Promise<Reruns> {
  const { query } = database;
  const running = new Map<string, Running>();
  const iso = (): string => new Date(now()).toISOString();
  const reruns = await load();

  async function load(): Promise<Map<string, Rerun>> {
    const rows = await query.selectFrom('replays').selectAll().orderBy('started_at', 'desc').execute();
    const found = rows.map(({ body }) => JSON.parse(body) as Rerun);
    const stopped = { status: 'failed', problem: 'The server was restarted meanwhile.' } as const;
    return new Map(found.map((rerun) => [rerun.id, rerun.status === 'running' ? { ...rerun, ...stopped } : rerun]));
  }

  const save = (rerun: Rerun): Promise<void> => {
    const row = { id: rerun.id, started_at: Date.parse(rerun.startedAt), body: JSON.stringify(rerun) };
    const insert = query.insertInto('replays').values(row);
    return database.write(insert.onConflict((conflict) => conflict.column('id').doUpdateSet(row)).compile());
  };

  const forget = async (id: string): Promise<void> => {
    reruns.delete(id);
    await database.write(
      query.deleteFrom('replay_differences').where('replay_id', '=', id).compile(),
      query.deleteFrom('replays').where('id', '=', id).compile(),
    );
  };

  async function run(rerun: Rerun, { steps, protocol, password }: NewRun, signal: AbortSignal): Promise<void> {
    const { id, target, speed } = rerun;
    let told: Promise<unknown> = Promise.resolve();
    let position = 0;
    const keep = (difference: RerunDifference): void => {
      position += 1;
      if (position > MAX_DIFFERENCES) return;
      const row = { replay_id: id, position, body: JSON.stringify(difference) };
      const written = database.write(query.insertInto('replay_differences').values(row).compile());
      told = Promise.all([told, written]);
      told.catch(() => undefined);
    };
    const url = ocppUrl();
    const ending = await runAgain({
      steps,
      protocol,
      url,
      id: target,
      password: password === null ? null : Buffer.from(password),
      sandboxOnly: true,
      speed,
      newId,
      now,
      onDifference: keep,
      onProgress: (progress: RerunProgress) => {
        rerun.progress = progress;
      },
      signal,
    });
    await told;
    Object.assign(rerun, endOf(ending, { id: target, url, protocol }), { endedAt: iso() });
    await save(rerun);
  }

  return {
    async start(asked) {
      const { source, target, speed, startedBy, steps } = asked;
      const active = [...reruns.values()].filter(({ status }) => status === 'running');
      if (active.length >= MAX_RUNNING || active.some((other) => other.target === target)) return null;
      const rerun: Rerun = {
        id: newId(),
        source,
        target,
        speed,
        status: 'running',
        problem: null,
        startedAt: iso(),
        startedBy,
        endedAt: null,
        progress: {
          steps: steps.length,
          done: 0,
          compared: 0,
          differences: 0,
          unanswered: 0,
          commands: { recorded: 0, came: 0, unexpected: {} },
        },
      };
      reruns.set(rerun.id, rerun);
      try {
        await save(rerun);
      } catch (error) {
        reruns.delete(rerun.id);
        throw error;
      }
      const halt = new AbortController();
      const ended = run(rerun, asked, halt.signal)
        .catch((error: unknown) => {
          Object.assign(rerun, { status: 'failed', problem: String(error), endedAt: iso() } satisfies Partial<Rerun>);
        })
        .finally(() => running.delete(rerun.id));
      running.set(rerun.id, { halt, ended });
      const old = [...reruns.values()].filter(({ id }) => !running.has(id)).sort(newestFirst);
      for (const { id } of old.slice(MAX_KEPT)) await forget(id);
      return rerun;
    },
    list: () => [...reruns.values()].sort(newestFirst),
    get: (id) => reruns.get(id) ?? null,
    async differences(id, { after, limit }) {
      const rows = await query
        .selectFrom('replay_differences')
        .selectAll()
        .where('replay_id', '=', id)
        .where('position', '>', after)
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map(({ position, body }) => ({ position, item: JSON.parse(body) as RerunDifference }));
    },
    async stop(id) {
      const active = running.get(id);
      active?.halt.abort();
      await active?.ended;
      return reruns.get(id) ?? null;
    },
    async forget(id) {
      if (!reruns.has(id)) return 'unknown';
      if (running.has(id)) return 'running';
      await forget(id);
      return 'forgotten';
    },
    async close() {
      for (const { halt } of running.values()) halt.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

const newestFirst = (a: Rerun, b: Rerun): number =>
  Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.id < b.id ? 1 : -1);

function endOf(
  ending: RunAgainEnding,
  subject: { id: string; url: string; protocol: string },
): Pick<Rerun, 'status' | 'problem'> {
  if (ending.kind === 'done' || ending.kind === 'cancelled') return { status: ending.kind, problem: null };
  return { status: 'failed', problem: explainEnding(ending, subject) };
}
