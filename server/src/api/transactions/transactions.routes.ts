import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { TransactionQuery } from '../../charge-points/transactions/list-transactions.ts';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { parseTime } from '../time.ts';
import { asCsvFile, wantsCsv } from '../wants-csv.ts';
import { exportTransactions } from './export-transactions.ts';
import {
  MeterValues,
  Transaction,
  TransactionPage,
  TransactionParams,
  TransactionsQuery,
} from './transactions.schemas.ts';

type Deps = Pick<ApiDeps, 'transactions' | 'access'>;
const tags = ['sessions'];

export const transactionsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { transactions, access }) => {
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
      if (!wantsCsv(request, request.query.format)) return transactions.list(query);
      return asCsvFile(reply, 'sessions.csv').send(exportTransactions(transactions, query) as never);
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
        response: { 200: Transaction, ...PROBLEMS },
      },
    },
    async ({ params }) => (await transactions.get(params.id)) ?? missing(params.id),
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
    async (request) =>
      (await transactions.close(request.params.id, access.actor(request))) ?? missing(request.params.id),
  );
};

function missing(id: string): never {
  throw notFound(`session ${id}`);
}

function toStoreQuery({ from, to, format: _format, ...query }: Static<typeof TransactionsQuery>): TransactionQuery {
  return {
    ...query,
    ...(from === undefined ? {} : { from: parseTime(from, 'from') }),
    ...(to === undefined ? {} : { to: parseTime(to, 'to') }),
  };
}
