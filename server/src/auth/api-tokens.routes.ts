import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { PROBLEMS } from '../api/common.schemas.ts';
import { badRequest, notFound } from '../api/errors.ts';
import type { ApiTokens, ApiToken as StoredApiToken } from './api-tokens.ts';
import { ApiTokenPage, CreatedApiToken, NewApiToken } from './auth.schemas.ts';

const tags = ['api-tokens'];
const config = { permission: 'api-tokens:write' } as const;

export const apiTokensRoutes: FastifyPluginAsyncTypebox<{ apiTokens: ApiTokens }> = async (app, { apiTokens }) => {
  app.get(
    '/api-tokens',
    { config, schema: { tags, summary: 'API tokens, oldest first', response: { 200: ApiTokenPage, ...PROBLEMS } } },
    async () => ({ items: (await apiTokens.list()).map(view), nextCursor: null }),
  );

  app.post(
    '/api-tokens',
    {
      config,
      schema: {
        tags,
        summary: 'Create an API token; its secret is shown this once',
        body: NewApiToken,
        response: { 201: CreatedApiToken, ...PROBLEMS },
      },
    },
    async ({ body, identity }, reply) => {
      const expiresAt = body.expiresAt == null ? null : Date.parse(body.expiresAt);
      if (Number.isNaN(expiresAt))
        throw badRequest('The expiry is no time.', [{ path: '/expiresAt', message: 'is no time' }]);
      const { name, role } = body;
      const { token, secret } = await apiTokens.create({ name, role, createdBy: identity?.name ?? '', expiresAt });
      return reply.code(201).send({ ...view(token), token: secret });
    },
  );

  app.delete(
    '/api-tokens/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Revoke an API token',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await apiTokens.remove(params.id))) throw notFound(`API token ${params.id}`);
      return reply.code(204).send(null);
    },
  );
};

function view(token: StoredApiToken) {
  const time = (at: number) => new Date(at).toISOString();
  const orNull = (at: number | null) => (at === null ? null : time(at));
  return {
    ...token,
    createdAt: time(token.createdAt),
    expiresAt: orNull(token.expiresAt),
    lastUsedAt: orNull(token.lastUsedAt),
  };
}
