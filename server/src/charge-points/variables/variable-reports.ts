import type { VariableReport } from '@cpo-console/shared/api/configuration.ts';
import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { VariableReportRow } from '../../database/tables/device-model.tables.ts';
import { createKeyedQueue } from '../../registry/keyed-queue.ts';
import { createChangeListeners } from '../change-listeners.ts';
import type { Variable } from './variable-rows.ts';
import { dropUnseen, MAX_VARIABLES, putVariable } from './variables.ts';

export interface ReportPart {
  requestId: number;
  seqNo: number;
  /** More parts follow. */
  tbc: boolean;
  variables: readonly Variable[];
}

/** The reports of a device model, part by part. Changes are durable when resolved. @see OCPP 2.0.1 part 2, B07 and B08 */
export interface VariableReports {
  /** Before the request goes out: its parts may come at once. */
  asked(thingName: string, request: { requestId: number; kind: string }): Promise<void>;
  answered(thingName: string, answer: { requestId: number; status: string }): Promise<void>;
  /** Takes in its variables; with the last part of a whole full inventory, what it did not tell goes. */
  take(thingName: string, part: ReportPart): Promise<void>;
  /** For a request that was given none. */
  newRequestId(): number;
  /** The newest first. */
  list(thingName: string): Promise<VariableReport[]>;
  onChange(listener: (thingName: string) => void): () => void;
}

export interface VariableReportsOptions {
  database: Pick<Database, 'query' | 'write'>;
  now: () => number;
  newId: () => string;
}

const KEPT_PER_THING = 10;
const MAX_REQUEST_ID = 2 ** 31;

export function createVariableReports({ database, now, newId }: VariableReportsOptions): VariableReports {
  const { query } = database;
  const oneAtATime = createKeyedQueue();
  const changes = createChangeListeners();
  let lastRequestId = 0;

  const write = (thingName: string, ...queries: CompiledQuery[]): Promise<void> =>
    database.write(...queries).then(() => changes.tell(thingName));

  const begun = (thingName: string, requestId: number, kind: string | null): VariableReportRow => ({
    thing_name: thingName,
    request_id: requestId,
    run: newId(),
    kind,
    answer: null,
    parts: 0,
    variables: 0,
    complete: 0,
    intact: 1,
    started_at: now(),
    updated_at: now(),
  });

  const rowsOf = (thingName: string) =>
    query.selectFrom('variable_reports').selectAll().where('thing_name', '=', thingName);

  function upsert(row: VariableReportRow): CompiledQuery {
    const { thing_name: _thing, request_id: _request, ...values } = row;
    return query
      .insertInto('variable_reports')
      .values(row)
      .onConflict((conflict) => conflict.columns(['thing_name', 'request_id']).doUpdateSet(values))
      .compile();
  }

  /** Request ids are the charge point's to repeat or invent: old ones make room. */
  const prune = (thingName: string): CompiledQuery =>
    query
      .deleteFrom('variable_reports')
      .where('thing_name', '=', thingName)
      .where(
        'request_id',
        'not in',
        rowsOf(thingName)
          .clearSelect()
          .select('request_id')
          .orderBy('started_at', 'desc')
          .orderBy('updated_at', 'desc')
          .limit(KEPT_PER_THING),
      )
      .compile();

  async function take(thingName: string, { requestId, seqNo, tbc, variables }: ReportPart): Promise<void> {
    const known = await rowsOf(thingName).where('request_id', '=', requestId).executeTakeFirst();
    const goesOn = known !== undefined && (seqNo > 0 || known.complete === 0);
    const before = goesOn ? known : begun(thingName, requestId, known?.kind ?? null);
    const isRepeated = seqNo < before.parts;
    const row: VariableReportRow = {
      ...before,
      parts: isRepeated ? before.parts : before.parts + 1,
      variables: isRepeated ? before.variables : Math.min(before.variables + variables.length, MAX_VARIABLES),
      intact: isRepeated || seqNo === before.parts ? before.intact : 0,
      complete: tbc ? before.complete : 1,
      updated_at: now(),
    };
    const isWhole = row.kind === 'FullInventory' && row.complete === 1 && row.intact === 1;
    const told = before.variables < MAX_VARIABLES ? variables : [];
    await write(
      thingName,
      ...told.map((each) => putVariable(database, thingName, each, { at: now(), seenIn: row.run })),
      ...(isWhole ? [dropUnseen(database, thingName, row.run)] : []),
      upsert(row),
      ...(known === undefined ? [prune(thingName)] : []),
    );
  }

  return {
    asked: (thingName, { requestId, kind }) =>
      oneAtATime(thingName, () => write(thingName, upsert(begun(thingName, requestId, kind)), prune(thingName))),
    answered: (thingName, { requestId, status }) =>
      oneAtATime(thingName, () =>
        write(
          thingName,
          query
            .updateTable('variable_reports')
            .set({ answer: status, updated_at: now() })
            .where('thing_name', '=', thingName)
            .where('request_id', '=', requestId)
            .compile(),
        ),
      ),
    take: (thingName, part) => oneAtATime(thingName, () => take(thingName, part)),
    async list(thingName) {
      const rows = await rowsOf(thingName).orderBy('started_at', 'desc').execute();
      return rows.map(toReport);
    },
    newRequestId() {
      // After a restart it goes on above those given before.
      lastRequestId = Math.max(lastRequestId + 1, Math.floor(now() / 1000)) % MAX_REQUEST_ID;
      return lastRequestId;
    },
    onChange: changes.onChange,
  };
}

function toReport(row: VariableReportRow): VariableReport {
  return {
    requestId: Number(row.request_id),
    kind: row.kind,
    answer: row.answer,
    parts: row.parts,
    variables: row.variables,
    complete: row.complete === 1,
    intact: row.intact === 1,
    startedAt: new Date(Number(row.started_at)).toISOString(),
    updatedAt: new Date(Number(row.updated_at)).toISOString(),
  };
}
