import { randomInt, randomUUID } from 'node:crypto';
import { createValidator, type Validator } from '@cpo-console/shared/ocpp/validate.ts';
import type { MessageBus } from './bus/message-bus.ts';
import { openBus } from './bus/open-bus.ts';
import type { Transactions } from './charge-points/transactions/transactions.ts';
import { type BulkCommands, createBulkCommands } from './csms/commands/bulk/bulk-commands.ts';
import type { CommandService } from './csms/commands/command-service.ts';
import { createCommandService } from './csms/commands/create-command-service.ts';
import { forwardCommands } from './csms/commands/forward-commands.ts';
import { type ConfigurationService, createConfigurationService } from './csms/configuration/configuration-service.ts';
import { createDesiredService, type DesiredService } from './csms/configuration/desired-service.ts';
import { VENDOR_MESSAGES } from './csms/data-transfer/vendor-messages.ts';
import { type Csms, type CsmsOptions, createCsms } from './csms/dispatch/csms.ts';
import { createRouteTable, createSendTable } from './csms/dispatch/route-table.ts';
import { createPresences, type Presences } from './csms/presences.ts';
import { resumeSessions } from './csms/resume-sessions.ts';
import { createHandOver, endForOthers } from './instances/hand-over.ts';
import type { Instances } from './instances/instances.ts';
import type { RecordNews } from './instances/record-news.ts';
import { closeWhereItIs, shareRecords } from './instances/share-records.ts';
import { joinTeam } from './instances/team.ts';
import { isShared, type PartsOptions, type Stores } from './open-stores.ts';
import { publishShadows } from './registry/publish-shadows.ts';

const MAX_TRANSACTION_NUMBER = 2 ** 31;

/** What answers charge points and asks them, with the bus between it and the gateway. */
export interface CsmsParts {
  bus: MessageBus;
  /** The same, for the gateway. */
  gatewayBus: MessageBus;
  /** null: there is only this process. */
  instances: Instances | null;
  presences: Presences;
  validator: Validator;
  csms: Csms;
  commands: CommandService;
  transactions: Transactions;
  /** What other processes change; null: there are none. */
  news: RecordNews | null;
  configuration: ConfigurationService;
  desired: DesiredService;
  bulkCommands: BulkCommands;
  /** In the order of a frame's path: whoever speaks first stops first. */
  close(): Promise<void>;
}

type OpenCsmsOptions = PartsOptions & {
  stores: Stores;
  /** Names this process among those that share the work. */
  instance: string;
  onAnswer: NonNullable<CsmsOptions['onAnswer']>;
};

/** Not listening yet: `csms.start()` subscribes. */
export async function openCsms(options: OpenCsmsOptions): Promise<CsmsParts> {
  const { config, logger, now, stores, onAnswer, instance } = options;
  const { database, log, registry, shadows, liveStates, records, awsIot } = stores;
  const base = { database, registry, logger, now, newId: randomUUID };
  if (config.csms === 'builtin' && !isShared(config)) await resumeSessions({ log, ...records });
  const bus = await openBus({ config, logger, now, registry, control: awsIot?.control ?? null });
  await awsIot?.registry.follow(bus);
  const stopPublishing = publishShadows(shadows, bus, { hasService: awsIot !== null });
  const validator = await createValidator();
  const presences = createPresences();
  const team = isShared(config) ? await joinTeam({ bus, instance, newId: randomUUID }) : null;
  const { callTimeoutSeconds } = config;
  const ownCommands = await createCommandService({
    ...base,
    ...records,
    bus,
    validator,
    presences,
    protocolOf: (thingName) => liveStates.get(thingName)?.protocol ?? null,
    instance: team && instance,
    callTimeoutSeconds,
  });
  const commands =
    team === null
      ? ownCommands
      : forwardCommands({ ...team, commands: ownCommands, presences, newId: randomUUID, callTimeoutSeconds });
  const transactions =
    team === null ? records.transactions : closeWhereItIs(records.transactions, { ...team, presences });
  const configuration = createConfigurationService({ ...records, commands });
  const desired = createDesiredService({ ...records, registry, configuration, logger });
  const bulkCommands = await createBulkCommands({ ...base, instance: team && instance, commands });
  const handlerDeps = {
    ...records,
    shadows,
    settings: { heartbeatIntervalSeconds: config.heartbeatIntervalSeconds, unknownTokens: 'Invalid' as const },
    vendorMessages: VENDOR_MESSAGES,
    newTransactionNumber: () => randomInt(1, MAX_TRANSACTION_NUMBER),
    logger,
  };
  const booted = (thingName: string): void => {
    ownCommands.booted(thingName);
    desired.booted(thingName);
  };
  const csms = createCsms({
    ...records,
    bus,
    validator,
    presences,
    routes: config.csms === 'builtin' ? createRouteTable(handlerDeps) : null,
    sends: createSendTable(handlerDeps),
    stationOf: (thingName) => liveStates.get(thingName)?.chargingStation ?? null,
    commands: { ...ownCommands, booted },
    shared: team && createHandOver({ team, presences, log, logger, transactions, commands: ownCommands }),
    now,
    logger,
    onAnswer,
  });
  if (team === null) {
    // What was under way when the process before this one ended.
    await ownCommands.giveUpOf(() => false);
    await bulkCommands.giveUpOf(() => false);
  } else {
    const onFault = (err: unknown): void => logger.error({ err }, 'What other processes did could not be taken in');
    team.askInstance.serve('release', csms.release);
    shareRecords({ team, records, commands: ownCommands, onFault });
    endForOthers(team, [ownCommands, bulkCommands], onFault);
  }
  return {
    bus,
    gatewayBus: team === null ? bus : heardAtOnce(bus, csms),
    instances: team?.instances ?? null,
    news: team?.news ?? null,
    presences,
    validator,
    csms,
    commands,
    transactions,
    configuration,
    desired,
    bulkCommands,
    async close() {
      await csms.close();
      await ownCommands.close();
      await desired.close();
      await transactions.end();
      await bulkCommands.close();
      await team?.close();
      stopPublishing();
      await bus.close();
    },
  };
}

/**
 * Of several processes the one that holds a charge point's socket answers it: there is what is known of it, and another
 * one's end is not felt. The broker carries all of it too, for whoever listens there.
 */
const heardAtOnce = (bus: MessageBus, csms: Pick<Csms, 'takeOwn'>): MessageBus => ({
  ...bus,
  publish(message) {
    bus.publish(message);
    csms.takeOwn(message);
  },
});
