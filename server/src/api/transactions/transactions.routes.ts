import type { LogEvent } from '@cpo-console/shared/message-log/log-row.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { readingsOutside } from '../../charge-points/transactions/readings-outside.ts';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS, ThingParams } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { parseTime } from '../time.ts';
import { asCsvFile, wantsCsv } from '../wants-csv.ts';
import { exportTransactions } from './export-transactions.ts';
import { listSessions, type SessionsQuery, sessionView } from './session-view.ts';
import {
  MeterValues,
  OutsideReadings,
  OutsideReadingsQuery,
  Transaction,
  TransactionDetail,
  TransactionPage,
  TransactionParams,
  TransactionsQuery,
} from './transactions.schemas.ts';

type Deps = Pick<ApiDeps, 'transactions' | 'transactionChecks' | 'registry' | 'liveStates' | 'log' | 'access' | 'now'>;
const tags = ['sessions'];

export const transactionsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { transactions, transactionChecks, registry, access, log, now } = deps;

  app.get(
    '/transactions',
    {
      config: { permission: 'transactions:read' },
      schema: {
        tags,
        summary: 'List charging sessions, newest first',
        description: 'With `format=csv` or `Accept: text/csv`: all that match, as CSV.',
        querystring: TransactionsQuery,
        response: {
          200: contentOf({ 'application/json': TransactionPage, 'text/csv': Type.String() }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const query = toStoreQuery(request.query);
      if (!wantsCsv(request, request.query.format)) return listSessions(query, deps);
      return asCsvFile(reply, 'sessions.csv').send(
        exportTransactions((page) => listSessions(page, deps), query) as never,
      );
    },
  );

  app.get(
    '/transactions/:id',
    {
      config: { permission: 'transactions:read' },
      schema: {
        tags,
        summary: 'One charging session',
        params: TransactionParams,
        response: { 200: TransactionDetail, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const session = (await transactions.get(params.id)) ?? missing(params.id);
      return { ...sessionView(session, deps), askedStatus: await transactionChecks.of(session) };
    },
  );

  app.get(
    '/transactions/:id/meter-values',
    {
      config: { permission: 'transactions:read' },
      schema: {
        tags,
        summary: 'What the meter said during a session, oldest first',
        params: TransactionParams,
        response: { 200: MeterValues, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      if ((await transactions.get(params.id)) === null) return missing(params.id);
      return { items: await transactions.meterValues(params.id) };
    },
  );

  app.get(
    '/things/:thingName/meter-values',
    {
      config: { permission: 'transactions:read' },
      schema: {
        tags,
        summary: 'What its meters said outside of sessions, newest first',
        params: ThingParams,
        querystring: OutsideReadingsQuery,
        response: { 200: OutsideReadings, ...PROBLEMS },
      },
    },
    async ({ params: { thingName }, query: { limit } }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return { items: await readingsOutside(log, { thingName, limit }) };
    },
  );

  app.post(
    '/transactions/:id/close',
    {
      config: { permission: 'transactions:close' },
      schema: {
        tags,
        summary: 'End a session that is stuck, by hand',
        description: 'Changes our record only; nothing is sent to the charge point.',
        params: TransactionParams,
        response: { 200: Transaction, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const before = (await transactions.get(id)) ?? missing(id);
      const by = access.actor(request);
      const session = (await transactions.close(id, by)) ?? missing(id);
      if (before.active) logClosing(log, session, { by, at: now() });
      return sessionView(session, deps);
    },
  );
};

interface SessionName {
  thingName: string;
  transactionId: string;
}

/** So that the live state, and a replay, know of it. */
function logClosing(log: Deps['log'], session: SessionName, closed: { by: string; at: number }) {
  const { thingName, transactionId } = session;
  const details: LogEvent['session-closed'] = { transactionId, by: closed.by };
  const event = { kind: 'event', direction: 'in', action: 'session-closed', frame: JSON.stringify(details) } as const;
  const nothing = { messageId: null, latencyMs: null, errorCode: null, violations: null };
  log.append({ thingName, connectionId: '', at: closed.at, ...event, ...nothing }, null);
}

function missing(id: string): never {
  throw notFound(`session ${id}`);
}

function toStoreQuery({ from, to, format: _format, ...query }: Static<typeof TransactionsQuery>): SessionsQuery {
  return {
    ...query,
    ...(from === undefined ? {} : { from: parseTime(from, 'from') }),
    ...(to === undefined ? {} : { to: parseTime(to, 'to') }),
  };
}
