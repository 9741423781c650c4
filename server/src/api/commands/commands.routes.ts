import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { conflict, notFound } from '../errors.ts';
import { insistOnPermission, LEAST_COMMAND_PERMISSION } from './command-permission.ts';
import { commandView } from './command-view.ts';
import { Command, CommandPage, CommandsQuery, NewCommand } from './commands.schemas.ts';
import { sendCommand } from './send-command.ts';

type Deps = Pick<ApiDeps, 'registry' | 'commands' | 'access'>;
const tags = ['commands'];

export const commandsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { registry, commands, access }) => {
  app.post(
    '/things/:thingName/commands',
    {
      // The least that any command needs; the action decides what more.
      config: { permission: LEAST_COMMAND_PERMISSION },
      schema: {
        tags,
        summary: 'Send a CALL to a charge point and wait for its answer',
        params: ThingParams,
        body: NewCommand,
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async (request) => {
      const { thingName } = request.params;
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      const { action, payload = {} } = request.body;
      insistOnPermission(access, request, action);
      return sendCommand({ commands, access }, request, { ...request.body, payload, thingName });
    },
  );

  app.get(
    '/things/:thingName/commands',
    {
      config: { permission: 'commands:read' },
      schema: {
        tags,
        summary: 'What was sent to a charge point, newest first',
        params: ThingParams,
        querystring: CommandsQuery,
        response: { 200: CommandPage, ...PROBLEMS },
      },
    },
    async ({ params, query }) => {
      const page = await commands.list({ thingName: params.thingName, ...query });
      return { ...page, items: page.items.map(commandView) };
    },
  );

  app.get(
    '/commands/:id',
    {
      config: { permission: 'commands:read' },
      schema: {
        tags,
        summary: 'One command',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const command = await commands.get(params.id);
      if (command === null) throw notFound(`command ${params.id}`);
      return commandView(command);
    },
  );

  app.post(
    '/commands/:id/cancel',
    {
      config: { permission: LEAST_COMMAND_PERMISSION },
      schema: {
        tags,
        summary: 'Take back a command that is still queued',
        description: '409 when it has been sent, or has ended otherwise.',
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 200: Command, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const known = await commands.get(id);
      if (known === null) throw notFound(`command ${id}`);
      insistOnPermission(access, request, known.action);
      const cancelled = await commands.cancel(id);
      if (cancelled === null) throw notFound(`command ${id}`);
      if (cancelled === 'too-late') throw conflict('It is not queued any more.');
      return commandView(cancelled);
    },
  );
};
