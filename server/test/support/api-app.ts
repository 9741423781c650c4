import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, NewCommand } from '@cpo-console/shared/api/commands.ts';
import type { Shadow } from '@cpo-console/shared/api/things.ts';
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { registerApi, registerMachineRoutes } from '../../src/api/api.plugin.ts';
import type { ApiDeps } from '../../src/api/api-deps.ts';
import { registerOpenApi } from '../../src/api/openapi.ts';
import { createAuditTrail } from '../../src/audit/audit-trail.ts';
import { createDoor } from '../../src/charge-points/door.ts';
import { createFleet } from '../../src/charge-points/fleet.ts';
import { createLiveStates } from '../../src/charge-points/live-states.ts';
import { createRecords, type Records } from '../../src/charge-points/records.ts';
import type { KnownState, StateSnapshots } from '../../src/charge-points/state-snapshots.ts';
import type { SendOutcome } from '../../src/csms/commands/command-service.ts';
import { openTestDatabase } from '../../src/database/testing/open-test-database.ts';
import { openImports } from '../../src/message-log/imports/imports.ts';
import { createReruns } from '../../src/rerun/reruns.ts';
import { openRetention } from '../../src/retention/open-retention.ts';
import { createMemoryMessageLog, type MemoryMessageLog } from './memory-message-log.ts';
import { createMemoryRegistry } from './memory-registry.ts';

export interface ApiTestApp {
  app: FastifyInstance;
  call(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    payload?: object | string,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  log: MemoryMessageLog;
  registry: ApiDeps['registry'];
  sent: (NewCommand & { thingName: string; sentBy: string })[];
  /** What the next command comes to. */
  outcome: { next: (command: Command) => SendOutcome };
  /** Calls back as a command's change would. */
  changeCommand(command: Command): void;
  clock: { at: number };
  session: { valid: boolean; permissions: ((permission: string) => boolean) | null };
  records: Records;
  close(): Promise<void>;
}

export const TEST_NOW = Date.UTC(2026, 4, 4, 10);

/**
 * The API over a real database; the log, the registry and commands are in memory. Every request is signed in, as `ada` with all permissions unless the test says less.
 * @param protect puts what checks requests before the routes
 */
export async function startApi({
  protect,
}: {
  protect?: (app: FastifyInstance) => Promise<unknown>;
} = {}): Promise<ApiTestApp> {
  const clock = { at: TEST_NOW };
  const now = () => clock.at;
  const log = createMemoryMessageLog();
  const registry = createMemoryRegistry(now);
  const liveStates = await createLiveStates({ log, snapshots: createMemorySnapshots(), notifyEveryMs: 5 });
  const fleet = createFleet({ log, registry, liveStates, now });
  const sent: ApiTestApp['sent'] = [];
  const outcome: ApiTestApp['outcome'] = { next: (command) => ({ kind: 'done', command }) };
  const commandListeners = new Set<(command: Command) => void>();
  const session: ApiTestApp['session'] = { valid: true, permissions: null };
  const dataDir = await mkdtemp(join(tmpdir(), 'api-'));
  const database = await openTestDatabase(dataDir);
  const door = await createDoor({ log, registry, database, now });
  const records = await createRecords({
    database,
    log,
    now,
    newId: randomUUID,
    dataDir,
    maxUploadBytes: 100_000,
    uploadQuotaBytes: 250_000,
  });

  const imports = await openImports({ dataDir, quotaBytes: 20 << 20, maxCount: 5, now, newId: randomUUID });
  const { logFiles } = records;
  const keeping = { database, log, imports, logFiles, now, newId: randomUUID, messageDays: 90 };
  const { retention, pins } = await openRetention({
    ...keeping,
    onTrouble: (error) => {
      throw error;
    },
  });

  const app = Fastify();
  await registerOpenApi(app, { version: '0.0.0' });
  await protect?.(app);
  const deps: ApiDeps = {
    access: {
      may: (_request, permission) => session.permissions?.(permission) ?? true,
      actor: () => 'ada',
      stillValid: async () => session.valid,
    },
    news: null,
    instance: 'this-one',
    instances: { others: () => ['other-one'] },
    presences: { connectedAt: () => [] },
    auditTrail: createAuditTrail({ database, now, newId: randomUUID }),
    registry,
    shadows: createMemoryShadows(),
    log,
    imports,
    reruns: await createReruns({ database, ocppUrl: () => 'ws://127.0.0.1:1/ocpp', now, newId: randomUUID }),
    retention,
    pins,
    liveStates,
    door,
    fleet,
    commands: {
      refusalOf: () => null,
      cancel: async () => 'too-late',
      versionOf: () => null,
      send: async (request) => {
        sent.push(request);
        return outcome.next(answeredCommand(request));
      },
      get: async (id) =>
        id === 'c1' ? answeredCommand({ thingName: 'CP1', action: 'Reset', payload: {}, sentBy: 'ada' }) : null,
      list: async () => ({ items: [], nextCursor: null }),
      onChange: (listener) => {
        commandListeners.add(listener);
        return () => commandListeners.delete(listener);
      },
    },
    configuration: {} as ApiDeps['configuration'],
    desired: {} as ApiDeps['desired'],
    bulkCommands: {} as ApiDeps['bulkCommands'],
    ...records,
    config: {
      ocppPath: '/ocpp',
      ocppUrl: null,
      iotBackend: 'embedded',
      databaseUrl: null,
      dataDir: tmpdir(),
    } as ApiDeps['config'],
    database,
    bus: { trouble: () => null },
    now,
    streamLimits: { recheckMs: 50, heartbeatMs: 1_000 },
  };
  await registerMachineRoutes(app, deps);
  await registerApi(app, deps);
  return {
    app,
    call: (method, url, payload, headers = {}) =>
      app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) }),
    log,
    registry,
    sent,
    outcome,
    changeCommand: (command) => {
      for (const listener of commandListeners) listener(command);
    },
    clock,
    session,
    records,
    close: async () => {
      await app.close();
      await retention.close();
      await imports.close();
      await liveStates.close();
      fleet.close();
      door.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function createMemorySnapshots(): StateSnapshots {
  let saved: { states: Map<string, KnownState>; progress: number } = { states: new Map(), progress: 0 };
  return {
    load: async () => structuredClone(saved),
    save: async (changed, progress) => {
      saved = structuredClone({ states: new Map([...saved.states, ...changed]), progress });
    },
  };
}

export const answeredCommand = (request: {
  thingName: string;
  action: string;
  payload: unknown;
  sentBy: string;
}): Command => ({
  id: 'c1',
  thingName: request.thingName,
  action: request.action,
  payload: request.payload,
  messageId: 'm1',
  status: 'answered',
  response: { status: 'Accepted' },
  createdAt: new Date(TEST_NOW).toISOString(),
  sentAt: new Date(TEST_NOW).toISOString(),
  answeredAt: new Date(TEST_NOW).toISOString(),
  expiresAt: null,
  sentBy: request.sentBy,
});

function createMemoryShadows(): ApiDeps['shadows'] {
  const shadows = new Map<string, Shadow>();
  const get = (thingName: string): Shadow =>
    shadows.get(thingName) ?? {
      thingName,
      version: 0,
      state: { reported: {}, desired: {} },
      timestamp: TEST_NOW / 1000,
    };
  return {
    get: async (thingName) => get(thingName),
    report: async () => undefined,
    desire: async (thingName, desired) => {
      const before = get(thingName);
      const after = { ...before, version: before.version + 1, state: { ...before.state, desired: desired ?? {} } };
      shadows.set(thingName, after);
      return after;
    },
    remove: async (thingName) => void shadows.delete(thingName),
    onUpdate: () => () => undefined,
  };
}
