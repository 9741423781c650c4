import type { FastifyRequest } from 'fastify';
import type { MessageBus } from '../bus/message-bus.ts';
import type { Door } from '../charge-points/door.ts';
import type { Fleet } from '../charge-points/fleet.ts';
import type { IdTokens } from '../charge-points/id-tokens/id-tokens.ts';
import type { LiveStates } from '../charge-points/live-states.ts';
import type { Transactions } from '../charge-points/transactions/transactions.ts';
import type { Variables } from '../charge-points/variables/variables.ts';
import type { Config } from '../config/config.ts';
import type { CommandService } from '../csms/commands/command-service.ts';
import type { Database } from '../database/database.ts';
import type { StreamLimits } from '../live/stream-limits.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import type { Shadows } from '../registry/shadows.ts';

export type TransactionQuery = Parameters<Transactions['list']>[0];

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
  transactions: Pick<Transactions, 'list' | 'get' | 'meterValues' | 'close'>;
  idTokens: Pick<IdTokens, 'list' | 'get' | 'put' | 'create' | 'remove'>;
  variables: Pick<Variables, 'list'>;
  config: Config;
  database: Pick<Database, 'trouble'>;
  bus: Pick<MessageBus, 'trouble'>;
  now: () => number;
  streamLimits?: Partial<StreamLimits>;
}
