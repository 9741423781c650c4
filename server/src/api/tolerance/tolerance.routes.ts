import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { StationModel } from '../../charge-points/tolerances/tolerances.ts';
import type { ApiDeps } from '../api-deps.ts';
import { PROBLEMS, ThingParams } from '../common.schemas.ts';
import { badRequest, notFound } from '../errors.ts';
import { isoTime, parseTime } from '../time.ts';
import { rankViolations } from './rank-violations.ts';
import {
  EffectiveTolerance,
  ToleranceChanges,
  ToleranceSettings,
  ViolationRanking,
  ViolationsQuery,
} from './tolerance.schemas.ts';

type Deps = Pick<ApiDeps, 'registry' | 'liveStates' | 'tolerances' | 'log' | 'access' | 'now'>;
const tags = ['tolerance'];
const DAY_MS = 86_400_000;

export const toleranceRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { registry, liveStates, tolerances, log, access, now } = deps;
  const stationOf = (thingName: string): StationModel | null => liveStates.get(thingName)?.chargingStation ?? null;

  app.get(
    '/tolerance',
    {
      config: { permission: 'things:read' },
      schema: { tags, summary: 'How strictly frames are taken', response: { 200: ToleranceSettings, ...PROBLEMS } },
    },
    async () => tolerances.settings(),
  );

  app.patch(
    '/tolerance',
    {
      config: { permission: 'things:configure' },
      schema: {
        tags,
        summary: 'Change how strictly frames are taken',
        description: 'Holds from the next frame on. The nearest setting counts: charge point, then model, then fleet.',
        body: ToleranceChanges,
        response: { 200: ToleranceSettings, ...PROBLEMS },
      },
    },
    async (request) => {
      const unknown = (request.body.chargePoints ?? []).flatMap(({ thingName, mode }, index) =>
        mode === null || registry.get(thingName) !== null
          ? []
          : [{ path: `/chargePoints/${index}/thingName`, message: `is not registered: ${thingName}` }],
      );
      if (unknown.length > 0) throw badRequest('Not every charge point is registered.', unknown);
      return tolerances.change(request.body, access.actor(request));
    },
  );

  app.get(
    '/things/:thingName/tolerance',
    {
      config: { permission: 'things:read' },
      schema: {
        tags,
        summary: 'What holds for one charge point, and which setting says so',
        params: ThingParams,
        response: { 200: EffectiveTolerance, ...PROBLEMS },
      },
    },
    async ({ params: { thingName } }) => {
      if (registry.get(thingName) === null) throw notFound(`charge point ${thingName}`);
      return tolerances.of(thingName, stationOf(thingName));
    },
  );

  app.get(
    '/violations',
    {
      config: { permission: 'messages:read' },
      schema: {
        tags,
        summary: 'Models or charge points by the rules of OCPP that their frames break',
        description: 'Of the last 24 hours unless said otherwise.',
        querystring: ViolationsQuery,
        response: { 200: ViolationRanking, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const to = query.to === undefined ? now() : parseTime(query.to, 'to');
      const from = query.from === undefined ? to - DAY_MS : parseTime(query.from, 'from');
      const counts = await log.countViolations({ from, to });
      return {
        items: rankViolations(counts, { ...query, stationOf, tolerances }),
        complete: counts.cutAt === null,
        from: isoTime(counts.cutAt ?? from),
        to: isoTime(to),
      };
    },
  );
};
