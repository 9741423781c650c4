import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { IdTokenParams, UnknownTokens } from './id-tokens.schemas.ts';

const tags = ['id tokens'];

export const unknownTokensRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'unknownTokens'>> = async (
  app,
  { unknownTokens },
) => {
  app.get(
    '/unknown-tokens',
    {
      config: { permission: 'id-tokens:read' },
      schema: {
        tags,
        summary: 'Tokens that charge points asked about and nobody has registered, the last seen first',
        response: { 200: UnknownTokens, ...PROBLEMS },
      },
    },
    async () => ({ items: unknownTokens.list() }),
  );

  app.delete(
    '/unknown-tokens/:idToken',
    {
      config: { permission: 'id-tokens:write' },
      schema: {
        tags,
        summary: 'Forget an unknown token until it is seen again',
        params: IdTokenParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await unknownTokens.remove(params.idToken))) throw notFound(`unknown token ${params.idToken}`);
      return reply.code(204).send(null);
    },
  );
};
