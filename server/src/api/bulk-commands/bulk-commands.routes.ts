import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ApiDeps } from '../api-deps.ts';
import { insistOnPermission, LEAST_COMMAND_PERMISSION } from '../commands/command-permission.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { notFound } from '../errors.ts';
import {
  BulkCommand,
  BulkCommandPage,
  BulkParams,
  BulkQuery,
  BulkResultPage,
  BulkResultsQuery,
  NewBulkCommand,
} from './bulk-commands.schemas.ts';

type Deps = Pick<ApiDeps, 'bulkCommands' | 'access'>;
const tags = ['commands'];

export const bulkCommandsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { bulkCommands, access }) => {
  app.post(
    '/bulk-commands',
    {
      config: { permission: LEAST_COMMAND_PERMISSION },
      schema: {
        tags,
        summary: 'Send a command to many charge points',
        description:
          'Goes on after the answer: ask for its counts and results. Left out are charge points whose OCPP version does not know the action, or where the payload breaks its schema.',
        body: NewBulkCommand,
        response: { 202: BulkCommand, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { payload = {}, action } = request.body;
      insistOnPermission(access, request, action);
      const bulk = await bulkCommands.start({ ...request.body, payload, sentBy: access.actor(request) });
      return reply.code(202).header('location', `/api/v1/bulk-commands/${bulk.id}`).send(bulk);
    },
  );

  app.get(
    '/bulk-commands',
    {
      config: { permission: 'commands:read' },
      schema: {
        tags,
        summary: 'Bulk commands, newest first',
        querystring: BulkQuery,
        response: { 200: BulkCommandPage, ...PROBLEMS },
      },
    },
    async ({ query }) => bulkCommands.list(query),
  );

  app.get(
    '/bulk-commands/:id',
    {
      config: { permission: 'commands:read' },
      schema: { tags, summary: 'How far it is', params: BulkParams, response: { 200: BulkCommand, ...PROBLEMS } },
    },
    async ({ params: { id } }) => {
      const bulk = await bulkCommands.get(id);
      if (bulk === null) throw notFound(`bulk command ${id}`);
      return bulk;
    },
  );

  app.get(
    '/bulk-commands/:id/results',
    {
      config: { permission: 'commands:read' },
      schema: {
        tags,
        summary: 'What came of it at each charge point, by name',
        params: BulkParams,
        querystring: BulkResultsQuery,
        response: { 200: BulkResultPage, ...PROBLEMS },
      },
    },
    async ({ params, query }) => bulkCommands.results(params.id, query),
  );

  app.post(
    '/bulk-commands/:id/stop',
    {
      config: { permission: LEAST_COMMAND_PERMISSION },
      schema: {
        tags,
        summary: 'Send it to nobody else',
        description: 'What has been sent stays sent, and what is queued stays queued.',
        params: BulkParams,
        response: { 200: BulkCommand, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const known = await bulkCommands.get(id);
      if (known === null) throw notFound(`bulk command ${id}`);
      insistOnPermission(access, request, known.action);
      return (await bulkCommands.stop(id)) ?? known;
    },
  );
};
