import { isSecretName } from '@cpo-console/shared/ocpp/secret-names.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { NewDesiredRule as Wanted } from '../../charge-points/desired-configuration/desired-configuration.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { toPlace } from '../variables/new-place.ts';
import {
  DesiredRule,
  DesiredRulePage,
  DesiredRuleParams,
  DesiredRulesQuery,
  NewDesiredRule,
  ReplacedDesiredRule,
} from './desired-configuration.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'desiredConfiguration' | 'access'>;
const tags = ['configuration'];

export const desiredConfigurationRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, desiredConfiguration, access } = deps;

  function complete(body: Static<typeof NewDesiredRule>, updatedBy: string): Wanted {
    const { scope, target = null, value, applyOnBoot = false } = body;
    const refuse = (path: string, message: string) => badRequest('The rule can’t be kept.', [{ path, message }]);
    if (scope === 'fleet' && target !== null) throw refuse('/target', 'must be null for the fleet');
    if (scope !== 'fleet' && target === null) throw refuse('/target', `must name the ${scope}`);
    if (scope === 'thing' && registry.get(target ?? '') === null) throw refuse('/target', 'is not registered');
    if (isSecretName(body.variable.name)) throw refuse('/variable/name', 'is a secret: these are not kept in rules');
    return { scope, target, ...toPlace(body), value, applyOnBoot, updatedBy };
  }

  app.get(
    '/desired-configuration',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'What charge points are to be configured to',
        querystring: DesiredRulesQuery,
        response: { 200: DesiredRulePage, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const rules = desiredConfiguration
        .list()
        .filter(({ scope, target }) => (query.scope ?? scope) === scope && (query.target ?? target) === target);
      const after =
        query.cursor === undefined ? -1 : rules.findIndex(({ id }) => id === decodeCursor(query.cursor ?? ''));
      const items = rules.slice(after + 1, after + 1 + query.limit);
      const last = after + 1 + query.limit < rules.length ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : encodeCursor(last.id) };
    },
  );

  app.post(
    '/desired-configuration',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Say what a variable or configuration key is to be, for the fleet, a tag or one charge point',
        description: 'Nothing is sent by this, unless it is applied, or `applyOnBoot` is on and a charge point boots.',
        body: NewDesiredRule,
        response: { 201: DesiredRule, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const rule = await desiredConfiguration.create(complete(request.body, access.actor(request)));
      if (rule === null) throw conflict('There is a rule for this variable in this scope already.');
      return reply.code(201).header('location', `/api/v1/desired-configuration/${rule.id}`).send(rule);
    },
  );

  app.get(
    '/desired-configuration/:id',
    {
      config: { permission: 'things:read' },
      schema: { tags, summary: 'One rule', params: DesiredRuleParams, response: { 200: DesiredRule, ...PROBLEMS } },
    },
    async ({ params }) => {
      const rule = desiredConfiguration.get(params.id);
      if (rule === null) throw notFound(`rule ${params.id}`);
      return rule;
    },
  );

  app.put(
    '/desired-configuration/:id',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Replace a rule',
        params: DesiredRuleParams,
        body: ReplacedDesiredRule,
        response: { 200: DesiredRule, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const rule = await desiredConfiguration.replace(id, complete(request.body, access.actor(request)));
      if (rule === null) throw notFound(`rule ${id}`);
      if (rule === 'taken') throw conflict('There is another rule for this variable in this scope.');
      return rule;
    },
  );

  app.delete(
    '/desired-configuration/:id',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Remove a rule; charge points keep what they were set to',
        params: DesiredRuleParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await desiredConfiguration.remove(params.id))) throw notFound(`rule ${params.id}`);
      return reply.code(204).send(null);
    },
  );
};
