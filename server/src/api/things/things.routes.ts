import type { RegisteredThing as RegisteredThingView, Thing as ThingView } from '@cpo-console/shared/api/things.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { thingListView, thingView } from '../../charge-points/thing-view.ts';
import type { RegisteredThing as Registered } from '../../registry/registry.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { chargePointUrls } from './charge-point-urls.ts';
import { thingFilter } from './thing-filter.ts';
import { NewThing, RegisteredThing, Thing, ThingChanges, ThingPage, ThingQuery } from './things.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'liveStates' | 'shadows' | 'tolerances' | 'localLists' | 'config'>;
const tags = ['charge points'];
const LIST_NOTE = 'Without configuration, recentEvents and pending in `state`: ask for one charge point to see those.';

export const thingsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, liveStates, shadows, tolerances, localLists, config } = deps;
  const view = (thing: Registered): ThingView => thingView(thing, liveStates.get(thing.thingName));
  const find = (thingName: string): Registered => {
    const thing = registry.get(thingName);
    if (thing === null) throw notFound(`charge point ${thingName}`);
    return thing;
  };

  app.get(
    '/things',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'List charge points by name',
        description: LIST_NOTE,
        querystring: ThingQuery,
        response: { 200: ThingPage, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const after = query.cursor === undefined ? '' : decodeCursor(query.cursor);
      const matches = thingFilter(query);
      const items: ThingView[] = [];
      for (const thing of registry.list()) {
        if (thing.thingName <= after) continue;
        const candidate = thingListView(thing, liveStates.get(thing.thingName));
        if (!matches(candidate)) continue;
        // One more than asked for tells whether there is a next page.
        if (items.length === query.limit) return { items, nextCursor: encodeCursor(items.at(-1)?.thingName ?? '') };
        items.push(candidate);
      }
      return { items, nextCursor: null };
    },
  );

  app.post(
    '/things',
    {
      config: { permission: 'things:register' },
      schema: {
        tags,
        summary: 'Register a charge point',
        body: NewThing,
        response: { 201: RegisteredThing, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const {
        thingName,
        attributes = {},
        tags: thingTags = [],
        auth = { type: 'none' },
        sandbox = false,
      } = request.body;
      const takesCertificates = registry.issuesCertificates || (config.tls?.clientCaFile ?? null) !== null;
      if (auth.type === 'certificate' && !takesCertificates) throw certificatesNotTaken();
      const made = await registry.create({ thingName, attributes, tags: thingTags, authType: auth.type, sandbox });
      if (made === null) throw conflict(`A charge point ${thingName} is registered already.`);
      const answer: RegisteredThingView = {
        ...view(made.thing),
        credentials: { ...(made.password !== null && { password: made.password }), ...made.certificate },
        urls: chargePointUrls(request, config, made.thing),
      };
      return reply
        .code(201)
        .header('location', `/api/v1/things/${encodeURIComponent(thingName)}`)
        .send(answer);
    },
  );

  app.get(
    '/things/:thingName',
    {
      config: { permission: 'things:read' },
      schema: { tags, summary: 'One charge point', params: ThingParams, response: { 200: Thing, ...PROBLEMS } },
    },
    async ({ params }) => view(find(params.thingName)),
  );

  app.patch(
    '/things/:thingName',
    {
      config: { permission: 'things:register' },
      schema: {
        tags,
        summary: 'Replace a charge point’s attributes or tags, or make it a sandbox',
        params: ThingParams,
        body: ThingChanges,
        response: { 200: Thing, ...PROBLEMS },
      },
    },
    async ({ params, body }) => {
      const changed = await registry.update(params.thingName, body);
      if (changed === null) throw notFound(`charge point ${params.thingName}`);
      return view(changed);
    },
  );

  app.delete(
    '/things/:thingName',
    {
      config: { permission: 'things:delete' },
      schema: {
        tags,
        summary: 'Remove a charge point and close its connection',
        description: 'Its messages stay until the retention time is over; files that it has uploaded go.',
        params: ThingParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      if (!(await registry.remove(params.thingName))) throw notFound(`charge point ${params.thingName}`);
      await shadows.remove(params.thingName);
      await tolerances.remove(params.thingName);
      await localLists.remove(params.thingName);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/things/:thingName/credentials',
    {
      config: { permission: 'things:credentials' },
      schema: {
        tags,
        summary: 'Make new credentials; the old ones stop working',
        params: ThingParams,
        response: { 200: RegisteredThing, ...PROBLEMS },
      },
    },
    async (request) => {
      const thing = find(request.params.thingName);
      const renewed = await registry.renewCredentials(thing.thingName);
      if (renewed === null)
        throw conflict(`${thing.thingName} has no credentials that were made here, so there are none to renew.`);
      return {
        ...view(thing),
        credentials: { ...(renewed.password !== undefined && { password: renewed.password }), ...renewed.certificate },
        urls: chargePointUrls(request, config, thing),
      };
    },
  );

  app.delete(
    '/things/:thingName/credentials/offered',
    {
      config: { permission: 'things:credentials' },
      schema: {
        tags,
        summary: 'Let it in with the old password only',
        description: 'Withdraws passwords that were sent to it and of which nobody knows yet whether it uses them.',
        params: ThingParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      const { thingName } = find(params.thingName);
      if (!(await registry.withdrawPassword(thingName, null))) throw notFound(`new password for ${thingName}`);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/things/:thingName/security-profile',
    {
      config: { permission: 'things:credentials' },
      schema: {
        tags,
        summary: 'Let it come with a lower security profile again',
        description: 'Once it has come with its password over TLS, it is refused without.',
        params: ThingParams,
        response: { 204: Type.Null(), ...PROBLEMS },
      },
    },
    async ({ params }, reply) => {
      const { thingName } = find(params.thingName);
      if (!(await registry.forgetProfile(thingName))) throw notFound(`security profile of ${thingName} to forget`);
      return reply.code(204).send(null);
    },
  );
};

const certificatesNotTaken = () =>
  badRequest('No client certificate is asked for here: that takes OCPP_TLS_PORT and TLS_CLIENT_CA.', [
    { path: '/auth/type', message: 'must be "none" or "basic"' },
  ]);
