import type { SavedSearch } from '@cpo-console/shared/api/saved-searches.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { StoredSearch } from '../../charge-points/saved-searches/saved-searches.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, pageOf, Time } from '../common.schemas.ts';
import { conflict, notFound, ProblemError } from '../errors.ts';
import { isoTime } from '../time.ts';

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });
const Query = Type.String({
  minLength: 1,
  maxLength: 4_000,
  description: 'The filters as in the address of the console’s page, without the question mark.',
});
const SavedSearchView = Type.Object({
  id: Type.String(),
  name: Name,
  query: Query,
  shared: Type.Boolean(),
  createdAt: Time,
  createdBy: Type.String(),
  removable: Type.Boolean({ description: 'Whether you may rename and remove it.' }),
});
const NewSearch = Type.Object(
  {
    name: Name,
    query: Query,
    shared: Type.Optional(Type.Boolean({ default: false, description: 'Everybody who may search may use it.' })),
  },
  { additionalProperties: false },
);
const Params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const tags = ['messages'];

/** Searches of the messages that people named: their own and those that others share. */
export const savedSearchesRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'savedSearches' | 'access'>> = async (
  app,
  { savedSearches, access },
) => {
  const isOwn = (request: FastifyRequest, { owner }: StoredSearch): boolean => owner === access.actor(request);
  const mayRemove = (request: FastifyRequest, stored: StoredSearch): boolean =>
    isOwn(request, stored) || access.may(request, 'saved-searches:delete');
  /** What others do not share is not there. */
  const changeable = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<StoredSearch> => {
    const stored = await savedSearches.get(request.params.id);
    if (stored === null || !(stored.shared || isOwn(request, stored))) {
      throw notFound(`saved search ${request.params.id}`);
    }
    if (!mayRemove(request, stored)) {
      throw new ProblemError(403, 'Only who saved it or an administrator can rename or remove it.');
    }
    return stored;
  };
  const view = (request: FastifyRequest, stored: StoredSearch): SavedSearch => {
    const { owner: createdBy, createdAt, ...same } = stored;
    return { ...same, createdBy, createdAt: isoTime(createdAt), removable: mayRemove(request, stored) };
  };

  app.get(
    '/saved-searches',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Your saved searches and those that others share',
        response: { 200: pageOf(SavedSearchView), ...PROBLEMS },
      },
    },
    async (request) => {
      const found = await savedSearches.list(access.actor(request));
      return { items: found.map((each) => view(request, each)), nextCursor: null };
    },
  );

  app.post(
    '/saved-searches',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Save a search, in place of your own of this name',
        body: NewSearch,
        response: { 201: SavedSearchView, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { name, query, shared = false } = request.body;
      const saved = await savedSearches.save({ name: name.trim(), query, shared, owner: access.actor(request) });
      if (saved === null) throw conflict('You have as many saved searches as there may be: remove some.');
      return reply.code(201).send(view(request, saved));
    },
  );

  app.patch(
    '/saved-searches/:id',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Rename a saved search: who saved it, or an administrator if it is shared',
        params: Params,
        body: Type.Object({ name: Name }, { additionalProperties: false }),
        response: { 200: SavedSearchView, ...PROBLEMS },
      },
    },
    async (request) => {
      const stored = await changeable(request);
      const name = request.body.name.trim();
      if (!(await savedSearches.rename(stored, name))) throw conflict(`There is another saved search named ${name}.`);
      return view(request, { ...stored, name });
    },
  );

  app.delete(
    '/saved-searches/:id',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Remove a saved search: who saved it, or an administrator if it is shared',
        params: Params,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      await savedSearches.remove((await changeable(request)).id);
      return reply.code(204).send(null);
    },
  );
};
