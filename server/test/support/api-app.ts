import type { Command, IdToken, NewCommand, Shadow, Transaction } from '@cpo-console/shared/api/contracts.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerApi } from '../../src/api/api.plugin.ts';
import type { ApiDeps, TransactionQuery } from '../../src/api/api-deps.ts';
import { registerOpenApi } from '../../src/api/openapi.ts';
import { createDoor } from '../../src/charge-points/door.ts';
import { createFleet } from '../../src/charge-points/fleet.ts';
import { createLiveStates } from '../../src/charge-points/live-states.ts';
import type { KnownState, StateSnapshots } from '../../src/charge-points/state-snapshots.ts';
import type { SendOutcome } from '../../src/csms/commands/command-service.ts';
import { createMemoryMessageLog, type MemoryMessageLog } from './memory-message-log.ts';
import { createMemoryRegistry } from './memory-registry.ts';

export interface ApiTestApp {
  app: FastifyInstance;
  log: MemoryMessageLog;
  registry: ApiDeps['registry'];
  sent: (NewCommand & { thingName: string; sentBy: string })[];
  /** What the next command comes to. */
  outcome: { next: (command: Command) => SendOutcome };
  /** Calls back as a command's change would. */
  changeCommand(command: Command): void;
  session: { valid: boolean; permissions: ((permission: string) => boolean) | null };
  transactions: Transaction[];
  close(): Promise<void>;
}

export const TEST_NOW = Date.UTC(2026, 4, 4, 10);

/**
 * The API over parts in memory. Every request is signed in, as `ada` with all permissions unless the test says less.
 * @param protect puts what checks requests before the routes
 */
export async function startApi({
  protect,
}: {
  protect?: (app: FastifyInstance) => Promise<unknown>;
} = {}): Promise<ApiTestApp> {
  const now = () => TEST_NOW;
  const log = createMemoryMessageLog();
  const registry = createMemoryRegistry(now);
  const liveStates = await createLiveStates({ log, snapshots: createMemorySnapshots(), notifyEveryMs: 5 });
  const fleet = createFleet({ log, registry, liveStates, now });
  const door = await createDoor({ log, registry, now });
  const sent: ApiTestApp['sent'] = [];
  const outcome: ApiTestApp['outcome'] = { next: (command) => ({ kind: 'done', command }) };
  const commandListeners = new Set<(command: Command) => void>();
  const session: ApiTestApp['session'] = { valid: true, permissions: null };
  const transactions: Transaction[] = [];

  const app = Fastify();
  await registerOpenApi(app, { version: '0.0.0' });
  await protect?.(app);
  await registerApi(app, {
    access: {
      may: (_request, permission) => session.permissions?.(permission) ?? true,
      actor: () => 'ada',
      stillValid: async () => session.valid,
    },
    registry,
    shadows: createMemoryShadows(),
    log,
    liveStates,
    door,
    fleet,
    commands: {
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
    transactions: createMemoryTransactions(transactions),
    idTokens: createMemoryIdTokens(),
    variables: { list: async () => [] },
    config: { ocppPath: '/ocpp' } as ApiDeps['config'],
    database: { trouble: () => null },
    bus: { trouble: () => null },
    now,
    streamLimits: { recheckMs: 50, heartbeatMs: 1_000 },
  });
  return {
    app,
    log,
    registry,
    sent,
    outcome,
    changeCommand: (command) => {
      for (const listener of commandListeners) listener(command);
    },
    session,
    transactions,
    close: async () => {
      await app.close();
      await liveStates.close();
      fleet.close();
      door.close();
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
  };
}

function createMemoryTransactions(transactions: Transaction[]): ApiDeps['transactions'] {
  const find = (id: string) => transactions.find((each) => each.id === id) ?? null;
  return {
    list: async ({ active, limit }: TransactionQuery) => ({
      items: transactions.filter((each) => active === undefined || each.active === active).slice(0, limit),
      nextCursor: null,
    }),
    get: async (id) => find(id),
    meterValues: async () => [],
    close: async (id, by) => {
      const found = find(id);
      return found === null ? null : Object.assign(found, { active: false, closedBy: by });
    },
  };
}

function createMemoryIdTokens(): ApiDeps['idTokens'] {
  const tokens = new Map<string, IdToken>();
  const put: ApiDeps['idTokens']['put'] = async (token) => {
    const at = new Date(TEST_NOW).toISOString();
    const stored = { ...token, createdAt: tokens.get(token.idToken)?.createdAt ?? at, updatedAt: at };
    tokens.set(token.idToken, stored);
    return stored;
  };
  return {
    list: async () => ({ items: [...tokens.values()], nextCursor: null }),
    get: async (idToken) => tokens.get(idToken) ?? null,
    put,
    create: async (token) => (tokens.has(token.idToken) ? null : put(token)),
    remove: async (idToken) => tokens.delete(idToken),
  };
}
