import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Registry } from '../../registry/registry.ts';
import { type SimulatedChargePoint, startSimulatedChargePoint } from '../../simulator/simulated-charge-point.ts';
import { conflict } from '../errors.ts';

const MAX_DEMOS = 10;

export interface DemoRoutesOptions {
  registry: Registry;
  /** Of this server itself, known once it listens: `ws://127.0.0.1:8080/ocpp`. */
  ocppUrl: () => string;
}

/** A simulated charge point with one click, so that an empty console has something to show. It ends with the server. */
export async function demoRoutes(app: FastifyInstance, { registry, ocppUrl }: DemoRoutesOptions): Promise<void> {
  const running = new Map<string, SimulatedChargePoint>();
  const stop = (thingName: string): void => {
    const demo = running.get(thingName);
    running.delete(thingName);
    void demo?.stop();
  };
  const stopWatching = registry.onChange(({ thingName, kind }) => {
    if (kind === 'removed') stop(thingName);
  });
  app.addHook('preClose', async () => {
    stopWatching();
    await Promise.all([...running.values()].map((demo) => demo.stop()));
  });

  app.post<{ Body: { protocol?: OcppVersion } | null }>(
    '/demo-charge-point',
    {
      config: { permission: 'things:register' },
      schema: {
        tags: ['charge points'],
        summary: 'Register and start a simulated charge point',
        body: Type.Union([
          Type.Null(),
          Type.Object({
            protocol: Type.Optional(
              Type.Union([Type.Literal('ocpp1.6'), Type.Literal('ocpp2.0.1'), Type.Literal('ocpp2.1')]),
            ),
          }),
        ]),
        response: { 201: Type.Object({ thingName: Type.String() }) },
      },
    },
    async (request, reply) => {
      if (running.size >= MAX_DEMOS) throw conflict(`There are ${MAX_DEMOS} simulated charge points already.`);
      const thingName = freeName(registry);
      const created = await registry.create({ thingName, attributes: {}, tags: ['demo'], authType: 'basic' });
      if (created === null) throw conflict(`${thingName} exists already.`);
      const demo = startSimulatedChargePoint({
        url: ocppUrl(),
        id: thingName,
        protocol: request.body?.protocol ?? 'ocpp2.0.1',
        scenario: 'charge',
        ...(created.password === null ? {} : { password: created.password }),
      });
      running.set(thingName, demo);
      void demo.ended.then(() => running.delete(thingName));
      return reply.code(201).send({ thingName });
    },
  );
}

function freeName(registry: Registry): string {
  let number = 1;
  while (registry.get(`DEMO-${number}`) !== null) number += 1;
  return `DEMO-${number}`;
}
