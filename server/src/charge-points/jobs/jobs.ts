import type { Job, JobKind } from '@cpo-console/shared/api/jobs.ts';
import type { Page } from '@cpo-console/shared/api/page.ts';
import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { JobHistoryRow, JobRow } from '../../database/tables/jobs.tables.ts';
import { newestFirst } from '../page-cursor.ts';
import { actionsOf, requestIdOf, toJob } from './job-record.ts';
import { REQUESTED, type Unanswered } from './job-state.ts';
import { matchJob } from './match-job.ts';

export interface NewJob {
  /** Of the command that asks for it. */
  id: string;
  thingName: string;
  protocol: OcppVersion;
  action: string;
  /** With its secrets masked. */
  request: unknown;
  requestedBy: string;
  /** The one of ours that the charge point is to fetch. */
  firmwareFileId: string | null;
}

/** What a charge point says about a job. */
export interface JobReport {
  thingName: string;
  protocol: OcppVersion;
  /** Of the requests that it may be about, the likeliest first. */
  actions: readonly [string, ...string[]];
  requestId: number | null;
  status: string;
  info: string | null;
}

/** Firmware updates and log uploads, each with the history of its status. Writes are durable when resolved. */
export interface Jobs {
  /** Before the charge point hears of it, so that whatever it says next finds its job. */
  begin(job: NewJob): Promise<void>;
  /** What the charge point answered, or why it did not. A report that came first keeps its say. */
  answered(id: string, status: string | Unanswered, info?: string | null): Promise<void>;
  report(report: JobReport): Promise<void>;
  /** Something that we saw ourselves, such as the file that came. Leaves the status as it is. */
  note(id: string, status: string, info: string | null): Promise<void>;
  get(id: string): Promise<Job | null>;
  /** Newest first. */
  list(query: { thingName: string; kind?: JobKind; limit: number; cursor?: string }): Promise<Page<Job>>;
  /** A published firmware that the charge point no longer offers. */
  unpublished(thingName: string, checksum: string): Promise<void>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface JobsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

/** A charge point decides what it sends, not how much is read of it. */
const MAX_STEPS = 200;
const MAX_CANDIDATES = 50;

export function createJobs({ database, now, newId }: JobsOptions): Jobs {
  const { query } = database;
  const listeners = new Set<(thingName: string) => void>();
  let lastPosition = 0;

  function step(id: string, facts: Pick<JobHistoryRow, 'status' | 'source' | 'info'>): CompiledQuery {
    const at = now();
    lastPosition = Math.max(lastPosition + 1, at * 1_000);
    return query
      .insertInto('job_history')
      .values({ job_id: id, position: lastPosition, at, ...facts })
      .compile();
  }

  const insert = (row: JobRow): CompiledQuery => query.insertInto('jobs').values(row).compile();

  const update = (id: string, status: string) =>
    query.updateTable('jobs').set({ status, updated_at: now() }).where('id', '=', id);

  async function write(thingName: string, ...queries: CompiledQuery[]): Promise<void> {
    await database.write(...queries);
    for (const listener of listeners) listener(thingName);
  }

  const rowOf = (id: string): Promise<JobRow | undefined> =>
    query.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();

  /** A job at a time: one with a long history takes nothing from the others. */
  const withHistory = (rows: readonly JobRow[]): Promise<Job[]> =>
    Promise.all(
      rows.map(async (row) => {
        const newest = await query
          .selectFrom('job_history')
          .selectAll()
          .where('job_id', '=', row.id)
          .orderBy('position', 'desc')
          .limit(MAX_STEPS)
          .execute();
        return toJob(row, newest.reverse());
      }),
    );

  return {
    begin({ id, thingName, protocol, action, request, requestedBy, firmwareFileId }) {
      const at = now();
      return write(
        thingName,
        insert({
          id,
          thing_name: thingName,
          protocol,
          action,
          request_id: requestIdOf(request),
          request: JSON.stringify(request),
          requested_by: requestedBy,
          status: REQUESTED,
          created_at: at,
          updated_at: at,
          firmware_file_id: firmwareFileId,
        }),
        step(id, { status: REQUESTED, source: 'console', info: null }),
      );
    },
    async answered(id, status, info = null) {
      const row = await rowOf(id);
      if (row === undefined) return;
      await write(
        row.thing_name,
        update(id, status).where('status', '=', REQUESTED).compile(),
        step(id, { status, source: 'charge-point', info }),
      );
    },
    async report({ thingName, protocol, actions, requestId, status, info }) {
      const candidates = await query
        .selectFrom('jobs')
        .selectAll()
        .where('thing_name', '=', thingName)
        .where('action', 'in', [...actions])
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(MAX_CANDIDATES)
        .execute();
      const match = matchJob(candidates, { actions, requestId, status, now: now() });
      const said = { status, source: 'charge-point', info } as const;
      if (match === 'nothing') return;
      if (match !== 'unasked') {
        const changes = status === 'Idle' ? [] : [update(match.id, status).compile()];
        return write(thingName, ...changes, step(match.id, said));
      }
      const id = newId();
      const row: JobRow = {
        id,
        thing_name: thingName,
        protocol,
        action: actions[0],
        request_id: requestId,
        request: null,
        requested_by: null,
        status,
        created_at: now(),
        updated_at: now(),
        firmware_file_id: null,
      };
      return write(thingName, insert(row), step(id, said));
    },
    async note(id, status, info) {
      const row = await rowOf(id);
      if (row !== undefined) await write(row.thing_name, step(id, { status, source: 'console', info }));
    },
    async get(id) {
      const row = await rowOf(id);
      return row === undefined ? null : ((await withHistory([row]))[0] ?? null);
    },
    async list({ thingName, kind, limit, cursor }) {
      let select = query.selectFrom('jobs').selectAll().where('thing_name', '=', thingName);
      if (kind !== undefined) select = select.where('action', 'in', actionsOf(kind));
      const { shown, nextCursor } = await newestFirst(select, 'created_at', { limit, cursor });
      return { items: await withHistory(shown), nextCursor };
    },
    async unpublished(thingName, checksum) {
      const published = await query
        .selectFrom('jobs')
        .selectAll()
        .where('thing_name', '=', thingName)
        .where('action', '=', 'PublishFirmware')
        .where('status', '=', 'Published')
        .execute();
      const ended = published.filter(({ request }) => checksumOf(request) === checksum.toLowerCase());
      if (ended.length === 0) return;
      const status = 'Unpublished';
      await write(
        thingName,
        ...ended.flatMap(({ id }) => [
          update(id, status).compile(),
          step(id, { status, source: 'charge-point', info: null }),
        ]),
      );
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function checksumOf(request: string | null): string | null {
  const { checksum } = (request === null ? {} : JSON.parse(request)) as { checksum?: unknown };
  return typeof checksum === 'string' ? checksum.toLowerCase() : null;
}
