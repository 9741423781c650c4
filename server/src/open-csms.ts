import { randomInt, randomUUID } from 'node:crypto';
import { createValidator, type Validator } from '@cpo-console/shared/ocpp/validate.ts';
import type { MessageBus } from './bus/message-bus.ts';
import { openBus } from './bus/open-bus.ts';
import { type BulkCommands, createBulkCommands } from './csms/commands/bulk/bulk-commands.ts';
import { createCommandService, type RunningCommandService } from './csms/commands/create-command-service.ts';
import { type ConfigurationService, createConfigurationService } from './csms/configuration/configuration-service.ts';
import { createDesiredService, type DesiredService } from './csms/configuration/desired-service.ts';
import { VENDOR_MESSAGES } from './csms/data-transfer/vendor-messages.ts';
import { type Csms, type CsmsOptions, createCsms } from './csms/dispatch/csms.ts';
import { createRouteTable, createSendTable } from './csms/dispatch/route-table.ts';
import { createPresences } from './csms/presences.ts';
import type { PartsOptions, Stores } from './open-stores.ts';
import { publishShadows } from './registry/publish-shadows.ts';

const MAX_TRANSACTION_NUMBER = 2 ** 31;

/** What answers charge points and asks them, with the bus between it and the gateway. */
export interface CsmsParts {
  bus: MessageBus;
  validator: Validator;
  csms: Csms;
  commands: RunningCommandService;
  configuration: ConfigurationService;
  desired: DesiredService;
  bulkCommands: BulkCommands;
  /** In the order of a frame's path: whoever speaks first stops first. */
  close(): Promise<void>;
}

type OpenCsmsOptions = PartsOptions & { stores: Stores; onAnswer: NonNullable<CsmsOptions['onAnswer']> };

/** Not listening yet: `csms.start()` subscribes. */
export async function openCsms({ config, logger, now, stores, onAnswer }: OpenCsmsOptions): Promise<CsmsParts> {
  const { database, registry, shadows, liveStates, records, awsIot } = stores;
  const base = { database, registry, logger, now, newId: randomUUID };
  const bus = await openBus({ config, logger, now, registry, control: awsIot?.control ?? null });
  await awsIot?.registry.follow(bus);
  const stopPublishing = publishShadows(shadows, bus, { hasService: awsIot !== null });
  const validator = await createValidator();
  const presences = createPresences();
  const commands = await createCommandService({
    ...base,
    ...records,
    bus,
    validator,
    presences,
    protocolOf: (thingName) => liveStates.get(thingName)?.protocol ?? null,
    callTimeoutSeconds: config.callTimeoutSeconds,
  });
  const configuration = createConfigurationService({ commands, ...records });
  const desired = createDesiredService({ registry, configuration, logger, ...records });
  const bulkCommands = await createBulkCommands({ ...base, commands });
  const handlerDeps = {
    ...records,
    shadows,
    settings: { heartbeatIntervalSeconds: config.heartbeatIntervalSeconds, unknownTokens: 'Invalid' as const },
    vendorMessages: VENDOR_MESSAGES,
    newTransactionNumber: () => randomInt(1, MAX_TRANSACTION_NUMBER),
    logger,
  };
  const booted = (thingName: string): void => {
    commands.booted(thingName);
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
    commands: { ...commands, booted },
    now,
    logger,
    onAnswer,
  });

  return {
    bus,
    validator,
    csms,
    commands,
    configuration,
    desired,
    bulkCommands,
    async close() {
      await csms.close();
      await commands.close();
      await desired.close();
      await records.transactions.idle();
      await bulkCommands.close();
      stopPublishing();
      await bus.close();
    },
  };
}
