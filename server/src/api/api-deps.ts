import type { IdToken, MeterValue, Page, Transaction } from '@cpo-console/shared/api/contracts.ts';
import type { FastifyRequest } from 'fastify';
import type { MessageBus } from '../bus/message-bus.ts';
import type { Door } from '../charge-points/door.ts';
import type { Fleet } from '../charge-points/fleet.ts';
import type { LiveStates } from '../charge-points/live-states.ts';
import type { Config } from '../config/config.ts';
import type { CommandService } from '../csms/commands/command-service.ts';
import type { Database } from '../database/database.ts';
import type { StreamLimits } from '../live/stream-limits.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import type { Shadows } from '../registry/shadows.ts';

export interface TransactionQuery {
  thingName?: string;
  idToken?: string;
  active?: boolean;
  /** Milliseconds since the epoch. */
  from?: number;
  to?: number;
  limit: number;
  cursor?: string;
}

/** What the routes need of the stores, each by its own name. */
export interface TransactionStore {
  list(query: TransactionQuery): Promise<Page<Transaction>>;
  get(id: string): Promise<Transaction | null>;
  meterValues(id: string): Promise<MeterValue[]>;
  close(id: string, by: string): Promise<Transaction | null>;
}

export type NewIdToken = Omit<IdToken, 'createdAt' | 'updatedAt'>;

export interface IdTokenStore {
  list(query: { search?: string; limit: number; cursor?: string }): Promise<Page<IdToken>>;
  get(idToken: string): Promise<IdToken | null>;
  put(token: NewIdToken): Promise<IdToken>;
  /** null when it exists already. */
  create(token: NewIdToken): Promise<IdToken | null>;
  remove(idToken: string): Promise<boolean>;
}

export interface VariableStore {
  list(thingName: string): Promise<readonly unknown[]>;
}

/** Who asks, and what they may do. */
export interface Access {
  may(request: FastifyRequest, permission: string): boolean;
  /** For the records of who did it. */
  actor(request: FastifyRequest): string;
  /** Whether what the request signed in with still holds: for requests that stay open. */
  stillValid(request: FastifyRequest): Promise<boolean>;
}

export interface ApiDeps {
  access: Access;
  registry: Registry;
  shadows: Shadows;
  log: MessageLog;
  liveStates: LiveStates;
  door: Door;
  fleet: Fleet;
  commands: CommandService;
  transactions: TransactionStore;
  idTokens: IdTokenStore;
  variables: VariableStore;
  config: Config;
  database: Pick<Database, 'trouble'>;
  bus: Pick<MessageBus, 'trouble'>;
  now: () => number;
  streamLimits?: Partial<StreamLimits>;
}
