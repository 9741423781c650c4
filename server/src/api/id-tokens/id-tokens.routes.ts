import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { contentOf, PROBLEMS } from '../common.schemas.ts';
import { conflict, notFound } from '../errors.ts';
import { asCsvFile, wantsCsv } from '../wants-csv.ts';
import { completeIdToken } from './complete-id-token.ts';
import {
  IdToken,
  IdTokenBody,
  IdTokenPage,
  IdTokenParams,
  IdTokensQuery,
  IdTokenUses,
  NewIdToken,
} from './id-tokens.schemas.ts';
import { exportIdTokens } from './id-tokens-csv.ts';

const tags = ['id tokens'];

type Deps = Pick<ApiDeps, 'idTokens' | 'unknownTokens' | 'transactions' | 'localLists'>;

export const idTokensRoutes: FastifyPluginAsyncTypebox<Deps> = async (
  app,
  { idTokens, unknownTokens, transactions, localLists },
) => {
  app.get(
    '/id-tokens',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'List id tokens',
        description: 'With `format=csv` or `Accept: text/csv`: all that match, as a CSV file that can be imported.',
        querystring: IdTokensQuery,
        response: {
          200: contentOf({ 'application/json': IdTokenPage, 'text/csv': Type.String() }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { format, ...query } = request.query;
      if (!wantsCsv(request, format)) return idTokens.list(query);
      const lines = Readable.from(exportIdTokens(idTokens, query.search), { objectMode: false });
      return asCsvFile(reply, 'id-tokens.csv').send(lines as never);
    },
  );

  app.post(
    '/id-tokens',
    {
      config: { permission: 'id-tokens:write' },
      schema: { tags, summary: 'Add an id token', body: NewIdToken, response: { 201: IdToken, ...PROBLEMS } },
    },
    async ({ body }, reply) => {
      const created = await idTokens.create(completeIdToken(body.idToken, body));
      if (created === null) throw conflict(`There is an id token ${body.idToken} already.`);
      await unknownTokens.remove(body.idToken);
      return reply
        .code(201)
        .header('location', `/api/v1/id-tokens/${encodeURIComponent(body.idToken)}`)
        .send(created);
    },
  );

  app.get(
    '/id-tokens/:idToken',
    {
      config: { permission: 'id-tokens:read' },
      schema: { tags, summary: 'One id token', params: IdTokenParams, response: { 200: IdToken, ...PROBLEMS } },
    },
    async ({ params }) => {
      const token = await idTokens.get(params.idToken);
      if (token === null) throw notFound(`id token ${params.idToken}`);
      return token;
    },
  );

  app.put(
    '/id-tokens/:idToken',
    {
      config: { permission: 'id-tokens:write' },
      schema: {
        tags,
        summary: 'Create or replace an id token',
        description: 'An expiry in the past is allowed.',
        params: IdTokenParams,
        body: IdTokenBody,
        response: { 200: IdToken, ...PROBLEMS },
      },
    },
    async ({ params, body }) => {
      const token = await idTokens.put(completeIdToken(params.idToken, body));
      await unknownTokens.remove(params.idToken);
      return token;
    },
  );

  app.get(
    '/id-tokens/:idToken/uses',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'What still counts on an id token: to know before removing it',
        params: IdTokenParams,
        response: { 200: IdTokenUses, ...PROBLEMS },
      },
    },
    async ({ params: { idToken } }) => ({
      sessions: transactions
        .activeOf(idToken)
        .map(({ id, thingName, transactionId }) => ({ id, thingName, transactionId })),
      groupMembers: idTokens.membersOf(idToken),
      localLists: await localLists.holding(idToken),
    }),
  );

  app.delete(
    '/id-tokens/:idToken',
    {
      config: { permission: 'id-tokens:write' },
      schema: {
        tags,
        summary: 'Remove an id token',
        params: IdTokenParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await idTokens.remove(params.idToken))) throw notFound(`id token ${params.idToken}`);
      return reply.code(204).send(null);
    },
  );
};
