import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerApi, registerMachineRoutes } from './api/api.plugin.ts';
import type { ApiDeps } from './api/api-deps.ts';
import { demoRoutes } from './api/demo/demo.routes.ts';
import { answerNotFound, registerErrorHandler } from './api/errors.ts';
import { limitBodyTime } from './api/long-body.ts';
import { registerOpenApi } from './api/openapi.ts';
import { auditPlugin } from './audit/audit.plugin.ts';
import { createAuditTrail } from './audit/audit-trail.ts';
import { authPlugin, createAccess } from './auth/auth.plugin.ts';
import { authRoutes } from './auth/auth.routes.ts';
import { createAuth } from './auth/auth.ts';
import { correctConnections } from './charge-points/correct-connections.ts';
import type { Config } from './config/config.ts';
import { gatewayPlugin } from './gateway/gateway.plugin.ts';
import { createKeepRefusal } from './gateway/handshake/keep-refusal.ts';
import { refuseUnreadableUrl, websocketPluginOptions } from './gateway/handshake/websocket-server.ts';
import { tlsListener } from './gateway/tls/tls-listener.plugin.ts';
import { loggerOptions } from './observability/logger-options.ts';
import { metricsPlugin } from './observability/metrics.plugin.ts';
import { createMetrics } from './observability/metrics.ts';
import { openCsms } from './open-csms.ts';
import { openStores } from './open-stores.ts';
import type { Registry } from './registry/registry.ts';
import { createReruns } from './rerun/reruns.ts';
import { securityHeaders } from './security-headers.ts';
import { watchSilentSockets } from './silent-sockets.ts';
import { createDemoChargePoints } from './simulator/demo-charge-points.ts';
import { staticWeb } from './static-web.ts';
import { VERSION } from './version.ts';

const BODY_TIME_MS = 60_000;
/** A file takes as long as it needs, while something comes. */
const IDLE_TIME_MS = 60_000;

export interface BuildAppOptions {
  config: Config;
  now?: () => number;
}

export interface BuiltApp {
  app: FastifyInstance;
  registry: Registry;
  /** Once it listens. `setup` is the one-time link, null when there is nothing to set up. */
  addresses(): { console: string; ocpp: string; ocppTls: string | null; setup: string | null };
}

/** Registers the parts in the order of a frame's path. `app.close()` ends all of them. */
export async function buildApp({ config, now = Date.now }: BuildAppOptions): Promise<BuiltApp> {
  const app = createServer(config);
  const logger = app.log;
  const metrics = createMetrics();
  const stores = await openStores({ config, logger, now });
  const stopMetrics = metrics.follow(stores.log);
  const onAnswer = ({ action, tookMs }: { action: string; tookMs: number }): void => metrics.handled(action, tookMs);
  const instance = `${hostname()
    .slice(0, 32)
    .replace(/[^\w-]/g, '-')}-${randomUUID().slice(0, 8)}`;
  const parts = await openCsms({ config, logger, now, stores, instance, onAnswer });
  const stopBusMetrics = metrics.followBus(parts.bus);
  const { registry, records, log, liveStates, database, secretKey } = stores;
  const auth = await createAuth({ database, now, adminToken: config.adminToken, secretKey });

  correctConnections({ log, liveStates, instance, now, ...parts });
  await parts.csms.start();
  const demos = createDemoChargePoints(() => addressesOf(app, config).ocpp);
  // Before the gateway's own: they say goodbye while there is somebody to say it to.
  const reruns = await createReruns({ database, ocppUrl: () => addressesOf(app, config).ocpp, now, newId: randomUUID });
  app.addHook('preClose', async () => {
    await Promise.all([demos.close(), reruns.close()]);
  });
  await app.register(websocket, websocketPluginOptions(config.maxFrameBytes));
  const gateway = { instance, now, newId: randomUUID };
  await app.register(gatewayPlugin, { config, ...stores, ...parts, ...gateway, bus: parts.gatewayBus });
  if (config.tls !== null) {
    const { host, tls: settings } = config;
    await app.register(tlsListener, { host, settings, keepRefusal: createKeepRefusal({ log, now }), now });
  }

  registerErrorHandler(app);
  await securityHeaders(app);
  await registerOpenApi(app, { version: VERSION });
  await app.register(authPlugin, { auth });
  const auditTrail = createAuditTrail({ database, now, newId: randomUUID });
  await app.register(auditPlugin, { auditTrail });
  await app.register(metricsPlugin, { metrics });
  const api: ApiDeps = {
    access: createAccess(auth),
    auditTrail,
    config,
    now,
    instance,
    reruns,
    ...stores,
    ...records,
    ...parts,
  };
  await registerMachineRoutes(app, api);
  const hasConsole = config.roles.has('console');
  if (hasConsole) {
    await registerApi(app, api);
    await app.register(authRoutes, { prefix: '/api/v1', auth });
    await app.register(demoRoutes, { prefix: '/api/v1', registry, demos });
    await app.register(staticWeb, { notFound: answerNotFound });
  } else {
    app.setNotFoundHandler(answerNotFound);
  }

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
      const token = hasConsole ? auth.setupToken() : null;
      return { ...addresses, setup: token === null ? null : `${addresses.console}/setup?token=${token}` };
    },
  };
}

function createServer(config: Config): FastifyInstance {
  const app = Fastify({
    logger: loggerOptions(config),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuseUnreadableUrl,
    trustProxy: config.trustedProxies.length > 0 && [...config.trustedProxies],
    // Long enough for any identity: whether it is a good one is the gateway's to say.
    routerOptions: { maxParamLength: 512 },
    // Files take longer than anything else: see limitBodyTime.
    requestTimeout: 0,
    // Node.js looks for those that are late every 30 s unless told otherwise.
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
  });
  const silentSockets = watchSilentSockets(app.server);
  app.addHook('preClose', async () => silentSockets.close());
  limitBodyTime(app, { bodyMs: BODY_TIME_MS, idleMs: IDLE_TIME_MS });
  return app;
}

function addressesOf(app: FastifyInstance, config: Config): Omit<ReturnType<BuiltApp['addresses']>, 'setup'> {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
  const isEverywhere = config.host === '0.0.0.0' || config.host === '::';
  const host = isEverywhere ? hostname() : config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    console: `http://${host}:${port}`,
    ocpp: `ws://${host}:${port}${config.ocppPath}`,
    ocppTls: config.tls && `wss://${host}:${config.tls.port}${config.ocppPath}`,
  };
}
