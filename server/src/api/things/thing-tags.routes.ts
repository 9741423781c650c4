import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { RegisteredThing } from '../../registry/registry.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { badRequest } from '../errors.ts';
import { MAX_TAGS, Tags, ThingName } from './things.schemas.ts';

const MAX_THINGS = 10_000;

const TagChange = Type.Object(
  {
    thingNames: Type.Array(ThingName, { minItems: 1, maxItems: MAX_THINGS }),
    add: Type.Optional(Tags),
    remove: Type.Optional(Tags),
  },
  { additionalProperties: false },
);
const TagResult = Type.Object({
  changed: Type.Integer({ description: 'How many have other tags than before.' }),
  unknown: Type.Array(Type.String(), { description: 'Those that are not registered.' }),
});

export const thingTagsRoutes: FastifyPluginAsyncTypebox<Pick<ApiDeps, 'registry'>> = async (app, { registry }) => {
  app.post(
    '/things/tags',
    {
      config: { permission: 'things:register' },
      schema: {
        tags: ['charge points'],
        summary: 'Add tags to many charge points, or take them away',
        description: 'What is both added and removed is added. One with too many tags refuses the change for all.',
        body: TagChange,
        response: { 200: TagResult, ...PROBLEMS },
      },
    },
    async ({ body: { thingNames, add = [], remove = [] } }) => {
      const names = [...new Set(thingNames)];
      const known = names.flatMap((name) => registry.get(name) ?? []);
      const changes = known.map((thing) => ({ thing, tags: tagsAfter(thing, { add, remove }) }));
      const full = changes.find(({ tags }) => tags.length > MAX_TAGS);
      if (full !== undefined) {
        const message = `would give ${full.thing.thingName} ${full.tags.length} tags, at most ${MAX_TAGS} are kept`;
        throw badRequest(`The tags ${message}.`, [{ path: '/add', message }]);
      }
      const real = changes.filter(({ thing, tags }) => tags.join('\n') !== thing.tags.join('\n'));
      await Promise.all(real.map(({ thing, tags }) => registry.update(thing.thingName, { tags })));
      return { changed: real.length, unknown: names.filter((name) => registry.get(name) === null) };
    },
  );
};

/** Those that stay keep their order. */
function tagsAfter({ tags }: RegisteredThing, { add, remove }: { add: string[]; remove: string[] }): string[] {
  return [...new Set([...tags.filter((tag) => !remove.includes(tag) || add.includes(tag)), ...add])];
}
