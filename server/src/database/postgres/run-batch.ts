import type { Client, QueryResult } from 'pg';
import {
  DatabaseAwayError,
  DatabaseError,
  type DatabaseRequest,
  type SqlValue,
  type StatementResult,
} from '../engine.ts';
import { commit } from './connection-options.ts';
import { toFailure } from './failure.ts';
import { withoutNul } from './nul.ts';

export type Outcome = StatementResult | null | DatabaseError;

/**
 * Runs requests as one transaction in one round trip. When PostgreSQL refuses it, the two halves are tried for themselves,
 * and so on, until only what it refuses has failed.
 * @param client one that pipelines
 * @param withinMs see commit
 */
export async function runBatch(
  client: Client,
  requests: readonly DatabaseRequest[],
  withinMs: number,
): Promise<Outcome[]> {
  const outcomes = await runTogether(client, requests, withinMs);
  const [first] = outcomes;
  const isRefused = first instanceof DatabaseError && !(first instanceof DatabaseAwayError);
  if (!isRefused || requests.length === 1) return outcomes;
  const half = Math.ceil(requests.length / 2);
  return [
    ...(await runBatch(client, requests.slice(0, half), withinMs)),
    ...(await runBatch(client, requests.slice(half), withinMs)),
  ];
}

/** All or nothing: when one fails, all tell why. */
async function runTogether(client: Client, requests: readonly DatabaseRequest[], withinMs: number): Promise<Outcome[]> {
  const begun = client.query('begin');
  const sent = requests.map(({ statements }) =>
    statements.map(({ sql, parameters }) => client.query(sql, parameters.map(toPostgres))),
  );
  const committed = client.query(commit(withinMs));
  const [framing, answers] = await Promise.all([
    Promise.allSettled([begun, committed]),
    Promise.all(sent.map((statements) => Promise.allSettled(statements))),
  ]);
  const refusals = [...answers.flat(), ...framing].filter((answer) => answer.status === 'rejected');
  if (refusals.length === 0) return answers.map(resultOf);
  const failure = toFailure(refusals[0]?.reason);
  return answers.map(() => failure);
}

function resultOf(answers: readonly PromiseSettledResult<QueryResult>[]): StatementResult | null {
  const [only] = answers;
  if (only?.status !== 'fulfilled' || answers.length > 1) return null;
  return { rows: only.value.rows, changes: only.value.rowCount ?? 0, lastInsertRowid: 0 };
}

export const toPostgres = (value: SqlValue): SqlValue => (typeof value === 'string' ? withoutNul(value) : value);
