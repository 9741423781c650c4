import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Registry } from '../../registry/registry.ts';
import type { DemoChargePoints } from '../../simulator/demo-charge-points.ts';
import { PROBLEMS } from '../common.schemas.ts';
import { conflict } from '../errors.ts';
import { validatorCompiler } from '../validate.ts';

const MAX_DEMOS = 10;

const Protocol = Type.Union([Type.Literal('ocpp1.6'), Type.Literal('ocpp2.0.1'), Type.Literal('ocpp2.1')]);
const Body = Type.Union([
  Type.Null(),
  Type.Object({ protocol: Type.Optional(Protocol) }, { additionalProperties: false }),
]);

export interface DemoRoutesOptions {
  registry: Registry;
  demos: DemoChargePoints;
}

/** A simulated charge point with one click, so that an empty console has something to show. It ends with the server. */
export async function demoRoutes(app: FastifyInstance, { registry, demos }: DemoRoutesOptions): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  const stopWatching = registry.onChange(({ thingName, kind }) => {
    if (kind === 'removed') demos.stop(thingName);
  });
  app.addHook('onClose', async () => stopWatching());

  app.post<{ Body: { protocol?: OcppVersion } | null }>(
    '/demo-charge-point',
    {
      config: { permission: 'things:register' },
      schema: {
        tags: ['charge points'],
        summary: 'Register and start a simulated charge point',
        body: Body,
        response: { 201: Type.Object({ thingName: Type.String() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      if (demos.count() >= MAX_DEMOS) throw conflict(`There are ${MAX_DEMOS} simulated charge points already.`);
      const thingName = freeName(registry);
      const created = await registry.create({ thingName, attributes: {}, tags: ['demo'], authType: 'basic' });
      if (created === null) throw conflict(`${thingName} exists already.`);
      const { password } = created;
      demos.start({ thingName, protocol: request.body?.protocol ?? 'ocpp2.0.1', password });
      return reply.code(201).send({ thingName });
    },
  );
}

function freeName(registry: Registry): string {
  let number = 1;
  while (registry.get(`DEMO-${number}`) !== null) number += 1;
  return `DEMO-${number}`;
}
