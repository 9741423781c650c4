import type { FastifyRequest } from 'fastify';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { MessageBus } from '../bus/message-bus.ts';
import type { Door } from '../charge-points/door.ts';
import type { Fleet } from '../charge-points/fleet.ts';
import type { LiveStates } from '../charge-points/live-states.ts';
import type { Records } from '../charge-points/records.ts';
import type { Config } from '../config/config.ts';
import type { BulkCommands } from '../csms/commands/bulk/bulk-commands.ts';
import type { CommandService } from '../csms/commands/command-service.ts';
import type { ConfigurationService } from '../csms/configuration/configuration-service.ts';
import type { DesiredService } from '../csms/configuration/desired-service.ts';
import type { Presences } from '../csms/presences.ts';
import type { Database } from '../database/database.ts';
import type { Instances } from '../instances/instances.ts';
import type { RecordNews } from '../instances/record-news.ts';
import type { StreamLimits } from '../live/stream-limits.ts';
import type { Imports } from '../message-log/imports/imports.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { Registry } from '../registry/registry.ts';
import type { Shadows } from '../registry/shadows.ts';
import type { Reruns } from '../rerun/reruns.ts';
import type { Pins } from '../retention/pins.ts';
import type { RetentionService } from '../retention/retention.ts';

/** Who asks, and what they may do. */
export interface Access {
  may(request: FastifyRequest, permission: string): boolean;
  /** For the records of who did it. */
  actor(request: FastifyRequest): string;
  /** Whether what the request signed in with still holds: for requests that stay open. */
  stillValid(request: FastifyRequest): Promise<boolean>;
}

export interface ApiDeps extends Records {
  access: Access;
  auditTrail: AuditTrail;
  registry: Registry;
  shadows: Shadows;
  log: MessageLog;
  imports: Imports;
  retention: RetentionService;
  pins: Pins;
  liveStates: LiveStates;
  door: Door;
  fleet: Fleet;
  reruns: Reruns;
  commands: CommandService;
  configuration: ConfigurationService;
  desired: DesiredService;
  bulkCommands: BulkCommands;
  config: Config;
  /** Names this process. */
  instance: string;
  /** The other ones; null: there are none. */
  instances: Pick<Instances, 'others'> | null;
  presences: Pick<Presences, 'connectedAt'>;
  /** What other processes change; null: there are none. */
  news: Pick<RecordNews, 'onNews'> | null;
  database: Pick<Database, 'trouble'>;
  bus: Pick<MessageBus, 'trouble'>;
  now: () => number;
  streamLimits?: Partial<StreamLimits>;
}
