import { randomInt, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createValidator } from '@cpo-console/shared/ocpp/validate.ts';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerApi } from './api/api.plugin.ts';
import { demoRoutes } from './api/demo/demo.routes.ts';
import { answerNotFound, registerErrorHandler } from './api/errors.ts';
import { limitBodyTime } from './api/long-body.ts';
import { registerOpenApi } from './api/openapi.ts';
import { authPlugin, createAccess } from './auth/auth.plugin.ts';
import { authRoutes } from './auth/auth.routes.ts';
import { createAuth } from './auth/auth.ts';
import { loadOrCreateKey } from './auth/secret-key.ts';
import { openEmbeddedBus } from './bus/embedded/embedded-bus.ts';
import { createDoor } from './charge-points/door.ts';
import { createFleet } from './charge-points/fleet.ts';
import { forgetRemoved } from './charge-points/forget-removed.ts';
import { createLiveStates, type LiveStates } from './charge-points/live-states.ts';
import { createRecords } from './charge-points/records.ts';
import { reportState } from './charge-points/report-state.ts';
import { createStateSnapshots } from './charge-points/state-snapshots.ts';
import type { Config } from './config/config.ts';
import { createBulkCommands } from './csms/commands/bulk/bulk-commands.ts';
import { createCommandService } from './csms/commands/create-command-service.ts';
import { createConfigurationService } from './csms/configuration/configuration-service.ts';
import { createDesiredService } from './csms/configuration/desired-service.ts';
import { VENDOR_MESSAGES } from './csms/data-transfer/vendor-messages.ts';
import { createCsms } from './csms/dispatch/csms.ts';
import { createRouteTable, createSendTable } from './csms/dispatch/route-table.ts';
import { createPresences } from './csms/presences.ts';
import { takeDataDir } from './data-dir.ts';
import { openDatabase } from './database/open-database.ts';
import { gatewayPlugin } from './gateway/gateway.plugin.ts';
import { refuseUnreadableUrl, websocketPluginOptions } from './gateway/handshake/websocket-server.ts';
import { openImports } from './message-log/imports/imports.ts';
import { openMessageLog } from './message-log/journaled-message-log.ts';
import type { MessageLog } from './message-log/message-log.ts';
import { loggerOptions } from './observability/logger-options.ts';
import { metricsPlugin } from './observability/metrics.plugin.ts';
import { createMetrics } from './observability/metrics.ts';
import { createEmbeddedRegistry } from './registry/embedded/embedded-registry.ts';
import { createEmbeddedShadows } from './registry/embedded/embedded-shadows.ts';
import type { Registry } from './registry/registry.ts';
import { securityHeaders } from './security-headers.ts';
import { createDemoChargePoints } from './simulator/demo-charge-points.ts';
import { staticWeb } from './static-web.ts';

const BODY_TIME_MS = 60_000;
const MAX_TRANSACTION_NUMBER = 2 ** 31;

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
  const { dataDir } = config;
  const releaseDataDir = takeDataDir(dataDir);
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
  const logger = app.log;
  const database = await openDatabase({ dataDir, databaseUrl: config.databaseUrl, logger, now });
  const secretKey = await loadOrCreateKey(dataDir, 'credentials');
  const registry = await createEmbeddedRegistry({
    database,
    secretKey,
    unauthenticatedThings: config.unauthenticatedThings,
    now,
  });
  const shadows = createEmbeddedShadows({ database, now });
  const onTrouble = (err: unknown): void => logger.error({ err }, 'storage trouble');
  const log = await openMessageLog({ dataDir, retentionDays: config.retentionDays, now, onTrouble });
  const imports = await openImports({ dataDir, now, newId: randomUUID });
  const liveStates = await createLiveStates({ log, snapshots: createStateSnapshots(database), onTrouble });
  const fleet = createFleet({ log, registry, liveStates, now });
  const stopReporting = reportState({ liveStates, registry, shadows, onTrouble });
  const door = await createDoor({ log, registry, database, now });
  const metrics = createMetrics();
  const stopMetrics = metrics.follow(log);
  const bus = await openEmbeddedBus({ listen: config.mqttListen, isRegistered: (name) => registry.get(name) !== null });

  const validator = await createValidator();
  const stores = { database, now, newId: randomUUID };
  const records = await createRecords({
    ...stores,
    log,
    dataDir,
    maxUploadBytes: config.maxUploadBytes,
    uploadQuotaBytes: config.uploadQuotaBytes,
  });
  const stopForgetting = forgetRemoved({ registry, ...records, onTrouble });
  const presences = createPresences();
  const commands = await createCommandService({
    ...stores,
    bus,
    validator,
    ...records,
    presences,
    registry,
    protocolOf: (thingName) => liveStates.get(thingName)?.protocol ?? null,
    callTimeoutSeconds: config.callTimeoutSeconds,
    logger,
  });
  const configuration = createConfigurationService({ commands, ...records });
  const desired = createDesiredService({ registry, configuration, logger, ...records });
  const bulkCommands = await createBulkCommands({ ...stores, commands, registry, logger });
  const settings = { heartbeatIntervalSeconds: config.heartbeatIntervalSeconds, unknownTokens: 'Invalid' } as const;
  const newTransactionNumber = (): number => randomInt(1, MAX_TRANSACTION_NUMBER);
  const handlerDeps = {
    ...records,
    shadows,
    settings,
    vendorMessages: VENDOR_MESSAGES,
    newTransactionNumber,
    logger,
  };
  const csms = createCsms({
    bus,
    validator,
    presences,
    routes: config.csms === 'builtin' ? createRouteTable(handlerDeps) : null,
    sends: createSendTable(handlerDeps),
    tolerances: records.tolerances,
    boots: records.boots,
    stationOf: (thingName) => liveStates.get(thingName)?.chargingStation ?? null,
    commands: {
      ...commands,
      booted(thingName) {
        commands.booted(thingName);
        desired.booted(thingName);
      },
    },
    now,
    logger,
    onAnswer: ({ action, tookMs }) => metrics.handled(action, tookMs),
  });
  const auth = await createAuth({ database, now, adminToken: config.adminToken, secretKey });

  markLostConnections(log, { liveStates, now });
  await csms.start();
  const demos = createDemoChargePoints(() => addressesOf(app, config).ocpp);
  // Before the gateway's own: they say goodbye while there is somebody to say it to.
  app.addHook('preClose', () => demos.close());
  await app.register(websocket, websocketPluginOptions(config.maxFrameBytes));
  await app.register(gatewayPlugin, {
    config,
    registry,
    bus,
    log,
    validator,
    instance: hostname(),
    now,
    newId: randomUUID,
  });

  registerErrorHandler(app);
  await securityHeaders(app);
  await registerOpenApi(app, { version: '0.1.0' });
  await app.register(authPlugin, { auth });
  await app.register(metricsPlugin, { metrics });
  const access = createAccess(auth);
  await registerApi(app, {
    access,
    registry,
    shadows,
    log,
    imports,
    liveStates,
    door,
    fleet,
    commands,
    configuration,
    desired,
    bulkCommands,
    ...records,
    config,
    database,
    bus,
    now,
  });
  await app.register(authRoutes, { prefix: '/api/v1', auth });
  await app.register(demoRoutes, { prefix: '/api/v1', registry, demos });
  await app.register(staticWeb, { notFound: answerNotFound });

  // In the order of a frame's path: whoever speaks first stops first, the stores last.
  app.addHook('onClose', async () => {
    await csms.close();
    await commands.close();
    await desired.close();
    await records.transactions.idle();
    await bulkCommands.close();
    await bus.close();
    door.close();
    fleet.close();
    stopMetrics();
    await stopReporting();
    stopForgetting();
    await liveStates.close();
    await imports.close();
    await log.close();
    await database.close();
    releaseDataDir();
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
