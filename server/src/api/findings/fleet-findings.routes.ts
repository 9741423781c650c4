import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, Time, TimeParameter } from '../common.schemas.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { logOf } from '../messages/log-of.ts';
import { ImportParameter } from '../messages/messages.schemas.ts';
import { parseTime } from '../time.ts';
import { createFleetFindings } from './fleet-findings.ts';

const Range = Type.Object(
  { import: ImportParameter, from: TimeParameter, to: TimeParameter },
  { additionalProperties: false },
);
const Rule = Type.Object({
  rule: Type.String(),
  severity: Type.Enum(['bad', 'warn']),
  findings: Type.Integer({ description: 'How often it was found; twenty are told of a rule.' }),
  lastAt: Time,
  messageIds: Type.Array(Type.String(), { description: 'Messages of the newest.' }),
});
const Thing = Type.Object({
  thingName: Type.String(),
  bad: Type.Integer(),
  warn: Type.Integer(),
  rules: Type.Array(Rule),
});
const View = Type.Object({
  id: Type.String(),
  status: Type.Enum(['running', 'done', 'cancelled', 'failed']),
  rows: Type.Integer({ description: 'Messages looked at so far.' }),
  total: nullable(Type.Integer({ description: 'Of how many.' })),
  cutAt: nullable(
    Type.String({ description: 'Messages from before this instant are not looked at: there are too many.' }),
  ),
  things: Type.Array(Thing, { description: 'The charge points with findings, the worst first.' }),
  thingCount: Type.Integer({ description: 'How many have findings, also those that are not listed.' }),
});
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const tags = ['messages'];
const config = { permission: 'messages:read' } as const;

/** Which charge points have which trouble. */
export const fleetFindingsRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'log' | 'imports' | 'now'>> = async (
  app,
  deps,
) => {
  const searches = createFleetFindings({
    now: deps.now,
    newId: randomUUID,
    onTrouble: (error) => app.log.error({ err: error }, 'A search for findings failed'),
  });
  app.addHook('preClose', async () => searches.stopAll());

  app.post(
    '/findings/searches',
    {
      config,
      schema: {
        tags,
        summary: 'Look for what looks wrong in the messages of all charge points',
        description:
          'Looks at the newest 300,000 messages of the range, in the background; ends when nobody asks about it for 30 seconds.',
        body: Range,
        response: { 201: View, ...PROBLEMS },
      },
    },
    async ({ body }, reply) => {
      const range = { from: parseTime(body.from, 'from'), to: parseTime(body.to, 'to') };
      if (range.from >= range.to) throw badRequest('The range ends before it begins.');
      const started = searches.start(await logOf(body, deps), range);
      if (started === null) throw conflict('Enough of these searches are running: try again when one has ended.');
      return reply.code(201).send(started);
    },
  );

  app.get(
    '/findings/searches/:id',
    {
      config,
      schema: {
        tags,
        summary: 'How far it is, and what was found',
        params: Params,
        response: { 200: View, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const found = searches.get(params.id);
      if (found === null) throw notFound(`search ${params.id}`);
      return found;
    },
  );

  app.delete(
    '/findings/searches/:id',
    { config, schema: { tags, summary: 'End it', params: Params, response: { 204: Type.Null(), ...PROBLEMS } } },
    async ({ params }, reply) => {
      if (!searches.cancel(params.id)) throw notFound(`search ${params.id}`);
      return reply.code(204).send(null);
    },
  );
};
