import { statfs } from 'node:fs/promises';
import type { Health } from '@cpo-console/shared/api/health.ts';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { VERSION } from '../../version.ts';
import type { ApiDeps } from '../api-deps.ts';
import { nullable, PROBLEMS, Time } from '../common.schemas.ts';
import { isoTime } from '../time.ts';

type Deps = Pick<
  ApiDeps,
  'database' | 'bus' | 'registry' | 'log' | 'fleet' | 'config' | 'now' | 'instance' | 'instances' | 'presences'
>;

const Part = Type.Object({ ok: Type.Boolean(), trouble: nullable(Type.String()) });
const HealthDetails = Type.Object({
  ok: Type.Boolean(),
  version: Type.String(),
  startedAt: Time,
  backEnd: Type.Enum(['embedded', 'mqtt', 'aws']),
  database: Type.Object({
    ok: Type.Boolean(),
    trouble: nullable(Type.String()),
    kind: Type.Enum(['sqlite', 'postgres']),
  }),
  bus: Part,
  registry: Part,
  log: Type.Object({
    ok: Type.Boolean(),
    trouble: nullable(Type.String()),
    indexLagRows: Type.Integer(),
    lastCommitMs: Type.Number(),
  }),
  disk: Type.Object({ freeBytes: Type.Integer(), totalBytes: Type.Integer() }, { description: 'Where DATA_DIR is.' }),
  connections: Type.Integer(),
  instances: Type.Array(Type.Object({ name: Type.String(), connections: Type.Integer() }), {
    description: 'The processes that share the work, this one first.',
  }),
});
const Ready = Type.Object({
  status: Type.Enum(['ready', 'not-ready']),
  checks: Type.Record(Type.String(), Type.Boolean()),
});

/** Liveness and readiness: no authentication, nothing secret, so only yes or no. */
export const healthRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    '/healthz',
    {
      config: { public: true },
      schema: {
        tags: ['health'],
        summary: 'The process lives',
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config: { public: true },
      schema: { tags: ['health'], summary: 'Database, bus and log work', response: { 200: Ready, 503: Ready } },
    },
    async (_request, reply) => {
      const { database, bus, log } = readHealth(deps);
      const ready = database.ok && bus.ok && log.ok;
      return reply.code(ready ? 200 : 503).send({
        status: ready ? ('ready' as const) : ('not-ready' as const),
        checks: { database: database.ok, bus: bus.ok, log: log.ok },
      });
    },
  );
};

export const healthDetailRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const startedAt = isoTime(deps.now());
  app.get(
    '/health',
    {
      config: { permission: 'things:read' },
      schema: {
        tags: ['health'],
        summary: 'Each part, with its trouble',
        response: { 200: HealthDetails, ...PROBLEMS },
      },
    },
    async (): Promise<Health> => {
      const { config, fleet, instance, instances, presences } = deps;
      const { database, ...health } = readHealth(deps);
      const { total, byState } = fleet.summary();
      const names = [instance, ...(instances?.others() ?? [])];
      return {
        ok: database.ok && health.bus.ok && health.registry.ok && health.log.ok,
        version: VERSION,
        startedAt,
        backEnd: config.iotBackend,
        database: { ...database, kind: config.databaseUrl === null ? 'sqlite' : 'postgres' },
        ...health,
        disk: await diskOf(config.dataDir),
        connections: total - byState.offline - byState['never-seen'],
        instances: names.map((name) => ({ name, connections: presences.connectedAt(name).length })),
      };
    },
  );
};

function readHealth({ database, bus, registry, log }: Pick<Deps, 'database' | 'bus' | 'registry' | 'log'>) {
  const part = (trouble: string | null) => ({ ok: trouble === null, trouble });
  const { trouble, indexLagRows, lastCommitMs } = log.health();
  return {
    database: part(database.trouble()),
    bus: part(bus.trouble()),
    registry: part(registry.trouble()),
    log: { ...part(trouble), indexLagRows, lastCommitMs },
  };
}

async function diskOf(folder: string): Promise<Health['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
