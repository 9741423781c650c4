import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerApi } from './api/api.plugin.ts';
import { demoRoutes } from './api/demo/demo.routes.ts';
import { answerNotFound, registerErrorHandler } from './api/errors.ts';
import { limitBodyTime } from './api/long-body.ts';
import { registerOpenApi } from './api/openapi.ts';
import { auditPlugin } from './audit/audit.plugin.ts';
import { createAuditTrail } from './audit/audit-trail.ts';
import { authPlugin, createAccess } from './auth/auth.plugin.ts';
import { authRoutes } from './auth/auth.routes.ts';
import { createAuth } from './auth/auth.ts';
import type { LiveStates } from './charge-points/live-states.ts';
import type { Config } from './config/config.ts';
import { gatewayPlugin } from './gateway/gateway.plugin.ts';
import { refuseUnreadableUrl, websocketPluginOptions } from './gateway/handshake/websocket-server.ts';
import type { MessageLog } from './message-log/message-log.ts';
import { loggerOptions } from './observability/logger-options.ts';
import { metricsPlugin } from './observability/metrics.plugin.ts';
import { createMetrics } from './observability/metrics.ts';
import { openCsms } from './open-csms.ts';
import { openStores } from './open-stores.ts';
import type { Registry } from './registry/registry.ts';
import { createReruns } from './rerun/reruns.ts';
import { securityHeaders } from './security-headers.ts';
import { createDemoChargePoints } from './simulator/demo-charge-points.ts';
import { staticWeb } from './static-web.ts';

const BODY_TIME_MS = 60_000;

export interface BuildAppOptions {
  config: Config;
  now?: () => number;
}

export interface BuiltApp {
  app: FastifyInstance;
  registry: Registry;
  /** Once it listens. `setup` is the one-time link, null when there is nothing to set up. */
  addresses(): { console: string; ocpp: string; setup: string | null };
}

/** Registers the parts in the order of a frame's path. `app.close()` ends all of them. */
export async function buildApp({ config, now = Date.now }: BuildAppOptions): Promise<BuiltApp> {
  const app = createServer(config);
  const logger = app.log;
  const metrics = createMetrics();
  const stores = await openStores({ config, logger, now });
  const stopMetrics = metrics.follow(stores.log);
  const onAnswer = ({ action, tookMs }: { action: string; tookMs: number }): void => metrics.handled(action, tookMs);
  const parts = await openCsms({ config, logger, now, stores, onAnswer });
  const stopBusMetrics = metrics.followBus(parts.bus);
  const { registry, records, log, liveStates, database, secretKey } = stores;
  const auth = await createAuth({ database, now, adminToken: config.adminToken, secretKey });

  markLostConnections(log, { liveStates, now });
  await parts.csms.start();
  const demos = createDemoChargePoints(() => addressesOf(app, config).ocpp);
  // Before the gateway's own: they say goodbye while there is somebody to say it to.
  const reruns = await createReruns({ database, ocppUrl: () => addressesOf(app, config).ocpp, now, newId: randomUUID });
  app.addHook('preClose', async () => {
    await Promise.all([demos.close(), reruns.close()]);
  });
  await app.register(websocket, websocketPluginOptions(config.maxFrameBytes));
  const gateway = { instance: `${hostname()}-${randomUUID().slice(0, 8)}`, now, newId: randomUUID };
  await app.register(gatewayPlugin, { config, ...stores, ...parts, ...gateway });

  registerErrorHandler(app);
  await securityHeaders(app);
  await registerOpenApi(app, { version: '0.1.0' });
  await app.register(authPlugin, { auth });
  const auditTrail = createAuditTrail({ database, now, newId: randomUUID });
  await app.register(auditPlugin, { auditTrail });
  await app.register(metricsPlugin, { metrics });
  await registerApi(app, {
    access: createAccess(auth),
    auditTrail,
    config,
    now,
    reruns,
    ...stores,
    ...records,
    ...parts,
  });
  await app.register(authRoutes, { prefix: '/api/v1', auth });
  await app.register(demoRoutes, { prefix: '/api/v1', registry, demos });
  await app.register(staticWeb, { notFound: answerNotFound });

  app.addHook('onClose', async () => {
    await parts.close();
    stopMetrics();
    stopBusMetrics();
    await stores.close();
  });

  return {
    app,
    registry,
    addresses: () => {
      const addresses = addressesOf(app, config);
      const token = auth.setupToken();
      return { ...addresses, setup: token === null ? null : `${addresses.console}/setup?token=${token}` };
    },
  };
}

function createServer(config: Config): FastifyInstance {
  const app = Fastify({
    logger: loggerOptions(config),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseUnreadableUrl,
    // Long enough for any identity: whether it is a good one is the gateway's to say.
    routerOptions: { maxParamLength: 512 },
    // Files take longer than anything else: see limitBodyTime.
    requestTimeout: 0,
    // Node.js looks for those that are late every 30 s unless told otherwise.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
  });
  limitBodyTime(app, BODY_TIME_MS);
  return app;
}

/** Connections that were open when the process was killed: nobody else writes that they ended. */
function markLostConnections(
  log: MessageLog,
  { liveStates, now }: { liveStates: LiveStates; now: () => number },
): void {
  const frame = JSON.stringify({ code: 1006, reason: 'The server was restarted' });
  for (const { thingName, connectionId } of liveStates.connectedAtStart()) {
    const row = {
      thingName,
      connectionId,
      at: now(),
      direction: 'in',
      kind: 'event',
      action: 'disconnected',
      frame,
    } as const;
    log.append({ ...row, messageId: null, latencyMs: null, errorCode: null, violations: null }, null);
  }
}

function addressesOf(app: FastifyInstance, config: Config): { console: string; ocpp: string } {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  const isEverywhere = config.host === '0.0.0.0' || config.host === '::';
  const host = isEverywhere ? hostname() : config.host.includes(':') ? `[${config.host}]` : config.host;
  return { console: `http://${host}:${port}`, ocpp: `ws://${host}:${port}${config.ocppPath}` };
}
