import { checkDraft } from '@cpo-console/shared/smart-charging/check-draft.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import {
  NewProfileTemplate,
  ProfileTemplate,
  ProfileTemplates,
  ReplacedProfileTemplate,
  TemplateParams,
  TemplateUses,
} from './smart-charging.schemas.ts';

type Deps = Pick<ApiDeps, 'profileTemplates' | 'chargingProfiles' | 'access'>;
const tags = ['smart charging'];
const PATH = '/charging-profile-templates';

export const profileTemplatesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { profileTemplates, chargingProfiles, access } = deps;

  app.get(
    PATH,
    {
      config: { permission: 'things:read' },
      schema: { tags, summary: 'Templates of charging profiles', response: { 200: ProfileTemplates, ...PROBLEMS } },
    },
    async () => ({ items: await profileTemplates.list() }),
  );

  app.post(
    PATH,
    {
      config: { permission: 'commands:operate' },
      schema: {
        tags,
        summary: 'Keep a charging profile as a template',
        body: NewProfileTemplate,
        response: { 201: ProfileTemplate, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const made = await profileTemplates.create({ ...checked(request.body), by: access.actor(request) });
      if (made === null) throw nameTaken(request.body.name);
      return reply.code(201).header('location', `/api/v1${PATH}/${made.id}`).send(made);
    },
  );

  app.get(
    `${PATH}/:id`,
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'One template',
        params: TemplateParams,
        response: { 200: ProfileTemplate, ...PROBLEMS },
      },
    },
    async ({ params }) => (await profileTemplates.get(params.id)) ?? missing(params.id),
  );

  app.put(
    `${PATH}/:id`,
    {
      config: { permission: 'commands:operate' },
      schema: {
        tags,
        summary: 'Replace a template',
        params: TemplateParams,
        body: ReplacedProfileTemplate,
        response: { 200: ProfileTemplate, ...PROBLEMS },
      },
    },
    async (request) => {
      const { id } = request.params;
      const made = await profileTemplates.replace(id, { ...checked(request.body), by: access.actor(request) });
      if (made === 'unknown') return missing(id);
      if (made === 'name-taken') throw nameTaken(request.body.name);
      return made;
    },
  );

  app.get(
    `${PATH}/:id/uses`,
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'The installed profiles that say what a template says: to know before removing it',
        params: TemplateParams,
        response: { 200: TemplateUses, ...PROBLEMS },
      },
    },
    async ({ params }) => {
      const template = (await profileTemplates.get(params.id)) ?? missing(params.id);
      return { profiles: await chargingProfiles.like(template.profile) };
    },
  );

  app.delete(
    `${PATH}/:id`,
    {
      config: { permission: 'commands:operate' },
      schema: {
        tags,
        summary: 'Remove a template',
        params: TemplateParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await profileTemplates.remove(params.id))) return missing(params.id);
      return reply.code(204).send(null);
    },
  );
};

const nameTaken = (name: string) => conflict(`There is a template ${name} already.`);

function missing(id: string): never {
  throw notFound(`template ${id}`);
}

function checked(body: Static<typeof NewProfileTemplate>): Static<typeof NewProfileTemplate> {
  const defects = checkDraft(body.profile);
  const [first] = defects;
  if (first === undefined) return body;
  throw badRequest(
    `The profile would not hold: ${first.path.slice(1)} ${first.message}.`,
    defects.map(({ path, message }) => ({ path: `/profile${path}`, message })),
  );
}
