import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS } from '../api/common.schemas.ts';
import { notFound } from '../api/errors.ts';
import { OpenSessionPage } from './auth.schemas.ts';
import type { Auth } from './auth.ts';
import { roleMay } from './permissions.ts';
import { sessionTokenOf } from './request-credential.ts';

const tags = ['sign-in'];
const config = { permission: 'authenticated' } as const;

/** Who is signed in where: one's own, and for those who manage users everybody's. */
export const openSessionsRoutes: FastifyPluginAsyncTypebox<Pick<Auth, 'openSessions'>> = async (
  app,
  { openSessions },
) => {
  const visible = async ({ identity }: FastifyRequest) => {
    if (identity === null) return [];
    return openSessions.list(roleMay(identity.role, 'users:write') ? null : identity.id);
  };

  app.get(
    '/open-sessions',
    {
      config,
      schema: {
        tags,
        summary: 'Where you are signed in; for administrators, where everybody is',
        response: { 200: OpenSessionPage, ...PROBLEMS },
      },
    },
    async (request) => {
      const token = request.identity?.via === 'session' ? sessionTokenOf(request) : null;
      const current = token === null ? null : openSessions.idOf(token);
      const items = (await visible(request)).map(({ createdAt, lastUsedAt, ...same }) => ({
        ...same,
        createdAt: new Date(createdAt).toISOString(),
        lastUsedAt: new Date(lastUsedAt).toISOString(),
        current: same.id === current,
      }));
      return { items, nextCursor: null };
    },
  );

  app.delete(
    '/open-sessions/:id',
    {
      config,
      schema: {
        tags,
        summary: 'End a sign-in; its requests are refused from now on, and its streams end within seconds',
        params: Type.Object({ id: Type.String({ maxLength: 128 }) }),
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      // What others have is not there, for those who may not see it.
      if (!(await visible(request)).some((session) => session.id === id)) throw notFound('sign-in');
      await openSessions.endById(id);
      return reply.code(204).send(null);
    },
  );
};
