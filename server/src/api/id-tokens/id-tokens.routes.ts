import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { NewIdToken as NewToken } from '../../charge-points/id-tokens/id-tokens.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { conflict, notFound } from '../errors.ts';
import { isoTime, parseTime } from '../time.ts';
import { IdToken, IdTokenBody, IdTokenPage, IdTokenParams, IdTokensQuery, NewIdToken } from './id-tokens.schemas.ts';

const tags = ['id tokens'];

export const idTokensRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'idTokens'>> = async (app, { idTokens }) => {
  app.get(
    '/id-tokens',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'List id tokens',
        querystring: IdTokensQuery,
        response: { 200: IdTokenPage, ...PROBLEMS },
      },
    },
    async ({ query }) => idTokens.list(query),
  );

  app.post(
    '/id-tokens',
    {
      config: { permission: 'id-tokens:write' },
      schema: { tags, summary: 'Add an id token', body: NewIdToken, response: { 201: IdToken, ...PROBLEMS } },
    },
    async ({ body }, reply) => {
      const created = await idTokens.create(complete(body.idToken, body));
      if (created === null) throw conflict(`There is an id token ${body.idToken} already.`);
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
    async ({ params, body }) => idTokens.put(complete(params.idToken, body)),
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

const complete = (idToken: string, body: Static<typeof IdTokenBody>): NewToken => ({
  idToken,
  type: body.type ?? 'ISO14443',
  status: body.status ?? 'Accepted',
  expiresAt: body.expiresAt == null ? null : isoTime(parseTime(body.expiresAt, 'expiresAt')),
  groupIdToken: body.groupIdToken ?? null,
  concurrent: body.concurrent ?? false,
  note: body.note ?? null,
});
