import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import { Imported, importView } from './imports.schemas.ts';

const tags = ['messages'];
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });

/** Logs that were taken elsewhere. */
export const importsRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'imports' | 'annotations'>> = async (app, deps) => {
  const { imports, annotations } = deps;
  app.get(
    '/imports',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Imported logs, newest first',
        response: {
          200: Type.Object({ items: Type.Array(Imported), nextCursor: nullable(Type.String()) }),
          ...PROBLEMS,
        },
      },
    },
    async () => ({ items: imports.list().map(importView), nextCursor: null }),
  );

  app.get(
    '/imports/:id',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'An imported log, or how far it is',
        params: Params,
        response: { 200: Imported, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const imported = imports.get(params.id);
      if (imported === null) throw notFound(`imported log ${params.id}`);
      return importView(imported);
    },
  );

  app.delete(
    '/imports/:id',
    {
      config: { permission: 'messages:import' },
      schema: {
        tags,
        summary: 'Remove an imported log, or stop its import: nothing is left of it',
        params: Params,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await imports.remove(params.id))) throw notFound(`imported log ${params.id}`);
      await annotations.removeOf(params.id);
      return reply.code(204).send(null);
    },
  );
};
